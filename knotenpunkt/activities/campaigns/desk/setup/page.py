"""The step about the public page: its words, and a list of what else it shows."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.forms import formset_factory
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from knotenpunkt.activities.campaigns.actions.campaigns import highlight_offers
from knotenpunkt.activities.campaigns.actions.page import set_links
from knotenpunkt.activities.campaigns.desk.frame import campaign_or_404
from knotenpunkt.activities.campaigns.desk.setup.picking import SEARCH, picker
from knotenpunkt.activities.campaigns.desk.setup.steps import (
    leave,
    saved,
    show,
    unconfirmed,
    url_of,
)
from knotenpunkt.activities.campaigns.desk.ticked import ids_of
from knotenpunkt.activities.campaigns.forms.setup import LinkForm, PageForm
from knotenpunkt.activities.campaigns.models import Campaign
from knotenpunkt.activities.campaigns.queries.candidates import offers
from knotenpunkt.activities.campaigns.rules.drafts import draft_of
from knotenpunkt.foundation.accounts.gate import DeskRequest, members_only
from knotenpunkt.foundation.accounts.kept_input import typed
from knotenpunkt.foundation.accounts.rights import Right
from knotenpunkt.foundation.core.spoken import number
from knotenpunkt.registers.offers.models import Offer

running = members_only(Right.RUN_CAMPAIGNS)
form_page = require_http_methods(["GET", "HEAD", "POST"])
FIELDS = ("description", "slug", "public_orders", "press_text")
MOST_LINKS = 12


@form_page
@running
def page(request: DeskRequest, campaign_id: UUID) -> HttpResponse:
    """What the page says."""
    campaign = campaign_or_404(request, campaign_id)
    form = PageForm(typed(request), initial={name: getattr(campaign, name) for name in FIELDS})
    ask: Any = None
    if request.method == "POST" and form.is_valid():
        draft = replace(draft_of(campaign), **form.cleaned_data)
        ask = unconfirmed(request, campaign, draft)
        if ask is None and saved(request, campaign, draft, form):
            return leave(request, campaign, "page")
    context = {
        "form": form,
        "parts": _parts(campaign),
        "preview_url": reverse("campaigns:preview", args=[campaign.pk]),
        "address": request.build_absolute_uri(reverse("campaigns:public", args=[campaign.slug])),
        **(ask or {}),
    }
    return show(request, campaign, "page", "campaigns/setup/page.html", **context)


def _parts(campaign: Campaign) -> list[dict[str, str]]:
    """What else the page shows: how it stands, and where it is changed."""
    files = campaign.files.count()
    people = campaign.contact_links.count() + campaign.people_to_ask.count()
    links, news = campaign.links.count(), campaign.news.count()
    highlighted, texts = len(campaign.highlights), campaign.texts.count()
    told = [
        ("setup_files", _("Pictures, postcard and files"),
         ngettext("%(n)s file", "%(n)s files", files), files),
        ("people_to_ask", _("People to ask"),
         ngettext("%(n)s person", "%(n)s persons", people), people),
        ("setup_offers", _("Offers for families that stand out"),
         ngettext("%(n)s offer", "%(n)s offers", highlighted), highlighted),
        ("setup_links", _("Related links"), ngettext("%(n)s link", "%(n)s links", links), links),
        ("setup_news", _("News"), ngettext("%(n)s piece of news", "%(n)s pieces of news", news),
         news),
        ("texts", _("Other languages"),
         ngettext("%(n)s language", "%(n)s languages", texts), texts),
    ]  # fmt: skip
    return [
        {
            "title": title,
            "text": words % {"n": number(count)} if count else _("nothing yet"),
            "url": reverse(f"campaigns:{name}", args=[campaign.pk]),
        }
        for name, title, words, count in told
    ]


@form_page
@running
def highlighted(request: DeskRequest, campaign_id: UUID) -> HttpResponse:
    """Which offers for families stand out in the finder while the campaign runs."""
    campaign = campaign_or_404(request, campaign_id)
    rows = offers(request.actor)
    if request.method == "POST" and SEARCH not in request.POST:
        wanted = ids_of(request, "angebot")
        there = set(rows.filter(pk__in=wanted).values_list("pk", flat=True))
        highlight_offers(
            actor=request.actor, campaign=campaign,
            offer_ids=[one for one in wanted if one in there],
        )  # fmt: skip
        messages.success(request, _("Saved."))
        return HttpResponseRedirect(url_of(campaign, "page"))
    stored = [UUID(one) for one in campaign.highlights]
    found = picker(request, "angebot", rows, stored, _told_offer, ["title", "provider__name"])
    return show(request, campaign, "page", "campaigns/setup/offers.html", offers=found)


def _told_offer(one: Offer) -> tuple[str, str]:
    return one.title, one.provider.name


@form_page
@running
def links(request: DeskRequest, campaign_id: UUID) -> HttpResponse:
    """Related addresses elsewhere."""
    campaign = campaign_or_404(request, campaign_id)
    rows = formset_factory(LinkForm, extra=2, max_num=MOST_LINKS)
    stored = [{"title": one.title, "url": one.url} for one in campaign.links.all()]
    forms = rows(typed(request), initial=stored, prefix="link")
    if request.method == "POST" and forms.is_valid():
        told = [one.cleaned_data for one in forms]
        set_links(
            actor=request.actor, campaign=campaign,
            links=[(one["title"], one["url"]) for one in told if one.get("url")],
        )  # fmt: skip
        messages.success(request, _("Saved."))
        return HttpResponseRedirect(url_of(campaign, "page"))
    return show(request, campaign, "page", "campaigns/setup/links.html", forms=forms)
