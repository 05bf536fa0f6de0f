"""What families searched, read for those who keep the network: from ten times on, and nobody's."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from knotenpunkt.foundation.accounts.actors import Actor
from knotenpunkt.foundation.accounts.rights import Right
from knotenpunkt.tools.search.models import SearchCount, SettledSearch
from knotenpunkt.tools.search.rules import TEXT_FROM, first_of_month, months_before

SHOWN_MONTHS = 12


@dataclass(frozen=True, slots=True)
class FrequentSearch:
    """One text that was searched often; `by_month` holds (month, count, without result)."""

    key: str
    text: str
    languages: tuple[str, ...]
    count: int
    without_result: int
    by_month: tuple[tuple[date, int, int], ...]

    @property
    def share(self) -> float:
        """How much of it found nothing, 0 to 1."""
        return self.without_result / self.count if self.count else 0.0


@dataclass(frozen=True, slots=True)
class MonthOfSearches:
    """All searches of a month, also the seldom ones."""

    month: date
    count: int
    without_result: int


def months_shown(today: date | None = None) -> list[date]:
    """The months that are looked at, the last one first."""
    this_month = first_of_month(today or timezone.localdate())
    return [months_before(this_month, back) for back in range(SHOWN_MONTHS)]


def frequent_searches(
    actor: Actor, *, month: date | None = None, language: str = "", settled: bool = False
) -> list[FrequentSearch]:
    """What was searched ten times or more in the time and language asked for.

    What found nothing stands first, the most frequent above. What is settled is left out until it
    comes again in a later month; `settled` asks for exactly that.
    """
    actor.must(Right.READ_INTERNAL)
    until = dict(SettledSearch.objects.values_list("key", "until"))
    months = [month] if month else months_shown()
    rows = SearchCount.objects.filter(month__in=months).exclude(text="")
    if language:
        rows = rows.filter(language=language)
    kept = [row for row in rows if (row.key in until and row.month <= until[row.key]) == settled]
    found = [one for one in map(_together, _by_key(kept)) if one.count >= TEXT_FROM]
    return sorted(found, key=lambda one: (-one.without_result, -one.count, one.text.casefold()))


def frequent_search(actor: Actor, key: str) -> FrequentSearch | None:
    """One of them by its key, over all months shown; None when it is not frequent."""
    actor.must(Right.READ_INTERNAL)
    rows = list(SearchCount.objects.filter(key=key, month__in=months_shown()).exclude(text=""))
    found = _together(rows) if rows else None
    return found if found and found.count >= TEXT_FROM else None


def is_settled(actor: Actor, key: str) -> bool:
    """Whether somebody has dealt with it, and it has not come again since."""
    actor.must(Right.READ_INTERNAL)
    until = SettledSearch.objects.filter(key=key).values_list("until", flat=True).first()
    return until is not None and not SearchCount.objects.filter(key=key, month__gt=until).exists()


def searches_by_month(actor: Actor, *, language: str = "") -> list[MonthOfSearches]:
    """All searches of the last twelve months, the first one first."""
    actor.must(Right.READ_INTERNAL)
    rows = SearchCount.objects.filter(month__in=months_shown())
    if language:
        rows = rows.filter(language=language)
    sums = {month: [0, 0] for month in reversed(months_shown())}
    for month, count, without in rows.values_list("month", "count", "without_result"):
        sums[month][0] += count
        sums[month][1] += without
    return [MonthOfSearches(month, *both) for month, both in sums.items()]


def languages_searched(actor: Actor) -> list[str]:
    """Codes of the languages in which somebody searched."""
    actor.must(Right.READ_INTERNAL)
    rows = SearchCount.objects.exclude(language="").order_by("language")
    return list(rows.values_list("language", flat=True).distinct())


def _by_key(rows: Iterable[SearchCount]) -> list[list[SearchCount]]:
    found: dict[str, list[SearchCount]] = {}
    for row in rows:
        found.setdefault(row.key, []).append(row)
    return list(found.values())


def _together(rows: Sequence[SearchCount]) -> FrequentSearch:
    sums: dict[date, list[int]] = {}
    for row in sorted(rows, key=lambda row: row.month):
        both = sums.setdefault(row.month, [0, 0])
        both[0] += row.count
        both[1] += row.without_result
    most = max(rows, key=lambda row: (row.month, row.count))
    return FrequentSearch(
        key=rows[0].key,
        text=most.text,
        languages=tuple(sorted({row.language for row in rows})),
        count=sum(row.count for row in rows),
        without_result=sum(row.without_result for row in rows),
        by_month=tuple((month, both[0], both[1]) for month, both in sums.items()),
    )
