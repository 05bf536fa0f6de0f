"""What fills the places of a campaign's texts, the same for all."""

from __future__ import annotations

from django.utils import timezone

from knotenpunkt.activities.campaigns.models import Campaign
from knotenpunkt.foundation.core.spoken import full_date


def places(campaign: Campaign) -> dict[str, str]:
    """Place → words, as `{bestellschluss}` → "13. Mai 2026"."""
    until = campaign.order_until
    return {
        "kampagne": campaign.title,
        "botschaft": campaign.message,
        "beginn": full_date(campaign.starts_on),
        "ende": full_date(campaign.ends_on),
        "bestellschluss": full_date(timezone.localdate(until)) if until else "",
    }
