"""Reads of concerns: what waits, for whom, until when. Nothing here is unsealed."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from knotenpunkt.activities.inbox.models import OPEN, SEALED, Concern, Kind
from knotenpunkt.activities.inbox.rules import may_answer
from knotenpunkt.foundation.accounts.actors import ANYONE, Actor
from knotenpunkt.foundation.accounts.models import Membership, User
from knotenpunkt.foundation.accounts.rights import RIGHTS, Right
from knotenpunkt.registers.offers.models import Offer
from knotenpunkt.registers.offers.queries import offers

CALLER = "inbox.caller"
"""Purpose of the blind index of a telephone number."""


def concerns(actor: Actor) -> QuerySet[Concern]:
    """All concerns of the network at hand without their sealed values.

    PermissionDenied for those who do not answer families.
    """
    actor.must(Right.ANSWER_FAMILIES)
    rows: QuerySet[Concern] = Concern.objects.defer(*SEALED)
    return rows.select_related("offer", "taken_by")


def waiting(actor: Actor) -> QuerySet[Concern]:
    """What nobody has answered yet: danger first, then by the clock, advertising last."""
    return concerns(actor).filter(OPEN).order_by("is_doubtful", "-is_urgent", "due_at")


def answered(actor: Actor) -> QuerySet[Concern]:
    """What came to an end, the latest first."""
    return concerns(actor).exclude(OPEN).order_by("-closed_at")


def get_concern(actor: Actor, concern_id: UUID) -> Concern:
    """One concern; Concern.DoesNotExist when there is none, PermissionDenied as `concerns`."""
    return concerns(actor).get(pk=concern_id)


def same_caller(actor: Actor, concern: Concern) -> list[Concern]:
    """Other open requests of the same telephone number: one call answers them all."""
    if not concern.caller_key:
        return []
    rows = waiting(actor).filter(kind=Kind.CALL, caller_key=concern.caller_key)
    return list(rows.exclude(pk=concern.pk))


def asked_about(offer_id: UUID) -> Offer | None:
    """The published offer that a family asks about."""
    return offers(ANYONE).filter(pk=offer_id).select_related("provider").first()


def those_who_answer() -> list[User]:
    """The members of the network at hand who answer families."""
    roles = [role for role, rights in RIGHTS.items() if Right.ANSWER_FAMILIES in rights]
    rows = Membership.objects.filter(role__in=roles, user__is_active=True)
    return [membership.user for membership in rows.select_related("user")]


def waiting_count(actor: Actor) -> int:
    """How many wait for this person: real ones that nobody else takes care of. One query."""
    if not may_answer(actor):
        return 0
    return int(Concern.objects.filter(OPEN, free_for(actor), is_doubtful=False).count())


def free_for(actor: Actor) -> Q:
    """Concerns that nobody takes care of, or this person does."""
    return Q(taken_by=None) | Q(taken_by_id=actor.user_id)


def past(moment: datetime) -> Q:
    """Concerns that came before a moment and are still open."""
    return OPEN & Q(received_at__lt=moment)
