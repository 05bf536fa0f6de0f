"""What is wrong on a page of several forms, as `design/components/_error_summary.html` wants it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError


@dataclass(frozen=True, slots=True)
class ErrorList:
    """All that still needs help."""

    errors: Mapping[str, Any]
    fields: Sequence[forms.BoundField]
    non_field_errors: Sequence[str] = ()

    def __iter__(self) -> Iterator[forms.BoundField]:
        return iter(self.fields)


def problems(judged: Iterable[forms.Form]) -> ErrorList:
    """Of all these forms together."""
    rows = list(judged)
    fields = [field for form in rows for field in form if field.errors]
    whole = [str(text) for form in rows for text in form.non_field_errors()]
    by_name: dict[str, Any] = {field.html_name: field.errors for field in fields}
    return ErrorList(by_name | {str(at): text for at, text in enumerate(whole)}, fields, whole)


def refuse(form: forms.Form, refused: ValidationError) -> None:
    """Show what the tables refused beside its field, as far as it has one."""
    found: dict[str, list[str]] = getattr(refused, "message_dict", {"": refused.messages})
    for name, texts in found.items():
        form.add_error(name if name in form.fields else None, texts)
