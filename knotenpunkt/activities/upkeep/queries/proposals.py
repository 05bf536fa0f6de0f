"""Changes that wait, and those that were decided."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from knotenpunkt.activities.upkeep.models import Decision, Proposal
from knotenpunkt.activities.upkeep.queries.entries import record_of, values_of
from knotenpunkt.foundation.accounts.actors import Actor
from knotenpunkt.foundation.accounts.rights import Right
from knotenpunkt.foundation.audit.keys import open_all, opened_for
from knotenpunkt.registers.partners.models import Organisation


@dataclass(frozen=True, slots=True)
class OpenProposal:
    """A proposal, unsealed. `is_erased`: the person is gone, and what they wrote with them."""

    proposal: Proposal
    title: str = ""
    changes: dict[str, list[Any]] = field(default_factory=dict)
    note: str = ""
    is_erased: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """One field: as it was when it was proposed, as it is now, as it shall be."""

    name: str
    was: Any
    now: Any
    wanted: Any

    @property
    def is_moved(self) -> bool:
        """Whether somebody changed it since."""
        return bool(self.was != self.now)

    @property
    def is_done(self) -> bool:
        """Whether it says so already."""
        return bool(self.wanted == self.now)


def proposals(actor: Actor) -> QuerySet[Proposal]:
    """All of the network, for those who keep its register."""
    actor.must(Right.EDIT_REGISTERS)
    rows: QuerySet[Proposal] = Proposal.objects.select_related(
        "organisation__body", "contact", "user", "decided_by"
    )
    return rows


def waiting(actor: Actor) -> QuerySet[Proposal]:
    """Those that nobody has decided, the oldest first."""
    return proposals(actor).filter(decision=Decision.WAITING)


def get_proposal(actor: Actor, proposal_id: UUID) -> Proposal:
    """One of them; Proposal.DoesNotExist."""
    found: Proposal = proposals(actor).get(pk=proposal_id)
    return found


def opened(rows: Iterable[Proposal]) -> list[OpenProposal]:
    """Unsealed, in one query for all keys."""
    found = list(rows)
    texts = open_all([(one.key_id, bytes(one.sealed)) for one in found])
    return [_opened(one, text) for one, text in zip(found, texts, strict=True)]


def _opened(proposal: Proposal, text: str | None) -> OpenProposal:
    if not text:
        return OpenProposal(proposal, is_erased=True)
    told = json.loads(text)
    return OpenProposal(proposal, told["title"], told["changes"], told.get("note", ""))


def answer_of(proposal: Proposal) -> str:
    """What was answered; "" once that person is erased."""
    return opened_for(proposal.key_id, bytes(proposal.answer)) or ""


def lines(one: OpenProposal) -> list[Line] | None:
    """Old, new and now of each field; None when the record is gone."""
    record = record_of(one.proposal.subject, one.proposal.record_id)
    if record is None:
        return None
    now = values_of(record)
    return [Line(name, was, now.get(name), wanted) for name, (was, wanted) in one.changes.items()]


def stamp(rows: Sequence[Line]) -> str:
    """What the reviewer saw: it differs as soon as somebody changes the record."""
    told = json.dumps([[one.name, one.now] for one in rows], default=str)
    return hashlib.sha256(told.encode()).hexdigest()[:24]


def waiting_of(organisations: Sequence[Organisation]) -> list[OpenProposal]:
    """What waits of these organisations, for their own page."""
    rows = Proposal.objects.filter(organisation__in=organisations, decision=Decision.WAITING)
    return opened(rows.select_related("organisation", "contact", "user"))


def latest_answers(key_id: UUID, most: int = 3) -> list[OpenProposal]:
    """The last decisions about what one person proposed."""
    decided = (Decision.ACCEPTED, Decision.PARTLY, Decision.REFUSED)
    rows = Proposal.objects.filter(key_id=key_id, decision__in=decided).order_by("-decided_at")
    return opened(rows[:most])
