"""Asking whether entries are still true: the mails, the reminders, and who has to be called."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from knotenpunkt.activities.upkeep import messages
from knotenpunkt.activities.upkeep.actions.confirming import close_inquiry
from knotenpunkt.activities.upkeep.messages import Letter
from knotenpunkt.activities.upkeep.models import Inquiry, Part, Reason, Stage
from knotenpunkt.activities.upkeep.queries.contacts import (
    current_contacts,
    responsible_contacts,
    together,
)
from knotenpunkt.activities.upkeep.queries.entries import offers_of
from knotenpunkt.activities.upkeep.queries.inquiries import passed_on
from knotenpunkt.activities.upkeep.queries.states import kept_organisations, rhythm, stands
from knotenpunkt.activities.upkeep.rules import OPEN_STAGES, State, next_stage
from knotenpunkt.foundation.accounts.actors import Actor
from knotenpunkt.foundation.accounts.rights import Right
from knotenpunkt.foundation.audit.actions import record
from knotenpunkt.foundation.networks.addresses import whole_address
from knotenpunkt.foundation.networks.scope import current_network
from knotenpunkt.registers.partners.models import Contact, Organisation
from knotenpunkt.tools.links.actions import personal_link
from knotenpunkt.tools.links.tokens import SAMPLE
from knotenpunkt.tools.mail.actions import send_mail
from knotenpunkt.tools.mail.models import Cause
from knotenpunkt.tools.mail.models import State as MailState
from knotenpunkt.tools.mail.queries import mail_is_set_up, messages_about, suppressions_of

LINK_DAYS = 60
CAME_BACK = (MailState.BOUNCED, MailState.FAILED, MailState.SUPPRESSED)
NUMBERS = {Stage.ASKED: 0, Stage.REMINDED: 1, Stage.REMINDED_AGAIN: 2}


class NoMail(Exception):
    """Nobody can be written to: no mail server is set up."""


@dataclass(frozen=True, slots=True)
class Asked:
    """How many were written to, and how many have to be called at once."""

    mails: int = 0
    calls: int = 0


@dataclass(frozen=True, slots=True)
class Plan:
    """What asking would do: each group is one mail, or one line of the telephone list."""

    mails: Sequence[tuple[Contact, Sequence[Organisation]]]
    calls: Sequence[tuple[Contact | None, Sequence[Organisation]]]

    @property
    def organisations(self) -> int:
        """How many organisations are asked about."""
        return sum(len(members) for _contact, members in (*self.mails, *self.calls))


def plan(organisations: Iterable[Organisation]) -> Plan:
    """What `ask` would do with these; those who are being asked already are left out."""
    asked = set(Part.objects.filter(is_open=True).values_list("organisation_id", flat=True))
    rows = [one for one in organisations if one.pk not in asked and one.left_on is None]
    groups = together(rows, responsible_contacts(rows))
    by_mail = [(one, members) for one, members in groups if one is not None and one.email]
    by_call = [(one, members) for one, members in groups if one is None or not one.email]
    return Plan(by_mail, by_call)


@transaction.atomic
def ask(*, actor: Actor, organisations: Iterable[Organisation], most: int | None = None) -> Asked:
    """Ask about these: one mail for everything that one person answers for.

    Who has no address stands on the telephone list at once. NoMail without a mail server. `most`
    limits the mails; the rest stays due.
    """
    actor.must(Right.EDIT_REGISTERS)
    wanted = plan(organisations)
    if wanted.mails and not mail_is_set_up():
        raise NoMail
    mails = list(wanted.mails) if most is None else list(wanted.mails)[:most]
    told = [_begin(actor, contact, members) for contact, members in (*mails, *wanted.calls)]
    stages = [one.stage for one in told if one is not None]
    return Asked(stages.count(Stage.ASKED), stages.count(Stage.CALL))


def _begin(
    actor: Actor, contact: Contact | None, members: Sequence[Organisation]
) -> Inquiry | None:
    """None when somebody else asked about one of them at this moment."""
    reason = _why_to_call(contact)
    now = timezone.now()
    inquiry = Inquiry(contact=contact, stage=Stage.CALL if reason else Stage.ASKED, reason=reason)
    inquiry.asked_at, inquiry.to_call_since = (None, now) if reason else (now, None)
    try:
        with transaction.atomic():
            inquiry.save(force_insert=True)
            Part.objects.bulk_create(Part(inquiry=inquiry, organisation=one) for one in members)
    except IntegrityError:
        return None
    if contact is not None and not reason:
        write(actor, inquiry, contact, members)
    record(actor=actor, deed="upkeep.ask", on=inquiry, title=members[0].name)
    return inquiry


def _why_to_call(contact: Contact | None) -> str:
    """Why somebody cannot be written to; "" when they can."""
    if contact is None:
        return Reason.NOBODY
    if not contact.email:
        return Reason.NO_MAIL
    if suppressions_of(contact.email).filter(cause=Cause.RETURNED).exists():
        return Reason.RETURNED
    return ""


def write(
    actor: Actor,
    inquiry: Inquiry,
    contact: Contact,
    members: Sequence[Organisation],
    again: str = "",
) -> None:
    """The mail of the stage that the inquiry has now. The same stage writes once."""
    number = NUMBERS[Stage(inquiry.stage)]
    with translation.override(settings.LANGUAGE_CODE):
        letter = inquiry_letter(actor, contact, members, number)
        send_mail(
            actor=actor, to=contact.email, subject=letter.subject, text=letter.text,
            title=_("Is this still true?"), key=f"upkeep {inquiry.pk} {number}{again}",
            about=contact.pk, name=contact.name,
        )  # fmt: skip


def inquiry_letter(
    actor: Actor, contact: Contact, members: Sequence[Organisation], number: int = 0
) -> Letter:
    """What this contact reads."""
    return messages.inquiry(
        current_network(), contact, members, offers_of(list(members)),
        link=personal_link(actor=actor, holder=contact.pk, days=LINK_DAYS),
        until=timezone.localdate() + timedelta(days=LINK_DAYS), reminder=number,
    )  # fmt: skip


def inquiry_preview(contact: Contact, members: Sequence[Organisation]) -> Letter:
    """How the mail looks, with a link that opens nothing."""
    network = current_network()
    with translation.override(settings.LANGUAGE_CODE):
        return messages.inquiry(
            network, contact, members, offers_of(list(members)),
            link=whole_address(network, "personal:page", token=SAMPLE),
            until=timezone.localdate() + timedelta(days=LINK_DAYS),
        )  # fmt: skip


@transaction.atomic
def tidy(*, actor: Actor) -> int:
    """End what asks somebody who is no longer there, or about what has left the network.

    Who stands on the telephone list passes it on to whoever answers now.
    """
    current = set(current_contacts().values_list("pk", flat=True))
    rows = list(_open().prefetch_related("parts__organisation"))
    over = [one for one in rows if _is_over(one, current)]
    for one in over:
        if one.stage == Stage.CALL and one.reason != Reason.NOBODY and not _has_left(one):
            passed_on([one])
            one.save(update_fields=["contact", "reason"])
            record(actor=actor, deed="upkeep.pass_on", on=one, title="")
        else:
            close_inquiry(actor, one, Stage.ENDED)
    return len(over)


def _is_over(inquiry: Inquiry, current: set[UUID]) -> bool:
    gone = inquiry.contact_id not in current if inquiry.contact_id else not _is_for_nobody(inquiry)
    return _has_left(inquiry) or gone


def _has_left(inquiry: Inquiry) -> bool:
    return all(part.organisation.left_on for part in inquiry.parts.all())


def _is_for_nobody(inquiry: Inquiry) -> bool:
    """Nobody was known when it began, and nobody is known now."""
    if inquiry.reason != Reason.NOBODY:
        return False
    members = [part.organisation for part in inquiry.parts.all()]
    return not any(responsible_contacts(members).values())


@transaction.atomic
def take_returned(*, actor: Actor) -> int:
    """Whose mail came back, has to be called."""
    rows = [one for one in _open().exclude(stage=Stage.CALL) if one.contact and _came_back(one)]
    for one in rows:
        to_telephone_list(actor, one, Reason.RETURNED)
    return len(rows)


def _came_back(inquiry: Inquiry) -> bool:
    since = inquiry.reminded_at or inquiry.asked_at or inquiry.created_at
    if inquiry.contact_id is None:
        return False
    sent = messages_about(inquiry.contact_id).filter(created_at__gte=since - timedelta(hours=1))
    latest = sent.first()
    return latest is not None and latest.state in CAME_BACK


@transaction.atomic
def remind(*, actor: Actor) -> int:
    """Remind who has not answered, and put on the telephone list who was reminded twice."""
    pace, now = rhythm(), timezone.now()
    moved = 0
    for inquiry in _open().prefetch_related("parts__organisation__place"):
        stage = next_stage(inquiry, pace, now)
        if stage is None or inquiry.contact is None:
            continue
        moved += 1
        if stage == Stage.CALL:
            to_telephone_list(actor, inquiry, Reason.SILENT)
        elif mail_is_set_up():
            _remind(actor, inquiry, inquiry.contact, stage)
    return moved


def _remind(actor: Actor, inquiry: Inquiry, contact: Contact, stage: Stage) -> None:
    inquiry.stage, inquiry.reminded_at = stage, timezone.now()
    inquiry.save(update_fields=["stage", "reminded_at"])
    members = [part.organisation for part in inquiry.parts.all() if part.is_open]
    write(actor, inquiry, contact, members)
    record(actor=actor, deed="upkeep.remind", on=inquiry, title=members[0].name)


def to_telephone_list(actor: Actor, inquiry: Inquiry, reason: Reason) -> None:
    """Mails lead nowhere: somebody calls."""
    inquiry.stage, inquiry.reason = Stage.CALL, reason
    inquiry.to_call_since = timezone.now()
    inquiry.save(update_fields=["stage", "reason", "to_call_since"])
    record(actor=actor, deed="upkeep.to_call", on=inquiry, title="")


def due_organisations() -> list[Organisation]:
    """Those that are due and that nobody asks about yet, the longest unconfirmed first."""
    rows = list(kept_organisations().select_related("body", "place"))
    found = stands(rows)
    due = [one for one in rows if found[one.pk].state is State.DUE]
    return sorted(due, key=lambda one: (found[one.pk].due_on is not None, found[one.pk].due_on))


def ask_due(*, actor: Actor) -> Asked:
    """What the night does: ask about what has become due, as many mails as the network wants."""
    pace = rhythm()
    if not pace.is_on or not mail_is_set_up():
        return Asked()
    today = timezone.now().replace(hour=0, minute=0, second=0, microsecond=0)
    written = Inquiry.objects.filter(asked_at__gte=today).count()
    return ask(
        actor=actor, organisations=due_organisations(), most=max(0, pace.mails_a_day - written)
    )


def _open() -> QuerySet[Inquiry]:
    rows: QuerySet[Inquiry] = Inquiry.objects.filter(stage__in=OPEN_STAGES, closed_at=None)
    return rows.select_related("contact")
