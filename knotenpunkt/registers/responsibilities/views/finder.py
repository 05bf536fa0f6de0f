"""The contact finder: "Who answers for what?", for everybody and with more for who is signed in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from knotenpunkt.design.texts import isolated
from knotenpunkt.foundation.accounts.actors import ANYONE, Actor
from knotenpunkt.foundation.accounts.gate import DeskRequest, members_only
from knotenpunkt.foundation.accounts.rights import Right
from knotenpunkt.foundation.networks.page_cache import cacheable
from knotenpunkt.foundation.networks.views import NetworkRequest
from knotenpunkt.registers.offers.forms import age_choices
from knotenpunkt.registers.offers.queries import topics
from knotenpunkt.registers.offers.wishes import age_in_address
from knotenpunkt.registers.responsibilities import asking, queries, rules, wording
from knotenpunkt.registers.responsibilities.asking import FAMILY, PROFESSIONAL, WHO, Asked
from knotenpunkt.registers.responsibilities.models import Duty, Responsibility

PART = "responsibilities/_found.html"


@require_safe
def finder(request: NetworkRequest) -> HttpResponse:
    """For families and professionals, with what each contact released to everybody.

    Nobody is recognised here, so the page is the same for all and needs no session.
    """
    context = _context(request, ANYONE, FAMILY)
    page = PART if request.headers.get("HX-Request") else "responsibilities/finder.html"
    answer = render(request, page, context)
    answer["Vary"] = "HX-Request"
    cacheable(request)
    return answer


@require_safe
@members_only()
def desk_finder(request: DeskRequest) -> HttpResponse:
    """The same for those who are signed in: direct lines, and the advisers on child protection."""
    context = _context(request, request.actor, PROFESSIONAL)
    context["may_keep"] = request.actor.may(Right.READ_INTERNAL)
    context["isef_url"] = f"?wer={PROFESSIONAL}&thema={Duty.ISEF}"
    return render(request, "responsibilities/desk_finder.html", context)


def _context(request: NetworkRequest, actor: Actor, who: str) -> dict[str, Any]:
    known, today = topics(), timezone.localdate()
    asked = asking.read(
        request.GET.dict(), near_area_keys=request.network.area_keys, topics=known, who=who
    )
    those = queries.shown(actor, today)
    regions = queries.regions()
    found = queries.answering(those, asked.question, regions)
    circle, for_whom = rules.circle_of(actor), WHO[asked.who]
    cards = wording.cards(found, circle=circle, for_whom=for_whom)
    return {
        "asked": asked,
        "cards": cards,
        "head": _head(asked, len(cards), asking.topic_name(asked.topic, known)),
        "is_isef": asked.topic == Duty.ISEF,
        "is_for_professionals": asked.who == PROFESSIONAL,
        "who": _who(asked, those),
        "topics": asking.choices(those, known, for_whom),
        "ages": age_choices(asked.age_months),
        "age": age_in_address(asked.age_months),
        "suggest_url": reverse("areas:suggestions"),
        "base": request.path,
    }


def _who(asked: Asked, those: Sequence[Responsibility]) -> list[dict[str, Any]]:
    """Who asks, as two ways into the same page; ages stand there as the responsibilities say."""
    labels = {FAMILY: _("I am a parent or relative"), PROFESSIONAL: _("I work with families")}
    return [
        {
            "value": key,
            "label": label,
            "note": wording.span(those, WHO[key]),
            "url": asked.address(wer=key, thema=""),
            "current": asked.who == key,
        }
        for key, label in labels.items()
    ]


def _head(asked: Asked, count: int, topic: str) -> str:
    """ "3 Ansprechpartner zu Schwangerschaft in 09599 Freiberg"."""
    parts = [wording.count(count)]
    if topic:
        parts.append(_("on “%(topic)s”") % {"topic": topic})
    if asked.place:
        parts.append(_("in %(place)s") % {"place": isolated(asked.place.label)})
    return " ".join(parts)
