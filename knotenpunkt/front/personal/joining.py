"""Join-ins on the personal page: report one, see where it stands, change it, say how it was."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from knotenpunkt.activities.campaigns.actions.deciding import withdraw
from knotenpunkt.activities.campaigns.actions.join_ins import Closed, change_join_in, report_join_in
from knotenpunkt.activities.campaigns.actions.looking_back import look_back
from knotenpunkt.activities.campaigns.forms.join_ins import JoinInForm, LookBackForm
from knotenpunkt.activities.campaigns.models import Campaign, JoinIn, JoinInState
from knotenpunkt.activities.campaigns.queries.campaigns import campaigns_open_for
from knotenpunkt.activities.campaigns.queries.join_ins import join_ins_of
from knotenpunkt.activities.campaigns.rules.deadlines import takes_join_ins
from knotenpunkt.activities.campaigns.rules.join_ins import is_over, may_be_changed
from knotenpunkt.activities.campaigns.views.join_ins import picture_response, poster_response
from knotenpunkt.activities.campaigns.wording import join_ins as wording
from knotenpunkt.activities.campaigns.wording.join_ins_desk import SHAPES, STATES
from knotenpunkt.foundation.core import spoken
from knotenpunkt.foundation.networks.views import NetworkRequest
from knotenpunkt.front.personal.door import ACTOR, Visit, at_the_door

DONE = "getan"
REPORTED, CHANGED, SAME, WITHDRAWN, TAKEN_BACK, TOLD = (
    "gemeldet", "aktion-geaendert", "aktion-gleich", "zurueckgezogen", "aktion-zurueck", "erzaehlt",
)  # fmt: skip
SAID = {REPORTED, CHANGED, SAME, WITHDRAWN, TAKEN_BACK, TOLD}
LIKE = "wie"


@dataclass(frozen=True, slots=True)
class Mine:
    """One join-in of the visitor, as the page tells it."""

    join_in: JoinIn
    when: str
    where: str
    state: str
    label: str
    has_change: bool
    may_change: bool
    is_over: bool
    is_shown: bool
    page_url: str


@dataclass(frozen=True, slots=True)
class Joining:
    """A campaign in which join-ins can be reported, with those of the visitor."""

    campaign: Campaign
    period: str
    is_open: bool
    mine: Sequence[Mine]


def joinings(visit: Visit) -> list[Joining]:
    """Every campaign in which this contact can do or see something."""
    now = timezone.now()
    own = join_ins_of(visit.contact, visit.organisations)
    found = [
        Joining(
            campaign=one,
            period=_period(one),
            is_open=takes_join_ins(one, now),
            mine=[_mine(each) for each in own if each.campaign_id == one.pk],
        )
        for one in campaigns_open_for(visit.contact)
    ]
    return [one for one in found if one.is_open or one.mine]


def _period(campaign: Campaign) -> str:
    return _("from %(first)s to %(last)s") % {
        "first": spoken.full_date(campaign.starts_on),
        "last": spoken.full_date(campaign.ends_on),
    }


def _mine(one: JoinIn) -> Mine:
    now, state = timezone.now(), JoinInState(one.state)
    return Mine(
        join_in=one,
        when=wording.when(one),
        where=one.place.one_line if one.place else "",
        state=SHAPES[state],
        label=str(STATES[state]),
        has_change=_change(one) is not None,
        may_change=may_be_changed(one, now),
        is_over=is_over(one, now),
        is_shown=state == JoinInState.APPROVED,
        page_url=wording.url(one),
    )


def _change(one: JoinIn) -> JoinIn | None:
    return getattr(one, "change", None)


@at_the_door
def report(request: NetworkRequest, visit: Visit, campaign_id: UUID) -> HttpResponse:
    """Report a join-in; with ?wie=… one more date of another."""
    campaign = _campaign_or_404(visit, campaign_id)
    if not takes_join_ins(campaign, timezone.now()):
        return _closed(request, visit, campaign)
    like = _liked(request, visit, campaign)
    house = visit.contact.organisation.place
    form = JoinInForm(*_sent(request), house=house, like=like)
    if form.is_bound and form.is_valid():
        try:
            report_join_in(
                actor=ACTOR, campaign=campaign, draft=form.draft(), key=form.cleaned_data["key"],
                contact=visit.contact, by_partner=True, like=like,
            )  # fmt: skip
        except Closed:
            return _closed(request, visit, campaign)
        except ValidationError as refused:
            form.refuse(refused)
        else:
            return _back(visit, REPORTED)
    return _form(request, visit, campaign, form, like=like)


def _sent(request: NetworkRequest) -> tuple[Any, Any]:
    return (request.POST, request.FILES) if request.method == "POST" else (None, None)


def _liked(request: NetworkRequest, visit: Visit, campaign: Campaign) -> JoinIn | None:
    """Another one of the visitor that this shall be like."""
    wanted = request.GET.get(LIKE, "")
    own = join_ins_of(visit.contact, visit.organisations)
    return next(
        (one for one in own if str(one.pk) == wanted and one.campaign_id == campaign.pk), None
    )


@at_the_door
def change(request: NetworkRequest, visit: Visit, join_in_id: UUID) -> HttpResponse:
    """Change one. What is shown stays until the change is approved."""
    one = _own_or_404(visit, join_in_id)
    if not may_be_changed(one, timezone.now()):
        return _closed(request, visit, one.campaign)
    house = visit.contact.organisation.place
    form = JoinInForm(*_sent(request), house=house, present=_change(one) or one)
    if form.is_bound and form.is_valid():
        try:
            changed = change_join_in(
                actor=ACTOR, join_in=one, draft=form.draft(), key=form.cleaned_data["key"],
                by_partner=True,
            )  # fmt: skip
        except Closed:
            return _closed(request, visit, one.campaign)
        except ValidationError as refused:
            form.refuse(refused)
        else:
            is_same = changed == one and one.state == JoinInState.APPROVED
            return _back(visit, SAME if is_same else CHANGED)
    return _form(request, visit, one.campaign, form, present=one)


def _form(
    request: NetworkRequest,
    visit: Visit,
    campaign: Campaign,
    form: JoinInForm,
    *,
    present: JoinIn | None = None,
    like: JoinIn | None = None,
) -> HttpResponse:
    shown = _change(present) or present if present else like
    context = {
        "visit": visit,
        "campaign": campaign,
        "period": _period(campaign),
        "form": form,
        "mark": form.mark(),
        "join_in": present,
        "like": like,
        "is_shown": present is not None and present.state == JoinInState.APPROVED,
        "picture_url": _picture_url(visit, shown),
        "form_token": visit.form_token,
    }
    status = 422 if form.is_bound else 200
    return render(request, "personal/join_in.html", context, status=status)


def _picture_url(visit: Visit, one: JoinIn | None) -> str:
    if one is None or not one.small_picture_id:
        return ""
    return reverse("personal:join_in_picture", args=[visit.token, one.replaces_id or one.pk,
                                                     one.small_picture_id])  # fmt: skip


@at_the_door
def picture(request: NetworkRequest, visit: Visit, join_in_id: UUID, file_id: UUID) -> HttpResponse:
    """A picture that is not shown to everybody yet."""
    one = _own_or_404(visit, join_in_id)
    rows = [each for each in (one, _change(one)) if each is not None]
    if file_id not in {each.small_picture_id for each in rows}:
        raise Http404
    return picture_response(file_id)


@at_the_door
def take_away(request: NetworkRequest, visit: Visit, join_in_id: UUID) -> HttpResponse:
    """It does not take place; or a change is not wanted any more. Says first what it does."""
    one = _own_or_404(visit, join_in_id)
    if request.method == "POST":
        only_change = request.POST.get("was") == "aenderung"
        target = _change(one) if only_change else one
        if target is not None:
            withdraw(actor=ACTOR, join_in=target)
        return _back(visit, TAKEN_BACK if only_change else WITHDRAWN)
    context = {
        "visit": visit, "mine": _mine(one), "form_token": visit.form_token,
    }  # fmt: skip
    return render(request, "personal/join_in_withdraw.html", context)


@at_the_door
def afterwards(request: NetworkRequest, visit: Visit, join_in_id: UUID) -> HttpResponse:
    """How many came, and perhaps a picture of it."""
    one = _own_or_404(visit, join_in_id)
    if one.state != JoinInState.APPROVED or one.starts_at > timezone.now():
        raise Http404
    initial = {
        "key": str(one.pk), "visitors": one.visitors, "lookback_alt": one.lookback_alt,
        "lookback_credit": one.lookback_credit,
    }  # fmt: skip
    form = LookBackForm(*_sent(request), initial=initial)
    if form.is_bound and form.is_valid():
        told = form.cleaned_data
        look_back(
            actor=ACTOR, join_in=one, visitors=told["visitors"], picture=form.picture(),
            alt=told["lookback_alt"], credit=told["lookback_credit"],
        )  # fmt: skip
        return _back(visit, TOLD)
    context = {
        "visit": visit, "mine": _mine(one), "form": form, "mark": form.mark(),
        "has_picture": bool(one.lookback_id), "form_token": visit.form_token,
    }  # fmt: skip
    status = 422 if form.is_bound else 200
    return render(request, "personal/join_in_afterwards.html", context, status=status)


@at_the_door
def poster(request: NetworkRequest, visit: Visit, join_in_id: UUID) -> HttpResponse:
    """The poster of one that is shown."""
    one = _own_or_404(visit, join_in_id)
    if one.state != JoinInState.APPROVED:
        raise Http404
    return poster_response(request, one)


def _campaign_or_404(visit: Visit, campaign_id: UUID) -> Campaign:
    """One in which this contact can do something now."""
    found = [one for one in campaigns_open_for(visit.contact) if one.pk == campaign_id]
    if not found:
        raise Http404
    return found[0]


def _own_or_404(visit: Visit, join_in_id: UUID) -> JoinIn:
    """What the visitor or somebody of their houses reported; 404 for every other."""
    own = join_ins_of(visit.contact, visit.organisations)
    found = next((one for one in own if one.pk == join_in_id), None)
    if found is None:
        raise Http404
    return found


def _closed(request: NetworkRequest, visit: Visit, campaign: Campaign) -> HttpResponse:
    context = {"visit": visit, "campaign": campaign}
    return render(request, "personal/join_in_closed.html", context, status=409)


def _back(visit: Visit, done: str) -> HttpResponse:
    page = reverse("personal:page", args=[visit.token])
    return HttpResponseRedirect(f"{page}?{DONE}={done}#mitmachen")
