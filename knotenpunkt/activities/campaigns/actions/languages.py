"""Writes of what the page of a campaign says in other languages."""

from __future__ import annotations

from django.db import transaction

from knotenpunkt.activities.campaigns.models import Campaign, CampaignText
from knotenpunkt.foundation.accounts.actors import Actor
from knotenpunkt.foundation.accounts.rights import Right
from knotenpunkt.foundation.audit.actions import assign, record, store


@transaction.atomic
def save_text(
    *, actor: Actor, campaign: Campaign, language: str, title: str, message: str, description: str
) -> None:
    """Keep what the page says in a language; without any word it is read in German again."""
    actor.must(Right.RUN_CAMPAIGNS)
    known = CampaignText.objects.filter(campaign=campaign, language=language).first()
    words = {"title": title, "message": message, "description": description}
    if not any(words.values()):
        changed = known is not None
        if known is not None:
            known.delete()
    else:
        text = known or CampaignText(campaign=campaign, language=language)
        changes = assign(text, words)
        store(text, changes)
        changed = bool(changes)
    if changed:
        record(
            actor=actor,
            deed="campaigns.translate",
            on=campaign,
            title=campaign.title,
            changes={"language": [None, language]},
        )
