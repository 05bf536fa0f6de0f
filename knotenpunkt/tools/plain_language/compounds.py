"""Long words made of several: where a hyphen helps to read them."""

from __future__ import annotations

from functools import lru_cache

from knotenpunkt.tools.plain_language.vocabulary import parts, whole_words

SHORTEST, LONGEST = 12, 60
SHORTEST_PART = 3
LINKS = ("", "s", "es", "n", "en", "er", "e")
ENDINGS = ("", "n", "en", "e", "s", "es", "er", "innen", "in")


def split(word: str) -> str:
    """ "Schwangerschaftsberatung" → "Schwangerschafts-Beratung"; "" where nothing is to be split.

    Only words are split whose every part is known: a wrong hyphen is worse than none.
    """
    low = word.lower()
    if not SHORTEST <= len(word) <= LONGEST or not word[0].isupper() or low in whole_words():
        return ""
    found = _split(low)
    return "-".join(part.capitalize() for part in found) if len(found) > 1 else ""


@lru_cache(maxsize=4_096)
def _split(word: str) -> tuple[str, ...]:
    """The parts of a word, the longest ones first; () when one of them is unknown."""
    if _is_known(word):
        return (word,)
    for end in range(len(word) - SHORTEST_PART, SHORTEST_PART - 1, -1):
        if not _begins(word[:end]):
            continue
        rest = _split(word[end:])
        if rest:
            return (word[:end], *rest)
    return ()


def _is_known(word: str) -> bool:
    """A part that stands at the end, with the ending of its case."""
    if word in whole_words():
        return True
    return any(
        word.endswith(ending) and word[: len(word) - len(ending)] in parts() for ending in ENDINGS
    )


def _begins(word: str) -> bool:
    """A part with what links it to the next one."""
    return any(word.endswith(link) and word[: len(word) - len(link)] in parts() for link in LINKS)
