"""Remarks about what a person's hand has changed since the last import."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from knotenpunkt.registers.offers.imports.cells import label
from knotenpunkt.tools.imports.remarks import Remark

# Names of values whose field is called otherwise.
_FIELD_OF = {
    "times_note": "times", "costs_note": "costs", "registration_note": "registration",
    "access_note": "step_free", "contact.name": "contact_name", "sort": "kind",
    "contact.function": "contact_function", "email": "emails", "name": "facility",
    "provider": "body",
}  # fmt: skip


def kept_by_hand(
    names: tuple[str, ...], incoming: dict[str, Any], current: dict[str, Any]
) -> list[Remark]:
    """One remark for each field that a person changed and the file wants otherwise."""
    reason = _("was changed by hand and stays")
    return [
        Remark(
            "changed_by_hand",
            reason,
            original=_shown(incoming[name]),
            cleaned=_shown(current.get(name)),
            field=_label(name),
        )
        for name in names
    ]


def _label(name: str) -> str:
    bare = name.removeprefix("place.").removeprefix("contact.")
    return label(_FIELD_OF.get(name) or _FIELD_OF.get(bare, bare))


def _shown(value: Any) -> str:
    return "" if value is None else str(value)
