"""German text made comparable: case, umlauts, ß, accents, punctuation.

Nobody types names the way the office wrote them: "mueller", "muller" and "Müller" are one person,
"Hauptstr. 5" and "HAUPTSTR 5" one address.
"""

from __future__ import annotations

import re
import unicodedata

# What decomposition leaves alone, or what would lose its sound.
_WRITTEN_OUT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})
_LETTERS = str.maketrans(
    {
        "ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "ł": "l", "ı": "i",
        # Arabic and Persian keyboards give different letters for the same word.
        "ي": "ی", "ى": "ی", "ك": "ک", "ة": "ه", "أ": "ا", "إ": "ا", "آ": "ا",
        "\u200c": " ", "\u0640": "", "ʼ": "'", "’": "'", "\u00ad": "",
    }
)  # fmt: skip


class _WithoutMarks(dict[int, int | None]):
    """Which accents are left out, asked once for each letter: texts are long, letters few."""

    def __missing__(self, code: int) -> int | None:
        self[code] = None if unicodedata.combining(chr(code)) else code
        return self[code]


_MARKS = _WithoutMarks()
_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")


def fold(text: str) -> str:
    """The key under which equal texts meet: "Müller-Straße  5" → "mueller strasse 5"."""
    return " ".join(folded_words(text))


def fold_plain(text: str) -> str:
    """Like `fold`, for those who leave the dots out: "Müller" → "muller"."""
    return " ".join(_split(_without_accents(_lowered(text))))


def spellings(text: str) -> frozenset[str]:
    """Both foldings of a text: {"mueller", "muller"}; one when the text has no umlaut."""
    return frozenset((fold(text), fold_plain(text)))


def folded_words(text: str) -> list[str]:
    """The words of a text in order, folded, umlauts written out; numbers count as words."""
    return _split(_without_accents(_lowered(text).translate(_WRITTEN_OUT)))


def _lowered(text: str) -> str:
    # Ornamental letters have no case until they are plain ones.
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())


def _without_accents(lowered: str) -> str:
    if lowered.isascii():
        return lowered
    decomposed = unicodedata.normalize("NFKD", lowered.translate(_LETTERS))
    return decomposed.translate(_MARKS).translate(_LETTERS)


def _split(folded: str) -> list[str]:
    return _WORD.findall(folded)
