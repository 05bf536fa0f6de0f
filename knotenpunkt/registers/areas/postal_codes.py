"""Finds German postal codes and towns: what someone types as a place, and where that is.

Everything is answered from memory. The table is read on first use (about 0.3 s) and again after
`refresh` in the same process; other processes take a refreshed table when they start.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from pathlib import Path
from statistics import fmean

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz, process

from knotenpunkt.foundation.core.folding import fold, spellings
from knotenpunkt.registers.areas import postal_code_table
from knotenpunkt.registers.areas.distances import distance_km, distances_km
from knotenpunkt.registers.areas.postal_code_table import PostalTown, UnreadableTable

__all__ = [
    "Located", "PostalTown", "Suggestion", "Town", "UnreadableTable", "all_rows", "county_names",
    "find", "locate", "names_within_reach", "nearest", "refresh", "row_for", "rows_of", "towns",
    "within",
]  # fmt: skip

LONGEST_INPUT = 200
MOST_WORDS = 8
# A beginning or a typo of fewer letters than this says too little to go by.
SHORTEST_GUESS = 4
TYPO_SIMILARITY = 86
# Two villages of one county share a name when they lie further apart than this; only big cities
# are wider.
VILLAGE_SPREAD_KM = 15
CITY_POPULATION = 100_000
# Further away from every known place one is not in Germany.
FARTHEST_PLACE_KM = 30
KM_PER_DEGREE = 111.0
GERMAN_LANDS = {
    "BB": "Brandenburg", "BE": "Berlin", "BW": "Baden-Württemberg", "BY": "Bayern",
    "HB": "Bremen", "HE": "Hessen", "HH": "Hamburg", "MV": "Mecklenburg-Vorpommern",
    "NI": "Niedersachsen", "NW": "Nordrhein-Westfalen", "RP": "Rheinland-Pfalz",
    "SH": "Schleswig-Holstein", "SL": "Saarland", "SN": "Sachsen", "ST": "Sachsen-Anhalt",
    "TH": "Thüringen",
}  # fmt: skip
POSTAL_CODE = re.compile(r"(?<!\d)\d{5}(?!\d)", re.ASCII)
# "Frankenberg/Sachsen", "Halle (Saale)", "Frankfurt am Main": the name before is said alone too.
NAME_ADDITION = re.compile(r"\s*[/(,].*| (?:an der|am|bei|im|in|ob der|vor der|an|auf) .*")


@dataclass(frozen=True, slots=True)
class Located:
    """A place that someone typed. Degrees; `approximate` because a code or town is no address."""

    lat: float
    lon: float
    label: str
    postal_code: str
    town: str
    approximate: bool = True


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What is offered while typing: `value` goes into the field, `hint` tells namesakes apart."""

    value: str
    hint: str
    postal_code: str
    town: str


@dataclass(frozen=True, slots=True)
class Town:
    """A town with all its postal codes; coordinates are their middle."""

    name: str
    state: str
    area_key: str
    county: str
    latitude: float
    longitude: float
    population: int
    postal_codes: tuple[str, ...]

    @property
    def only_code(self) -> str:
        """The postal code of a town that has just one, otherwise ""."""
        return self.postal_codes[0] if len(self.postal_codes) == 1 else ""

    @property
    def label(self) -> str:
        """ "09599 Freiberg", or "Dresden" where the code is open."""
        return f"{self.only_code} {self.name}".strip()

    @property
    def located(self) -> Located:
        """The town as the middle of a circle."""
        return Located(self.latitude, self.longitude, self.label, self.only_code, self.name)


@dataclass(frozen=True)
class Index:
    """The table, arranged for looking up."""

    rows: tuple[PostalTown, ...]

    @cached_property
    def by_code(self) -> dict[str, list[PostalTown]]:
        """Rows of each code, its biggest town first."""
        found: dict[str, list[PostalTown]] = defaultdict(list)
        for row in self.rows:
            found[row.postal_code].append(row)
        for rows in found.values():
            rows.sort(key=lambda row: -row.population)
        return dict(found)

    @cached_property
    def codes(self) -> list[str]:
        """All codes in order."""
        return sorted(self.by_code)

    @cached_property
    def towns(self) -> list[Town]:
        """Every town once."""
        grouped: dict[tuple[str, str], list[PostalTown]] = defaultdict(list)
        for row in self.rows:
            grouped[row.town, row.area_key].append(row)
        return [town for rows in grouped.values() for town in _as_towns(rows)]

    @cached_property
    def by_name(self) -> dict[str, list[Town]]:
        """Towns under every folded spelling of their full and their short name."""
        found: dict[str, list[Town]] = defaultdict(list)
        for town in self.towns:
            for spelling in _spellings(town.name):
                found[spelling].append(town)
        return dict(found)

    @cached_property
    def names(self) -> list[str]:
        """All folded spellings in order."""
        return sorted(self.by_name)

    @cached_property
    def points(self) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Latitudes and longitudes of the rows."""
        return (
            np.array([row.latitude for row in self.rows]),
            np.array([row.longitude for row in self.rows]),
        )

    def beginning_with(self, start: str) -> Iterator[Town]:
        """Towns of which a spelling begins so, each once."""
        seen: set[int] = set()
        for name in _stretch(self.names, start):
            for town in self.by_name[name]:
                if id(town) not in seen:
                    seen.add(id(town))
                    yield town


@cache
def _index() -> Index:
    return Index(tuple(postal_code_table.read_table()))


def refresh(path: Path) -> int:
    """Load a newer GeoNames file; see `postal_code_table.refresh`."""
    count = postal_code_table.refresh(path)
    forget()
    return count


def forget() -> None:
    """Read the table anew when it is asked next."""
    _index.cache_clear()
    _middle.cache_clear()
    names_within_reach.cache_clear()


def find(postal_code: str) -> PostalTown | None:
    """The biggest town of a postal code, or None when there is no such code."""
    rows = rows_of(postal_code)
    return rows[0] if rows else None


def rows_of(postal_code: str) -> list[PostalTown]:
    """All towns of a postal code, the biggest first."""
    return list(_index().by_code.get(postal_code, ()))


def row_for(postal_code: str, town: str, near_area_keys: Sequence[str] = ()) -> PostalTown | None:
    """The row of an address: by its code, among the code's towns by name.

    Without a code by the name of a town, when there is only one of that name, at least in the
    given areas. Nothing is guessed: otherwise None.
    """
    rows = rows_of(postal_code)
    if rows:
        return _row_named(rows, fold(town)) or rows[0]
    if postal_code or not town.strip():
        return None
    named = [t for t in _index().by_name.get(fold(town), ()) if fold(t.name) == fold(town)]
    near = [t for t in named if within(t.area_key, near_area_keys)]
    only = near if len(near) == 1 else named
    return _row_named(rows_of(only[0].only_code), fold(town)) if len(only) == 1 else None


def all_rows() -> tuple[PostalTown, ...]:
    """The whole table."""
    return _index().rows


def county_names() -> dict[str, str]:
    """Names of the counties by their five-digit key."""
    return {row.area_key: row.county for row in _index().rows}


def within(area_key: str, keys: Iterable[str]) -> bool:
    """Whether a county lies in one of the areas; a longer key counts as its county."""
    return any(area_key.startswith(key[:5]) for key in keys)


def nearest(lat: float, lon: float) -> PostalTown | None:
    """The postal code next to a point; None outside Germany."""
    if not (math.isfinite(lat) and math.isfinite(lon)):
        return None
    index = _index()
    away = distances_km(lat, lon, *index.points)
    row = int(np.argmin(away))
    return index.rows[row] if away[row] <= FARTHEST_PLACE_KM else None


def largest_towns(area_keys: Sequence[str], limit: int) -> list[Town]:
    """The towns of an area that a map names first."""
    inside = (town for town in _index().towns if within(town.area_key, area_keys))
    return sorted(inside, key=lambda town: (-town.population, town.name))[:limit]


def towns(
    prefix: str, near_area_keys: Sequence[str] = (), limit: int = 8, *, only_there: bool = False
) -> list[Suggestion]:
    """Places that begin with what was typed: the own county first, then what is near and big.

    Takes a name ("Frei", "doeb"), a code ("09", "0959") or both ("09599 Fr"). `only_there` leaves
    out what lies outside those areas.
    """
    digits, start = _typed(prefix)
    if not digits and not start:
        return []
    nearness = _Nearness(tuple(near_area_keys))
    if digits:
        rows = _codes_beginning(digits, start, near_area_keys)
        there = [row for row in rows if not only_there or within(row.area_key, near_area_keys)]
        return [_row_suggestion(row) for row in there[:limit]]
    found = sorted(
        (
            town
            for town in _index().beginning_with(start)
            if not only_there or nearness.inside(town)
        ),
        key=lambda town: (
            not nearness.inside(town),
            start not in _spellings(town.name),
            -nearness.pull(town),
        ),
    )
    return [_suggestion(town) for town in found[:limit]]


def locate(text: str, near_area_keys: Sequence[str] = ()) -> Located | None:
    """Where a typed place is: "09599", "Freiberg", "09599 Freiberg", "Freiberg (Sachsen)".

    Of several towns of one name the one in the given areas wins, then the one that people there
    most likely mean: near and big. A small typo is forgiven; the label says what was understood.
    """
    text = text[:LONGEST_INPUT]
    code = POSTAL_CODE.search(text)
    rows = rows_of(code.group()) if code else []
    rest = POSTAL_CODE.sub(" ", text)
    if rows:
        return _at_code(rows, fold(rest))
    town = _named(rest, _Nearness(tuple(near_area_keys)))
    if town is None:
        return None
    return town.located


@lru_cache(maxsize=256)
def names_within_reach(area_keys: tuple[str, ...], km: float) -> Mapping[str, Town]:
    """Towns in the areas or that near to one of their places, by each folded spelling."""
    index, nearness = _index(), _Nearness(area_keys)
    latitudes, longitudes = (
        np.array([getattr(town, of) for town in index.towns]) for of in ("latitude", "longitude")
    )
    near: set[int] = set()
    for town in filter(nearness.inside, index.towns):
        # Only what lies in the strip can be near; of all Germany that is little.
        strip = np.flatnonzero(np.abs(latitudes - town.latitude) <= km / KM_PER_DEGREE)
        away = distances_km(town.latitude, town.longitude, latitudes[strip], longitudes[strip])
        near.update(strip[away <= km].tolist())
    by_name: dict[str, list[Town]] = defaultdict(list)
    for at in sorted(near):
        for spelling in _spellings(index.towns[at].name):
            by_name[spelling].append(index.towns[at])
    likely = {name: nearness.most_likely(namesakes) for name, namesakes in by_name.items()}
    return {name: town for name, town in likely.items() if town is not None}


@lru_cache(maxsize=40_000)
def _spellings(name: str) -> tuple[str, ...]:
    """How a town is typed: in full and short, "Döbeln" as doebeln and as dobeln."""
    forms = (name, NAME_ADDITION.sub("", name))
    return tuple(dict.fromkeys(key for form in forms if form for key in spellings(form)))


def _as_towns(rows: list[PostalTown]) -> list[Town]:
    """One town of rows with one name in one county; several when they are namesakes."""
    first = rows[0]
    spread = max(
        distance_km(first.latitude, first.longitude, row.latitude, row.longitude) for row in rows
    )
    if spread > VILLAGE_SPREAD_KM and first.population < CITY_POPULATION:
        return [_as_town([row]) for row in rows]
    return [_as_town(rows)]


def _as_town(rows: list[PostalTown]) -> Town:
    return Town(
        name=rows[0].town,
        state=rows[0].state,
        area_key=rows[0].area_key,
        county=rows[0].county,
        latitude=round(fmean(row.latitude for row in rows), 5),
        longitude=round(fmean(row.longitude for row in rows), 5),
        population=max(row.population for row in rows),
        postal_codes=tuple(sorted({row.postal_code for row in rows})),
    )


def _stretch(ordered: list[str], start: str) -> Iterator[str]:
    """The members of an ordered list that begin so."""
    for position in range(bisect_left(ordered, start), len(ordered)):
        if not ordered[position].startswith(start):
            return
        yield ordered[position]


def _typed(prefix: str) -> tuple[str, str]:
    """Leading digits and the folded rest of what was typed so far."""
    words = fold(prefix[:LONGEST_INPUT]).split()
    digits = words.pop(0) if words and words[0].isdecimal() and words[0].isascii() else ""
    return digits, " ".join(words)


def _codes_beginning(digits: str, start: str, keys: Sequence[str]) -> list[PostalTown]:
    index = _index()
    rows = [
        row
        for code in _stretch(index.codes, digits)
        for row in (index.by_code[code] if start else index.by_code[code][:1])
        if any(spelling.startswith(start) for spelling in _spellings(row.town))
    ]
    return sorted(rows, key=lambda row: not within(row.area_key, keys))


def _row_suggestion(row: PostalTown) -> Suggestion:
    return Suggestion(row.label, row.county, row.postal_code, row.town)


def _suggestion(town: Town) -> Suggestion:
    value = town.label
    if not town.only_code and len(_index().by_name[fold(town.name)]) > 1:
        value = f"{town.name} ({GERMAN_LANDS.get(town.state, town.county)})"
    return Suggestion(value, town.county, town.only_code, town.name)


def _row_named(rows: list[PostalTown], text: str) -> PostalTown | None:
    """The row with the longest town name that the folded text begins with."""
    fits = [
        (len(spelling), row)
        for row in rows
        for spelling in _spellings(row.town)
        if text.startswith(spelling)
    ]
    return max(fits, key=lambda fit: fit[0])[1] if fits else None


def _at_code(rows: list[PostalTown], rest: str) -> Located:
    """The town that was typed beside the code, otherwise the code's biggest."""
    row = _row_named(rows, rest) or rows[0]
    return Located(row.latitude, row.longitude, row.label, row.postal_code, row.town)


class _Nearness:
    """How likely a town is meant by people of an area."""

    def __init__(self, keys: tuple[str, ...]) -> None:
        self.keys = keys
        self.middle = _middle(keys)

    def inside(self, town: Town) -> bool:
        return within(town.area_key, self.keys)

    def pull(self, town: Town) -> float:
        """People over squared distance, as one speaks of near villages and of far cities."""
        people = max(town.population, 300)
        if self.middle is None:
            return float(people)
        return people / max(distance_km(*self.middle, town.latitude, town.longitude), 3.0) ** 2

    def most_likely(self, candidates: Iterable[Town]) -> Town | None:
        return max(candidates, key=lambda town: (self.inside(town), self.pull(town)), default=None)


@lru_cache(maxsize=256)
def _middle(keys: tuple[str, ...]) -> tuple[float, float] | None:
    """The middle of the areas, from the places in them."""
    rows = [row for row in _index().rows if within(row.area_key, keys)]
    if not rows:
        return None
    return fmean(row.latitude for row in rows), fmean(row.longitude for row in rows)


def _named(text: str, nearness: _Nearness) -> Town | None:
    """The town of a text without a known code; the parts of an address from the last one on."""
    parts = [text, *reversed(text.split(","))] if "," in text else [text]
    asked = [words for part in parts if (words := fold(part).split()[:MOST_WORDS])]
    for words in asked:
        if town := nearness.most_likely(_spelled_so(words)):
            return town
    for words in asked:
        if town := nearness.most_likely(_guessed(" ".join(words))):
            return town
    return None


def _spelled_so(words: list[str]) -> list[Town]:
    """Towns of which the words begin with the name; the words after it choose among them."""
    by_name = _index().by_name
    for length in range(len(words), 0, -1):
        if named := by_name.get(" ".join(words[:length])):
            return _hinted(named, words[length:])
    return []


def _hinted(named: list[Town], hints: list[str]) -> list[Town]:
    """The namesakes that fit the hints best: a Land, a county, the rest of the full name."""
    fits = [_fit(town, hints) for town in named]
    return [town for town, fit in zip(named, fits, strict=True) if fit == max(fits)]


def _fit(town: Town, hints: list[str]) -> int:
    land = fold(GERMAN_LANDS.get(town.state, ""))
    # "Sachsen" means Saxony, not Saxony-Anhalt.
    if hints and " ".join(hints) == land:
        return len(hints) + 1
    known = {town.state.lower(), *land.split(), *fold(f"{town.county} {town.name}").split()}
    return sum(hint in known for hint in hints)


def _guessed(typed: str) -> list[Town]:
    """Towns that begin so, or that differ by a typo."""
    if len(typed) < SHORTEST_GUESS:
        return []
    index = _index()
    if begun := list(index.beginning_with(typed)):
        return begun
    alike = process.extract(
        typed, index.names, scorer=fuzz.ratio, score_cutoff=TYPO_SIMILARITY, limit=5
    )
    best = max((score for _name, score, _position in alike), default=0.0)
    return [
        town for name, score, _position in alike if score == best for town in index.by_name[name]
    ]
