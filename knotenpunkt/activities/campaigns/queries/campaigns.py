"""Reads of campaigns themselves."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.utils import timezone

from knotenpunkt.activities.campaigns.models import Campaign, CampaignState
from knotenpunkt.activities.campaigns.rules.deadlines import is_open, takes_join_ins
from knotenpunkt.foundation.accounts.actors import Actor
from knotenpunkt.foundation.accounts.rights import Right
from knotenpunkt.registers.partners.models import Contact

# So long after the end partners may still say how many came.
LOOKS_BACK = timedelta(days=60)


def campaigns(actor: Actor) -> QuerySet[Campaign]:
    """All campaigns of the network at hand; PermissionDenied for those who may not read them."""
    if not actor.may(Right.READ_INTERNAL):
        raise PermissionDenied(Right.READ_INTERNAL)
    rows: QuerySet[Campaign] = Campaign.objects.all()
    return rows


def get_campaign(actor: Actor, campaign_id: UUID) -> Campaign:
    """One campaign; Campaign.DoesNotExist, or PermissionDenied as `campaigns` says."""
    return campaigns(actor).get(pk=campaign_id)


def public_campaign(slug: str) -> Campaign:
    """The campaign that everybody may read at this word, also at one it had before.

    Campaign.DoesNotExist otherwise. A page leads on when `slug` is not the campaign's own.
    """
    rows = Campaign.objects.filter(Campaign.published_when)
    found = rows.filter(slug=slug).first() or rows.filter(former_slugs__slug=slug).first()
    if found is None:
        raise Campaign.DoesNotExist(slug)
    campaign: Campaign = found
    return campaign


def public_campaigns() -> QuerySet[Campaign]:
    """What everybody may read, the latest first."""
    rows: QuerySet[Campaign] = Campaign.objects.filter(Campaign.published_when)
    return rows


def campaigns_open_for(contact: Contact) -> list[Campaign]:
    """In which campaigns this contact can do something now, the next deadline first.

    Order, report a join-in, or say afterwards how many came. Nobody in particular is left out:
    who has a personal link is a partner of the network.
    """
    if not contact.is_current:
        return []
    now, today = timezone.now(), timezone.localdate()
    rows = Campaign.objects.filter(
        Q(state=CampaignState.OPEN)
        | Q(state=CampaignState.ENDED, ends_on__gte=today - LOOKS_BACK, join_ins__contact=contact)
    ).distinct()
    return sorted(
        rows, key=lambda one: (not is_open(one, now), not takes_join_ins(one, now), one.ends_on)
    )
