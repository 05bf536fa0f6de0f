"""The steps about people: who hosts, and whom one writes to."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from knotenpunkt.activities.campaigns.actions.changing import change_campaign
from knotenpunkt.activities.campaigns.actions.hosts import set_hosts
from knotenpunkt.activities.campaigns.desk.frame import campaign_or_404
from knotenpunkt.activities.campaigns.desk.setup.picking import SEARCH, picker
from knotenpunkt.activities.campaigns.desk.setup.steps import leave, show
from knotenpunkt.activities.campaigns.desk.ticked import ids_of
from knotenpunkt.activities.campaigns.models import Campaign
from knotenpunkt.activities.campaigns.queries.candidates import houses
from knotenpunkt.activities.campaigns.rules.drafts import draft_of
from knotenpunkt.activities.groups.models import Group
from knotenpunkt.activities.groups.queries import groups
from knotenpunkt.activities.mailings.models import Audience, Way
from knotenpunkt.activities.mailings.queries.audiences import audiences, choose
from knotenpunkt.foundation.accounts.gate import DeskRequest, members_only
from knotenpunkt.foundation.accounts.rights import Right
from knotenpunkt.foundation.core.spoken import number
from knotenpunkt.registers.partners.models import Organisation
from knotenpunkt.tools.mail.models import MailKind

running = members_only(Right.RUN_CAMPAIGNS)
form_page = require_http_methods(["GET", "HEAD", "POST"])


@form_page
@running
def hosts(request: DeskRequest, campaign_id: UUID) -> HttpResponse:
    """The network, groups and organisations under whose name it runs."""
    campaign = campaign_or_404(request, campaign_id)
    found = [one for one in groups(request.actor) if one.is_active]
    if request.method == "POST" and SEARCH not in request.POST:
        _save_hosts(request, campaign, found)
        return leave(request, campaign, "hosts")
    stored = [one.organisation_id for one in campaign.hosts.all() if one.organisation_id]
    context = {
        "network_name": request.network.name,
        "by_network": _by_network(request, campaign),
        "groups": _told_groups(request, campaign, found),
        "houses": picker(
            request, "einrichtung", houses(), stored, _told_house, ["name"],
        ),
        "groups_url": reverse("groups:new"),
    }  # fmt: skip
    return show(request, campaign, "hosts", "campaigns/setup/hosts.html", **context)


def _by_network(request: DeskRequest, campaign: Campaign) -> bool:
    return "netz" in request.POST if request.method == "POST" else campaign.hosted_by_network


def _told_groups(
    request: DeskRequest, campaign: Campaign, found: list[Group]
) -> list[dict[str, Any]]:
    stored = [one.group_id for one in campaign.hosts.all()]
    ticked = ids_of(request, "gruppe") if request.method == "POST" else stored
    return [
        {
            "key": str(one.pk),
            "label": one.name,
            "note": one.get_kind_display()
            if one.is_public
            else _("%(kind)s; not named in public") % {"kind": one.get_kind_display()},
            "checked": one.pk in ticked,
        }
        for one in found
    ]


def _told_house(one: Organisation) -> tuple[str, str]:
    return one.name, one.place.town if one.place else ""


def _save_hosts(request: DeskRequest, campaign: Campaign, found: list[Group]) -> None:
    wanted = ids_of(request, "gruppe")
    set_hosts(
        actor=request.actor,
        campaign=campaign,
        by_network="netz" in request.POST,
        groups=[one for one in found if one.pk in wanted],
        organisations=list(houses().filter(pk__in=ids_of(request, "einrichtung"))),
    )


@form_page
@running
def audience(request: DeskRequest, campaign_id: UUID) -> HttpResponse:
    """Whom one writes to: one of the audiences, or a new one, which is chosen when it is kept."""
    campaign = campaign_or_404(request, campaign_id)
    rows = list(audiences(request.actor))
    if request.method == "POST":
        wanted = request.POST.get("verteiler", "")
        chosen = next((one for one in rows if str(one.pk) == wanted), None)
        _save_audience(request, campaign, chosen)
        return leave(request, campaign, "audience")
    wanted = request.GET.get("verteiler") or str(campaign.audience_id or "")
    context = {
        "audiences": [_told_audience(one, wanted) for one in rows],
        "nobody": not any(str(one.pk) == wanted for one in rows),
        "new_url": f"{reverse('mailings:audience_new')}?{urlencode({'weiter': request.path})}",
    }
    return show(request, campaign, "audience", "campaigns/setup/audience.html", **context)


def _save_audience(request: DeskRequest, campaign: Campaign, chosen: Audience | None) -> None:
    draft = replace(draft_of(campaign), audience=chosen)
    change_campaign(actor=request.actor, campaign=campaign, draft=draft)


def _told_audience(one: Audience, wanted: str) -> dict[str, Any]:
    found = choose(one.parts, one_each=one.one_each, kind=MailKind.INVITATION)
    written = [each for each in found if not each.left_out]
    letters = sum(each.way == Way.LETTER for each in written)
    left = len(found) - len(written)
    said = [ngettext("%(n)s by letter", "%(n)s by letter", letters) % {"n": number(letters)}]
    if left:
        said.append(ngettext("%(n)s left out", "%(n)s left out", left) % {"n": number(left)})
    return {
        "key": str(one.pk),
        "label": one.name,
        "count": ngettext("%(n)s is written to", "%(n)s are written to", len(written))
        % {"n": number(len(written))},
        "note": ", ".join(said),
        "url": reverse("mailings:audience", args=[one.pk]),
        "checked": str(one.pk) == wanted,
    }
