"""What the pages of one join-in fetch, and what stands around them."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from knotenpunkt.activities.campaigns.desk.frame import campaign_frame
from knotenpunkt.activities.campaigns.models import JoinIn
from knotenpunkt.activities.campaigns.queries.join_ins import get_join_in, what_became_of_change
from knotenpunkt.foundation.accounts.gate import DeskRequest

HERE = "campaigns:join_ins"
View = Callable[..., HttpResponse]


def with_join_in(view: View) -> View:
    """Hand the join-in of the address to the page: the fetch is the gate.

    A change that was decided about is gone; whoever comes later is told so and led on.
    """

    @wraps(view)
    def fetched(
        request: DeskRequest, campaign_id: UUID, join_in_id: UUID, **more: Any
    ) -> HttpResponse:
        try:
            one = get_join_in(request.actor, campaign_id, join_in_id)
        except JoinIn.DoesNotExist as missing:
            became = _became(request, join_in_id)
            if not became:
                raise Http404 from missing
            messages.info(request, became)
            return to_list(campaign_id)
        return view(request, one, **more)

    return fetched


def _became(request: DeskRequest, join_in_id: UUID) -> str:
    """What became of a change, in a sentence; "" for what never was one."""
    told = {
        "campaigns.approve_join_in": _("This change is taken over already. Families see it."),
        "campaigns.refuse_join_in": _("This change was declined already. All stays as it was."),
        "campaigns.take_back_change_of_join_in": _(
            "The partner has taken this change back. All stays as it was."
        ),
    }
    return told.get(what_became_of_change(request.actor, join_in_id), "")


def join_in_frame(request: DeskRequest, one: JoinIn) -> dict[str, Any]:
    """Tabs of the campaign, and the ways to the list and to this join-in."""
    return campaign_frame(request, one.campaign, HERE) | {
        "join_in": one,
        "list_url": reverse(HERE, args=[one.campaign_id]),
        "detail_url": join_in_url(one),
    }


def join_in_url(one: JoinIn) -> str:
    """Its page at the desk."""
    return reverse("campaigns:desk_join_in", args=[one.campaign_id, one.pk])


def file_url(one: JoinIn, file_id: UUID | None) -> str:
    """One of its pictures at the desk, where it is seen before everybody may; "" without one."""
    if file_id is None:
        return ""
    return reverse("campaigns:desk_join_in_picture", args=[one.campaign_id, one.pk, file_id])


def to_list(campaign_id: UUID) -> HttpResponse:
    """Back to all of them."""
    return HttpResponseRedirect(reverse(HERE, args=[campaign_id]))
