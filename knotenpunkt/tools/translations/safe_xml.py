"""XML from outside: without document types, entities and other ways to explode or look around."""

from __future__ import annotations

from xml.etree import ElementTree as ET
from xml.parsers import expat

from django.utils.translation import gettext as _

from knotenpunkt.tools.translations.units import LARGEST, UnreadableTexts

DEEPEST = 60


def parse(data: bytes) -> ET.Element:
    """The root of a document; UnreadableTexts when it is none, too large, or declares entities."""
    if len(data) > LARGEST:
        raise UnreadableTexts(_("The file is too large: 8 MB at most."))
    _refuse_declarations(data)
    try:
        return ET.fromstring(data)  # noqa: S314 - nothing is declared in it
    except (ET.ParseError, ValueError, LookupError) as problem:
        raise UnreadableTexts(_("The file is damaged: it is no valid XML.")) from problem


def _refuse_declarations(data: bytes) -> None:
    """A first pass that builds nothing: a document type, or nesting without end, ends it."""
    depth = 0

    def refuse(*_told: object) -> None:
        raise UnreadableTexts(_("The file declares a document type. Such files are not read."))

    def deeper(*_told: object) -> None:
        nonlocal depth
        depth += 1
        if depth > DEEPEST:
            raise UnreadableTexts(_("The file is damaged: it is no valid XML."))

    def higher(_name: str) -> None:
        nonlocal depth
        depth -= 1

    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = refuse
    parser.EntityDeclHandler = refuse
    parser.StartElementHandler = deeper
    parser.EndElementHandler = higher
    try:
        parser.Parse(data, True)
    except (expat.ExpatError, ValueError, LookupError) as problem:
        raise UnreadableTexts(_("The file is damaged: it is no valid XML.")) from problem
