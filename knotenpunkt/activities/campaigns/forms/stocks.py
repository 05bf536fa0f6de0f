"""How much there is of each material, entered for all of them on one page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from knotenpunkt.activities.campaigns.actions.materials import MaterialDraft, draft_of
from knotenpunkt.activities.campaigns.forms.materials import count_field, refuse_limit_above_stock
from knotenpunkt.activities.campaigns.models import Material

FIELDS = ("packs", "pack_size", "most_packs")


class StockForm(forms.Form):
    """Stock, pack size and limit of one material; nothing where it is not known yet."""

    use_required_attribute = False

    packs = count_field(gettext_lazy("Packs in stock"), required=False)
    pack_size = count_field(gettext_lazy("Pieces in a pack"), least=1)
    most_packs = count_field(gettext_lazy("Limit of one order, in packs"), least=1, required=False)

    def __init__(self, *args: Any, material: Material, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        missing = _("Please say how many pieces a pack of “%(name)s” has.")
        self.fields["pack_size"].error_messages["required"] = missing % {"name": material.name}

    def clean(self) -> dict[str, Any]:
        told: dict[str, Any] = super().clean() or self.cleaned_data
        refuse_limit_above_stock(self, told)
        return told


@dataclass(frozen=True, slots=True)
class StockRow:
    """A material with its form; None once it was ordered: then a change has consequences."""

    material: Material
    form: StockForm | None

    @property
    def prefix(self) -> str:
        """Of its fields."""
        return prefix_of(self.material)


def prefix_of(material: Material) -> str:
    """Of the fields of this material."""
    return f"material-{material.pk}"


class StockSheet:
    """All materials of a campaign; `ordered` are those that cannot be changed here."""

    def __init__(
        self,
        found: Sequence[Material],
        ordered: Sequence[Material],
        data: Mapping[str, Any] | None = None,
    ) -> None:
        self.data = data
        self.rows = [StockRow(one, None if one in ordered else _form(one, data)) for one in found]

    @property
    def forms(self) -> list[StockForm]:
        """Those that can be filled in."""
        return [row.form for row in self.rows if row.form is not None]

    def is_valid(self) -> bool:
        """Whether all are sound; each tells what is wrong with it."""
        judged = [one.is_valid() for one in self.forms]
        return all(judged)

    @property
    def too_late(self) -> list[Material]:
        """What was filled in while somebody ordered it."""
        rows = [row for row in self.rows if row.form is None]
        return [row.material for row in rows if f"{row.prefix}-packs" in (self.data or {})]

    @property
    def drafts(self) -> list[tuple[Material, MaterialDraft]]:
        """What is to be saved."""
        return [
            (row.material, _draft(row.material, row.form.cleaned_data))
            for row in self.rows
            if row.form is not None
        ]


def _form(material: Material, data: Mapping[str, Any] | None) -> StockForm:
    """What was typed; a material that the sent page did not have is shown as it is."""
    prefix = prefix_of(material)
    was_there = data is not None and f"{prefix}-pack_size" in data
    initial = {name: getattr(material, name) for name in FIELDS}
    initial["packs"] = material.packs or None
    sent = data if was_there else {f"{prefix}-{name}": value for name, value in initial.items()}
    return StockForm(
        sent if data is not None else None, initial=initial, prefix=prefix, material=material
    )


def _draft(material: Material, told: Mapping[str, Any]) -> MaterialDraft:
    packs = told["packs"] or 0
    return replace(
        draft_of(material), packs=packs, pack_size=told["pack_size"], most_packs=told["most_packs"]
    )
