"""Changes by those who keep their own entries: live at once, or waiting for approval."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.core.serializers.json import DjangoJSONEncoder
from django.db import IntegrityError, transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from knotenpunkt.activities.upkeep import messages
from knotenpunkt.activities.upkeep.actions.applying import apply
from knotenpunkt.activities.upkeep.actions.confirming import confirm_one, end_inquiry
from knotenpunkt.activities.upkeep.models import Decision, Proposal, Wish
from knotenpunkt.activities.upkeep.queries.contacts import key_of_contact
from knotenpunkt.activities.upkeep.queries.entries import (
    Record,
    differences,
    organisation_of,
    record_of,
    subject_of,
    values_of,
)
from knotenpunkt.activities.upkeep.queries.proposals import lines, opened, stamp
from knotenpunkt.foundation.accounts.actors import Actor
from knotenpunkt.foundation.accounts.models import User
from knotenpunkt.foundation.accounts.rights import Right
from knotenpunkt.foundation.audit.actions import record
from knotenpunkt.foundation.audit.keys import sealed_for
from knotenpunkt.foundation.networks.scope import current_network
from knotenpunkt.registers.offers.actions import withdraw_offer
from knotenpunkt.registers.offers.models import Offer
from knotenpunkt.registers.partners.actions import end_role, save_contact
from knotenpunkt.registers.partners.models import Contact
from knotenpunkt.registers.partners.rules import waits_for_approval
from knotenpunkt.tools.links.actions import revoke
from knotenpunkt.tools.mail.actions import send_mail
from knotenpunkt.tools.mail.queries import mail_is_set_up

SUCCESSOR = ("name", "function", "email", "phone")


class Came(Enum):
    """What became of a change."""

    NOTHING = "nothing"
    LIVE = "live"
    WAITS = "waits"


class ChangedMeanwhile(Exception):
    """The record is no longer as the reviewer saw it."""


class AlreadyDecided(Exception):
    """Somebody else was faster, or it was taken back."""


class RecordGone(Exception):
    """What it is about does not exist any more."""


@dataclass(frozen=True, slots=True)
class Author:
    """Who proposes: a contact behind their link, or a provider who signed in."""

    contact: Contact | None = None
    user: User | None = None

    @property
    def key_id(self) -> UUID:
        """Whose key seals what they propose."""
        if self.contact is not None:
            return key_of_contact(self.contact)
        assert self.user is not None  # noqa: S101 - one of the two is given
        return self.user.pk


@transaction.atomic
def propose(*, actor: Actor, author: Author, entry: Record, wanted: Mapping[str, Any]) -> Came:
    """Change an entry, or keep the change until somebody approves it.

    ValidationError, by field, when a value cannot be stored.
    """
    changes = differences(entry, wanted)
    if not changes:
        return Came.NOTHING
    organisation = organisation_of(entry)
    if not waits_for_approval(organisation, current_network()):
        apply(actor=actor, entry=entry, wanted={name: new for name, (_old, new) in changes.items()})
        confirm_one(actor=actor, entry=entry)
        return Came.LIVE
    _try_out(actor, entry, changes)
    _keep(actor, author, entry, Wish.CHANGE, changes)
    return Came.WAITS


def _try_out(actor: Actor, entry: Record, changes: Mapping[str, list[Any]]) -> None:
    """What could never be stored is said to its author now, not to the reviewer later."""
    wanted = {name: new for name, (_old, new) in changes.items()}
    fresh = record_of(subject_of(entry), entry.pk)
    if fresh is None:
        raise RecordGone
    with transaction.atomic():
        apply(actor=actor, entry=fresh, wanted=wanted)
        transaction.set_rollback(True)


@transaction.atomic
def end_offer(*, actor: Actor, author: Author, offer: Offer) -> Came:
    """ "Wir machen das nicht mehr": it leaves the finder, or waits for approval."""
    if not waits_for_approval(organisation_of(offer), current_network()):
        withdraw_offer(actor=actor, offer=offer)
        return Came.LIVE
    _keep(actor, author, offer, Wish.END, {"ended": ["", True]})
    return Came.WAITS


@transaction.atomic
def hand_over(
    *, actor: Actor, contact: Contact, successor: Mapping[str, str], note: str = ""
) -> Came:
    """ "Ich bin nicht mehr zuständig". It always waits: who is named gets a link of their own."""
    changes = {name: ["", successor.get(name, "")] for name in SUCCESSOR}
    _keep(actor, Author(contact), contact, Wish.HAND_OVER, changes, note)
    return Came.WAITS


def _keep(
    actor: Actor,
    author: Author,
    entry: Record,
    wish: Wish,
    changes: Mapping[str, list[Any]],
    note: str = "",
) -> None:
    """One waits for each record and author: a further change goes into the first."""
    organisation = organisation_of(entry)
    former = Proposal.objects.select_for_update().filter(
        record_id=entry.pk, wish=wish, key_id=author.key_id, decision=Decision.WAITING
    ).first()  # fmt: skip
    proposal = former or Proposal(
        wish=wish, subject=subject_of(entry), record_id=entry.pk, organisation=organisation,
        contact=author.contact, user=author.user, key_id=author.key_id,
    )  # fmt: skip
    told = {"title": str(entry), "changes": dict(changes), "note": note}
    text = json.dumps(told, cls=DjangoJSONEncoder, ensure_ascii=False)
    if former is not None and _says_the_same(former, told):
        return
    proposal.sealed = sealed_for(author.key_id, text)
    try:
        with transaction.atomic():
            proposal.save()
    except IntegrityError:  # the button was pressed twice: the first one stands
        return
    record(actor=actor, deed="upkeep.propose", on=proposal, title=organisation.name)


def _says_the_same(former: Proposal, told: Mapping[str, Any]) -> bool:
    one = opened([former])[0]
    return (one.changes, one.note) == (told["changes"], told["note"])


@transaction.atomic
def take_back(*, actor: Actor, author: Author, proposal_id: UUID) -> bool:
    """Its author no longer wants it; False when it was decided already."""
    proposal = Proposal.objects.select_for_update().filter(
        pk=proposal_id, key_id=author.key_id, decision=Decision.WAITING
    ).first()  # fmt: skip
    if proposal is None:
        return False
    proposal.decision, proposal.decided_at = Decision.TAKEN_BACK, timezone.now()
    proposal.sealed = b""
    proposal.save(update_fields=["decision", "decided_at", "sealed"])
    name = proposal.organisation.name
    record(actor=actor, deed="upkeep.take_back", on=proposal, title=name)
    return True


@transaction.atomic
def decide(
    *, actor: Actor, proposal_id: UUID, accepted: Collection[str], seen: str, answer: str = ""
) -> Proposal:
    """Take over these fields of a change, none of them to refuse it; its author is told.

    ChangedMeanwhile when the record is no longer as it was `seen`, AlreadyDecided, RecordGone, and
    ValidationError, by field, when a value can no longer be stored.
    """
    actor.must(Right.EDIT_REGISTERS)
    actor.must(Right.PUBLISH)
    proposal: Proposal = Proposal.objects.select_for_update().select_related("organisation").get(
        pk=proposal_id
    )  # fmt: skip
    if proposal.decision != Decision.WAITING:
        raise AlreadyDecided
    one = opened([proposal])[0]
    fields = [name for name in one.changes if name in accepted]
    if fields:
        _carry_out(actor, proposal, one.changes, fields, seen)
    proposal.decision = _decision(proposal, one.changes, fields)
    proposal.decided_at, proposal.decided_by_id = timezone.now(), actor.user_id
    proposal.answer = sealed_for(proposal.key_id, answer.strip()) if answer.strip() else b""
    proposal.save()
    told = {"decision": ["", proposal.decision]}
    name = proposal.organisation.name
    record(actor=actor, deed="upkeep.decide", on=proposal, title=name, changes=told)
    _tell(actor, proposal, one.title, answer.strip())
    return proposal


def _decision(proposal: Proposal, changes: Mapping[str, Any], fields: Collection[str]) -> Decision:
    if not fields:
        return Decision.REFUSED
    whole = proposal.wish != Wish.CHANGE or len(fields) == len(changes)
    return Decision.ACCEPTED if whole else Decision.PARTLY


def _carry_out(
    actor: Actor,
    proposal: Proposal,
    changes: Mapping[str, list[Any]],
    fields: Collection[str],
    seen: str,
) -> None:
    entry = record_of(proposal.subject, proposal.record_id)
    if entry is None:
        raise RecordGone
    if proposal.wish == Wish.HAND_OVER and isinstance(entry, Contact):
        _hand_over(actor, entry, {name: str(new) for name, (_old, new) in changes.items()})
        return
    if proposal.wish == Wish.END and isinstance(entry, Offer):
        withdraw_offer(actor=actor, offer=entry)
        return
    if seen != stamp(lines(opened([proposal])[0]) or []):
        raise ChangedMeanwhile
    now = values_of(entry)
    wanted = {name: changes[name][1] for name in fields if changes[name][1] != now.get(name)}
    apply(actor=actor, entry=entry, wanted=wanted)
    confirm_one(actor=actor, entry=entry)


def _hand_over(actor: Actor, former: Contact, successor: Mapping[str, str]) -> None:
    """The role ends, its link with it; who comes after is asked from now on."""
    if successor["name"] or successor["email"]:
        phone = successor["phone"]
        new = save_contact(
            actor=actor, organisation=former.organisation, name=successor["name"],
            function=successor["function"] or former.function, email=successor["email"],
            answers_inquiries=True, since=timezone.localdate(), name_audience="internal",
            email_audience="internal",
        )  # fmt: skip
        if phone:
            apply(actor=actor, entry=new, wanted={"phones": [phone]})
    end_inquiry(actor, former)
    revoke(actor=actor, holder=former.pk)
    end_role(actor=actor, contact=former)


def _tell(actor: Actor, proposal: Proposal, title: str, answer: str) -> None:
    """A mail to its author, wherever they can be written to."""
    contact, user = proposal.contact, proposal.user
    to = user.email if user else contact.email if contact else ""
    if not to or not mail_is_set_up():
        return
    with translation.override(settings.LANGUAGE_CODE):
        letter = messages.decided(
            current_network(), contact, title, outcome=proposal.decision, answer=answer
        )
        send_mail(
            actor=actor, to=to, subject=letter.subject, text=letter.text,
            title=_("Answer to a change"), key=f"upkeep answer {proposal.pk}",
            about=contact.pk if contact else None,
        )  # fmt: skip


def refuse_strangers(actor: Actor, organisation_ids: Collection[UUID], entry: Record) -> None:
    """PermissionDenied for an entry of somebody else."""
    if organisation_of(entry).pk not in organisation_ids:
        raise PermissionDenied
