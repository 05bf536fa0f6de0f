"""Templates: each one is used, each one it names exists, and none breaks the content policy."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from django.template import Node, Template, TemplateDoesNotExist
from django.template.loader import get_template
from django.template.loader_tags import ExtendsNode, IncludeNode

from tests.house.repository import PRODUCT, is_vendored, name, texts

INLINE = {
    "a style attribute": re.compile(r"<[^>]*\sstyle\s*=", re.IGNORECASE),
    "a style element": re.compile(r"<style\b", re.IGNORECASE),
    "a script without src": re.compile(r"<script\b(?![^>]*\bsrc=)(?![^>]*application/)", re.I),
    "an event attribute": re.compile(r"<[^>]*\son[a-z]+\s*=", re.IGNORECASE),
    "a javascript: address": re.compile(r"javascript:", re.IGNORECASE),
    "an htmx attribute that needs eval": re.compile(r"\bhx-(on|vars)\b|\bjs:\{", re.IGNORECASE),
}
EXTERNAL = re.compile(r"(?:https?:)?//[\w.-]+\.[a-z]{2,}[^\s\"'<>)]*")
# Who may be named, and why. Nothing of it is asked before somebody taps a link.
ADDRESSES = {
    "http://www.w3.org/": "names of XML vocabularies in drawings",
    "https://schema.org": "names of terms",
    "https://www.openstreetmap.org/directions": "the route planner, asked when somebody taps it",
    "https://www.openstreetmap.org/copyright": "attribution",
    "https://leafletjs.com": "Leaflet's own name in its attribution",
    "https://example.org": "samples of the catalogue",
}
VENDORED_COMMENTS = ("https://bugzilla.mozilla.org/", "https://bugs.chromium.org/")


@cache
def templates() -> dict[str, Path]:
    """Every template by the name it is loaded by."""
    found = {}
    for file in texts(".html", ".txt", ".xml", ".svg", below=PRODUCT):
        parts = file.parts
        if "templates" in parts:
            at = parts.index("templates")
            found["/".join(parts[at + 1 :])] = file
    return found


def pages() -> dict[str, Path]:
    return {one: file for one, file in templates().items() if not one.startswith("design/icons/")}


def test_each_template_is_used() -> None:
    code = texts(".py", ".html", below=PRODUCT)
    unused = [one for one, file in pages().items() if not _is_used(one, file, code)]
    assert not unused, f"Nothing renders, extends or includes these; delete them: {unused}"


def _is_used(template: str, file: Path, code: dict[Path, str]) -> bool:
    """Named in full somewhere, or by its last part beside a `f"app/{…}"` in the same app."""
    folder, _slash, last = template.rpartition("/")
    app = next(parent.parent for parent in file.parents if parent.name == "templates")
    return any(
        f'"{template}"' in text or f"'{template}'" in text
        or (f'f"{folder}/{{' in text and other.is_relative_to(app) and _says(last, text))
        for other, text in code.items()
        if other != file
    )  # fmt: skip


def _says(last: str, text: str) -> bool:
    return f'"{last}"' in text or f'"{last.partition(".")[0]}"' in text


@pytest.mark.parametrize("template", sorted(pages()))
def test_a_template_names_only_templates_there_are(template: str) -> None:
    for named in _named(get_template(template).template):
        try:
            get_template(named)
        except TemplateDoesNotExist:
            pytest.fail(f"{template} extends or includes “{named}”, which does not exist.")


def _named(template: Template) -> Iterator[str]:
    for node in template.nodelist.get_nodes_by_type(Node):
        named = None
        if isinstance(node, ExtendsNode):
            named = node.parent_name.var
        elif isinstance(node, IncludeNode):
            named = node.template.var
        if isinstance(named, str):
            yield named


def test_nothing_is_inline() -> None:
    """The content policy forbids it, and the browser would silently drop it."""
    found = [
        f"{name(file)}: {what}"
        for file in templates().values()
        for what, pattern in INLINE.items()
        if pattern.search(file.read_text(encoding="utf-8"))
    ]
    assert not found, f"Use classes, attributes and files of static/ instead: {found}"


def test_icons_carry_no_style() -> None:
    """They stand inside the page; a mark is an image of its own and may."""
    icons = [file for one, file in templates().items() if one not in pages()]
    styled = [name(one) for one in icons if re.search(r"<style|style=", one.read_text("utf-8"))]
    assert not styled, f"Use attributes such as fill and stroke: {styled}"


def test_no_foreign_address_is_asked() -> None:
    sources = texts(".html", ".css", ".js", ".svg", below=PRODUCT)
    foreign = [
        f"{name(file)}: {address}"
        for file, text in sources.items()
        for address in EXTERNAL.findall(text)
        if not _allowed(file, address)
    ]
    assert not foreign, f"Serve it ourselves, or name it in ADDRESSES with the reason: {foreign}"


def _allowed(file: Path, address: str) -> bool:
    comments = VENDORED_COMMENTS if is_vendored(file) else ()
    return address.startswith((*ADDRESSES, *comments))


def test_no_source_map_is_looked_for() -> None:
    """Manifest storage would fail on a map that does not ship."""
    mapped = [name(f) for f, t in texts(".js", ".css").items() if "sourceMapping" + "URL" in t]
    assert not mapped, f"Strip the comment that names a source map: {mapped}"
