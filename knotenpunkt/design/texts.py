"""Texts that stand in another language than the page: who listens must hear them spoken right."""

from __future__ import annotations

from typing import Any

from django.utils.html import format_html
from django.utils.translation import get_language


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
    return format_html('<span lang="{}">{}</span>', language, text) if language else text
