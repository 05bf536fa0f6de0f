"""Everything that is missing or doubtful in a campaign before it becomes public."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from knotenpunkt.activities.campaigns.models import Campaign, FileUse
from knotenpunkt.activities.campaigns.queries.page import contacts_to_ask, people_to_ask
from knotenpunkt.activities.campaigns.rules.checks import (
    Finding,
    Weight,
    doubts_about_days,
    hindrances,
)
from knotenpunkt.activities.campaigns.rules.texts import INVITATION
from knotenpunkt.activities.mailings.models import Circular


def findings(campaign: Campaign, today: date) -> list[Finding]:
    """What must be mended first, then what somebody should look at."""
    found = [*hindrances(campaign, today), *doubts_about_days(campaign, today)]
    doubts = [*_about_people(campaign), *_about_material(campaign), *_about_page(campaign)]
    return [*found, *(Finding(Weight.DOUBTFUL, step, text) for step, text in doubts)]


def _about_people(campaign: Campaign) -> Iterator[tuple[str, str]]:
    if not campaign.hosted_by_network and not campaign.hosts.exists():
        yield "hosts", _("Nobody is named as host.")
    if campaign.audience is None:
        yield "audience", _("It is not said yet whom you write to.")
    invitation = Circular.objects.filter(about=campaign.pk, occasion=INVITATION).first()
    if invitation is None or not invitation.text:
        yield "texts", _("There is no invitation yet.")


def _about_material(campaign: Campaign) -> Iterator[tuple[str, str]]:
    offered = [one for one in campaign.materials.all() if one.is_offered]
    if campaign.order_until and not offered:
        yield "materials", _("Orders have a deadline, but there is no material to order.")
    if offered and campaign.order_until is None:
        yield "period", _("There is material, but no deadline: nobody can order.")
    if empty := [one.name for one in offered if not one.packs]:
        told = {"names": ", ".join(empty)}
        yield (
            "materials",
            ngettext(
                "It is not said how much there is of: %(names)s.",
                "It is not said how much there is of: %(names)s.",
                len(empty),
            )
            % told,
        )
    if offered and not campaign.stations.exists():
        yield "materials", _("It is not said where material is fetched.")


def _about_page(campaign: Campaign) -> Iterator[tuple[str, str]]:
    if not campaign.description:
        yield "page", _("The page does not tell yet what the campaign is about.")
    if not people_to_ask(campaign) and not contacts_to_ask(campaign):
        yield "page", _("Nobody is named whom people can ask.")
    files = list(campaign.files.all())
    if not any(one.use == FileUse.LEAD for one in files):
        yield "page", _("The page has no picture yet.")
    if any(not one.credit for one in files if one.alt):
        yield "page", _("A picture does not say who made it.")
    if campaign.press_text == "" and any(one.use == FileUse.PRESS for one in files):
        yield "page", _("There are pictures for the press, but no text.")
