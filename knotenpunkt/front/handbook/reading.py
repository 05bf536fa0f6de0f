"""Chapters as they are written: Markdown of the house, cut into sections and pictures.

    # Title of the chapter
    One sentence that says what it is about.

    ## Section
    Text, in the markup of `registers.pages.markup`. [A link](kapitel:angebote#pruefen)
    ![what the picture shows](name.webp)

Words of buttons and menus stand as **„Angebot anlegen“**, so that a test finds those that the
interface no longer has.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from PIL import Image

from knotenpunkt.front.handbook.chapters import ORDER
from knotenpunkt.registers.pages.markup import rendered

DATA = Path(__file__).parent / "data"
PICTURES = Path(__file__).parent / "static" / "handbook"
PICTURE = re.compile(r"^!\[([^\[\]]*)\]\(([\w-]+\.webp)\)$", re.MULTILINE)
LINK = re.compile(r"\]\(kapitel:([\w-]+)(#[\w-]+)?\)")
NOT_IN_MARKS = re.compile(r"[^\w]+")

# Chapter and "#section" → address.
Addresses = Callable[[str, str], str]


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture of the product; `alt` says what is to be seen."""

    name: str
    alt: str
    width: int
    height: int

    @property
    def path(self) -> str:
        """Among the static files."""
        return f"handbook/{self.name}"


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a chapter: its title ("" before the first one), its mark in addresses, its text."""

    title: str
    mark: str
    text: str

    def parts(self, addresses: Addresses) -> Iterator[dict[str, object]]:
        """HTML and pictures in turn."""
        pieces = [*PICTURE.split(self.text), "", ""]
        for text, alt, name in zip(pieces[::3], pieces[1::3], pieces[2::3], strict=True):
            if text.strip():
                yield {"html": rendered(_linked(text, addresses))}
            if name:
                yield {"picture": _picture(name, alt)}


@dataclass(frozen=True, slots=True)
class Chapter:
    """A chapter as it is written."""

    key: str
    number: int
    title: str
    lead: str
    sections: Sequence[Section]


@cache
def chapters() -> tuple[Chapter, ...]:
    """All of them, in their order."""
    return tuple(_read(key, number) for number, key in enumerate(ORDER, start=1))


def chapter(key: str) -> Chapter:
    """The chapter of that key; KeyError when there is none."""
    return {one.key: one for one in chapters()}[key]


def mark_of(title: str) -> str:
    """How the address names a section: "Ihr eigenes Konto" → "ihr-eigenes-konto"."""
    return NOT_IN_MARKS.sub("-", title.lower()).strip("-")


def _read(key: str, number: int) -> Chapter:
    head, *rest = re.split(r"^## +", (DATA / f"{key}.md").read_text("utf-8"), flags=re.MULTILINE)
    first, _blank, opening = head.partition("\n\n")
    title, lead = first.removeprefix("# ").split("\n", 1)
    told = [Section("", "", opening)] if opening.strip() else []
    return Chapter(key, number, title, lead.replace("\n", " "), [*told, *map(_section, rest)])


def _section(text: str) -> Section:
    title, _newline, body = text.partition("\n")
    return Section(title.strip(), mark_of(title), _flowing(body))


def _flowing(text: str) -> str:
    """The files break their lines; in the markup of the house a break inside a paragraph shows."""
    return re.sub(r"(?<=\S)\n(?=[^\n#\-!\d])(?! *\d+\. )", " ", text)


def _linked(text: str, addresses: Addresses) -> str:
    return LINK.sub(lambda found: f"]({addresses(found[1], found[2] or '')})", text)


def _picture(name: str, alt: str) -> Picture:
    width, height = _measured(name)
    return Picture(name, alt, width, height)


@cache
def _measured(name: str) -> tuple[int, int]:
    with Image.open(PICTURES / name) as opened:
        return opened.size
