"""One join-in at the desk: as families see it, and what can be done with it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from knotenpunkt.activities.campaigns.actions.deciding import undo, withdraw
from knotenpunkt.activities.campaigns.actions.join_in_pictures import files_of
from knotenpunkt.activities.campaigns.actions.looking_back import take_lookback
from knotenpunkt.activities.campaigns.desk.join_ins.fetching import (
    file_url,
    join_in_frame,
    join_in_url,
    to_list,
    with_join_in,
)
from knotenpunkt.activities.campaigns.models import JoinIn, JoinInState
from knotenpunkt.activities.campaigns.queries.join_ins import change_of
from knotenpunkt.activities.campaigns.rules.join_ins import is_over, is_within
from knotenpunkt.activities.campaigns.views.join_ins import picture_response, poster_response
from knotenpunkt.activities.campaigns.wording import join_ins as wording
from knotenpunkt.activities.campaigns.wording.join_ins_desk import SHAPES, STATES, told
from knotenpunkt.foundation.accounts.gate import DeskRequest, members_only
from knotenpunkt.foundation.accounts.rights import Right
from knotenpunkt.foundation.core import spoken
from knotenpunkt.registers.offers.wording import german

SEEN = "gesehen"


@require_http_methods(["GET", "HEAD", "POST"])
@members_only(Right.READ_INTERNAL)
@with_join_in
def join_in(request: DeskRequest, one: JoinIn) -> HttpResponse:
    """Everything about one; its buttons undo, withdraw, or take the picture of how it was."""
    if request.method == "POST":
        request.actor.must(Right.RUN_CAMPAIGNS)
        return _done(request, one, request.POST.get("tun", ""))
    context = (
        join_in_frame(request, one)
        | _standing(one)
        | {
            "whom": _whom(one),
            "differences": _differences(one),
            "change": change_of(one) if one.replaces_id is None else None,
            "page_url": wording.url(one),
            "poster_url": reverse("campaigns:desk_join_in_poster", args=[one.campaign_id, one.pk]),
            "lookback_url": file_url(one, one.small_lookback_id),
            "seen": f"?{SEEN}={state_of(one)}",
        }
    )
    return render(request, "campaigns/join_ins/detail.html", context)


def _standing(one: JoinIn) -> dict[str, Any]:
    """How it stands, and as families see it."""
    state, over = JoinInState(one.state), is_over(one, timezone.now())
    return {
        "page": wording.shown(one, _picture(one), is_over=over),
        "shape": SHAPES[state],
        "label": STATES[state],
        "waits": state == JoinInState.REPORTED,
        "is_approved": state == JoinInState.APPROVED,
        "is_over": over,
        "is_outside": not is_within(one.campaign, one.starts_at, one.ends_at),
        "reported": spoken.moment(one.reported_at),
    }


def state_of(one: JoinIn) -> str:
    """Changes with every change: whoever reported it may do so until it is over."""
    return str(int(one.changed_at.timestamp() * 1_000_000))


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
        url=file_url(one, one.small_picture_id),
        large_url=file_url(one, one.picture_id),
        alt=german(one.picture_alt),
        credit=german(one.picture_credit),
    )


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
    if deed in DEEDS and (said := DEEDS[deed](request, one)):
        messages.success(request, said)
    # A change goes with its withdrawal.
    return to_list(one.campaign_id) if one.replaces_id else HttpResponseRedirect(join_in_url(one))


def _undo(request: DeskRequest, one: JoinIn) -> str:
    if one.state not in (JoinInState.APPROVED, JoinInState.REFUSED):
        return ""
    undo(actor=request.actor, join_in=one)
    return _("Taken back: it waits for a decision again.")


def _withdraw(request: DeskRequest, one: JoinIn) -> str:
    if one.state == JoinInState.WITHDRAWN:
        return ""
    is_change = one.replaces_id is not None
    withdraw(actor=request.actor, join_in=one)
    if is_change:
        return _("The change is taken back. All stays as it was.")
    return _("Withdrawn. Families do not find it any more.")


def _bring_back(request: DeskRequest, one: JoinIn) -> str:
    if one.state != JoinInState.WITHDRAWN:
        return ""
    undo(actor=request.actor, join_in=one)
    return _("It waits for a decision again.")


def _take_lookback(request: DeskRequest, one: JoinIn) -> str:
    if take_lookback(actor=request.actor, join_in=one) is None:
        return ""
    return _("The picture is among those of the campaign's looking back now.")


# What each button does, and what is said then; "" where there was nothing to do.
DEEDS: dict[str, Callable[[DeskRequest, JoinIn], str]] = {
    "zuruecknehmen": _undo,
    "zurueckziehen": _withdraw,
    "wieder": _bring_back,
    "rueckblick": _take_lookback,
}


@require_safe
@members_only(Right.READ_INTERNAL)
@with_join_in
def picture(request: DeskRequest, one: JoinIn, file_id: UUID) -> HttpResponse:
    """A picture of one, before and after it is shown."""
    if file_id not in files_of(one):
        raise Http404
    return picture_response(file_id)


@require_safe
@members_only(Right.READ_INTERNAL)
@with_join_in
def poster(request: DeskRequest, one: JoinIn) -> HttpResponse:
    """The poster, also beforehand. Its code leads somewhere only once it is shown."""
    return poster_response(request, one)
