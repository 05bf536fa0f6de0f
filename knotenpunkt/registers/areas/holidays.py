"""Days on which much of the offer pauses: public holidays and school holidays of a Land."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType

import holidays

from knotenpunkt.foundation.networks.models import LANDS
from knotenpunkt.registers.areas import queries

# How the holidays package calls our languages.
LANGUAGES = {"de": "de", "en": "en_US"}


@dataclass(frozen=True, slots=True)
class FreeDays:
    """All free days of a Land between two days, by name; made for asking about many days."""

    public: Mapping[datetime.date, str]
    school: Mapping[datetime.date, str]


def free_days(
    land: str, first: datetime.date, last: datetime.date, language: str = "de"
) -> FreeDays:
    """The free days of a Land, both ends included; one query. An unknown Land has no free days."""
    public = {
        day: name
        for year in range(first.year, last.year + 1)
        for day, name in public_holidays(land, year, language).items()
        if first <= day <= last
    }
    school = {
        day: stretch.name
        for stretch in queries.school_holidays(land, first, last)
        for day in _days(max(stretch.starts, first), min(stretch.ends, last))
    }
    return FreeDays(public, school)


@lru_cache(maxsize=500)
def public_holidays(land: str, year: int, language: str = "de") -> Mapping[datetime.date, str]:
    """Public holidays that hold in the whole Land, by day."""
    if land not in LANDS.values():
        return MappingProxyType({})
    spoken = LANGUAGES.get(language, "de")
    return MappingProxyType(
        dict(holidays.country_holidays("DE", subdiv=land, years=year, language=spoken))
    )


def _days(first: datetime.date, last: datetime.date) -> list[datetime.date]:
    return [first + datetime.timedelta(days=number) for number in range((last - first).days + 1)]
