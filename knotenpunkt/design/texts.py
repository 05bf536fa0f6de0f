"""Texts that stand in another language than the page: who listens must hear them spoken right."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.utils.html import format_html
from django.utils.translation import get_language, get_language_bidi


class TextIn(str):
    """A text that knows its language, such as what a provider wrote."""

    language: str

    def __new__(cls, text: str, language: str) -> TextIn:
        made = super().__new__(cls, text)
        made.language = language
        return made


def foreign_language(text: object) -> str:
    """The language of a text where it is not that of the page, else ""."""
    language = getattr(text, "language", "")
    return "" if language == get_language() else language


def marked(text: Any) -> Any:
    """The text for a page, in an element with its language where it is not that of the page."""
    language = foreign_language(text) if text else ""
    if not language:
        return text
    if _direction(language) == _direction(get_language() or ""):
        return format_html('<span lang="{}">{}</span>', language, text)
    told = '<span lang="{}" dir="{}">{}</span>'
    return format_html(told, language, _direction(language), text)


def isolated(text: str) -> str:
    """A telephone number inside a sentence: from right to left too, its groups stay in order."""
    return f"\u2066{text}\u2069" if get_language_bidi() else text


def _direction(language: str) -> str:
    return "rtl" if language.partition("-")[0] in settings.LANGUAGES_BIDI else "ltr"
