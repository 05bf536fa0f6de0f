"""Writes of the counters: what was searched how often. They hold no person, so nobody did it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Sum
from django.utils import timezone

from knotenpunkt.foundation.accounts.actors import Actor
from knotenpunkt.foundation.accounts.rights import Right
from knotenpunkt.foundation.audit.actions import record
from knotenpunkt.foundation.core.folding import fold
from knotenpunkt.foundation.core.personal_data import Expired
from knotenpunkt.foundation.core.sealing import blind_index
from knotenpunkt.foundation.networks.scope import current_network_id, scoped_database
from knotenpunkt.tools.search.models import SearchCount, SettledSearch
from knotenpunkt.tools.search.rules import (
    KEPT_MONTHS,
    TEXT_FROM,
    first_of_month,
    may_be_shown,
    months_before,
)

# So many different texts are kept of one month; the rarest of more are only added up.
MOST_TEXTS, LEFT_OF_THEM = 5_000, 4_000
AT_ONCE = 400

Asked = tuple[str, str]
"""Language and text as typed, or language and key."""
THE_REST: Asked = ("", "")
"""Stands for all that was not kept by itself."""


@dataclass(slots=True)
class Tally:
    """How often something was searched, and how often without a result."""

    count: int = 0
    without_result: int = 0

    def add(self, other: Tally | SearchCount) -> None:
        """Count what the other counted, too."""
        self.count += other.count
        self.without_result += other.without_result


def add_counts(asked: Mapping[Asked, Tally], *, month: date | None = None) -> None:
    """Add up what was searched in the network at hand, in a short write of its own.

    Processes that write at once wait for each other, and none loses a count.
    """
    month = month or first_of_month(timezone.localdate())
    tallies, texts = _by_key(asked)
    rest = tallies.pop(THE_REST, Tally())
    with transaction.atomic(using=scoped_database()):
        row_of_rest = _rows(month, [THE_REST])[0]  # locked: only one process at a time goes on
        for part in _parts(sorted(tallies)):
            rows = _rows(month, part)
            _add_up(rows, tallies)
            _reveal(rows, texts)
            SearchCount.objects.bulk_update(rows, ["count", "without_result", "text"])
        for rare in _take_out_the_rarest(month):
            rest.add(rare)
        _add_up([row_of_rest], {THE_REST: rest})
        row_of_rest.save()


def _by_key(asked: Mapping[Asked, Tally]) -> tuple[dict[Asked, Tally], dict[str, str]]:
    """(language, key) → its tally, and key → one of its texts that may be shown."""
    tallies: dict[Asked, Tally] = {}
    texts: dict[str, str] = {}
    for (language, text), tally in asked.items():
        place = (language, key_of(text)) if text else THE_REST
        tallies.setdefault(place, Tally()).add(tally)
        if may_be_shown(text):
            texts[place[1]] = " ".join(text.split())
    return tallies, texts


def key_of(text: str) -> str:
    """What equal texts share, in this network only, and nobody can turn back."""
    return blind_index(fold(text), purpose=f"search.SearchCount.{current_network_id()}")


def _parts(keys: Sequence[Asked]) -> Iterator[Sequence[Asked]]:
    for start in range(0, len(keys), AT_ONCE):
        yield keys[start : start + AT_ONCE]


def _rows(month: date, keys: Sequence[Asked]) -> list[SearchCount]:
    """One locked row for each; those that were missing are made first."""
    SearchCount.objects.bulk_create(
        [SearchCount(month=month, language=language, key=key) for language, key in keys],
        ignore_conflicts=True,
    )
    wanted = set(keys)
    locked = SearchCount.objects.select_for_update().order_by("language", "key")
    rows = locked.filter(month=month, key__in=[key for _language, key in keys])
    return [row for row in rows if (row.language, row.key) in wanted]


def _add_up(rows: Sequence[SearchCount], tallies: Mapping[Asked, Tally]) -> None:
    for row in rows:
        tally = tallies[row.language, row.key]
        row.count += tally.count
        row.without_result += tally.without_result


def _reveal(rows: Sequence[SearchCount], texts: Mapping[str, str]) -> None:
    """From the tenth time on it is known what was searched."""
    nameless = [row for row in rows if not row.text]
    others = SearchCount.objects.filter(key__in=[row.key for row in nameless])
    others = others.exclude(pk__in=[row.pk for row in rows]).order_by()
    counted: dict[str, int] = dict(others.values_list("key").annotate(Sum("count")))
    for row in rows:
        counted[row.key] = counted.get(row.key, 0) + row.count
    for row in nameless:
        if counted[row.key] >= TEXT_FROM:
            row.text = texts.get(row.key, "")


def _take_out_the_rarest(month: date) -> list[SearchCount]:
    """However many different texts come, the table does not grow beyond a bound."""
    rows = SearchCount.objects.filter(month=month).exclude(key="")
    too_many = rows.count()
    if too_many <= MOST_TEXTS:
        return []
    rarest = list(rows.order_by("count", "pk")[: too_many - LEFT_OF_THEM])
    SearchCount.objects.filter(pk__in=[row.pk for row in rarest]).delete()
    return rarest


def settle_search(*, actor: Actor, key: str) -> None:
    """Somebody has dealt with a frequent search: it is shown again when it is frequent again.

    The log does not say which: it is kept longer than what was searched.
    """
    actor.must(Right.EDIT_REGISTERS)
    with transaction.atomic():
        settled = SettledSearch.objects.filter(key=key).first() or SettledSearch(key=key)
        settled.until = first_of_month(timezone.localdate())
        settled.save()
        record(actor=actor, deed="search.settle", on=settled, title="")


def unsettle_search(*, actor: Actor, key: str) -> None:
    """Show it again."""
    actor.must(Right.EDIT_REGISTERS)
    with transaction.atomic():
        for settled in SettledSearch.objects.filter(key=key):
            record(actor=actor, deed="search.unsettle", on=settled, title="")
            settled.delete()


def forget_searches_of(keys: Collection[str]) -> int:
    """Throw these counts away, whatever month they are of."""
    return int(SearchCount.objects.filter(key__in=list(keys)).delete()[0])


def drop_old_counts() -> list[Expired]:
    """Counts, and what was said about them, go thirteen months after their month."""
    end = months_before(timezone.localdate(), KEPT_MONTHS)
    counts = SearchCount.objects.filter(month__lt=end).delete()[0]
    SettledSearch.objects.filter(until__lt=end).delete()
    return [Expired("how often families searched the same words", counts)]
