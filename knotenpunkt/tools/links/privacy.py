"""Personal data in links."""

from __future__ import annotations

from typing import Any

from knotenpunkt.foundation.core.personal_data import Expired, Holding, Person
from knotenpunkt.tools.links.actions import drop_old
from knotenpunkt.tools.links.models import Link

HOLDINGS = (
    Holding(
        what="that a contact has a personal link, since when and until when; not the link itself",
        why="so that contacts confirm and change their own entries without an account",
        legal_basis="Art. 6 (1) e GDPR with § 3 KKG",
        term="180 days after its end; at once when the contact is erased",
        where=("links.Link.holder",),
    ),
)


def export(person: Person) -> list[dict[str, Any]]:
    """The links of this person, without what opens them."""
    return [
        {
            "purpose": link.purpose,
            "created_at": link.created_at,
            "expires_at": link.expires_at,
            "revoked_at": link.revoked_at,
        }
        for link in Link.objects.filter(holder__in=person.ids)
    ]


def erase(person: Person) -> int:
    """They open nothing any more and are gone."""
    return int(Link.objects.filter(holder__in=person.ids).delete()[0])


def expire() -> list[Expired]:
    """Links that opened nothing for half a year."""
    return [drop_old()]
