"""Picking some of many by searching: what is chosen stays ticked, what is found can be ticked.

Works without a script: "Search" sends the whole form, and the page comes back with what was found.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import F, Model, Q, QuerySet
from django.http import HttpRequest

from knotenpunkt.activities.campaigns.desk.ticked import ids_of
from knotenpunkt.tools.lists.matching import says, words_of

SEARCH = "suchen"
MOST_FOUND = 20


@dataclass(frozen=True, slots=True)
class Pick:
    """One line to tick."""

    key: str
    label: str
    note: str
    checked: bool


@dataclass(frozen=True, slots=True)
class Picker:
    """What is chosen, what a search found beside it, and whether more was found than is shown."""

    name: str
    chosen: Sequence[Pick]
    found: Sequence[Pick]
    q: str
    has_more: bool

    @property
    def searched(self) -> bool:
        """Whether somebody looked for something."""
        return bool(self.q)


Told = Callable[[Any], tuple[str, str]]


def picker(
    request: HttpRequest, name: str, rows: QuerySet[Any], stored: Sequence[UUID], told: Told,
    columns: Sequence[str],
) -> Picker:  # fmt: skip
    """The ticked rows, and those whose `columns` say what was typed."""
    ticked = ids_of(request, name) if request.method == "POST" else list(stored)
    q = request.POST.get(f"{name}-q", "").strip()[:100]
    chosen = {one.pk: one for one in rows.filter(pk__in=ticked)}
    found = list(_matching(rows, q, columns).exclude(pk__in=ticked)[: MOST_FOUND + 1]) if q else []
    return Picker(
        name=name,
        chosen=_picks((chosen[one] for one in ticked if one in chosen), told, checked=True),
        found=_picks(found[:MOST_FOUND], told, checked=False),
        q=q,
        has_more=len(found) > MOST_FOUND,
    )


def _matching(rows: QuerySet[Any], q: str, columns: Sequence[str]) -> QuerySet[Any]:
    for word in words_of(q):
        said = Q()
        for column in columns:
            said |= says(F(column), word)
        rows = rows.filter(said)
    return rows


def _picks(rows: Iterable[Model], told: Told, *, checked: bool) -> list[Pick]:
    return [Pick(str(one.pk), *told(one), checked) for one in rows]
