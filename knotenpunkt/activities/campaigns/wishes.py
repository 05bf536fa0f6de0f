"""What somebody wants to see of the join-ins: read from the address, and written into it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from knotenpunkt.activities.campaigns.models import AimedAt
from knotenpunkt.registers.areas.models import Region
from knotenpunkt.registers.areas.postal_codes import Located, locate
from knotenpunkt.registers.areas.queries import Stretch, stretch_of

LIST, CALENDAR, MAP = VIEWS = ("liste", "kalender", "karte")
WEEKEND, WEEK, PAST = TIMES = ("wochenende", "woche", "vorbei")
YES = "ja"
RADII_KM = (5, 10, 20, 50)
USUAL_KM = 10
LONGEST = 100
MONTH = re.compile(r"(\d{4})-(0[1-9]|1[0-2])")


@dataclass(frozen=True, slots=True)
class Wanted:
    """A wish as the form has it. `region` is the name of a part of the network, `stretch` what lies
    in it; `month` is the first day of the month that a calendar shows."""

    words: str = ""
    place_text: str = ""
    place: Located | None = None
    radius_km: int = USUAL_KM
    region: str = ""
    stretch: Stretch | None = None
    when: str = ""
    aimed_at: str = ""
    open_only: bool = False
    view: str = LIST
    month: date | None = None
    page: int = 1

    def address(self, **changes: Any) -> str:
        """The query of the page with these changes; what is usual is not said."""
        one = replace(self, **({"page": 1} | changes))
        told = {
            "q": one.words,
            "ort": one.place_text,
            "umkreis": str(one.radius_km) if one.place_text and one.radius_km != USUAL_KM else "",
            "region": one.region,
            "wann": one.when,
            "fuer": one.aimed_at,
            "offen": YES if one.open_only else "",
            "ansicht": one.view if one.view != LIST else "",
            "monat": f"{one.month:%Y-%m}" if one.month and one.view == CALENDAR else "",
            "seite": str(one.page) if one.page > 1 else "",
        }
        query = urlencode({name: value for name, value in told.items() if value})
        return f"?{query}" if query else "?"


def read(
    query: Mapping[str, str], near_area_keys: Sequence[str], known: Sequence[Region] = ()
) -> Wanted:
    """The wish of an address; what cannot be meant counts as not said. `known` are the regions."""
    place_text = _typed(query, "ort")
    radius, page = query.get("umkreis", ""), query.get("seite", "")
    region = next((one for one in known if one.name == query.get("region")), None)
    return Wanted(
        words=_typed(query, "q"),
        place_text=place_text,
        place=locate(place_text, near_area_keys) if place_text else None,
        radius_km=int(radius) if radius in map(str, RADII_KM) else USUAL_KM,
        region=region.name if region else "",
        stretch=stretch_of([region.pk], known) if region else None,
        when=_one_of(query.get("wann", ""), TIMES),
        aimed_at=_one_of(query.get("fuer", ""), AimedAt.values),
        open_only=query.get("offen") == YES,
        view=_one_of(query.get("ansicht", ""), VIEWS) or LIST,
        month=_month(query.get("monat", "")),
        page=int(page) if page.isdecimal() and len(page) < 5 and int(page) else 1,
    )


def all_over(wanted: Wanted) -> Wanted:
    """The same wish when nothing is still to come: then what was is better than nothing."""
    return replace(wanted, when=PAST)


def _typed(query: Mapping[str, str], name: str) -> str:
    return " ".join(query.get(name, "").replace("\0", "").split())[:LONGEST]


def _one_of(value: str, known: Sequence[str]) -> str:
    return value if value in known else ""


def _month(value: str) -> date | None:
    met = MONTH.fullmatch(value)
    return date(int(met[1]), int(met[2]), 1) if met and int(met[1]) > 1 else None


@dataclass(frozen=True, slots=True)
class Choice:
    """One option of a select field."""

    value: str
    label: str


def times() -> list[Choice]:
    """When it is."""
    return [Choice("", _("from today")), *(Choice(one, time_label(one)) for one in TIMES)]


def time_label(when: str) -> str:
    """A part of the time in words."""
    return {
        WEEKEND: _("at the weekend"),
        WEEK: _("in the next seven days"),
        PAST: _("what is over"),
    }[when]


def audiences() -> list[Choice]:
    """Whom it is for."""
    return [Choice("", _("any")), *(Choice(one.value, str(one.label)) for one in AimedAt)]


def regions(known: Sequence[Region]) -> list[Choice]:
    """The parts of the network by their names; none where it has no parts."""
    named = [Choice(one.name, one.name) for one in known]
    return [Choice("", _("everywhere")), *named] if named else []


def radii() -> list[Choice]:
    """How far somebody would go."""
    return [Choice(str(km), _("within %(km)d km") % {"km": km}) for km in RADII_KM]
