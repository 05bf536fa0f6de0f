"""The order form: the same for a personal page, the public page and the desk."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from secrets import token_urlsafe
from typing import Any, cast
from uuid import UUID

from django import forms
from django.forms import BoundField
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from knotenpunkt.activities.campaigns.models import Material, Order, Station
from knotenpunkt.activities.campaigns.ordering import OrderDraft, Orderer
from knotenpunkt.activities.campaigns.queries.orders import note_of
from knotenpunkt.activities.campaigns.rules.orders import MOST_PACKS, goes_by_size, over_limit_here
from knotenpunkt.foundation.core.controls import LongText
from knotenpunkt.registers.partners.models import Contact, Organisation

PACKS = "packs_"
STEP = "schritt"
MORE, LESS = "mehr", "weniger"
WHOLE = gettext_lazy("Please enter a whole number of packs.")


@dataclass(frozen=True, slots=True)
class Row:
    """A material of the form with its fields."""

    material: Material
    packs: BoundField
    agreed: BoundField | None


class OrderForm(forms.Form):
    """Packs of each material, and what belongs to the order as a whole."""

    use_required_attribute = False

    key = forms.CharField(widget=forms.HiddenInput, max_length=64, required=False)
    size = forms.IntegerField(
        label=gettext_lazy("For how many children or people is it?"),
        help_text=gettext_lazy("Where there is not enough for all, this number decides."),
        required=False,
        min_value=1,
        max_value=100_000,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
        error_messages={
            "invalid": gettext_lazy("Please enter a whole number."),
            "min_value": gettext_lazy("Please enter a number from 1 on."),
        },
    )
    station = forms.ChoiceField(
        label=gettext_lazy("Where do you get it?"), required=False, widget=forms.RadioSelect
    )
    note = LongText(
        label=gettext_lazy("Is there anything else that we should know?"),
        required=False,
        max_length=1_000,
        rows=2,
    )

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        materials: Sequence[Material],
        stations: Sequence[Station] = (),
        order: Order | None = None,
        initial: Mapping[str, Any] | None = None,
        is_at_desk: bool = False,
    ) -> None:
        had = {line.material_id: line.wanted for line in order.lines.all()} if order else {}
        start = _initial(order, had) | {"key": token_urlsafe(24)} | dict(initial or {})
        super().__init__(data, initial=start)
        self.materials, self.stations, self.had = materials, stations, had
        self.is_at_desk = is_at_desk
        for material in materials:
            self._add_material(material)
        self._fit_rest()

    def _add_material(self, material: Material) -> None:
        most = max(material.most_packs or MOST_PACKS, self.had.get(material.pk, 0))
        self.fields[_packs(material)] = forms.IntegerField(
            label=material.name,
            required=False,
            min_value=0,
            max_value=most,
            widget=forms.NumberInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
            error_messages={
                "invalid": WHOLE,
                "min_value": WHOLE,
                "max_value": over_limit_here(material) if material.most_packs else WHOLE,
            },
        )
        if material.condition and not self.is_at_desk:
            self.fields[_agreed(material)] = forms.BooleanField(
                label=material.condition, required=False
            )

    def _fit_rest(self) -> None:
        if not goes_by_size(self.materials):
            del self.fields["size"]
        else:
            self.fields["size"].required = not self.is_at_desk
        if not self.stations:
            del self.fields["station"]
            return
        self.fields["station"].required = not self.is_at_desk
        self.fields["station"].error_messages["required"] = _("Please choose where you get it.")
        station = cast(forms.ChoiceField, self.fields["station"])
        station.choices = [(str(one.pk), station_label(one)) for one in self.stations]
        if self.is_at_desk:
            station.label = _("Where is it fetched?")
            station.widget = forms.Select()
            station.choices = [("", _("not known yet")), *station.choices]

    def full_clean(self) -> None:
        """The number is needed only where it decides about something that is ordered."""
        if "size" in self.fields:
            self.fields["size"].required = False
        super().full_clean()
        if "size" in self.fields:
            self.fields["size"].required = not self.is_at_desk

    @property
    def rows(self) -> Iterator[Row]:
        """The materials in their order."""
        for one in self.materials:
            agreed = self[_agreed(one)] if _agreed(one) in self.fields else None
            yield Row(one, self[_packs(one)], agreed)

    def clean(self) -> dict[str, Any]:
        told: dict[str, Any] = super().clean() or self.cleaned_data
        wanted = self._wanted()
        if not self.errors and not wanted:
            self.add_error(None, _("Nothing is chosen yet. Please order at least one pack."))
        for one in self.materials:
            if one.pk in wanted and _agreed(one) in self.fields and not told.get(_agreed(one)):
                self.add_error(_agreed(one), _("Please agree, or take this material out again."))
        self._ask_for_rest(told, wanted)
        return told

    def _ask_for_rest(self, told: Mapping[str, Any], wanted: Mapping[UUID, int]) -> None:
        if self.is_at_desk:
            return
        by_size = goes_by_size(one for one in self.materials if one.pk in wanted)
        if by_size and told.get("size") is None and "size" not in self.errors:
            self.add_error("size", _("Please say for how many it is."))

    def _wanted(self) -> dict[UUID, int]:
        packs = {one.pk: self.cleaned_data.get(_packs(one)) or 0 for one in self.materials}
        return {key: count for key, count in packs.items() if count}

    def draft(
        self,
        contact: Contact | None = None,
        organisation: Organisation | None = None,
        orderer: Orderer | None = None,
    ) -> OrderDraft:
        """What was ordered, for whoever it is."""
        told = self.cleaned_data
        chosen = told.get("station")
        return OrderDraft(
            contact=contact,
            organisation=organisation,
            orderer=orderer,
            wanted=self._wanted(),
            note=told.get("note", ""),
            size=told.get("size"),
            station=next((one for one in self.stations if str(one.pk) == chosen), None),
            agreed=frozenset(one.pk for one in self.materials if told.get(_agreed(one))),
        )


def _packs(material: Material) -> str:
    return f"{PACKS}{material.pk}"


def _agreed(material: Material) -> str:
    return f"agreed_{material.pk}"


def _initial(order: Order | None, had: Mapping[UUID, int]) -> dict[str, Any]:
    """What an order says now. Whoever ordered something has agreed to its condition."""
    if order is None:
        return {}
    packs = {f"packs_{key}": count for key, count in had.items()}
    agreed = {f"agreed_{key}": True for key in had}
    rest = {"size": order.size, "station": str(order.station_id or ""), "note": note_of(order)}
    return {**packs, **agreed, **rest}


def station_label(station: Station) -> str:
    """ "Rathaus Freiberg, montags 9–12 Uhr"."""
    place = station.place.address_line if station.place else ""
    return ", ".join(filter(None, (station.name, place, station.hours)))


def stepped(data: QueryDict) -> dict[str, Any]:
    """What was typed, with one pack more or less: the buttons beside a number, without a script."""
    told: dict[str, Any] = data.dict()
    how, _colon, key = str(told.pop(STEP, "")).partition(":")
    name = f"packs_{key}"
    written = str(told.get(name, "")).strip()
    packs = int(written) if written.isdecimal() and len(written) < 6 else 0
    told[name] = max(packs + (1 if how == MORE else -1), 0)
    return told
