"""Sending a circular: what will happen, the moment, and what can be done on the way."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from knotenpunkt.activities.mailings.actions import releasing, sending
from knotenpunkt.activities.mailings.actions.returned import write_by_letter
from knotenpunkt.activities.mailings.composing import dead_link, reading_for
from knotenpunkt.activities.mailings.desk.circulars import words
from knotenpunkt.activities.mailings.desk.circulars.fetching import READER, circular_or_404
from knotenpunkt.activities.mailings.forms.circulars import MomentForm
from knotenpunkt.activities.mailings.models import Circular, Stage
from knotenpunkt.activities.mailings.queries.planning import Plan, minutes_for, plan_of
from knotenpunkt.activities.mailings.queries.settings import mailing_settings
from knotenpunkt.activities.mailings.rules.circulars import (
    may_be_started,
    waits_for_release,
    what_is_missing,
)
from knotenpunkt.foundation.accounts.gate import DeskRequest, members_only
from knotenpunkt.foundation.accounts.kept_input import typed
from knotenpunkt.foundation.accounts.rights import Right
from knotenpunkt.foundation.core import spoken
from knotenpunkt.tools.jobs.actions import NotNow

NOW, LATER = "jetzt", "planen"


@require_http_methods(["GET", "HEAD", "POST"])
@members_only(Right.WRITE_TO_MANY)
def send(request: DeskRequest, circular_id: UUID) -> HttpResponse:
    """Say once more what will happen; then begin, now or at a moment."""
    found = circular_or_404(request.actor, circular_id)
    if not may_be_started(found):
        messages.info(request, _("This circular has been sent already: nobody gets it twice."))
        return to_circular(found)
    if what_is_missing(found):
        return to_circular(found)
    deed = request.POST.get("tun", "")
    form = MomentForm(typed(request) if deed in ("", LATER) else None)
    if request.method == "POST":
        done = _begun(request, found, deed, form)
        if done is not None:
            return done
    return _asked(request, found, form)


def _begun(
    request: DeskRequest, found: Circular, deed: str, form: MomentForm
) -> HttpResponse | None:
    """Begin, and lead to the circular; None where the page has to be shown again."""
    try:
        if deed == NOW:
            sending.start(actor=request.actor, circular=found)
            messages.success(request, _("It begins. You can leave this page."))
        elif form.is_valid():
            sending.schedule(actor=request.actor, circular=found, at=form.moment())
            messages.success(request, _("Planned. Until then you can take it back."))
        else:
            return None
    except NotNow:
        messages.info(request, _("This circular has been sent already: nobody gets it twice."))
    except ValidationError as refused:
        messages.error(request, " ".join(refused.messages))
        return None
    return to_circular(found)


def _asked(request: DeskRequest, found: Circular, form: MomentForm) -> HttpResponse:
    plan = plan_of(found)
    context = {
        "circular": found,
        "subject": _subject(found, plan),
        "kind": words.kind(found),
        "form": form,
        "plan": words.plan(plan),
        "mails": len(plan.mails),
        "letters": len(plan.letters),
        "written": spoken.number(len(plan.written)),
        "left_out": plan.left_out,
        "duration": words.duration(minutes_for(len(plan.mails))),
        "begins": spoken.moment(found.send_at) if found.send_at else "",
        "waits": waits_for_release(found, mailing_settings()),
        "may_ask": found.stage == Stage.DRAFT,
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "mailings/circulars/send.html", context, status=status)


def _subject(found: Circular, plan: Plan) -> str:
    """As the first recipient reads it."""
    first = next(iter(plan.written), None)
    return reading_for(first, found, dead_link()).subject if first else found.subject


def to_circular(found: Circular) -> HttpResponseRedirect:
    """Lead to its page."""
    return HttpResponseRedirect(reverse("mailings:circular", args=[found.pk]))


Deed = Callable[[DeskRequest, Circular], str]


def _asked_release(request: DeskRequest, found: Circular) -> str:
    releasing.ask_release(actor=request.actor, circular=found)
    return _("Now somebody else looks at it and releases it.")


def _released(request: DeskRequest, found: Circular) -> str:
    releasing.release(actor=request.actor, circular=found)
    return _("Released. It can be sent now.")


def _given_back(request: DeskRequest, found: Circular) -> str:
    releasing.give_back(actor=request.actor, circular=found)
    return _("It is a draft again.")


def _unscheduled(request: DeskRequest, found: Circular) -> str:
    sending.unschedule(actor=request.actor, circular=found)
    return _("Taken back. It is a draft again.")


def _paused(request: DeskRequest, found: Circular) -> str:
    sending.pause(actor=request.actor, circular=found)
    return _("Paused. Who has not been written to yet, waits.")


def _resumed(request: DeskRequest, found: Circular) -> str:
    sending.resume(actor=request.actor, circular=found)
    return _("The rest is being sent.")


def _sent_failed(request: DeskRequest, found: Circular) -> str:
    count = sending.send_failed(actor=request.actor, circular=found)
    told = ngettext("%(n)d mail is sent once more.", "%(n)d mails are sent once more.", count)
    return told % {"n": count}


def _tested(request: DeskRequest, found: Circular) -> str:
    """As the one reads it whose preview was on the page."""
    readers = plan_of(found).readers
    wanted = request.POST.get(READER, "")
    one = next((one for one in readers if str(one.contact.pk) == wanted), None)
    if one is None and not readers:
        raise ValidationError(_("Nobody is chosen to write to."))
    sending.send_test(
        actor=request.actor, circular=found, to=request.user.email, as_read_by=one or readers[0]
    )
    return _("The test is on its way to %(address)s.") % {"address": request.user.email}


DEEDS: dict[str, Deed] = {
    "freigabe-erbitten": _asked_release,
    "freigeben": _released,
    "zurueckgeben": _given_back,
    "planung-zuruecknehmen": _unscheduled,
    "unterbrechen": _paused,
    "weiter": _resumed,
    "noch-einmal": _sent_failed,
    "probe": _tested,
}


@require_POST
@members_only(Right.WRITE_TO_MANY)
def do(request: DeskRequest, circular_id: UUID, deed: str) -> HttpResponse:
    """One of the deeds that need no further question."""
    found = circular_or_404(request.actor, circular_id)
    if deed not in DEEDS:
        raise Http404
    try:
        messages.success(request, DEEDS[deed](request, found))
    except NotNow:
        messages.info(request, _("That is not possible any more: something has changed meanwhile."))
    except ValidationError as refused:
        messages.error(request, " ".join(refused.messages))
    return to_circular(found)


@require_POST
@members_only(Right.WRITE_TO_MANY)
def follow_up(request: DeskRequest, circular_id: UUID) -> HttpResponse:
    """Begin a reminder for those who have not answered."""
    found = circular_or_404(request.actor, circular_id)
    try:
        draft = sending.follow_up(actor=request.actor, circular=found)
    except NotNow:
        messages.info(request, _("Nobody has been written to yet."))
        return to_circular(found)
    messages.success(
        request, _("Here is a reminder. Nobody gets it before you have looked at it and sent it.")
    )
    return HttpResponseRedirect(reverse("mailings:circular_edit", args=[draft.pk]))


@require_POST
@members_only(Right.WRITE_TO_MANY)
def by_letter(request: DeskRequest, circular_id: UUID) -> HttpResponse:
    """Whose mail came back gets a letter: lead to where letters are printed."""
    found = circular_or_404(request.actor, circular_id)
    try:
        count = write_by_letter(actor=request.actor, circular=found)
    except NotNow:
        messages.info(request, _("That is not possible any more: something has changed meanwhile."))
        return to_circular(found)
    told = ngettext(
        "%(n)d letter more waits to be printed.", "%(n)d letters more wait to be printed.", count
    )
    messages.success(request, told % {"n": count})
    return HttpResponseRedirect(reverse("mailings:letters", args=[found.pk]))


@require_http_methods(["GET", "HEAD", "POST"])
@members_only(Right.WRITE_TO_MANY)
def stop(request: DeskRequest, circular_id: UUID) -> HttpResponse:
    """Ask first, then end it for good."""
    found = circular_or_404(request.actor, circular_id)
    if request.method != "POST":
        return render(request, "mailings/circulars/stop.html", {"circular": found})
    try:
        sending.stop(actor=request.actor, circular=found)
        messages.success(request, _("Ended. Whoever was not written to yet, gets nothing."))
    except NotNow:
        messages.info(request, _("That is not possible any more: something has changed meanwhile."))
    return to_circular(found)
