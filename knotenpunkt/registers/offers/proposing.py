"""Answers the finder's field while somebody types. Sets no cookie, writes and counts nothing."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from knotenpunkt.design.texts import TextIn
from knotenpunkt.foundation.networks.page_cache import cacheable
from knotenpunkt.foundation.networks.views import NetworkRequest
from knotenpunkt.registers.offers.suggesting import Kind, Proposal, proposals

ICONS = {
    Kind.TOPIC: "tag",
    Kind.WORD: "search",
    Kind.OWN_WORD: "search",
    Kind.OFFER: "heart",
    Kind.PLACE: "pin",
}


@dataclass(frozen=True, slots=True)
class Option:
    """One line below the field: where it leads, what it is, and what it has to do with it."""

    url: str
    icon: str
    text: str
    hint: str


@require_safe
def suggestions(request: NetworkRequest) -> HttpResponse:
    """Options for what was typed so far (?q=), as the list that the field unfolds."""
    cacheable(request)
    found = proposals(request.GET.get("q", ""), request.network.area_keys)
    options = [_option(one) for one in found]
    return render(request, "offers/_suggestions.html", {"options": options, "told": _told(options)})


def _told(options: list[Option]) -> str:
    """How many there are, for those who do not see them."""
    if not options:
        return ""
    counted = ngettext("%(n)d suggestion", "%(n)d suggestions", len(options)) % {"n": len(options)}
    return _("%(suggestions)s. Choose with the arrow keys.") % {"suggestions": counted}


def _option(one: Proposal) -> Option:
    text = TextIn(one.text, one.language) if one.language else one.text
    return Option(_url(one), ICONS[one.kind], text, _hint(one))


def _url(one: Proposal) -> str:
    if one.kind is Kind.OFFER:
        return reverse("offers:detail", kwargs={"offer_id": one.key})
    wish = {"q": one.text}
    if one.kind is Kind.TOPIC:
        wish = {"thema": one.key}
    elif one.kind is Kind.PLACE:
        wish = {"q": one.rest, "ort": one.text} if one.rest else {"ort": one.text}
    return f"{reverse('offers:finder')}?{urlencode(wish)}"


def _hint(one: Proposal) -> str:
    if one.kind is Kind.TOPIC:
        return _("Topic")
    if one.kind is Kind.OFFER:
        return _offer_hint(one.beside)
    if one.kind is Kind.PLACE:
        return _("Place, with “%(text)s”") % {"text": one.rest} if one.rest else _("Place")
    if one.kind is Kind.OWN_WORD:
        return _("means: %(meaning)s") % {"meaning": one.beside}
    same = one.beside in ("", one.text)
    return _("Search word") if same else _("belongs to “%(name)s”") % {"name": one.beside}


def _offer_hint(towns: str) -> str:
    if towns.count(",") > 1:
        return _("Offer in several places")
    return _("Offer: %(town)s") % {"town": towns} if towns else _("Offer")
