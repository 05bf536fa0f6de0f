"""The one source of a mail's text, from which plain text and HTML are made.

Paragraphs are parted by an empty line. Lines that begin with "- " are a list. A line of its own,
`[Label](https://…)`, is a button. Everything else is text; an address in it becomes a link.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby

PLACE = re.compile(r"\{([a-z_]+)\}")
BUTTON = re.compile(r"\[([^\[\]]+)\]\((https?://[^\s()<>\"]+)\)")
BULLET = "- "


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Lines that belong together."""

    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list."""

    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Button:
    """The one thing to do: what it says, and where it leads."""

    label: str
    url: str


Block = Paragraph | Bullets | Button


def blocks(text: str) -> list[Block]:
    """The parts of a text, in their order."""
    lines = [line.strip() for line in text.splitlines()]
    return [block for kind, group in groupby(lines, _kind) for block in _made(kind, list(group))]


def _kind(line: str) -> type[Block] | None:
    if not line:
        return None
    if BUTTON.fullmatch(line):
        return Button
    return Bullets if line.startswith(BULLET) else Paragraph


def _made(kind: type[Block] | None, lines: list[str]) -> Iterator[Block]:
    if kind is Paragraph:
        yield Paragraph(tuple(lines))
    elif kind is Bullets:
        yield Bullets(tuple(line.removeprefix(BULLET) for line in lines))
    elif kind is Button:
        for line in lines:
            if found := BUTTON.fullmatch(line):
                yield Button(found[1].strip(), found[2])


def beginning(text: str) -> str:
    """The words of the text in one line, without its buttons."""
    told = (BUTTON.sub(r"\1", line.strip()).removeprefix(BULLET) for line in text.splitlines())
    return " ".join(" ".join(told).split())


def placeholders(text: str) -> set[str]:
    """The names of all `{places}` that want a value."""
    return set(PLACE.findall(text))


def filled(text: str, values: Mapping[str, str]) -> str:
    """The text with its places filled; a value never makes a button of its own."""
    return PLACE.sub(lambda place: values[place[1]].replace("](", "] ("), text)
