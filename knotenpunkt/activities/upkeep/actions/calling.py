"""What came out of a call."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from knotenpunkt.activities.upkeep.actions.asking import NoMail, write
from knotenpunkt.activities.upkeep.actions.confirming import confirm_all
from knotenpunkt.activities.upkeep.models import Call, Inquiry, Outcome, Part, Stage, Way
from knotenpunkt.activities.upkeep.queries.contacts import key_of_contact
from knotenpunkt.activities.upkeep.queries.inquiries import passed_on
from knotenpunkt.foundation.accounts.actors import Actor
from knotenpunkt.foundation.accounts.rights import Right
from knotenpunkt.foundation.audit.actions import record
from knotenpunkt.foundation.audit.keys import sealed_for
from knotenpunkt.tools.mail.queries import mail_is_set_up

LATER = timedelta(days=2)


class AlreadyAnswered(Exception):
    """Somebody else has dealt with it in the meantime."""


@transaction.atomic
def note_call(
    *,
    actor: Actor,
    inquiry_id: UUID,
    outcome: Outcome,
    note: str = "",
    again_on: date | None = None,
) -> Inquiry:
    """Write down how a call went, and do what follows from it.

    Whoever was reached confirms everything; who was not stands on the list again on `again_on`.
    The call is noted for whoever answers today.
    AlreadyAnswered when it is closed; NoMail when a mail is wanted that cannot be sent.
    """
    actor.must(Right.EDIT_REGISTERS)
    inquiry: Inquiry = Inquiry.objects.select_for_update().get(pk=inquiry_id)
    if not inquiry.is_open:
        raise AlreadyAnswered
    passed_on([inquiry])
    inquiry.save(update_fields=["contact", "reason"])
    _keep(actor, inquiry, outcome, note)
    if outcome in (Outcome.TRUE, Outcome.CHANGED):
        members = [part.organisation for part in _parts(inquiry)]
        confirm_all(actor=actor, organisations=members, way=Way.TELEPHONE)
        inquiry.refresh_from_db()
    elif outcome == Outcome.WRITTEN:
        _write_again(actor, inquiry)
    else:
        inquiry.call_again_on = again_on or timezone.localdate() + LATER
        inquiry.save(update_fields=["call_again_on"])
    return inquiry


def _keep(actor: Actor, inquiry: Inquiry, outcome: Outcome, note: str) -> None:
    key = key_of_contact(inquiry.contact) if inquiry.contact else inquiry.pk
    call = Call(inquiry=inquiry, outcome=outcome, key_id=key, by_id=actor.user_id)
    call.note = sealed_for(key, note.strip()) if note.strip() else b""
    call.save(force_insert=True)
    parts = list(_parts(inquiry)[:1])
    title = parts[0].organisation.name if parts else ""
    told = {"outcome": ["", outcome.value]}
    record(actor=actor, deed="upkeep.call", on=inquiry, title=title, changes=told)


def _write_again(actor: Actor, inquiry: Inquiry) -> None:
    """The first mail once more; silence brings it back to the list."""
    contact = inquiry.contact
    if contact is None or not contact.email or not mail_is_set_up():
        raise NoMail
    now = timezone.now()
    inquiry.stage, inquiry.reason, inquiry.asked_at = Stage.ASKED, "", now
    inquiry.reminded_at = inquiry.call_again_on = inquiry.to_call_since = None
    inquiry.save()
    members = [part.organisation for part in _parts(inquiry)]
    write(actor, inquiry, contact, members, again=f" {now:%Y%m%d%H%M%S}")


def _parts(inquiry: Inquiry) -> QuerySet[Part]:
    rows: QuerySet[Part] = inquiry.parts.filter(is_open=True).select_related(
        "organisation__body", "organisation__place"
    )
    return rows
