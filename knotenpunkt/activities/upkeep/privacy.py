"""Personal data in upkeep."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_noop as _

from knotenpunkt.activities.upkeep.models import Call, Decision, Inquiry, Proposal
from knotenpunkt.activities.upkeep.queries.inquiries import said
from knotenpunkt.activities.upkeep.queries.proposals import answer_of, opened
from knotenpunkt.foundation.core.personal_data import Expired, Holding, Person, deleted

KEPT = timedelta(days=365)

HOLDINGS = (
    Holding(
        what=_(
            "inquiries: which contact was asked, reminded or called when, and what was said on"
            " the telephone (sealed with the key of that person)"
        ),
        why=_("so that entries stay true, and nobody is asked twice or called without need"),
        legal_basis=_("Art. 6 (1) e GDPR with § 3 KKG"),
        term=_("one year after the answer, or until the person is erased"),
        where=(
            "upkeep.Inquiry.contact",
            "upkeep.Call.note",
            "upkeep.Call.key_id",
            "upkeep.Call.by",
        ),
    ),
    Holding(
        what=_(
            "changes that partners propose and what was answered, with old and new values"
            " (sealed with the key of who proposed them)"
        ),
        why=_("so that somebody can look at a change before everybody sees it"),
        legal_basis=_("Art. 6 (1) e GDPR with § 3 KKG"),
        term=_("one year after the decision, or until the person is erased"),
        where=(
            "upkeep.Proposal.contact",
            "upkeep.Proposal.user",
            "upkeep.Proposal.key_id",
            "upkeep.Proposal.sealed",
            "upkeep.Proposal.answer",
            "upkeep.Proposal.decided_by",
        ),
    ),
)


def export(person: Person) -> list[dict[str, Any]]:
    """When they were asked and called, and what they proposed."""
    inquiries = Inquiry.objects.filter(contact_id__in=person.ids)
    calls = list(Call.objects.filter(key_id__in=person.ids))
    return [
        *(_told_inquiry(one) for one in inquiries),
        *({"called_at": one.call.at, "outcome": one.call.outcome, "note": one.note}
          for one in said(calls)),
        *(_told_proposal(one) for one in Proposal.objects.filter(key_id__in=person.ids)),
    ]  # fmt: skip


def _told_inquiry(one: Inquiry) -> dict[str, Any]:
    return {
        "asked_at": one.asked_at,
        "reminded_at": one.reminded_at,
        "to_call_since": one.to_call_since,
        "closed_at": one.closed_at,
        "stage": one.stage,
    }


def _told_proposal(one: Proposal) -> dict[str, Any]:
    told = opened([one])[0]
    return {
        "proposed_at": one.created_at,
        "title": told.title,
        "changes": told.changes,
        "note": told.note,
        "decision": one.decision,
        "answer": answer_of(one),
    }


def erase(person: Person) -> int:
    """Delete what they proposed, what others proposed about them, and notes of calls."""
    proposals = [one.pk for one in _proposals_of(person)]
    gone = int(Proposal.objects.filter(pk__in=proposals).delete()[0])
    gone += int(Call.objects.filter(key_id__in=person.ids).delete()[0])
    noted = [one.call.pk for one in said(list(Call.objects.all())) if person.appears_in(one.note)]
    return gone + int(Call.objects.filter(pk__in=noted).delete()[0])


def _proposals_of(person: Person) -> list[Proposal]:
    return [
        one.proposal
        for one in opened(Proposal.objects.all())
        if one.proposal.key_id in person.ids
        or one.proposal.record_id in person.ids
        or person.appears_in(_text(one.title, one.changes, one.note))
    ]


def _text(*parts: Any) -> str:
    return "\n".join(str(part) for part in parts)


def expire() -> list[Expired]:
    """What was answered or decided a year ago."""
    before = timezone.now() - KEPT
    decided = Proposal.objects.exclude(decision=Decision.WAITING).filter(decided_at__lt=before)
    closed = Inquiry.objects.filter(closed_at__lt=before)
    return [
        deleted(_("decided changes by partners"), decided, by="decided_at"),
        deleted(_("answered inquiries"), closed, by="closed_at"),
    ]
