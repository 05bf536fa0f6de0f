"""Finding a word in the handbook."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.text import Truncator

from knotenpunkt.foundation.core.folding import fold
from knotenpunkt.front.handbook.reading import LINK, PICTURE, Chapter, Section, chapters

LONGEST_EXCERPT = 180
SENTENCE = re.compile(r"(?<=[.!?:])\s+|\n+")


@dataclass(frozen=True, slots=True)
class Hit:
    """A section that says all the words, and its first sentence that says one."""

    chapter: Chapter
    section: Section
    excerpt: str


def search(typed: str) -> list[Hit]:
    """Sections with all the words; those whose title says them come first."""
    words = fold(typed).split()
    found = list(_hits(words)) if words else []
    return sorted(
        found, key=lambda hit: not _says(f"{hit.chapter.title} {hit.section.title}", words)
    )


def _hits(words: list[str]) -> Iterator[Hit]:
    for chapter in chapters():
        for section in (Section("", "", chapter.lead), *chapter.sections):
            plain = _plain(section.text)
            if _says(f"{_title(chapter, section)} {plain}", words):
                yield Hit(chapter, section, _excerpt(plain, words))


def _title(chapter: Chapter, section: Section) -> str:
    return f"{chapter.title} {section.title}"


def _says(text: str, words: list[str]) -> bool:
    folded = fold(text)
    return all(word in folded for word in words)


def _excerpt(plain: str, words: list[str]) -> str:
    sentences = [one for one in SENTENCE.split(plain) if one.strip()]
    best = next((one for one in sentences if any(word in fold(one) for word in words)), "")
    return Truncator(best or (sentences[0] if sentences else "")).chars(LONGEST_EXCERPT)


def _plain(text: str) -> str:
    """Without pictures, links and marks."""
    without = LINK.sub("]", PICTURE.sub("", text))
    return re.sub(r"[*\[\]#]|^[-\d]+[.)]? +", "", without, flags=re.MULTILINE).strip()
