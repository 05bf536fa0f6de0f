"""Personal data in lists."""

from __future__ import annotations

from typing import Any

from knotenpunkt.foundation.core.personal_data import Expired, Holding, Person
from knotenpunkt.tools.lists.actions import drop_old_deeds, take_person_out
from knotenpunkt.tools.lists.models import BulkDeed, SavedView

HOLDINGS = (
    Holding(
        what="which filters of a list a member keeps under which name",
        why="so that nobody sets the same filters again and again",
        legal_basis="Art. 6 (1) e GDPR",
        term="until the member deletes them; without an owner once the account is gone",
        where=("lists.SavedView.name", "lists.SavedView.address", "lists.SavedView.owner"),
    ),
    Holding(
        what="who did one thing to many records at once, their titles, and what stood there before",
        why="so that it can be taken back as a whole",
        legal_basis="Art. 6 (1) e GDPR",
        term="30 days",
        where=(
            "lists.BulkDeed.actor_id",
            "lists.BulkDeed.address",
            "lists.BulkStep.title",
            "lists.BulkStep.before",
            "lists.BulkStep.after",
        ),
    ),
)


def export(person: Person) -> list[dict[str, Any]]:
    """The views of a member, and what they did to many records at once."""
    views = SavedView.objects.filter(owner_id__in=person.ids)
    deeds = BulkDeed.objects.filter(actor_id__in=person.ids)
    return [
        *views.values("name", "address", "is_shared", "created_at"),
        *deeds.values("kind", "total", "started_at"),
    ]


def erase(person: Person) -> int:
    """Their views, and titles that name them."""
    return take_person_out(person)


def expire() -> list[Expired]:
    """Deeds that cannot be taken back any more."""
    return [drop_old_deeds()]
