"""What becomes of join-ins: shown, asked about, refused, withdrawn, or decided anew.

What is decided about a change is recorded at the change itself, which goes: whoever presses the
button a second time is told what became of it.
"""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from knotenpunkt.activities.campaigns.actions.join_in_pictures import drop, files_of, remove_change
from knotenpunkt.activities.campaigns.actions.taking_part import takes_part, takes_part_no_more
from knotenpunkt.activities.campaigns.messages import join_ins as letters
from knotenpunkt.activities.campaigns.models import JoinIn, JoinInState
from knotenpunkt.activities.campaigns.queries.join_ins import change_of
from knotenpunkt.activities.campaigns.rules.join_ins import PUBLIC_FIELDS
from knotenpunkt.foundation.accounts.actors import Actor
from knotenpunkt.foundation.accounts.rights import Right
from knotenpunkt.foundation.audit.actions import record
from knotenpunkt.tools.links.actions import personal_link
from knotenpunkt.tools.mail.actions import send_mail
from knotenpunkt.tools.mail.queries import mail_is_set_up


@transaction.atomic
def approve(*, actor: Actor, join_in: JoinIn, answer: str = "") -> JoinIn:
    """Show it to everybody, or take over what a partner changed; whoever reported it is told."""
    actor.must(Right.RUN_CAMPAIGNS)
    if _is_decided(join_in, JoinInState.APPROVED):
        return join_in.replaces or join_in
    _record(actor, join_in, "campaigns.approve_join_in")
    is_change = join_in.replaces_id is not None
    shown = _taken_over(join_in) if is_change else join_in
    shown.state = JoinInState.APPROVED
    shown.answer, shown.decided_at = answer, timezone.now()
    shown.save()
    day = min(timezone.localdate(), timezone.localtime(shown.starts_at).date())
    takes_part(actor=actor, by=shown, on=day)
    write = letters.taken_over if is_change else letters.approved
    _tell(actor, shown, write(shown, answer), f"approved {shown.decided_at}")
    return shown


def _is_decided(join_in: JoinIn, state: JoinInState) -> bool:
    """Whether somebody decided so a moment ago; of two who press at once the second one waits.

    A change that was decided about is gone.
    """
    rows = JoinIn.objects.select_for_update().filter(pk=join_in.replaces_id or join_in.pk)
    current = rows.values_list("state", flat=True).first()
    if join_in.replaces_id:
        return not JoinIn.objects.filter(pk=join_in.pk).exists()
    if current == state:
        join_in.refresh_from_db()
    return bool(current == state)


def _taken_over(change: JoinIn) -> JoinIn:
    """The row that is shown, saying what the change says; the change goes."""
    shown: JoinIn = JoinIn.objects.get(pk=change.replaces_id)
    former = files_of(shown)
    for name in PUBLIC_FIELDS:
        setattr(shown, name, getattr(change, name))
    change.delete()
    shown.save()
    drop(former - files_of(shown))
    return shown


@transaction.atomic
def ask_back(*, actor: Actor, join_in: JoinIn, question: str) -> JoinIn:
    """Something is not clear: the question goes by mail and stands on the personal page."""
    actor.must(Right.RUN_CAMPAIGNS)
    _need(question)
    join_in.answer, join_in.decided_at = question, timezone.now()
    join_in.save(update_fields=["answer", "decided_at", "changed_at"])
    _record(actor, join_in, "campaigns.ask_about_join_in")
    contact = join_in.contact
    link = personal_link(actor=actor, holder=contact.pk) if contact else ""
    _tell(actor, join_in, letters.asked(join_in, question, link), f"asked {join_in.decided_at}")
    return join_in


@transaction.atomic
def refuse(*, actor: Actor, join_in: JoinIn, answer: str) -> JoinIn:
    """Do not show it, and say why. A change is dropped; what it should replace stays."""
    actor.must(Right.RUN_CAMPAIGNS)
    _need(answer)
    if _is_decided(join_in, JoinInState.REFUSED):
        return join_in.replaces or join_in
    _record(actor, join_in, "campaigns.refuse_join_in")
    letter = letters.refused(join_in, answer)
    told = _without_change(join_in, answer) if join_in.replaces_id else _hidden(join_in, answer)
    if told == join_in:
        takes_part_no_more(actor=actor, by=told)
    _tell(actor, told, letter, f"refused {timezone.now()}")
    return told


def _without_change(change: JoinIn, answer: str) -> JoinIn:
    stays: JoinIn = JoinIn.objects.get(pk=change.replaces_id)
    remove_change(change, stays)
    stays.answer = answer
    stays.save(update_fields=["answer", "changed_at"])
    return stays


def _hidden(join_in: JoinIn, answer: str) -> JoinIn:
    join_in.state, join_in.answer = JoinInState.REFUSED, answer
    join_in.decided_at = timezone.now()
    join_in.save()
    return join_in


def _need(answer: str) -> None:
    if not answer.strip():
        raise ValidationError({"answer": _("Please write in a sentence why: it is sent by mail.")})


@transaction.atomic
def withdraw(*, actor: Actor, join_in: JoinIn) -> JoinIn:
    """It does not take place; a change that waits goes with it. Taking a change back keeps the
    rest."""
    actor.must(Right.RUN_CAMPAIGNS)
    if join_in.replaces is not None:
        stays = join_in.replaces
        _record(actor, join_in, "campaigns.take_back_change_of_join_in")
        remove_change(join_in, stays)
        return stays
    if (change := change_of(join_in)) is not None:
        remove_change(change, join_in)
    join_in.state = JoinInState.WITHDRAWN
    join_in.save(update_fields=["state", "changed_at"])
    takes_part_no_more(actor=actor, by=join_in)
    _record(actor, join_in, "campaigns.withdraw_join_in")
    return join_in


@transaction.atomic
def undo(*, actor: Actor, join_in: JoinIn) -> JoinIn:
    """As if nobody had decided: it waits again and is not shown."""
    actor.must(Right.RUN_CAMPAIGNS)
    join_in.state, join_in.decided_at = JoinInState.REPORTED, None
    join_in.save(update_fields=["state", "decided_at", "changed_at"])
    takes_part_no_more(actor=actor, by=join_in)
    _record(actor, join_in, "campaigns.undo_join_in")
    return join_in


def _record(actor: Actor, join_in: JoinIn, deed: str) -> None:
    record(actor=actor, deed=deed, on=join_in, title=join_in.title)


def _tell(actor: Actor, join_in: JoinIn, letter: letters.Letter, key: str) -> None:
    """Whoever reported it gets a mail, where there is an address."""
    contact = join_in.contact
    if contact is None or not contact.email or not mail_is_set_up():
        return
    send_mail(
        actor=actor,
        to=contact.email,
        name=contact.name,
        subject=letter.subject,
        text=letter.text,
        title=_("Answer about a join-in"),
        key=f"join-in {join_in.pk} {key}",
        about=contact.pk,
        why=letters.why(),
    )
