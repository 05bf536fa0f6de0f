"""Short ways to campaigns in preparation, through the product's own actions."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.utils import timezone

from knotenpunkt.activities.campaigns.actions.campaigns import open_campaign
from knotenpunkt.activities.campaigns.actions.copying import from_template
from knotenpunkt.activities.campaigns.actions.deciding import approve
from knotenpunkt.activities.campaigns.actions.join_ins import report_join_in
from knotenpunkt.activities.campaigns.models import Campaign, JoinIn
from knotenpunkt.registers.partners.models import Contact
from tests.activities.campaigns.joining import draft
from tests.factories import SYSTEM


def prepared(title: str = "Danke, Nachbarn", **values: Any) -> Campaign:
    """From the template with material, a month ahead."""
    today = timezone.localdate()
    told = {"starts_on": today + timedelta(days=30), "ends_on": today + timedelta(days=90)}
    return from_template(actor=SYSTEM, key="danke", title=title, **(told | values))


def opened(title: str = "Danke, Nachbarn", **values: Any) -> Campaign:
    """The same, public, with orders open for ten more days."""
    campaign = prepared(title, **values)
    campaign.order_until = timezone.now() + timedelta(days=10)
    campaign.save(update_fields=["order_until"])
    open_campaign(actor=SYSTEM, campaign=campaign)
    return campaign


def shown_join_in(campaign: Campaign, contact: Contact, title: str, days: int = 35) -> JoinIn:
    """A join-in that everybody sees."""
    at = timezone.now() + timedelta(days=days)
    told = draft(title=title, starts_at=at, ends_at=None)
    one = report_join_in(
        actor=SYSTEM, campaign=campaign, draft=told, key=uuid4().hex, contact=contact
    )
    return approve(actor=SYSTEM, join_in=one)
