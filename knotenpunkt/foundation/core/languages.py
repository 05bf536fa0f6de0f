"""The languages that families read: pages of the interface, and texts of offers.

One list for the whole product. Settings read it, so nothing of Django may be imported here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

ORIGINAL = "de"
EASY = "de-x-leicht"


@dataclass(frozen=True, slots=True)
class ReadLanguage:
    """One language: its code, how its speakers call it, its English name (a msgid)."""

    code: str
    own_name: str
    name: str
    from_right: bool = False

    @property
    def direction(self) -> str:
        """As HTML's `dir` wants it."""
        return "rtl" if self.from_right else "ltr"


READ_LANGUAGES: Sequence[ReadLanguage] = (
    ReadLanguage("de", "Deutsch", "German"),
    ReadLanguage("en", "English", "English"),
    ReadLanguage("de-x-leicht", "Leichte Sprache", "Easy language (German)"),
    ReadLanguage("uk", "Українська", "Ukrainian"),
    ReadLanguage("ru", "Русский", "Russian"),
    ReadLanguage("ar", "العربية", "Arabic", from_right=True),
    ReadLanguage("fa", "فارسی", "Persian", from_right=True),
    ReadLanguage("tr", "Türkçe", "Turkish"),
    ReadLanguage("pl", "Polski", "Polish"),
    ReadLanguage("vi", "Tiếng Việt", "Vietnamese"),
)
BY_CODE = {language.code: language for language in READ_LANGUAGES}
TRANSLATED = tuple(language.code for language in READ_LANGUAGES if language.code != ORIGINAL)


def direction_of(code: str) -> str:
    """ "rtl" for Arabic and Farsi, also for languages that only offers are held in."""
    known = BY_CODE.get(code)
    if known is not None:
        return known.direction
    return "rtl" if code.partition("-")[0] in {"ckb", "he", "prs", "ps", "ur"} else "ltr"
