"""One join-in at the desk: as families see it, and what becomes of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from knotenpunkt.activities.campaigns.actions.deciding import (
    approve,
    ask_back,
    refuse,
    undo,
    withdraw,
)
from knotenpunkt.activities.campaigns.actions.looking_back import take_lookback
from knotenpunkt.activities.campaigns.desk.frame import campaign_frame, campaign_or_404
from knotenpunkt.activities.campaigns.forms.join_ins import AnswerForm
from knotenpunkt.activities.campaigns.messages import join_ins as letters
from knotenpunkt.activities.campaigns.models import JoinIn, JoinInState
from knotenpunkt.activities.campaigns.queries.join_ins import (
    change_of,
    did_a_moment_ago,
    get_join_in,
)
from knotenpunkt.activities.campaigns.rules.join_ins import is_over, is_within
from knotenpunkt.activities.campaigns.views.join_ins import picture_response, poster_response
from knotenpunkt.activities.campaigns.wording import join_ins as wording
from knotenpunkt.activities.campaigns.wording.join_ins_desk import SHAPES, STATES, told
from knotenpunkt.foundation.accounts.actors import Actor
from knotenpunkt.foundation.accounts.gate import DeskRequest, members_only
from knotenpunkt.foundation.accounts.kept_input import typed
from knotenpunkt.foundation.accounts.rights import Right
from knotenpunkt.foundation.core import spoken
from knotenpunkt.registers.offers.wording import german
from knotenpunkt.tools.mail.frames import framed
from knotenpunkt.tools.mail.queries import mail_is_set_up
from knotenpunkt.tools.mail.reading import foot, parts

APPROVE, ASK, REFUSE = "freigeben", "zurueckfragen", "ablehnen"
LOOK, SEND = "ansehen", "senden"
LINK_IN_PREVIEW = "https://example.org/"
SEEN = "gesehen"


def join_in_or_404(request: DeskRequest, campaign_id: UUID, join_in_id: UUID) -> JoinIn:
    """The fetch is the gate."""
    try:
        return get_join_in(request.actor, campaign_id, join_in_id)
    except JoinIn.DoesNotExist as missing:
        raise Http404 from missing


@require_http_methods(["GET", "HEAD", "POST"])
@members_only(Right.READ_INTERNAL)
def join_in(request: DeskRequest, campaign_id: UUID, join_in_id: UUID) -> HttpResponse:
    """Everything about one; its buttons undo, withdraw, or take the picture of how it was."""
    one = join_in_or_404(request, campaign_id, join_in_id)
    if request.method == "POST":
        request.actor.must(Right.RUN_CAMPAIGNS)
        return _done(request, one, request.POST.get("tun", ""))
    state = JoinInState(one.state)
    now = timezone.now()
    context = _frame(request, one) | {
        "page": wording.shown(one, _picture(one), is_over=is_over(one, now)),
        "shape": SHAPES[state],
        "label": STATES[state],
        "waits": state == JoinInState.REPORTED,
        "is_approved": state == JoinInState.APPROVED,
        "is_over": is_over(one, now),
        "is_outside": not is_within(one.campaign, one.starts_at, one.ends_at),
        "reported": spoken.moment(one.reported_at),
        "whom": _whom(one),
        "differences": _differences(one),
        "change": change_of(one) if one.replaces_id is None else None,
        "page_url": wording.url(one),
        "poster_url": reverse("campaigns:desk_join_in_poster", args=[one.campaign_id, one.pk]),
        "lookback_url": _file_url(one, one.small_lookback_id),
        "seen": f"?{SEEN}={_state_of(one)}",
    }
    return render(request, "campaigns/join_ins/detail.html", context)


def _state_of(one: JoinIn) -> str:
    """Changes with every change: whoever reported it may do so until it is over."""
    return str(int(one.changed_at.timestamp() * 1_000_000))


def _frame(request: DeskRequest, one: JoinIn) -> dict[str, Any]:
    return campaign_frame(request, one.campaign, "campaigns:join_ins") | {
        "join_in": one,
        "list_url": reverse("campaigns:join_ins", args=[one.campaign_id]),
        "detail_url": _url(one),
    }


def _whom(one: JoinIn) -> dict[str, str]:
    """Who reported it, and how they are reached."""
    contact = one.contact
    if contact is None:
        return {"name": "", "email": "", "phone": ""}
    phone = next((each.shown for each in contact.phones.all()), "")
    return {"name": contact.name or contact.function, "email": contact.email, "phone": phone}


def _picture(one: JoinIn) -> wording.Picture | None:
    """At the desk's own address, because nobody else may see it yet."""
    if not one.picture_id or not one.small_picture_id:
        return None
    return wording.Picture(
        url=_file_url(one, one.small_picture_id),
        large_url=_file_url(one, one.picture_id),
        alt=german(one.picture_alt),
        credit=german(one.picture_credit),
    )


def _file_url(one: JoinIn, file_id: UUID | None) -> str:
    if file_id is None:
        return ""
    return reverse("campaigns:desk_join_in_picture", args=[one.campaign_id, one.pk, file_id])


def _differences(one: JoinIn) -> list[dict[str, str]]:
    """What a change would change, old beside new."""
    if one.replaces is None:
        return []
    old, new = told(one.replaces), told(one)
    return [
        {"label": label, "old": old[label], "new": new[label]}
        for label in new
        if old[label] != new[label]
    ]


def _done(request: DeskRequest, one: JoinIn, deed: str) -> HttpResponse:
    is_change = one.replaces_id is not None
    if deed == "zuruecknehmen" and one.state in (JoinInState.APPROVED, JoinInState.REFUSED):
        undo(actor=request.actor, join_in=one)
        messages.success(request, _("Taken back: it waits for a decision again."))
    elif deed == "zurueckziehen" and one.state != JoinInState.WITHDRAWN:
        withdraw(actor=request.actor, join_in=one)
        messages.success(request, _("Withdrawn. Families do not find it any more."))
    elif deed == "wieder" and one.state == JoinInState.WITHDRAWN:
        undo(actor=request.actor, join_in=one)
        messages.success(request, _("It waits for a decision again."))
    elif deed == "rueckblick" and take_lookback(actor=request.actor, join_in=one):
        messages.success(request, _("The picture is among those of the campaign's review now."))
    if is_change:  # it went with its withdrawal
        return HttpResponseRedirect(reverse("campaigns:join_ins", args=[one.campaign_id]))
    return HttpResponseRedirect(_url(one))


def _url(one: JoinIn) -> str:
    return reverse("campaigns:desk_join_in", args=[one.campaign_id, one.pk])


@dataclass(frozen=True, slots=True)
class Deed:
    """One of the three answers: its words, its mail, and what it does."""

    title: Any
    lead: Any
    button: Any
    without_mail: Any
    done: Any
    needs_words: bool
    recorded: str
    letter: Callable[[JoinIn, str], letters.Letter]
    do: Callable[[Actor, JoinIn, str], object]


DEEDS = {
    APPROVE: Deed(
        title=gettext_lazy("Show it to everybody"),
        lead=gettext_lazy("Families find it on the page of the campaign from now on."),
        button=gettext_lazy("Show it and send the mail"),
        without_mail=gettext_lazy("Show it"),
        done=gettext_lazy("It is shown now."),
        needs_words=False,
        recorded="campaigns.approve_join_in",
        letter=letters.approved,
        do=lambda actor, one, words: approve(actor=actor, join_in=one, answer=words),
    ),
    ASK: Deed(
        title=gettext_lazy("Ask back"),
        lead=gettext_lazy("It goes on waiting. The question also stands on the personal page."),
        button=gettext_lazy("Send the question"),
        without_mail=gettext_lazy("Keep the question"),
        done=gettext_lazy("The question is on its way."),
        needs_words=True,
        recorded="campaigns.ask_about_join_in",
        letter=lambda one, words: letters.asked(one, words, LINK_IN_PREVIEW),
        do=lambda actor, one, words: ask_back(actor=actor, join_in=one, question=words),
    ),
    REFUSE: Deed(
        title=gettext_lazy("Do not show it"),
        lead=gettext_lazy("Families do not see it. Please say kindly why."),
        button=gettext_lazy("Do not show it and send the mail"),
        without_mail=gettext_lazy("Do not show it"),
        done=gettext_lazy("It is not shown."),
        needs_words=True,
        recorded="campaigns.refuse_join_in",
        letter=letters.refused,
        do=lambda actor, one, words: refuse(actor=actor, join_in=one, answer=words),
    ),
}


@require_http_methods(["GET", "HEAD", "POST"])
@members_only(Right.RUN_CAMPAIGNS)
def answer(request: DeskRequest, campaign_id: UUID, join_in_id: UUID, deed: str) -> HttpResponse:
    """Decide about what was seen, with the mail as it will be sent in sight."""
    one = join_in_or_404(request, campaign_id, join_in_id)
    if deed not in DEEDS:
        raise Http404
    if _is_second_click(request, one, deed):
        messages.success(request, DEEDS[deed].done)
        return HttpResponseRedirect(reverse("campaigns:join_ins", args=[one.campaign_id]))
    if one.state != JoinInState.REPORTED:
        messages.info(request, _("This was decided in the meantime."))
        return HttpResponseRedirect(_url(one))
    if request.GET.get(SEEN, _state_of(one)) != _state_of(one):
        messages.warning(request, _("Something has changed meanwhile. Please look again."))
        return HttpResponseRedirect(_url(one))
    chosen, data = DEEDS[deed], typed(request)
    form = AnswerForm(data, needs_words=chosen.needs_words)
    if request.method == "POST" and request.POST.get("tun") == SEND and form.is_valid():
        chosen.do(request.actor, one, form.cleaned_data["answer"])
        messages.success(request, chosen.done)
        return HttpResponseRedirect(reverse("campaigns:join_ins", args=[one.campaign_id]))
    if request.POST.get("tun") != SEND:
        form = AnswerForm(initial=data.dict() if data else None, needs_words=chosen.needs_words)
    return _ask(request, one, chosen, form, data.get("answer", "") if data else "")


def _is_second_click(request: DeskRequest, one: JoinIn, deed: str) -> bool:
    """The first one did it: there is nothing left to do, and nothing to be told but that."""
    if request.method != "POST" or request.POST.get("tun") != SEND:
        return False
    return did_a_moment_ago(request.actor, one, DEEDS[deed].recorded)


def _ask(
    request: DeskRequest, one: JoinIn, deed: Deed, form: AnswerForm, words: str
) -> HttpResponse:
    letter = deed.letter(one, words or _("(your words)") if deed.needs_words else words)
    goes = bool(one.contact and one.contact.email)
    frame = framed(request.network)
    context = _frame(request, one) | {
        "deed": deed,
        "form": form,
        "to": one.contact.email if one.contact else "",
        "goes": goes and mail_is_set_up(),
        "has_address": goes,
        "subject": letter.subject,
        "parts": parts(letter.text, leads=False),
        "foot": foot(frame, leads=False),
    }
    status = 422 if form.errors else 200
    return render(request, "campaigns/join_ins/answer.html", context, status=status)


@require_safe
@members_only(Right.READ_INTERNAL)
def picture(
    request: DeskRequest, campaign_id: UUID, join_in_id: UUID, file_id: UUID
) -> HttpResponse:
    """A picture of one, before and after it is shown."""
    one = join_in_or_404(request, campaign_id, join_in_id)
    own = {one.picture_id, one.small_picture_id, one.lookback_id, one.small_lookback_id}
    if file_id not in own:
        raise Http404
    return picture_response(file_id)


@require_safe
@members_only(Right.READ_INTERNAL)
def poster(request: DeskRequest, campaign_id: UUID, join_in_id: UUID) -> HttpResponse:
    """The poster, also beforehand. Its code leads somewhere only once it is shown."""
    campaign_or_404(request, campaign_id)
    return poster_response(request, join_in_or_404(request, campaign_id, join_in_id))
