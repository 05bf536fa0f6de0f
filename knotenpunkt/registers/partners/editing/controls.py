"""What all forms of partners share."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from django import forms
from django.http import QueryDict

from knotenpunkt.foundation.core.form_rows import raw_values

AnyForm = TypeVar("AnyForm", bound=forms.Form)


def form_of(
    kind: type[AnyForm],
    data: QueryDict | None,
    stored: Mapping[str, Any],
    *,
    as_typed: bool = False,
    **options: Any,
) -> AnyForm:
    """A form that was sent, that shows what is stored, or (`as_typed`) what somebody typed.

    What was typed and not sent off is shown without judging it: they are not done yet.
    """
    options["use_required_attribute"] = False
    if data is None:
        return kind(initial=dict(stored), **options)
    if as_typed:
        return kind(initial=raw_values(kind(data, **options)), **options)
    return kind(data, **options)
