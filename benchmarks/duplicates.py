"""How well and how fast double entries are found: `python -m benchmarks.duplicates`.

Quality on febrl1.csv of the data folder (`KNOTENPUNKT_TEST_DATA`): 1,000 records, of which 500 are
spoilt copies. Twice: with names and addresses only, which is what a contact list has, and with date
of birth and number as further marks. Beside it the naive peer: every record with every other, whole
lines by `token_sort_ratio`, at the threshold that is best for it (which nobody knows beforehand).
Speed on 1,100 invented organisations of a county.
"""

from __future__ import annotations

import csv
import os
import random
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from itertools import combinations
from pathlib import Path

from rapidfuzz import fuzz

from benchmarks.machine import described
from benchmarks.measuring import Spread

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.test")

from knotenpunkt.registers.partners.duplicates.candidates import Card, candidates

PARTNERS, RUNS, SEED, GOAL_SECONDS = 1_100, 5, 7, 1.0
Row = dict[str, str]
Pairs = set[frozenset[str]]


def main() -> None:
    """Print the table."""
    print(f"Double entries ({described()})")
    folder = os.environ.get("KNOTENPUNKT_TEST_DATA")
    if folder:
        _quality(_rows(Path(folder) / "febrl1.csv"))
    else:
        print("  quality left out: KNOTENPUNKT_TEST_DATA names no data folder")
    cards = _county(PARTNERS)
    spread = Spread.of([_timed(lambda: candidates(cards)) for _run in range(RUNS)])
    print(f"  {PARTNERS} organisations compared: {spread.told('s', 2)}")
    if spread.median >= GOAL_SECONDS:
        sys.exit(f"over the promised {GOAL_SECONDS} s")


def _quality(rows: Sequence[Row]) -> None:
    truth = {
        frozenset((a["rec_id"], b["rec_id"]))
        for a, b in combinations(rows, 2)
        if a["rec_id"].split("-")[1] == b["rec_id"].split("-")[1]
    }
    for name, marks in (("names and addresses", False), ("and date of birth, number", True)):
        cards = [_card(row, marks=marks) for row in rows]
        start = time.perf_counter()
        found = {frozenset((one.first, one.second)) for one in candidates(cards)}
        _tell(f"candidates, {name}", found, truth, time.perf_counter() - start)
        _tell(f"naive, {name}", *_naive(rows, truth, marks=marks))


def _naive(rows: Sequence[Row], truth: Pairs, *, marks: bool) -> tuple[Pairs, Pairs, float]:
    """All pairs by whole lines, at the threshold with the best F1."""
    left = {"rec_id"} | (set() if marks else {"date_of_birth", "soc_sec_id"})
    lines = {r["rec_id"]: " ".join(v for k, v in r.items() if k not in left) for r in rows}
    start = time.perf_counter()
    scored = [
        (fuzz.token_sort_ratio(lines[a], lines[b]), frozenset((a, b)))
        for a, b in combinations(lines, 2)
    ]
    seconds = time.perf_counter() - start
    tried = ({pair for score, pair in scored if score >= level} for level in range(50, 100, 2))
    return max(tried, key=lambda found: _f1(found, truth)), truth, seconds


def _f1(found: Pairs, truth: Pairs) -> float:
    return 2 * len(found & truth) / ((len(found) + len(truth)) or 1)


def _tell(name: str, found: Pairs, truth: Pairs, seconds: float) -> None:
    right = len(found & truth)
    precision, recall = right / (len(found) or 1), right / len(truth)
    print(f"  {name:44} precision {precision:.3f}  recall {recall:.3f}  {seconds:6.2f} s")


def _rows(file: Path) -> list[Row]:
    with file.open(encoding="utf-8") as lines:
        return [
            {name.strip(): (value or "").strip() for name, value in row.items()}
            for row in csv.DictReader(lines, skipinitialspace=True)
        ]


def _card(row: Row, *, marks: bool) -> Card:
    told = ("born " + row["date_of_birth"], "number " + row["soc_sec_id"]) if marks else ()
    return Card(
        key=row["rec_id"],
        name=row["surname"],
        given=row["given_name"],
        street=row["address_1"],
        house=row["street_number"],
        code=row["postcode"],
        town=row["suburb"],
        facts=frozenset(one for one in told if not one.endswith(" ")),
    )


def _county(count: int) -> list[Card]:
    dice = random.Random(SEED)
    kinds = ("Kita", "Hort", "Grundschule", "Praxis", "Beratungsstelle", "Verein", "Hebamme")
    starts = ("Ahorn", "Birken", "Linden", "Erlen", "Ulmen", "Tannen", "Sonnen", "Wiesen", "Mühl")
    ends = ("weg", "hof", "grund", "bach", "berg", "blick", "tor", "feld", "see", "käfer")
    return [
        Card(
            key=number,
            name=f"{dice.choice(kinds)} {dice.choice(starts)}{dice.choice(ends)}",
            phones=frozenset({f"+4930{dice.randrange(10**7):07d}"}),
            mails=frozenset({f"post{dice.randrange(count * 2)}@example.org"}),
            street=f"{dice.choice(starts)}{dice.choice(ends)}",
            house=str(dice.randrange(1, 90)),
            code=f"{dice.randrange(9500, 9700):05d}",
            town=f"Ort {dice.randrange(60)}",
        )
        for number in range(count)
    ]


def _timed(deed: Callable[[], Iterable[object]]) -> float:
    start = time.perf_counter()
    list(deed())
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
