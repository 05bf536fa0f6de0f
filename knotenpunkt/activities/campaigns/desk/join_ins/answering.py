"""Showing a join-in, asking back or refusing it, with the mail in sight."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from knotenpunkt.activities.campaigns.actions.deciding import approve, ask_back, refuse
from knotenpunkt.activities.campaigns.desk.join_ins.deciding import SEEN, state_of
from knotenpunkt.activities.campaigns.desk.join_ins.fetching import (
    join_in_frame,
    join_in_url,
    to_list,
    with_join_in,
)
from knotenpunkt.activities.campaigns.forms.join_ins import AnswerForm
from knotenpunkt.activities.campaigns.messages import join_ins as letters
from knotenpunkt.activities.campaigns.models import JoinIn, JoinInState
from knotenpunkt.activities.campaigns.queries.join_ins import did_a_moment_ago
from knotenpunkt.foundation.accounts.actors import Actor
from knotenpunkt.foundation.accounts.gate import DeskRequest, members_only
from knotenpunkt.foundation.accounts.kept_input import typed
from knotenpunkt.foundation.accounts.rights import Right
from knotenpunkt.tools.mail.frames import framed
from knotenpunkt.tools.mail.queries import mail_is_set_up
from knotenpunkt.tools.mail.reading import foot, parts

APPROVE, ASK, REFUSE = "freigeben", "zurueckfragen", "ablehnen"
SEND = "senden"
LINK_IN_PREVIEW = "https://example.org/"


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

# What is said otherwise where something is shown already and a partner changes it.
OF_CHANGES = {
    **DEEDS,
    APPROVE: replace(
        DEEDS[APPROVE],
        title=gettext_lazy("Take over the change"),
        lead=gettext_lazy("Families read it as changed from now on."),
        button=gettext_lazy("Take over the change and send the mail"),
        without_mail=gettext_lazy("Take over the change"),
        done=gettext_lazy("The change is taken over."),
        letter=letters.taken_over,
    ),
    REFUSE: replace(
        DEEDS[REFUSE],
        title=gettext_lazy("Do not take over the change"),
        lead=gettext_lazy("What is shown so far stays. Please say kindly why."),
        button=gettext_lazy("Do not take it over and send the mail"),
        without_mail=gettext_lazy("Do not take over the change"),
        done=gettext_lazy("The change is not taken over. What was shown so far stays."),
    ),
}


@require_http_methods(["GET", "HEAD", "POST"])
@members_only(Right.RUN_CAMPAIGNS)
@with_join_in
def answer(request: DeskRequest, one: JoinIn, deed: str) -> HttpResponse:
    """Decide about what was seen, with the mail as it will be sent in sight."""
    if deed not in DEEDS:
        raise Http404
    chosen = (OF_CHANGES if one.replaces_id else DEEDS)[deed]
    if (led_on := _not_now(request, one, chosen)) is not None:
        return led_on
    data, sends = typed(request), request.POST.get("tun") == SEND
    if not sends:
        form = AnswerForm(initial=data.dict() if data else None, needs_words=chosen.needs_words)
        return _ask(request, one, chosen, form, _words(data))
    form = AnswerForm(data, needs_words=chosen.needs_words)
    if not form.is_valid():
        return _ask(request, one, chosen, form, _words(data))
    chosen.do(request.actor, one, form.cleaned_data["answer"])
    messages.success(request, chosen.done)
    return to_list(one.campaign_id)


def _words(data: QueryDict | None) -> str:
    return str(data.get("answer", "")) if data else ""


def _not_now(request: DeskRequest, one: JoinIn, deed: Deed) -> HttpResponse | None:
    """Where somebody is led who presses twice, or who has not seen how it stands now."""
    if _is_second_click(request, one, deed):
        messages.success(request, deed.done)
        return to_list(one.campaign_id)
    if one.state != JoinInState.REPORTED:
        messages.info(request, _("This was decided in the meantime."))
        return HttpResponseRedirect(join_in_url(one))
    if request.GET.get(SEEN, state_of(one)) != state_of(one):
        messages.warning(request, _("Something has changed meanwhile. Please look again."))
        return HttpResponseRedirect(join_in_url(one))
    return None


def _is_second_click(request: DeskRequest, one: JoinIn, deed: Deed) -> bool:
    """The first one did it: there is nothing left to do, and nothing to be told but that."""
    if request.method != "POST" or request.POST.get("tun") != SEND:
        return False
    return did_a_moment_ago(request.actor, one, deed.recorded)


def _ask(
    request: DeskRequest, one: JoinIn, deed: Deed, form: AnswerForm, words: str
) -> HttpResponse:
    letter = deed.letter(one, words or _("(your words)") if deed.needs_words else words)
    goes = bool(one.contact and one.contact.email)
    frame = framed(request.network, why=letters.why())
    context = join_in_frame(request, one) | {
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
