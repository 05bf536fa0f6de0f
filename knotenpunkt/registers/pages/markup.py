"""The small markup in which people write legal pages. What they type is text, never HTML.

    ## heading, ### smaller heading (# is taken as a heading, too)
    - list item, 1. numbered item
    [words](https://…), [words](mailto:…), [words](tel:…), [words](/path)
    **important**, [[still to be filled in]], {{placeholder}}

A blank line ends a paragraph; a line break inside one stays a line break, as in an address.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import groupby

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

PLACEHOLDER = re.compile(r"\{\{\s*(\w+)\s*\}\}")
HEADING = re.compile(r"(#{1,3}) +(.+)")
BULLET = re.compile(r"[-*•] +(.+)")
NUMBERED = re.compile(r"\d{1,3}[.)] +(.+)")
# Applied to escaped text: quotation marks and angle brackets are gone by then.
LINK = re.compile(r"\[([^\[\]]+)\]\(((?:https?://|mailto:|tel:|/(?!/))[^\s()]+)\)")
IMPORTANT = re.compile(r"\*\*([^*]+)\*\*")
FIRST_GROUP = r"\1"
OPEN = re.compile(r"\[\[([^\[\]]+)\]\]")


def filled(text: str, values: Mapping[str, str], names: Mapping[str, str]) -> str:
    """Replace {{placeholders}}. An empty or unknown one stays visible as a gap to be filled in.

    `names` says what is missing in words: {"operator_address": "address of the operator"}.
    """

    def value(match: re.Match[str]) -> str:
        key = match[1]
        known = values.get(key, "").strip()
        return known or _("[[please complete: %(what)s]]") % {"what": names.get(key, key)}

    return PLACEHOLDER.sub(value, text)


def gaps_in(text: str) -> list[str]:
    """What is still to be filled in, in the order of the text and once each."""
    return list(dict.fromkeys(OPEN.findall(text)))


def rendered(text: str) -> SafeString:
    """The HTML of a text; headings begin at h2 because the page's title is its h1."""
    blocks = re.split(r"\n\s*\n", text.replace("\r\n", "\n").strip())
    return mark_safe(  # noqa: S308 - every piece of text is escaped in `_inline`
        "\n".join(html for block in blocks if block.strip() for html in _block(block))
    )


def _block(block: str) -> Iterator[str]:
    """A block may mix kinds: a heading with its paragraph or list directly below."""
    lines = [line.strip() for line in block.split("\n") if line.strip()]
    for kind, group in groupby(lines, key=_kind):
        yield from _KINDS[kind](list(group))


def _kind(line: str) -> str:
    if HEADING.fullmatch(line):
        return "heading"
    if BULLET.fullmatch(line):
        return "bullets"
    return "numbers" if NUMBERED.fullmatch(line) else "paragraph"


def _headings(lines: list[str]) -> Iterator[str]:
    for line in lines:
        marks, words = HEADING.fullmatch(line).groups()  # type: ignore[union-attr]
        level = max(len(marks), 2)
        yield f"<h{level}>{_inline(words)}</h{level}>"


def _bullets(lines: list[str]) -> Iterator[str]:
    yield f"<ul>{_items(lines, BULLET)}</ul>"


def _numbers(lines: list[str]) -> Iterator[str]:
    yield f"<ol>{_items(lines, NUMBERED)}</ol>"


def _paragraph(lines: list[str]) -> Iterator[str]:
    yield f"<p>{'<br>'.join(map(_inline, lines))}</p>"


def _items(lines: list[str], mark: re.Pattern[str]) -> str:
    return "".join(f"<li>{_inline(mark.sub(FIRST_GROUP, line))}</li>" for line in lines)


def _inline(text: str) -> str:
    safe = str(escape(text))
    safe = OPEN.sub(r"<mark>\1</mark>", safe)
    safe = LINK.sub(r'<a href="\2">\1</a>', safe)
    return IMPORTANT.sub(r"<strong>\1</strong>", safe)


_KINDS = {
    "heading": _headings,
    "bullets": _bullets,
    "numbers": _numbers,
    "paragraph": _paragraph,
}
