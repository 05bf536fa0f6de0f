"""Fields that read what people write."""

from __future__ import annotations

import re
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy

CLOCK = re.compile(r"(\d{1,2})(?:[.:](\d{2}))?\s*(?:uhr|h)?", re.IGNORECASE)


class LongText(forms.CharField):
    """Several lines, with line ends as they are stored."""

    def __init__(self, *, rows: int = 3, **kwargs: Any) -> None:
        super().__init__(widget=forms.Textarea(attrs={"rows": rows}), **kwargs)

    def to_python(self, value: Any) -> str:
        return str(super().to_python(value) or "").replace("\r\n", "\n").replace("\r", "\n")


class ClockTime(forms.TimeField):
    """A time of the day as people write it: 9, 9:30, 9.30, 9 Uhr."""

    default_error_messages: ClassVar[dict[str, Any]] = {
        "invalid": gettext_lazy("Please write the time like 9:30.")
    }

    def __init__(self, **kwargs: Any) -> None:
        attrs = {"inputmode": "text", "autocomplete": "off", "size": "8"}
        super().__init__(widget=forms.TimeInput(attrs=attrs, format="%H:%M"), **kwargs)

    def to_python(self, value: Any) -> Any:
        written = CLOCK.fullmatch(str(value or "").strip())
        return super().to_python(f"{written[1]}:{written[2] or '00'}" if written else value)


class Day(forms.DateField):
    """A day, chosen in the browser's own calendar or written."""

    default_error_messages: ClassVar[dict[str, Any]] = {
        "invalid": gettext_lazy("Please write a day such as 24.12.2026.")
    }

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        super().__init__(widget=widget, **kwargs)


class WebAddress(forms.URLField):
    """A website, also without https:// in front of it."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.URLInput(attrs={"inputmode": "url", "placeholder": "https://"})
        super().__init__(assume_scheme="https", widget=widget, **kwargs)


def choices(options: Any) -> list[tuple[str, Any]]:
    """The choices of an enumeration as a field takes them."""
    return list(options.choices)


def optional_day(label: Any, help_text: Any = "") -> Day:
    """A day that may stay open."""
    return Day(**optional(label, help_text))


def optional(label: Any, help_text: Any = "", **kwargs: Any) -> dict[str, Any]:
    """What every field says that may stay empty."""
    return {"label": label, "help_text": help_text, "required": False, **kwargs}
