"""Rows that this product saved as a file itself and that come back, perhaps edited.

They carry the id of the offer. What the file says just as it was saved is no news, so that nothing
changes by going out and in; a column that somebody took out of the file changes nothing either.
What was changed at the desk after the file was saved is newer than the file and stays.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.utils import timezone, translation

from knotenpunkt.foundation.core.spreadsheets import defused
from knotenpunkt.registers.offers.exporting.rows import SAVED_AT, header
from knotenpunkt.registers.offers.exporting.rows import row as exported
from knotenpunkt.registers.offers.imports.drafts.rows import draft
from knotenpunkt.registers.offers.imports.drafts.shapes import Rejected, RowDraft, Sheet, Values
from knotenpunkt.registers.offers.imports.states import load_offers, prefixed
from knotenpunkt.registers.offers.models import Offer
from knotenpunkt.tools.imports.tables import Cell, Row

# Who saved the file a moment after somebody else saved the offer sees the same as the file.
SAME_MOMENT = 60


@dataclass(slots=True)
class OwnRows:
    """The offers that rows of a file name by their own id, and what such a row says unchanged."""

    offers: dict[UUID, Offer] = field(default_factory=dict)
    said: dict[UUID, Values] = field(default_factory=dict)
    newer: set[UUID] = field(default_factory=set)

    def add(self, drafts: Iterable[tuple[str, RowDraft]], sheets: Mapping[str, Sheet]) -> None:
        """Look which of these rows, each with its id, are our own."""
        told = {pk: row for identity, row in drafts if (pk := _uuid(identity))}
        self.offers = load_offers(told)
        for pk, offer in self.offers.items():
            row = told[pk]
            unchanged = _unchanged(offer, row, sheets[row.sheet])
            if unchanged is None:
                continue
            self.said[pk] = _values(unchanged)
            row.facility = _facility_news(row.facility, unchanged.facility)
            saved_at = _moment(row.original.get(SAVED_AT))
            if saved_at and (offer.changed_at - saved_at).total_seconds() > SAME_MOMENT:
                self.newer.add(pk)

    def news(self, offer: Offer, incoming: Values) -> Values:
        """Only what the file says otherwise than it was saved. The state is not taken from it."""
        said = self.said.get(offer.pk, {})
        return {
            name: value
            for name, value in incoming.items()
            if name != "status" and (name not in said or said[name] != value)
        }

    def basis(self, offer: Offer, news: Values, current: Values) -> Values:
        """What counts as imported before: what stands there now, unless it is newer."""
        return dict(news) if offer.pk in self.newer else current


def _unchanged(offer: Offer, row: RowDraft, sheet: Sheet) -> RowDraft | None:
    """What the row would say if nobody had touched the file; only by the columns it still has."""
    with translation.override("de"):
        cells = dict(zip(header(), exported(offer), strict=True))
    values: dict[str, Cell] = {
        name: cell if cell == defused(cells.get(name, "")) else cells.get(name)
        for name, cell in row.original.items()
    }
    try:
        return draft(Row(row.number, values), sheet)
    except Rejected:
        return None


def _values(row: RowDraft) -> Values:
    return row.offer | prefixed("place", row.place) | prefixed("contact", row.contact)


def _facility_news(told: Values | None, unchanged: Values | None) -> Values | None:
    """What the row says of its facility; its name always, because that is how it is known."""
    if told is None or unchanged is None:
        return told
    return {
        name: value
        for name, value in told.items()
        if name == "name" or unchanged.get(name) != value
    }


def _uuid(identity: str) -> UUID | None:
    try:
        return UUID(identity)
    except ValueError:
        return None


def _moment(cell: Cell) -> datetime | None:
    try:
        told = datetime.fromisoformat(str(cell))
    except ValueError:
        return None
    return told if timezone.is_aware(told) else timezone.make_aware(told)
