"""Sending a circular: fixing its recipients, queueing their mails, and holding them.

Who is written to is decided once, in the transaction that also queues the mails. Whoever comes
second, by a double click or at the same moment, finds that it has begun.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from knotenpunkt.activities.mailings.actions.circulars import CircularDraft, write_circular
from knotenpunkt.activities.mailings.actions.stages import locked, put
from knotenpunkt.activities.mailings.composing import dead_link, links_for, reading_for
from knotenpunkt.activities.mailings.merging import Addressed, name_of, values_for
from knotenpunkt.activities.mailings.models import Circular, Recipient, Stage
from knotenpunkt.activities.mailings.queries.planning import Plan, plan_of
from knotenpunkt.activities.mailings.queries.settings import mailing_settings
from knotenpunkt.activities.mailings.rules.choosing import Chosen
from knotenpunkt.activities.mailings.rules.circulars import (
    UNDER_WAY,
    may_be_started,
    waits_for_release,
    what_is_missing,
)
from knotenpunkt.foundation.accounts.actors import Actor, System
from knotenpunkt.foundation.accounts.rights import Right
from knotenpunkt.foundation.audit.actions import record
from knotenpunkt.tools.jobs.actions import NotNow, enqueue
from knotenpunkt.tools.mail import actions as mail
from knotenpunkt.tools.mail.actions import holding
from knotenpunkt.tools.mail.models import TITLE_LENGTH, Mailing, MailKind, Message, State
from knotenpunkt.tools.mail.queries import mail_is_set_up

START = "mailings.start"
SETTLE = "mailings.settle"
SENDER = System("circulars")
AT_ONCE = 200


@transaction.atomic
def start(*, actor: Actor, circular: Circular) -> Circular:
    """Fix who gets it as of now, and queue their mails; letters wait to be printed.

    NotNow when it has begun already. ValidationError while something is missing, nobody would be
    written to, or a release is wanted.
    """
    actor.must(Right.WRITE_TO_MANY)
    found = locked(circular)
    if not may_be_started(found):
        raise NotNow
    _refuse_unready(found)
    plan = plan_of(found)
    _refuse_impossible(plan)
    found.mailing, numbers = _queued(actor, found, plan.mails)
    Recipient.objects.bulk_create(
        [_row(found, one, numbers) for one in plan.chosen], batch_size=AT_ONCE
    )
    found.fixed_at = timezone.now()
    found.stage = Stage.SENDING if found.mailing else Stage.SENT
    found.save()
    _watch(found)
    told = {"mails": [None, len(plan.mails)], "letters": [None, len(plan.letters)]}
    record(actor=actor, deed="mailings.start", on=found, title=found.title, changes=told)
    return found


def _refuse_unready(circular: Circular) -> None:
    if missing := what_is_missing(circular):
        raise ValidationError(missing)
    if waits_for_release(circular, mailing_settings()):
        raise ValidationError(_("A second person has to release this first."))


def _refuse_impossible(plan: Plan) -> None:
    if not plan.written:
        raise ValidationError(_("Nobody would be written to."))
    if plan.mails and not mail_is_set_up():
        raise ValidationError(_("No mail server is set up, so that no mail can be sent."))


def _queued(
    actor: Actor, circular: Circular, chosen: Sequence[Chosen]
) -> tuple[Mailing | None, Mapping[UUID, UUID]]:
    """The mailing, and the number of each contact's mail."""
    if not chosen:
        return None, {}
    links = links_for(actor, circular, [one.contact.pk for one in chosen])
    to = [_addressed(one, circular, links.get(one.contact.pk, "")) for one in chosen]
    mailing = mail.post(
        actor=actor, title=circular.title, recipients=to, subject=circular.subject,
        text=circular.text, kind=MailKind(circular.kind),
    )  # fmt: skip
    return mailing, {one.about: one.number for one in to if one.about}


def _addressed(one: Chosen, circular: Circular, link: str) -> mail.Recipient:
    contact = one.contact
    values = values_for(one, circular, link)
    return mail.Recipient(contact.email, name_of(contact), contact.pk, values)


def _row(circular: Circular, one: Chosen, numbers: Mapping[UUID, UUID]) -> Recipient:
    contact = one.contact
    return Recipient(
        circular=circular, contact=contact, organisation=contact.organisation, way=one.way,
        left_out=one.left_out, message_id=numbers.get(contact.pk),
    )  # fmt: skip


def _watch(circular: Circular) -> None:
    """Let somebody look when all mails are gone."""
    if circular.stage == Stage.SENDING:
        enqueue(
            actor=SENDER, work=SETTLE, arguments={"circular": str(circular.pk)}, title="",
            about=circular.pk,
        )  # fmt: skip


@transaction.atomic
def settle(*, circular_id: UUID) -> bool:
    """Note that all mails are gone; whether nothing is left to wait for."""
    found = locked(Circular(pk=circular_id))
    if found.stage != Stage.SENDING:
        return True
    rows = Message.objects.order_by().filter(mailing=found.mailing_id)
    states = set(rows.values_list("state", flat=True).distinct())
    if {State.QUEUED, State.SENDING} & states:
        return False
    found.stage = Stage.PAUSED if State.STOPPED in states else Stage.SENT
    found.save(update_fields=["stage"])
    record(actor=SENDER, deed="mailings.settle", on=found, title=found.title)
    return True


@transaction.atomic
def schedule(*, actor: Actor, circular: Circular, at: datetime) -> Circular:
    """Let it begin by itself at that moment; who gets it is fixed then.

    NotNow when it has begun; ValidationError as `start` says, or for a moment that has passed.
    """
    actor.must(Right.WRITE_TO_MANY)
    found = locked(circular)
    if not may_be_started(found):
        raise NotNow
    if at <= timezone.now():
        raise ValidationError({"send_at": _("This moment has passed.")})
    _refuse_unready(found)
    _refuse_impossible(plan_of(found))
    found.stage, found.send_at = Stage.SCHEDULED, at
    found.save(update_fields=["stage", "send_at"])
    told = {"circular": str(found.pk), "at": at.isoformat()}
    enqueue(
        actor=actor, work=START, arguments=told, title="", about=found.pk, run_at=at,
        key=f"{found.pk} {timezone.now().isoformat()}",
    )  # fmt: skip
    record(
        actor=actor, deed="mailings.schedule", on=found, title=found.title,
        changes={"send_at": [None, at]},
    )  # fmt: skip
    return found


def start_planned(*, actor: Actor, circular_id: UUID, at: datetime) -> None:
    """What the clock does: begin, unless somebody began, took back or moved it meanwhile."""
    found = Circular.objects.filter(pk=circular_id, stage=Stage.SCHEDULED, send_at=at).first()
    if found is not None:
        start(actor=actor, circular=found)


@transaction.atomic
def unschedule(*, actor: Actor, circular: Circular) -> Circular:
    """Back to a draft that can be changed. NotNow when it has begun."""
    actor.must(Right.WRITE_TO_MANY)
    found = locked(circular)
    if found.stage != Stage.SCHEDULED:
        raise NotNow
    return put(actor, found, Stage.DRAFT, "mailings.unschedule")


@transaction.atomic
def pause(*, actor: Actor, circular: Circular) -> Circular:
    """Send no more for now; what is on its way at this moment arrives. NotNow."""
    actor.must(Right.WRITE_TO_MANY)
    found = locked(circular)
    if found.stage != Stage.SENDING:
        raise NotNow
    _hold(actor, found)
    return put(actor, found, Stage.PAUSED, "mailings.pause")


@transaction.atomic
def resume(*, actor: Actor, circular: Circular) -> Circular:
    """Send the rest. NotNow when nothing is left, or it goes on already."""
    actor.must(Right.WRITE_TO_MANY)
    found = locked(circular)
    if found.stage not in UNDER_WAY or found.mailing is None:
        raise NotNow
    holding.go_on(actor=actor, mailing=found.mailing)
    put(actor, found, Stage.SENDING, "mailings.resume")
    _watch(found)
    return found


@transaction.atomic
def stop(*, actor: Actor, circular: Circular) -> Circular:
    """End it: who was not written to yet, is not. Each of them is still known. NotNow."""
    actor.must(Right.WRITE_TO_MANY)
    found = locked(circular)
    if found.stage not in UNDER_WAY:
        raise NotNow
    _hold(actor, found)
    if found.mailing is not None:
        holding.end(actor=actor, mailing=found.mailing)
    return put(actor, found, Stage.STOPPED, "mailings.stop")


def _hold(actor: Actor, circular: Circular) -> None:
    if circular.mailing is not None and circular.mailing.held_at is None:
        holding.hold(actor=actor, mailing=circular.mailing)


@transaction.atomic
def send_failed(*, actor: Actor, circular: Circular) -> int:
    """Send once more what failed, never what is unclear; how many mails. NotNow."""
    actor.must(Right.WRITE_TO_MANY)
    found = locked(circular)
    if found.mailing is None or found.stage not in (Stage.SENT, Stage.SENDING):
        raise NotNow
    count = holding.send_failed(actor=actor, mailing=found.mailing)
    put(actor, found, Stage.SENDING, "mailings.send_failed")
    _watch(found)
    return count


@transaction.atomic
def follow_up(*, actor: Actor, circular: Circular) -> Circular:
    """A draft for those who have not answered this one, with its text to begin with.

    NotNow before anybody was written to.
    """
    actor.must(Right.WRITE_TO_MANY)
    found = locked(circular)
    if found.fixed_at is None:
        raise NotNow
    draft = CircularDraft(
        title=_as_reminder(found.title), subject=_as_reminder(found.subject),
        kind=MailKind(found.kind), text=found.text, audience=found.audience,
        by_mail=found.by_mail, by_letter=found.by_letter, about=found.about,
        occasion=found.occasion, follows=found, shared_values=found.shared_values,
        own_values=found.own_values,
    )  # fmt: skip
    return write_circular(actor=actor, draft=draft)


def _as_reminder(title: str) -> str:
    """Said once, however often somebody is reminded; never longer than it may be."""
    with translation.override(settings.LANGUAGE_CODE):
        told = _("Reminder: %(title)s")
    begins = told.partition("%")[0]
    return title if title.startswith(begins) else (told % {"title": title})[:TITLE_LENGTH]


@transaction.atomic
def send_test(*, actor: Actor, circular: Circular, to: str, as_read_by: Addressed) -> Message:
    """Send it to oneself as that contact would read it, with a personal link that opens nothing.

    ValidationError where no mail server is set up.
    """
    actor.must(Right.WRITE_TO_MANY)
    if not mail_is_set_up():
        raise ValidationError(_("No mail server is set up, so that no mail can be sent."))
    reading = reading_for(as_read_by, circular, dead_link())
    record(actor=actor, deed="mailings.test", on=circular, title=circular.title)
    return mail.send_mail(
        actor=actor, to=to, subject=_("Test: %(title)s") % {"title": reading.subject},
        text=reading.text, title=_("Test of a circular"), kind=MailKind(circular.kind),
    )  # fmt: skip
