"""Changing a campaign with all that follows from it."""

from __future__ import annotations

from django.db import transaction

from knotenpunkt.activities.campaigns.actions.campaigns import save_campaign
from knotenpunkt.activities.campaigns.actions.orders import allow_late
from knotenpunkt.activities.campaigns.actions.writing import refresh_circulars
from knotenpunkt.activities.campaigns.models import Campaign
from knotenpunkt.activities.campaigns.queries.consequences import late_in_time
from knotenpunkt.activities.campaigns.rules.drafts import CampaignDraft
from knotenpunkt.foundation.accounts.actors import Actor


@transaction.atomic
def change_campaign(*, actor: Actor, campaign: Campaign, draft: CampaignDraft) -> Campaign:
    """Save it; drafted texts say it the new way, and late orders that are in time now count."""
    before = campaign.order_until
    save_campaign(actor=actor, draft=draft, campaign=campaign)
    refresh_circulars(actor=actor, campaign=campaign)
    until = campaign.order_until
    if until is not None and before is not None and until > before:
        for order in late_in_time(campaign, until):
            allow_late(actor=actor, order=order)
    return campaign
