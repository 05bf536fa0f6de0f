"""Writes of campaigns themselves: save, open, take back, end, let go on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import fields, replace
from datetime import date, datetime
from itertools import count
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from knotenpunkt.activities.campaigns.models import Campaign, CampaignState, FormerSlug
from knotenpunkt.activities.campaigns.queries.overview import as_facts, counted_now
from knotenpunkt.activities.campaigns.rules.checks import what_hinders
from knotenpunkt.activities.campaigns.rules.dates import is_far, is_too_long, word_of
from knotenpunkt.activities.campaigns.rules.drafts import CampaignDraft, draft_of
from knotenpunkt.foundation.accounts.actors import Actor
from knotenpunkt.foundation.accounts.rights import Right
from knotenpunkt.foundation.audit.actions import assign, record, store
from knotenpunkt.registers.offers.actions import end_highlights, set_highlights

__all__ = ["CampaignDraft", "draft_of", "save_campaign"]

DEEDS = {
    CampaignState.PREPARED: "campaigns.take_back",
    CampaignState.OPEN: "campaigns.open",
    CampaignState.ENDED: "campaigns.end",
}
SHOWN_WITH_OFFERS = {"title", "slug", "starts_on", "ends_on"}


@transaction.atomic
def save_campaign(
    *, actor: Actor, draft: CampaignDraft, campaign: Campaign | None = None
) -> Campaign:
    """Create a campaign or change it. ValidationError, by field, for what cannot be.

    A changed address leaves the former one leading here; a changed period moves what the campaign
    highlights.
    """
    actor.must(Right.RUN_CAMPAIGNS)
    target = campaign or Campaign()
    wanted = replace(draft, slug=draft.slug or free_word(draft.title, target))
    _refuse_impossible(wanted, target)
    values = {one.name: getattr(wanted, one.name) for one in fields(CampaignDraft)}
    former = "" if campaign is None else campaign.slug
    changes = assign(target, values)
    if not changes and campaign is not None:
        return target
    store(target, changes, "changed_at")
    _keep_former_address(target, former)
    if SHOWN_WITH_OFFERS & changes.keys() and target.highlights:
        _write_highlights(actor, target)
    deed = "campaigns.change" if campaign else "campaigns.create"
    record(actor=actor, deed=deed, on=target, title=target.title, changes=changes)
    return target


def free_word(title: str, campaign: Campaign) -> str:
    """A word for the address that no other campaign has."""
    word = word_of(title)
    if not _is_taken(word, campaign):
        return word
    return next(
        found for n in count(2) if not _is_taken(found := f"{word[:56].strip('-')}-{n}", campaign)
    )


def _is_taken(word: str, campaign: Campaign) -> bool:
    others = Campaign.objects.exclude(pk=campaign.pk).filter(slug=word)
    former = FormerSlug.objects.exclude(campaign_id=campaign.pk).filter(slug=word)
    return bool(others.exists() or former.exists())


def _refuse_impossible(draft: CampaignDraft, campaign: Campaign) -> None:
    wrong: dict[str, str] = {}
    if draft.ends_on < draft.starts_on:
        wrong["ends_on"] = _("It would end before it begins.")
    elif is_too_long(draft.starts_on, draft.ends_on):
        wrong["ends_on"] = _("A campaign lasts two years at most. Please check the year.")
    wrong |= dict.fromkeys(_far_days(draft), _("Please check the year of this day."))
    if draft.gives_from and draft.gives_until and draft.gives_until < draft.gives_from:
        wrong["gives_until"] = _("The last day of giving out would be before the first.")
    if _is_taken(draft.slug, campaign):
        wrong["slug"] = _("Another campaign has this address. Please choose another word.")
    if wrong:
        raise ValidationError(wrong)


def _far_days(draft: CampaignDraft) -> Iterator[str]:
    """Fields whose year must be a slip."""
    today = timezone.localdate()
    for one in fields(CampaignDraft):
        value = getattr(draft, one.name)
        day = value.date() if isinstance(value, datetime) else value
        if isinstance(day, date) and is_far(day, today):
            yield one.name


def _keep_former_address(campaign: Campaign, former: str) -> None:
    """A printed address leads here for ever, once the campaign has been public."""
    campaign.former_slugs.filter(slug=campaign.slug).delete()
    if former and former != campaign.slug and campaign.opened_at is not None:
        FormerSlug.objects.get_or_create(campaign=campaign, slug=former)


@transaction.atomic
def highlight_offers(*, actor: Actor, campaign: Campaign, offer_ids: Sequence[UUID]) -> None:
    """Choose the offers that stand out in the finder while the campaign runs."""
    actor.must(Right.RUN_CAMPAIGNS)
    changes = assign(campaign, {"highlights": [str(one) for one in offer_ids]})
    store(campaign, changes)
    _write_highlights(actor, campaign)
    if changes:
        told = {"highlights": [None, len(offer_ids)]}
        record(actor=actor, deed="campaigns.change", on=campaign, title=campaign.title,
               changes=told)  # fmt: skip


def _write_highlights(actor: Actor, campaign: Campaign) -> None:
    """The finder knows of a campaign that is public, and of no other."""
    if campaign.state != CampaignState.OPEN:
        end_highlights(actor=actor, source_id=campaign.pk)
        return
    set_highlights(
        actor=actor,
        source_id=campaign.pk,
        label=campaign.title,
        link=f"aktionen/{campaign.slug}/",
        starts_on=campaign.starts_on,
        ends_on=campaign.ends_on,
        offer_ids=[UUID(one) for one in campaign.highlights],
    )


@transaction.atomic
def settle_step(*, actor: Actor, campaign: Campaign, step: str, is_settled: bool = True) -> None:
    """Somebody says that a step of the preparation is finished, or not yet; a tick, no deed."""
    actor.must(Right.RUN_CAMPAIGNS)
    others = [one for one in campaign.settled_steps if one != step]
    campaign.settled_steps = [*others, step] if is_settled else others
    campaign.save(update_fields=["settled_steps", "changed_at"])


@transaction.atomic
def open_campaign(*, actor: Actor, campaign: Campaign) -> None:
    """Everybody sees it now: page, orders, and the offers that stand out.

    ValidationError with all that hinders it.
    """
    actor.must(Right.RUN_CAMPAIGNS)
    if campaign.state != CampaignState.PREPARED:
        raise ValidationError(_("This campaign is public already, or has ended."))
    if hindrances := what_hinders(campaign, timezone.localdate()):
        raise ValidationError(hindrances)
    _move_to(actor, campaign, CampaignState.OPEN, opened_at=timezone.now(), forgotten_at=None)


@transaction.atomic
def take_back(*, actor: Actor, campaign: Campaign) -> None:
    """Nobody outside sees it any more; what came in stays. ValidationError once it has ended."""
    actor.must(Right.RUN_CAMPAIGNS)
    if campaign.state != CampaignState.OPEN:
        raise ValidationError(_("This campaign is not public."))
    _move_to(actor, campaign, CampaignState.PREPARED)


def _move_to(actor: Actor, campaign: Campaign, state: CampaignState, **values: Any) -> None:
    changes = assign(campaign, {"state": state.value, **values})
    store(campaign, changes)
    _write_highlights(actor, campaign)
    record(actor=actor, deed=DEEDS[state], on=campaign, title=campaign.title,
           changes={"state": changes["state"]})  # fmt: skip


@transaction.atomic
def end_campaign(*, actor: Actor, campaign: Campaign) -> None:
    """It is over: no orders, no join-ins, nothing stands out; its figures are kept as numbers."""
    actor.must(Right.RUN_CAMPAIGNS)
    if campaign.state != CampaignState.OPEN:
        raise ValidationError(_("Only a campaign that is public can end."))
    _move_to(
        actor, campaign, CampaignState.ENDED,
        ended_at=timezone.now(), facts=as_facts(counted_now(campaign)),
    )  # fmt: skip


@transaction.atomic
def reopen_campaign(*, actor: Actor, campaign: Campaign) -> None:
    """It did not end after all. ValidationError when its personal data are deleted already."""
    actor.must(Right.RUN_CAMPAIGNS)
    if campaign.state != CampaignState.ENDED or campaign.forgotten_at is not None:
        raise ValidationError(_("This campaign cannot go on any more."))
    _move_to(actor, campaign, CampaignState.OPEN)
    campaign.ended_at = None
    campaign.save(update_fields=["ended_at"])
