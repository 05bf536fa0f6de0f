"""What families searched in a demo network within a year, and which words only people there say.

`data/<network>/searches-*.jsonl` tells words with what they mean, and searches with their counts by
month, the newest last; the search without words stands for all that were too seldom to be kept.
"""

from __future__ import annotations

from datetime import date

from django.utils import timezone

from knotenpunkt.front.demo.networks import DemoNetwork
from knotenpunkt.front.demo.records import ACTOR, Row, rows_of
from knotenpunkt.tools.search.actions import save_own_word
from knotenpunkt.tools.search.actions.counts import Asked, Tally, add_counts
from knotenpunkt.tools.search.rules import first_of_month, months_before


def search_for_a_year(demo: DemoNetwork) -> None:
    """Own words, and the counters of twelve months."""
    rows = list(rows_of(demo, "searches"))
    for row in rows:
        if "word" in row:
            save_own_word(actor=ACTOR, said=row["word"], means=row["means"], note=row["note"])
    for month, asked in _by_month([row for row in rows if "search" in row]).items():
        add_counts(asked, month=month)


def _by_month(rows: list[Row]) -> dict[date, dict[Asked, Tally]]:
    """Months in their order, as they would have come: a text is known from its tenth time on."""
    this_month = first_of_month(timezone.localdate())
    found: dict[date, dict[Asked, Tally]] = {}
    for back in reversed(range(max(len(row["counts"]) for row in rows))):
        of_month = {
            (row["language"], row["search"]): Tally(count, _at(row["without"], back))
            for row in rows
            if (count := _at(row["counts"], back))
        }
        found[months_before(this_month, back)] = of_month
    return found


def _at(counts: list[int], back: int) -> int:
    """That of the month so long ago; 0 before the first."""
    return counts[-1 - back] if back < len(counts) else 0
