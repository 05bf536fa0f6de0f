"""What was written to whom, and what became of it."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from knotenpunkt.foundation.accounts.gate import DeskRequest, members_only
from knotenpunkt.foundation.accounts.rights import Right
from knotenpunkt.tools.jobs.actions import NotNow
from knotenpunkt.tools.jobs.models import State as JobState
from knotenpunkt.tools.mail import listing, queries, reading
from knotenpunkt.tools.mail.actions import deciding, suppressing
from knotenpunkt.tools.mail.composing import frame_of
from knotenpunkt.tools.mail.models import Mailing, MailKind, Message, State, Suppression
from knotenpunkt.tools.mail.rules import may_be_settled, may_be_tried_again


@require_safe
@members_only(Right.SEE_JOBS)
def mail_list(request: DeskRequest) -> HttpResponse:
    """All mails of this network."""
    wanted = listing.wish(request.GET)
    context = {
        "sections": listing.sections("mail:list"),
        "wanted": wanted,
        "listed": listing.mail_list(request.actor, wanted),
        "kinds": MailKind.choices,
        "is_set_up": queries.mail_is_set_up(),
    }
    return render(request, "mail/list.html", context)


@require_safe
@members_only(Right.SEE_JOBS)
def message(request: DeskRequest, message_id: UUID) -> HttpResponse:
    """One mail: where it stands, and what it says as long as that is kept."""
    found = _message(request, message_id)
    to, content = queries.addressee(found), queries.content(found)
    frame = frame_of(found, request.network, content.why)
    context = {
        "message": found,
        "to": to,
        "state": listing.state_of(found),
        "look": listing.look(found),
        "facts": listing.facts(found, to),
        "content": content,
        "parts": reading.parts(content.text, leads=False),
        "foot": reading.foot(frame, leads=False),
        "can_try_again": may_be_tried_again(found),
        "can_settle": may_be_settled(found),
        "is_stopped": _is_stopped(found),
    }
    return render(request, "mail/message.html", context)


def _is_stopped(found: Message) -> bool:
    """It waits, and nothing sends it: somebody stopped the work, or it ended badly."""
    waits = found.state == State.QUEUED
    is_cut_off = waits and (found.job is None or not found.job.is_open)
    return is_cut_off or found.state == State.STOPPED


@require_POST
@members_only(Right.SEE_JOBS)
def try_again(request: DeskRequest, message_id: UUID) -> HttpResponse:
    """Send a mail once more."""
    return _decided(
        request,
        message_id,
        lambda: deciding.try_again(actor=request.actor, message_id=message_id),
        _("The mail is sent once more."),
    )


@require_POST
@members_only(Right.SEE_JOBS)
def settle(request: DeskRequest, message_id: UUID) -> HttpResponse:
    """Somebody has asked: it arrived."""
    return _decided(
        request,
        message_id,
        lambda: deciding.settle(actor=request.actor, message_id=message_id),
        _("Noted: the mail arrived."),
    )


def _decided(
    request: DeskRequest, message_id: UUID, deed: Callable[[], object], told: str
) -> HttpResponse:
    _message(request, message_id)
    try:
        deed()
        messages.success(request, told)
    except NotNow:
        messages.info(request, _("Nothing is to be done for this mail any more."))
    return HttpResponseRedirect(reverse("mail:message", kwargs={"message_id": message_id}))


def _message(request: DeskRequest, message_id: UUID) -> Message:
    try:
        return queries.mail_to_see(request.actor, message_id)
    except Message.DoesNotExist:
        raise Http404 from None


@require_safe
@members_only(Right.SEE_JOBS)
def mailings(request: DeskRequest) -> HttpResponse:
    """What was written to many."""
    context = {
        "sections": listing.sections("mail:mailings"),
        "listed": listing.mailing_list(request.actor, request.GET.get("seite", "")),
    }
    return render(request, "mail/mailings.html", context)


@require_safe
@members_only(Right.SEE_JOBS)
def mailing(request: DeskRequest, mailing_id: UUID) -> HttpResponse:
    """One mailing: how far it is, and each of its mails."""
    found, wanted = _mailing(request, mailing_id), listing.wish(request.GET)
    counts = queries.counted_by_mailing([found])[found.pk]
    job, waiting = found.job, counts[State.QUEUED]
    is_open = job is not None and job.is_open
    context = {
        "mailing": found,
        "job": job if is_open else None,
        "written": listing.written_by(found, queries.names_of([found.actor_id])),
        "kind": MailKind(found.kind).label,
        "figures": listing.figures(counts),
        "wanted": wanted,
        "listed": listing.mails_of(request.actor, found, wanted, counts),
        "failed": queries.repeatable(found).count(),
        "can_go_on": bool(counts[State.STOPPED]) or (bool(waiting) and not is_open),
        "can_stop": bool(waiting) and is_open,
        "is_running": job is not None and job.state == JobState.RUNNING,
    }
    return render(request, "mail/mailing.html", context)


@require_POST
@members_only(Right.SEE_JOBS)
def stop(request: DeskRequest, mailing_id: UUID) -> HttpResponse:
    """Send no more of it for now."""
    found = _mailing(request, mailing_id)
    try:
        deciding.stop(actor=request.actor, mailing=found)
        messages.success(request, _("Stopped. What was not sent yet waits until you go on."))
    except NotNow:
        messages.info(request, _("Nothing of it is being sent any more."))
    return _to_mailing(found)


@require_POST
@members_only(Right.SEE_JOBS)
def go_on(request: DeskRequest, mailing_id: UUID) -> HttpResponse:
    """Send the rest."""
    found = _mailing(request, mailing_id)
    try:
        deciding.go_on(actor=request.actor, mailing=found)
        messages.success(request, _("The rest is being sent."))
    except NotNow:
        messages.info(request, _("It is already being sent."))
    return _to_mailing(found)


@require_POST
@members_only(Right.SEE_JOBS)
def send_failed(request: DeskRequest, mailing_id: UUID) -> HttpResponse:
    """Send what failed once more."""
    found = _mailing(request, mailing_id)
    try:
        count = deciding.try_failed_again(actor=request.actor, mailing=found)
        told = ngettext("%(n)d mail is sent once more.", "%(n)d mails are sent once more.", count)
        messages.success(request, told % {"n": count})
    except NotNow:
        messages.info(request, _("No mail of it has failed."))
    return _to_mailing(found)


def _mailing(request: DeskRequest, mailing_id: UUID) -> Mailing:
    try:
        return queries.mailing_to_see(request.actor, mailing_id)
    except Mailing.DoesNotExist:
        raise Http404 from None


def _to_mailing(found: Mailing) -> HttpResponse:
    return HttpResponseRedirect(reverse("mail:mailing", kwargs={"mailing_id": found.pk}))


@require_safe
@members_only(Right.SEE_JOBS)
def suppressed(request: DeskRequest) -> HttpResponse:
    """Addresses that get no mail, or not every mail."""
    words = request.GET.get("q", "").replace("\0", "").strip()[:254]
    rows, pages = listing.suppressed_list(request.actor, words, request.GET.get("seite", ""))
    context = {
        "sections": listing.sections("mail:suppressed"),
        "rows": rows,
        "paging": pages,
        "words": words,
    }
    return render(request, "mail/suppressed.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@members_only(Right.SEE_JOBS)
def take_off(request: DeskRequest, suppression_id: UUID) -> HttpResponse:
    """Ask first, then let an address get mail again."""
    found = queries.suppressions(request.actor).filter(pk=suppression_id).first()
    if found is None:
        raise Http404
    if request.method == "POST":
        _take_off(request, found)
        return HttpResponseRedirect(reverse("mail:suppressed"))
    return render(request, "mail/take_off.html", {"one": listing.suppressed_one(found)})


def _take_off(request: DeskRequest, found: Suppression) -> None:
    try:
        suppressing.take_off(actor=request.actor, suppression_id=found.pk)
    except Suppression.DoesNotExist:
        return
    messages.success(request, _("This address gets mail again."))
