"""What a second import may write, and what a person's hand has changed meanwhile."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Merge:
    """`write`: fields to change; `kept`: fields that were changed by hand and stay.

    `values` is what counts as imported from now on.
    """

    write: dict[str, Any]
    kept: tuple[str, ...]
    values: dict[str, Any]


def merge(
    *, incoming: Mapping[str, Any], imported: Mapping[str, Any], current: Mapping[str, Any]
) -> Merge:
    """Compare three states of one record, field by field, as plain JSON values.

    A field is written when the file says something new and nobody touched it since the last
    import. A field that was never imported counts as untouched while it is empty; what the
    file leaves empty, as it did before, contradicts nobody.
    """
    write: dict[str, Any] = {}
    kept: list[str] = []
    values = dict(imported)
    for name, new in incoming.items():
        now, before = current.get(name), imported.get(name, _empty_like(new))
        if now == new:
            values[name] = new
        elif now == before:
            write[name] = values[name] = new
        elif new != before or not _is_empty(new):
            kept.append(name)
    return Merge(write, tuple(kept), values)


def _is_empty(value: Any) -> bool:
    return value is None or value in ("", [], {})


def _empty_like(value: Any) -> Any:
    return type(value)() if isinstance(value, (str, list, dict)) else None
