"""Who answers questions about a campaign, as its mails name them, and whom they close with."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from knotenpunkt.activities.campaigns.models import Campaign
from knotenpunkt.activities.campaigns.queries.page import contacts_to_ask, people_to_ask
from knotenpunkt.foundation.networks.models import Network


@dataclass(frozen=True, slots=True)
class Asked:
    """Somebody to ask, and how they are reached; parts may be empty."""

    name: str = ""
    phone: str = ""
    email: str = ""

    @property
    def ways(self) -> list[str]:
        """Telephone and mail, as far as there are."""
        return [way for way in (self.phone, self.email) if way]


def asked_first(network: Network, campaign: Campaign) -> Asked:
    """The first of the campaign's people who can be reached; else the contact of the network."""
    return _of_campaign(campaign) or Asked(
        network.contact_name, network.contact_phone, network.contact_email
    )


def _of_campaign(campaign: Campaign) -> Asked | None:
    """In the order of the public page, and of contacts what everybody may know."""
    for one in people_to_ask(campaign):
        if one.phone or one.email:
            return Asked(one.name, one.phone, one.email)
    for _topic, contact in contacts_to_ask(campaign):
        phones = [phone.shown for phone in contact.shown_phones()]
        found = Asked(contact.shown_name(), next(iter(phones), ""), contact.shown_email())
        if found.ways:
            return found
    return None


def ways_of(network: Network, campaign: Campaign) -> list[str]:
    """How questions about this campaign are asked: who of it, telephone and mail."""
    found = _of_campaign(campaign)
    if found is None:
        return asked_first(network, campaign).ways
    return [part for part in (found.name, *found.ways) if part]


def closing(network: Network, campaign: Campaign) -> str:
    """Who writes, and how they are reached."""
    asked = asked_first(network, campaign)
    lines = [_("Kind regards"), asked.name, network.name, asked.phone]
    return "\n".join(filter(None, lines))
