"""What has to stand before a campaign may be public."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from knotenpunkt.activities.campaigns.models import Campaign


def what_hinders(campaign: Campaign, today: date) -> list[str]:
    """Why a campaign cannot be public yet, in sentences; nothing when it can."""
    found = []
    if not campaign.message:
        found.append(_("The message is missing: one sentence that everybody reads."))
    if campaign.ends_on < today:
        found.append(_("Its period is over. Please set new dates."))
    return found
