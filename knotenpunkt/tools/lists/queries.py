"""Reads of saved views and of deeds on many records."""

from __future__ import annotations

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import Count, QuerySet

from knotenpunkt.foundation.accounts.actors import Actor
from knotenpunkt.foundation.accounts.rights import Right
from knotenpunkt.tools.lists.models import BulkDeed, BulkStep, SavedView
from knotenpunkt.tools.lists.rules import may_change_view, views_of


def saved_views(actor: Actor, listing: str = "") -> list[SavedView]:
    """The views that this member may open, of one list or of all; own ones before shared ones."""
    rows = SavedView.objects.filter(views_of(actor)).select_related("owner")
    if listing:
        rows = rows.filter(listing=listing)
    return sorted(rows, key=lambda view: (view.owner_id != actor.user_id, view.name.casefold()))


def view_to_change(actor: Actor, view_id: UUID) -> SavedView:
    """A view to rename or delete. SavedView.DoesNotExist, PermissionDenied."""
    view: SavedView = SavedView.objects.filter(views_of(actor)).get(pk=view_id)
    if not may_change_view(actor, view):
        raise PermissionDenied(Right.CHANGE_NETWORK)
    return view


def bulk_deed(actor: Actor, listing: str, deed_id: UUID) -> BulkDeed:
    """A deed on many records of a list. BulkDeed.DoesNotExist, PermissionDenied."""
    actor.must(Right.EDIT_REGISTERS)
    found: BulkDeed = BulkDeed.objects.get(pk=deed_id, listing=listing)
    return found


def outcomes(deed: BulkDeed) -> dict[str, int]:
    """How many records it ended how for."""
    rows = deed.steps.order_by().values_list("outcome").annotate(Count("pk"))
    return dict(rows)


def steps(deed: BulkDeed, *outcomes: str) -> QuerySet[BulkStep]:
    """The records for which it ended like this, by title."""
    rows: QuerySet[BulkStep] = deed.steps.filter(outcome__in=outcomes)
    return rows
