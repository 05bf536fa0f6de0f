"""The public forms: for families and readers, without account or cookie."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from knotenpunkt.activities.inbox import actions, queries, wording
from knotenpunkt.activities.inbox.forms import CallForm, HintForm
from knotenpunkt.activities.inbox.rules import KEPT, answer_until, speaks_of_danger
from knotenpunkt.foundation.accounts.actors import ANYONE
from knotenpunkt.foundation.core.brakes import Brake
from knotenpunkt.foundation.core.public_forms import PublicForm, comes_from_here, new_token
from knotenpunkt.foundation.core.visitors import visitor_address
from knotenpunkt.foundation.networks.addresses import address
from knotenpunkt.foundation.networks.views import NetworkRequest
from knotenpunkt.registers.offers.danger import danger_in
from knotenpunkt.registers.offers.models import Offer
from knotenpunkt.registers.offers.queries import told_with_signature

UNTIL = "bis"
OF_ONE_VISITOR = Brake("inbox.visitor", limit=8, seconds=3600)
# Whoever changes addresses all the time meets this one.
OF_ALL_VISITORS = Brake("inbox.network", limit=80, seconds=3600)


@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters()
def call(request: NetworkRequest, offer_id: UUID | None = None) -> HttpResponse:
    """ "Bitte rufen Sie mich an". Without cookie: the form carries a signed time instead."""
    offer = _offer(offer_id) if offer_id else None
    form = CallForm(
        request.POST if request.method == "POST" else None,
        language=request.LANGUAGE_CODE,
        initial={"token": new_token()},
    )
    until = _promise(request)
    context = {"form": form, "offer": offer, "until": wording.promised_day(until)}
    if refused := _refusal(request, form):
        return render(request, "inbox/call.html", context | {"refused": True}, status=refused)
    if not form.is_bound or form.errors:
        return render(request, "inbox/call.html", context)
    draft = _draft(form)
    actions.ask_for_call(
        actor=ANYONE, network=request.network, offer=offer, draft=draft, link=_desk(request)
    )
    # Never what stands in an earlier request of this number: whoever knows somebody's number
    # could learn from it that they asked for help.
    if speaks_of_danger(draft.text):
        # Said at once and only here: the address of a page is kept by the browser.
        return _thanks(request, until, draft.text)
    query = urlencode({UNTIL: timezone.localdate(until).isoformat()})
    return HttpResponseRedirect(f"{reverse('inbox:call_thanks')}?{query}")


def _draft(form: CallForm) -> actions.CallDraft:
    told = form.cleaned_data
    return actions.CallDraft(
        phone=told["phone"], name=told["name"], text=told["text"], daytimes=told["daytimes"],
        language=told["language"],
    )  # fmt: skip


@require_safe
def call_thanks(request: NetworkRequest) -> HttpResponse:
    """Who calls until when. The address holds that day and nothing of the family."""
    return _thanks(request, _promised(request) or _promise(request))


def _thanks(request: NetworkRequest, until: datetime, told: str = "") -> HttpResponse:
    context = {"until": wording.promised_day(until), **_danger(request, told)}
    return render(request, "inbox/call_thanks.html", context)


def _danger(request: NetworkRequest, told: str) -> dict[str, Any]:
    danger = danger_in(told, land=request.network.land, page_language=request.LANGUAGE_CODE)
    return told_with_signature(danger)


def _promise(request: NetworkRequest) -> datetime:
    network = request.network
    return answer_until(timezone.now(), network.answer_days, network.land)


def _promised(request: NetworkRequest) -> datetime | None:
    """The day in the address, as long as it is one that we would promise now or lately."""
    try:
        wanted = date.fromisoformat(request.GET.get(UNTIL, ""))
    except ValueError:
        return None
    latest = _promise(request)
    if not latest.date() - KEPT <= wanted <= latest.date():
        return None
    return latest.replace(year=wanted.year, month=wanted.month, day=wanted.day)


@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters()
def hint(request: NetworkRequest, offer_id: UUID) -> HttpResponse:
    """ "Stimmt etwas nicht?"."""
    offer = _offer(offer_id)
    form = HintForm(
        request.POST if request.method == "POST" else None, initial={"token": new_token()}
    )
    context = {"form": form, "offer": offer}
    if refused := _refusal(request, form):
        return render(request, "inbox/hint.html", context | {"refused": True}, status=refused)
    if not form.is_bound or form.errors:
        return render(request, "inbox/hint.html", context)
    told = form.cleaned_data
    actions.leave_hint(
        actor=ANYONE, network=request.network, offer=offer, text=told["text"],
        reply_to=told["reply_to"], link=_desk(request),
    )  # fmt: skip
    return HttpResponseRedirect(reverse("inbox:hint_thanks", kwargs={"offer_id": offer.pk}))


@require_safe
def hint_thanks(request: NetworkRequest, offer_id: UUID) -> HttpResponse:
    """What happens with a hint."""
    return render(request, "inbox/hint_thanks.html", {"offer": _offer(offer_id)})


def _desk(request: NetworkRequest) -> str:
    """Where those who answer read on, in German as their mail."""
    return request.build_absolute_uri(address(request.network, "inbox:list"))


def _offer(offer_id: UUID) -> Offer:
    offer = queries.asked_about(offer_id)
    if offer is None:
        raise Http404
    return offer


def _refusal(request: NetworkRequest, form: PublicForm) -> int:
    """The status of a form that is not taken now, with a word to its sender; 0 when it is."""
    if not form.is_bound:
        return 0
    if not comes_from_here(request):
        form.add_error(None, _("Please send the form from this page."))
        return 403
    if not form.errors and _too_often(request):
        form.add_error(None, _("Too many came from here in the last hour. Please call us instead."))
        return 429
    return 0


def _too_often(request: NetworkRequest) -> bool:
    slug = request.network.slug
    return OF_ONE_VISITOR.holds(f"{slug} {visitor_address(request)}") or OF_ALL_VISITORS.holds(slug)
