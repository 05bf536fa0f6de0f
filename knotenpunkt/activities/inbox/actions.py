"""Writes to concerns: they come, somebody takes them on, they are answered and emptied."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone, translation

from knotenpunkt.activities.inbox import messages
from knotenpunkt.activities.inbox.messages import Letter
from knotenpunkt.activities.inbox.models import OPEN, SEALED, Concern, Kind, Outcome
from knotenpunkt.activities.inbox.queries import CALLER, past, those_who_answer
from knotenpunkt.activities.inbox.rules import (
    KEPT,
    REMINDED_AGAIN,
    answer_until,
    looks_doubtful,
    may_open,
    speaks_of_danger,
)
from knotenpunkt.foundation.accounts.actors import Actor, System
from knotenpunkt.foundation.accounts.rights import Right
from knotenpunkt.foundation.audit.actions import record, record_read
from knotenpunkt.foundation.core.folding import fold
from knotenpunkt.foundation.core.personal_data import Expired
from knotenpunkt.foundation.core.sealing import blind_index, blind_indexes, seal_into, unsealed
from knotenpunkt.foundation.networks.models import Network
from knotenpunkt.registers.offers.models import Offer
from knotenpunkt.tools.mail.actions import send_mail
from knotenpunkt.tools.mail.queries import mail_is_set_up

CLOCK = System("inbox clock")
LONGEST_TEXT = 2_000
ENDS_OF_CALLS = frozenset(
    {Outcome.REACHED, Outcome.PASSED_ON, Outcome.NOT_REACHED, Outcome.NONSENSE}
)
ENDS_OF_HINTS = frozenset({Outcome.DONE, Outcome.NONSENSE})


class TakenByAnother(Exception):
    """Somebody else was faster; the text is the name of that person."""


class AlreadyClosed(Exception):
    """It has an outcome already: what is emptied cannot be answered again."""


@dataclass(frozen=True, slots=True)
class CallDraft:
    """What a family entered. `phone` is in international form (E.164)."""

    phone: str = field(repr=False)
    name: str = field(default="", repr=False)
    text: str = field(default="", repr=False)
    daytimes: Sequence[str] = ()
    language: str = "de"


@dataclass(frozen=True, slots=True)
class Opened:
    """The sealed values of one concern."""

    phone: str = field(repr=False)
    name: str = field(repr=False)
    text: str = field(repr=False)


@transaction.atomic
def ask_for_call(
    *, actor: Actor, network: Network, draft: CallDraft, offer: Offer | None = None, link: str = ""
) -> Concern:
    """Keep a request to be called. Anyone may ask; the same one again joins the first.

    `link` is where those who answer find it; a mail tells them.
    """
    key = f"{draft.phone} {offer.pk if offer else ''}"
    twin = _twin(Kind.CALL, key)
    if twin:
        return _joined(actor, twin, draft)
    concern = _new(network, Kind.CALL, offer, key=key, text=draft.text)
    concern.caller_key = blind_index(draft.phone, purpose=CALLER)
    concern.is_doubtful = looks_doubtful(draft.text, draft.name)
    concern.daytimes, concern.language = list(draft.daytimes), draft.language
    seal_into(concern, "phone", draft.phone)
    seal_into(concern, "name", draft.name)
    first = _received(actor, network, concern, key, link)
    return concern if first is concern else _joined(actor, first, draft)


@transaction.atomic
def leave_hint(
    *, actor: Actor, network: Network, offer: Offer, text: str, reply_to: str = "", link: str = ""
) -> Concern:
    """Keep a hint on an offer. Anyone may leave one; the same one again changes nothing."""
    key = f"{offer.pk} {fold(text)}"
    twin = _twin(Kind.HINT, key)
    if twin:
        return twin
    concern = _new(network, Kind.HINT, offer, key=key, text=text)
    concern.is_doubtful = looks_doubtful(text)
    seal_into(concern, "phone", reply_to)
    return _received(actor, network, concern, key, link)


def _twin(kind: Kind, key: str) -> Concern | None:
    keys = blind_indexes(key, purpose=f"inbox.{kind}")
    found: Concern | None = (
        Concern.objects.select_for_update().filter(OPEN, kind=kind, twin_key__in=keys).first()
    )
    return found


def _new(network: Network, kind: Kind, offer: Offer | None, *, key: str, text: str) -> Concern:
    now = timezone.now()
    concern = Concern(
        kind=kind,
        offer=offer,
        twin_key=blind_index(key, purpose=f"inbox.{kind}"),
        is_urgent=speaks_of_danger(text),
        received_at=now,
        due_at=answer_until(now, network.answer_days, network.land),
    )
    seal_into(concern, "text", text[:LONGEST_TEXT])
    return concern


def _received(actor: Actor, network: Network, concern: Concern, key: str, link: str) -> Concern:
    """Kept, or the twin that came in the same moment: a button is easily pressed twice."""
    try:
        with transaction.atomic():
            concern.save(force_insert=True)
    except IntegrityError:
        twin = _twin(Kind(concern.kind), key)
        if twin is None:
            raise
        return twin
    record(actor=actor, deed=f"inbox.receive_{concern.kind}", on=concern, title=concern.about)
    if not concern.is_doubtful:
        _tell_those_who_answer(lambda: messages.arrival(network, concern, link))
    return concern


def _tell_those_who_answer(write: Callable[[], Letter]) -> None:
    """A mail in German to each of them, whatever language the family's page has."""
    if not mail_is_set_up():
        return
    with translation.override(settings.LANGUAGE_CODE):
        letter = write()
    for user in those_who_answer():
        send_mail(
            actor=CLOCK, to=user.email, subject=letter.subject, text=letter.text,
            title=letter.subject,
        )  # fmt: skip


def _joined(actor: Actor, first: Concern, draft: CallDraft) -> Concern:
    """What was sent once more is added to what is there."""
    first.repeated += 1
    first.daytimes = sorted({*first.daytimes, *draft.daytimes})
    first.language = draft.language
    first.is_urgent = first.is_urgent or speaks_of_danger(draft.text)
    told = unsealed(first, "text")
    if draft.text and draft.text not in told:
        seal_into(first, "text", f"{told}\n{draft.text}".strip()[:LONGEST_TEXT])
    if draft.name:
        seal_into(first, "name", draft.name)
    first.save()
    record(actor=actor, deed="inbox.receive_again", on=first, title=first.about)
    return first


@transaction.atomic
def take(*, actor: Actor, concern_id: UUID, instead_of: UUID | None = None) -> Concern:
    """Take a concern on: of two people at once one gets it, the other meets TakenByAnother.

    `instead_of` names the colleague from whom it is taken over.
    """
    concern = _open_one(actor, concern_id)
    holder = concern.taken_by
    if holder is not None and holder.pk not in (actor.user_id, instead_of):
        raise TakenByAnother(holder.name)
    if holder is None or holder.pk != actor.user_id:
        concern.taken_by_id, concern.taken_at = actor.user_id, timezone.now()
        concern.save(update_fields=["taken_by", "taken_at"])
        record(actor=actor, deed="inbox.take", on=concern, title=concern.about)
    return concern


@transaction.atomic
def give_back(*, actor: Actor, concern_id: UUID) -> Concern:
    """Let somebody else do it; only who took it on can give it back."""
    concern = _open_one(actor, concern_id)
    _must_hold(actor, concern)
    concern.taken_by, concern.taken_at = None, None
    concern.save(update_fields=["taken_by", "taken_at"])
    record(actor=actor, deed="inbox.give_back", on=concern, title=concern.about)
    return concern


@transaction.atomic
def try_later(*, actor: Actor, concern_id: UUID) -> Concern:
    """A call reached nobody: count it; the request stays open."""
    concern = _open_one(actor, concern_id)
    _must_hold(actor, concern)
    concern.attempts += 1
    concern.tried_at = timezone.now()
    concern.save(update_fields=["attempts", "tried_at"])
    told = {"attempts": [concern.attempts - 1, concern.attempts]}
    record(actor=actor, deed="inbox.try", on=concern, title=concern.about, changes=told)
    return concern


@transaction.atomic
def close(*, actor: Actor, concern_id: UUID, outcome: Outcome, passed_to: str = "") -> Concern:
    """Answered: telephone number, name and text are deleted at once, and cannot come back."""
    concern = _open_one(actor, concern_id)
    if concern.is_call and outcome is not Outcome.NONSENSE:
        _must_hold(actor, concern)
    if outcome not in (ENDS_OF_CALLS if concern.is_call else ENDS_OF_HINTS):
        raise ValueError(f"{outcome} ends no {concern.kind}.")
    concern.passed_to = passed_to if outcome is Outcome.PASSED_ON else ""
    _empty(concern, outcome, timezone.now())
    record(
        actor=actor, deed=f"inbox.close_{concern.kind}", on=concern, title=concern.about,
        changes={"outcome": ["", outcome.value]},
    )  # fmt: skip
    return concern


def _open_one(actor: Actor, concern_id: UUID) -> Concern:
    """Locked until the transaction ends, so that two people do not do it twice."""
    actor.must(Right.ANSWER_FAMILIES)
    concern: Concern = Concern.objects.select_for_update().get(pk=concern_id)
    if not concern.is_open:
        raise AlreadyClosed
    return concern


def _must_hold(actor: Actor, concern: Concern) -> None:
    """Only who took it on answers it: two people would call the same family twice."""
    if concern.taken_by is None:
        raise PermissionDenied
    if concern.taken_by_id != actor.user_id:
        raise TakenByAnother(concern.taken_by.name)


def _empty(concern: Concern, outcome: Outcome, now: datetime) -> None:
    """Keep what figures need: offer, dates, outcome, attempts."""
    emptied: dict[str, Any] = dict.fromkeys(SEALED, b"") | {
        "twin_key": "", "caller_key": "", "daytimes": [], "language": "", "taken_by": None,
        "taken_at": None, "is_urgent": False, "outcome": outcome, "closed_at": now,
    }  # fmt: skip
    for name, value in emptied.items():
        setattr(concern, name, value)
    concern.save()


def open_concern(*, actor: Actor, concern: Concern) -> Opened:
    """Unseal the values, and write down first who does it. PermissionDenied as `may_open` says."""
    if not may_open(actor, concern):
        raise PermissionDenied
    record_read(actor=actor, on=concern, title=f"{concern.get_kind_display()}: {concern.about}")
    return Opened(*(unsealed(concern, column) for column in SEALED))


@transaction.atomic
def expire(*, now: datetime) -> Expired:
    """Empty what nobody answered in time. Reminders came long before."""
    overdue = Concern.objects.select_for_update().filter(past(now - KEPT))
    gone = list(overdue.order_by("received_at"))
    for concern in gone:
        _empty(concern, Outcome.EXPIRED, now)
        record(actor=CLOCK, deed="inbox.expire", on=concern, title=concern.about)
    oldest = gone[0].received_at if gone else None
    return Expired("requests that nobody answered", len(gone), oldest)


@transaction.atomic
def remind(*, network: Network, now: datetime) -> int:
    """Tell those who answer what is overdue: when the clock ran out, and before it is deleted."""
    overdue = Concern.objects.select_for_update().filter(OPEN, is_doubtful=False, due_at__lt=now)
    told = [concern for concern in overdue if _needs_reminder(concern, now)]
    for concern in told:
        concern.reminded_at = now
        concern.save(update_fields=["reminded_at"])
    if told:
        _tell_those_who_answer(lambda: messages.overdue(network, len(told)))
        record(actor=CLOCK, deed="inbox.remind", on=network, title=network.name)
    return len(told)


def _needs_reminder(concern: Concern, now: datetime) -> bool:
    last_call = concern.received_at + REMINDED_AGAIN
    before = concern.reminded_at
    return before is None or (before < last_call <= now)
