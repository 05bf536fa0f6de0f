"""What happened to a campaign itself."""

from __future__ import annotations

from knotenpunkt.activities.campaigns.models import Campaign
from knotenpunkt.foundation.audit.models import Entry


def history(campaign: Campaign, *, limit: int) -> list[Entry]:
    """The last deeds, the latest first; whoever asks has been let in to the campaign."""
    return list(Entry.objects.filter(kind=campaign._meta.label, object_id=campaign.pk)[:limit])
