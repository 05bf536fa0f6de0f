"""The pick list: what goes to whom, by station or round, in the order of the way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from knotenpunkt.foundation.core.spoken import number
from knotenpunkt.tools.documents.typesetting import JSON, pdf

# More orders are typeset in a process of their own.
FEW = 100
# Whoever has no postal code comes at the end.
LAST = "~"


@dataclass(frozen=True, slots=True)
class PickMaterial:
    """A column: its name, and what a pack is, as "Packung mit 50 Postkarten"."""

    name: str
    pack: str = ""


@dataclass(frozen=True, slots=True)
class Stop:
    """An order. `packs` has one number for each material of the list, in their order."""

    number: int
    name: str
    packs: tuple[int, ...]
    postal_code: str = ""
    address: tuple[str, ...] = ()
    phone: str = ""
    note: str = ""
    is_handed_over: bool = False


@dataclass(frozen=True, slots=True)
class PickStation:
    """A station or round with its orders; `where` says place and hours."""

    name: str
    stops: tuple[Stop, ...]
    where: str = ""


def pick_list_pdf(
    stations: Sequence[PickStation], *, materials: Sequence[PickMaterial], campaign: str
) -> bytes:
    """One list for each station, each on a new page, sorted by postal code, with totals."""
    with override(settings.LANGUAGE_CODE):
        return pdf(
            "campaigns/pick_list",
            {
                "stations": [_station(one) for one in stations],
                "materials": [{"name": one.name, "pack": one.pack} for one in materials],
                "words": _words(),
            },
            title=_("Pick list: %(campaign)s") % {"campaign": campaign},
            language=settings.LANGUAGE_CODE,
            mark_unknown=True,
            apart=sum(len(one.stops) for one in stations) > FEW,
        )


def _words() -> dict[str, JSON]:
    return {
        "number": _("No."),
        "who": _("Who"),
        "where": _("Where"),
        "note": _("Note"),
        "done": _("Done"),
        "total": _("Total"),
    }


def _station(station: PickStation) -> JSON:
    stops = sorted(station.stops, key=_on_the_way)
    packs = [sum(column) for column in zip(*(stop.packs for stop in stops), strict=True)]
    return {
        "name": station.name,
        "where": station.where,
        "lead": ngettext("%(count)s order", "%(count)s orders", len(stops))
        % {"count": number(len(stops))},
        "rows": [_row(stop) for stop in stops],
        "totals": [number(total) for total in packs],
    }


def _on_the_way(stop: Stop) -> tuple[str, str, int]:
    return (stop.postal_code or LAST, stop.name, stop.number)


def _row(stop: Stop) -> JSON:
    return {
        "number": str(stop.number),
        "name": stop.name,
        "more": [stop.phone] if stop.phone else [],
        "address": [line for line in stop.address if line],
        "packs": [number(packs) for packs in stop.packs],
        "note": stop.note,
        "done": stop.is_handed_over,
    }
