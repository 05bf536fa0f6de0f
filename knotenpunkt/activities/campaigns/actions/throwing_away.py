"""Throwing away campaigns that were never public: by hand, or a year after their last change."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from knotenpunkt.activities.campaigns.actions.join_in_pictures import drop, files_of
from knotenpunkt.activities.campaigns.actions.page import remove_file
from knotenpunkt.activities.campaigns.actions.taking_part import takes_part_no_more
from knotenpunkt.activities.campaigns.models import Campaign, CampaignState
from knotenpunkt.activities.mailings.actions.circulars import discard
from knotenpunkt.activities.mailings.models import Circular
from knotenpunkt.activities.mailings.rules.circulars import may_be_changed
from knotenpunkt.foundation.accounts.actors import Actor
from knotenpunkt.foundation.accounts.rights import Right
from knotenpunkt.foundation.audit.actions import record
from knotenpunkt.foundation.core.personal_data import Expired
from knotenpunkt.tools.capacity.actions import close_pool

UNUSED_FOR = timedelta(days=365)


@transaction.atomic
def delete_campaign(*, actor: Actor, campaign: Campaign) -> None:
    """Throw a campaign away that was never public, that nobody ordered in or was written to."""
    actor.must(Right.RUN_CAMPAIGNS)
    if campaign.opened_at is not None or campaign.orders.exists() or campaign.join_ins.exists():
        raise ValidationError(_("A campaign that has been public cannot be deleted, only ended."))
    if not all(map(may_be_changed, Circular.objects.filter(about=campaign.pk))):
        raise ValidationError(
            _("Partners were written to about it already. It is kept, so that you can look it up.")
        )
    _throw_away(actor, campaign)


@transaction.atomic
def forget_unopened(*, actor: Actor, now: datetime) -> Expired:
    """Throw away what was prepared and never opened, with orders that were entered beforehand.

    A year after its last change, and not before its period is over.
    """
    actor.must(Right.RUN_CAMPAIGNS)
    rows = Campaign.objects.filter(
        state=CampaignState.PREPARED, opened_at=None, ends_on__lt=timezone.localdate(now)
    ).annotate(last_order=Max("orders__changed_at"))
    due = [(one, since) for one in rows if (since := _unused_since(one)) <= now - UNUSED_FOR]
    for campaign, _since in due:
        _throw_away(actor, campaign)
    oldest = min((since for _campaign, since in due), default=None)
    return Expired("campaigns that were never opened", len(due), oldest)


def _unused_since(campaign: Campaign) -> datetime:
    """`last_order` as `forget_unopened` reads it."""
    last: datetime | None = campaign.last_order  # type: ignore[attr-defined]
    return max(campaign.changed_at, last) if last else campaign.changed_at


def _throw_away(actor: Actor, campaign: Campaign) -> None:
    """Everything of it; a letter that went out is kept by those who keep letters."""
    record(actor=actor, deed="campaigns.delete", on=campaign, title=campaign.title)
    for circular in Circular.objects.filter(about=campaign.pk):
        if may_be_changed(circular):
            discard(actor=actor, circular=circular)
    for order in campaign.orders.all():
        order.delete()
        takes_part_no_more(actor=actor, by=order)
    for join_in in campaign.join_ins.all():
        files = files_of(join_in)
        join_in.delete()
        drop(files)
        takes_part_no_more(actor=actor, by=join_in)
    for file in campaign.files.all():
        remove_file(actor=actor, file=file)
    for material in campaign.materials.all():
        close_pool(about=material.pk)
    campaign.delete()
