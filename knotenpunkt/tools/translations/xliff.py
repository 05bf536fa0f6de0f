"""XLIFF 1.2 and 2.0: what translators' programs exchange.

1.2 is written unless somebody asks for 2.0: Trados, memoQ, OmegaT, Weblate and Virtaal all read it,
several of them 2.0 only in part. Both are read.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from xml.etree import ElementTree as ET

from django.utils.translation import gettext as _

from knotenpunkt.tools.translations.safe_xml import parse
from knotenpunkt.tools.translations.units import MOST_UNITS, Texts, Unit, UnreadableTexts

FIRST, SECOND = "1.2", "2.0"
NAMESPACES = {
    FIRST: "urn:oasis:names:tc:xliff:document:1.2",
    SECOND: "urn:oasis:names:tc:xliff:document:2.0",
}
SPACE = "{http://www.w3.org/XML/1998/namespace}space"
SOURCE_LANGUAGE = "de"
# What no XML document may hold.
_FORBIDDEN = {code: None for code in range(32) if chr(code) not in "\t\n\r"} | {0xFFFE: None}


def write(texts: Texts, *, original: str, version: str = FIRST) -> bytes:
    """A file of these units; `original` names where they come from."""
    root = {FIRST: _first, SECOND: _second}[version](texts, original)
    ET.indent(root, space="  ")
    ET.register_namespace("", NAMESPACES[version])
    data: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return data


def read(data: bytes) -> list[Texts]:
    """The units of a file, one entry for each language; UnreadableTexts when it is no XLIFF."""
    root = parse(data)
    namespace, _brace, name = root.tag[1:].partition("}") if root.tag[:1] == "{" else ("", "", "")
    if name == "xliff" and namespace == NAMESPACES[FIRST]:
        return list(_read_first(root))
    if name == "xliff" and namespace.startswith("urn:oasis:names:tc:xliff:document:2."):
        return list(_read_second(root, namespace))
    raise UnreadableTexts(_("This is no XLIFF file of version 1.2 or 2.0."))


def _first(texts: Texts, original: str) -> ET.Element:
    tag = _tagger(FIRST)
    root = ET.Element(tag("xliff"), version=FIRST)
    named = {"source-language": SOURCE_LANGUAGE, "target-language": texts.language}
    file = ET.SubElement(
        root, tag("file"), {"original": original, "datatype": "plaintext", **named}
    )
    body = ET.SubElement(file, tag("body"))
    for at, (group, units) in enumerate(_grouped(texts.units)):
        inside = ET.SubElement(body, tag("group"), id=f"g{at}", resname=_plain(group))
        for unit in units:
            _first_unit(inside, unit)
    return root


def _first_unit(inside: ET.Element, unit: Unit) -> None:
    tag = _tagger(FIRST)
    told = {"id": unit.key, "resname": _plain(unit.note), SPACE: "preserve"}
    if unit.longest:
        told |= {"maxwidth": str(unit.longest), "size-unit": "char"}
    row = ET.SubElement(inside, tag("trans-unit"), told)
    ET.SubElement(row, tag("source")).text = _plain(unit.source)
    state = "needs-review-translation" if unit.target else "needs-translation"
    ET.SubElement(row, tag("target"), state=state).text = _plain(unit.target)
    if unit.note:
        ET.SubElement(row, tag("note")).text = _plain(unit.note)


def _second(texts: Texts, original: str) -> ET.Element:
    tag = _tagger(SECOND)
    named = {"version": SECOND, "srcLang": SOURCE_LANGUAGE, "trgLang": texts.language}
    root = ET.Element(tag("xliff"), named)
    file = ET.SubElement(root, tag("file"), id="f1", original=original)
    for at, (group, units) in enumerate(_grouped(texts.units)):
        inside = ET.SubElement(file, tag("group"), id=f"g{at}", name=_plain(group))
        for unit in units:
            row = ET.SubElement(inside, tag("unit"), {"id": unit.key, SPACE: "preserve"})
            notes = ET.SubElement(row, tag("notes"))
            ET.SubElement(notes, tag("note")).text = _plain(unit.note) or unit.key
            state = "translated" if unit.target else "initial"
            segment = ET.SubElement(row, tag("segment"), state=state)
            ET.SubElement(segment, tag("source")).text = _plain(unit.source)
            if unit.target:
                ET.SubElement(segment, tag("target")).text = _plain(unit.target)
    return root


def _grouped(units: Sequence[Unit]) -> Iterator[tuple[str, list[Unit]]]:
    for group, some in groupby(units, key=lambda unit: unit.group):
        yield group, list(some)


def _tagger(version: str) -> _Tagger:
    return _Tagger(NAMESPACES[version])


class _Tagger:
    """Names of elements in one namespace."""

    def __init__(self, namespace: str) -> None:
        self.namespace = namespace

    def __call__(self, name: str) -> str:
        return f"{{{self.namespace}}}{name}"


def _plain(text: str) -> str:
    return text.translate(_FORBIDDEN)


def _read_first(root: ET.Element) -> Iterator[Texts]:
    tag = _tagger(FIRST)
    for file in root.iter(tag("file")):
        units = [
            Unit(
                key=row.get("id", ""),
                source=_text(row.find(tag("source"))),
                target=_text(row.find(tag("target"))),
            )
            for row in file.iter(tag("trans-unit"))
        ]
        yield _limited(file.get("target-language", ""), units)


def _read_second(root: ET.Element, namespace: str) -> Iterator[Texts]:
    tag = _Tagger(namespace)
    units = []
    for row in root.iter(tag("unit")):
        segments = list(row.iter(tag("segment")))
        source = "".join(_text(one.find(tag("source"))) for one in segments)
        target = "".join(_text(one.find(tag("target"))) for one in segments)
        units.append(Unit(key=row.get("id", ""), source=source, target=target))
    yield _limited(root.get("trgLang", ""), units)


def _limited(language: str, units: list[Unit]) -> Texts:
    if len(units) > MOST_UNITS:
        raise UnreadableTexts(_("The file holds too many texts."))
    return Texts(language, units)


def _text(element: ET.Element | None) -> str:
    """The words of an element, also of the marks that a program put into it."""
    return "" if element is None else "".join(element.itertext())
