"""The languages of the product: the one it is written in first, and those families read it in.

`de-x-leicht` is Leichte Sprache, a language like the others. The desk is German and English.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

FIRST = "de"
EASY_GERMAN = "de-x-leicht"
DESK = ("de", "en")


@dataclass(frozen=True, slots=True)
class Language:
    """A language by its code, as its speakers call it, and the direction it is written in."""

    code: str
    own_name: str
    direction: Literal["ltr", "rtl"] = "ltr"


LANGUAGES = (
    Language("de", "Deutsch"),
    Language("de-x-leicht", "Leichte Sprache"),
    Language("en", "English"),
    Language("uk", "Українська"),
    Language("ru", "Русский"),
    Language("ar", "العربية", "rtl"),
    Language("fa", "فارسی", "rtl"),
    Language("tr", "Türkçe"),
    Language("pl", "Polski"),
    Language("vi", "Tiếng Việt"),
)
BY_CODE = {one.code: one for one in LANGUAGES}
OTHERS = tuple(one.code for one in LANGUAGES if one.code != FIRST)
"""All but the one the originals are written in."""
