"""The judged sets: offers of several counties, and what people there would type.

Three invented counties: Auental (`corpus.jsonl`, in the words of offices, with `queries.jsonl` and
`judged/german_*` and `judged/languages_*`), Wiesental (`judged/wiesental_offers.jsonl`, in many
styles, with the same), and the larger demo network (`judged/demo_*`, judged by the offers' sort).
Two real lists of day-care centres for names (`judged/names_*`), where KNOTENPUNKT_TEST_DATA tells
the folder they lie in.

All of `queries.jsonl` was looked at while tuning, and the files of `judged` named "tune", "held"
and "opened": the latter two were kept apart at first, and are tuned on since their figures were
seen. Those named "closing" are only counted, at the close.
"""

from __future__ import annotations

import csv
import json
import os
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID, uuid5

from knotenpunkt.tools.search.actions import EntryDraft

HERE = Path(__file__).parent
JUDGED = HERE / "judged"
PRODUCT = HERE.parents[1] / "knotenpunkt"
DEMO = PRODUCT / "front" / "demo" / "data" / "mittelsachsen"
TOPICS = PRODUCT / "registers" / "offers" / "data" / "topics.json"
SPACE = UUID("6f1f6a4e-6a7c-4f0e-9a64-8f6c2b1d7a55")
OFF = "off"


@dataclass(frozen=True, slots=True)
class Query:
    """What somebody types in a county, and the offers that would help."""

    text: str
    corpus: str
    language: str
    kind: str
    source: str
    """The file it comes from, without its part."""
    fits: frozenset[UUID]


def identity(name: str) -> UUID:
    """The same id for an offer in every run."""
    return uuid5(SPACE, name)


# ── offers ──────────────────────────────────────────────────────────────────────────────────────


def corpora() -> dict[str, list[EntryDraft]]:
    """The offers of each county by its name; real lists only where their folder is known."""
    found = {
        "auental": judged_offers(),
        "wiesental": [_draft(row) for row in rows(JUDGED / "wiesental_offers.jsonl")],
        "demo": [_demo_draft(row, _houses(), _topics()) for row in _demo_rows("offers")],
    }
    return found | real_lists()


def judged_offers() -> list[EntryDraft]:
    """The offers of the Auental."""
    return [_draft(row) for row in rows(HERE / "corpus.jsonl")]


def real_lists() -> dict[str, list[EntryDraft]]:
    """Real day-care centres, with hardly more than names."""
    folder = os.environ.get("KNOTENPUNKT_TEST_DATA")
    if not folder:
        return {}
    offers = Path(folder) / "offers"
    chemnitz = json.loads((offers / "chemnitz_Kitas_ohne_Tagespflege.geojson").read_text("utf-8"))
    with (offers / "flensburg_kitas_2024.csv").open(encoding="utf-8", newline="") as lines:
        flensburg = list(csv.DictReader(lines))
    houses = [feature["properties"] for feature in chemnitz["features"]]
    return {
        "chemnitz": [_named(one["BEZEICHNUNG"], one["TRAEGER"], one["ORT"]) for one in houses],
        "flensburg": [
            _named(one["facility"], one["institution"], f"{one['district']}, {one['address']}")
            for one in flensburg
        ],
    }


def _named(title: str, provider: str, places: str) -> EntryDraft:
    return EntryDraft(
        kind="offer", object_id=identity(title), title=title, provider=provider, places=places,
        words="Kindertagesstätte", everywhere=True,
    )  # fmt: skip


def _draft(row: Mapping[str, Any]) -> EntryDraft:
    return EntryDraft(
        kind="offer",
        object_id=identity(row["id"]),
        title=row["title"],
        summary=row["summary"],
        text=row["text"],
        provider=row["provider"],
        places=row["place"],
        words=", ".join(row["words"]),
        everywhere=True,
        age_from=row["age_from"],
        age_to=row["age_to"],
    )


def _demo_draft(
    row: Mapping[str, Any], houses: Mapping[str, Any], topics: Mapping[str, Any]
) -> EntryDraft:
    known = [topics[key] for key in row["topics"] if key in topics]
    words = [row["sort"], *(word for one in known for word in (one["de"], *one["words"]))]
    house = houses.get(row["org"], {})
    return EntryDraft(
        kind="offer",
        object_id=identity(row["key"]),
        title=row["title"],
        summary=row["summary"],
        text=row["description"],
        provider=house.get("name", ""),
        places=house.get("town", ""),
        words=", ".join(word for word in dict.fromkeys(words) if word),
        everywhere=True,
    )


def _demo_rows(kind: str) -> Iterator[dict[str, Any]]:
    for file in sorted(DEMO.glob(f"{kind}-*.jsonl")):
        yield from rows(file)


def _houses() -> dict[str, Any]:
    return {row["key"]: row for row in _demo_rows("organisations")}


def _topics() -> dict[str, Any]:
    return {row["key"]: row for row in json.loads(TOPICS.read_text(encoding="utf-8"))}


# ── queries ─────────────────────────────────────────────────────────────────────────────────────


def judged_queries() -> list[Query]:
    """The older set over the Auental."""
    return [_query(row, "auental", "queries") for row in rows(HERE / "queries.jsonl")]


def seen_queries() -> list[Query]:
    """All queries that may be looked at while tuning."""
    return [*judged_queries(), *_counties("tune"), *_counties("held"), *_counties("opened"),
            *_others("tune"), *_others("held")]  # fmt: skip


def closing_queries() -> list[Query]:
    """Those that nobody looks at."""
    return _counties("closing")


def _counties(part: str) -> list[Query]:
    return [
        _query(row, row["corpus"], source)
        for source in ("german", "languages")
        for row in rows(JUDGED / f"{source}_{part}.jsonl")
    ]


def _others(part: str) -> list[Query]:
    by_sort = _by_sort()
    return [
        *(_query(row | {"fits": [key for sort in row["fits_kinds"] for key in by_sort[sort]]},
                 "demo", "demo") for row in rows(JUDGED / f"demo_{part}.jsonl")),
        *(_query(row | {"kind": "name"}, row["file"], "names")
          for row in rows(JUDGED / f"names_{part}.jsonl")),
    ]  # fmt: skip


def _query(row: Mapping[str, Any], corpus: str, source: str) -> Query:
    return Query(
        text=row["query"],
        corpus=corpus,
        language=row.get("language", "de"),
        kind=row["kind"],
        source=source,
        fits=frozenset(identity(name) for name in row["fits"]),
    )


def _by_sort() -> Mapping[str, Sequence[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for row in _demo_rows("offers"):
        found[row["sort"]].append(row["key"])
    return found


def rows(file: Path) -> list[dict[str, Any]]:
    """The rows of a file with one JSON object a line."""
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines() if line]
