"""Reads for the public page of a campaign: what everybody may see of it, and nothing else."""

from __future__ import annotations

from uuid import UUID

from django.utils import timezone
from django.utils.translation import get_language

from knotenpunkt.activities.campaigns.models import (
    Campaign,
    CampaignFile,
    CampaignLink,
    CampaignText,
    News,
    PersonToAsk,
)
from knotenpunkt.registers.offers.models import Offer
from knotenpunkt.registers.offers.queries import highlighted
from knotenpunkt.registers.partners.models import Contact

MOST_NEWS = 12


def text_in(campaign: Campaign, language: str | None = None) -> CampaignText | None:
    """What the page says in the language at hand, where somebody wrote it."""
    wanted = language or get_language()
    found: CampaignText | None = CampaignText.objects.filter(
        campaign=campaign, language=wanted
    ).first()
    return found


def host_names(campaign: Campaign) -> list[str]:
    """Groups and organisations that may be named to everybody, in their order."""
    rows = campaign.hosts.select_related("group", "organisation")
    found = (one.group or one.organisation for one in rows)
    return [one.name for one in found if one is not None and one.is_public]


def people_to_ask(campaign: Campaign) -> list[PersonToAsk]:
    """Who can be asked and is no contact."""
    return list(campaign.people_to_ask.all())


def contacts_to_ask(campaign: Campaign) -> list[tuple[str, Contact]]:
    """What for, and which contacts to ask, as far as they are public and there today."""
    rows = campaign.contact_links.select_related("contact__organisation")
    rows = rows.prefetch_related("contact__phones")
    return [
        (one.topic, one.contact) for one in rows if one.contact.is_public and one.contact.is_current
    ]


def files_of(campaign: Campaign) -> list[CampaignFile]:
    """Pictures and papers of the page, without their content."""
    rows = campaign.files.select_related("file", "small")
    return list(rows.defer("file__content", "small__content"))


def public_file(campaign: Campaign, file_id: UUID) -> CampaignFile:
    """One of them; CampaignFile.DoesNotExist."""
    found: CampaignFile = campaign.files.select_related("file", "small").get(pk=file_id)
    return found


def news_of(campaign: Campaign) -> list[News]:
    """What has been told until today, the latest first."""
    rows = News.objects.filter(campaign=campaign, on__lte=timezone.localdate())
    return list(rows.order_by("-on", "title")[:MOST_NEWS])


def links_of(campaign: Campaign) -> list[CampaignLink]:
    """Related addresses."""
    return list(CampaignLink.objects.filter(campaign=campaign))


def offers_of(campaign: Campaign) -> list[Offer]:
    """The published offers that the campaign highlights."""
    return highlighted(campaign.pk)


def texts_of(campaign: Campaign) -> dict[str, CampaignText]:
    """What the page says in other languages, by their codes."""
    return {one.language: one for one in CampaignText.objects.filter(campaign=campaign)}
