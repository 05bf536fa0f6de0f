"""What a change of a campaign means for what is there already, before it is saved."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from knotenpunkt.activities.campaigns.models import (
    Campaign,
    CampaignState,
    JoinInState,
    Order,
    OrderState,
)
from knotenpunkt.activities.campaigns.queries.overview import ON_ITS_WAY
from knotenpunkt.activities.campaigns.rules.deadlines import end_of_day, has_passed
from knotenpunkt.activities.campaigns.rules.drafts import CampaignDraft
from knotenpunkt.activities.campaigns.wording.campaigns import deadline, period
from knotenpunkt.activities.mailings.models import Circular, Stage
from knotenpunkt.foundation.core.spoken import number


def consequences(campaign: Campaign, draft: CampaignDraft, now: datetime) -> list[str]:
    """What saving this would change elsewhere, in sentences; nothing when nobody notices it."""
    if campaign.state == CampaignState.PREPARED and campaign.opened_at is None:
        return []
    return [
        *_of_deadline(campaign, draft, now),
        *_of_join_ins(campaign, draft),
        *_of_period(campaign, draft),
        *_of_address(campaign, draft),
        *_of_texts(campaign, draft),
        *_of_forgetting(campaign, draft),
    ]


def late_in_time(campaign: Campaign, until: datetime) -> list[Order]:
    """The late orders that came before that moment was over."""
    late = Order.objects.filter(campaign=campaign, state=OrderState.LATE).order_by("placed_at")
    return [one for one in late if not has_passed(until, one.placed_at)]


def _of_deadline(campaign: Campaign, draft: CampaignDraft, now: datetime) -> Iterator[str]:
    if draft.order_until == campaign.order_until:
        return
    if draft.order_until is None:
        yield _("Nothing can be ordered any more. Orders that came stay.")
        return
    placed = Order.objects.filter(campaign=campaign, state=OrderState.PLACED).count()
    told = {"n": number(placed), "day": deadline(draft.order_until)}
    if placed and not has_passed(draft.order_until, now):
        yield (
            ngettext(
                "%(n)s order can now be changed until %(day)s.",
                "%(n)s orders can now be changed until %(day)s.",
                placed,
            )
            % told
        )
    elif placed:
        yield (
            ngettext(
                "%(n)s order cannot be changed any more by whoever placed it.",
                "%(n)s orders cannot be changed any more by those who placed them.",
                placed,
            )
            % told
        )
    if late := len(late_in_time(campaign, draft.order_until)):
        yield ngettext(
            "%(n)s late order would be in time and would count.",
            "%(n)s late orders would be in time and would count.",
            late,
        ) % {"n": number(late)}
    if shared := campaign.materials.filter(shared_at__isnull=False).count():
        yield ngettext(
            "%(n)s material is shared already. New orders of it wait.",
            "%(n)s materials are shared already. New orders of them wait.",
            shared,
        ) % {"n": number(shared)}


def _of_join_ins(campaign: Campaign, draft: CampaignDraft) -> Iterator[str]:
    if draft.join_in_until != campaign.join_in_until and draft.join_in_until is not None:
        until = deadline(draft.join_in_until)
        yield _("Partners can report join-ins until %(day)s.") % {"day": until}


def _of_period(campaign: Campaign, draft: CampaignDraft) -> Iterator[str]:
    if (draft.starts_on, draft.ends_on) == (campaign.starts_on, campaign.ends_on):
        return
    if highlighted := len(campaign.highlights):
        yield ngettext(
            "%(n)s offer stands out in the finder from %(period)s.",
            "%(n)s offers stand out in the finder from %(period)s.",
            highlighted,
        ) % {"n": number(highlighted), "period": period(draft.starts_on, draft.ends_on)}
    outside = campaign.join_ins.filter(
        Q(starts_at__gt=end_of_day(draft.ends_on)) | Q(starts_at__date__lt=draft.starts_on),
        state__in=(JoinInState.APPROVED, JoinInState.REPORTED),
    ).count()
    if outside:
        yield ngettext(
            "%(n)s join-in lies outside the new period. It stays where it is.",
            "%(n)s join-ins lie outside the new period. They stay where they are.",
            outside,
        ) % {"n": number(outside)}


def _of_address(campaign: Campaign, draft: CampaignDraft) -> Iterator[str]:
    if draft.slug and draft.slug != campaign.slug:
        yield _(
            "The former address “%(slug)s” keeps leading here: printed QR codes still work."
        ) % {"slug": campaign.slug}


def _of_texts(campaign: Campaign, draft: CampaignDraft) -> Iterator[str]:
    named = ("title", "message", "starts_on", "ends_on", "order_until")
    if all(getattr(campaign, name) == getattr(draft, name) for name in named):
        return
    rows = list(Circular.objects.filter(about=campaign.pk))
    fresh = sum(one.stage in (Stage.DRAFT, Stage.TO_RELEASE) for one in rows)
    if fresh:
        yield ngettext(
            "%(n)s drafted text says it the new way.",
            "%(n)s drafted texts say it the new way.",
            fresh,
        ) % {"n": number(fresh)}
    for one in rows:
        if one.stage == Stage.SCHEDULED:
            yield _("“%(title)s” is planned with the former words. Please look at it again.") % {
                "title": one.title
            }
        elif one.stage in ON_ITS_WAY:
            yield _("“%(title)s” went out with the former words.") % {"title": one.title}


def _of_forgetting(campaign: Campaign, draft: CampaignDraft) -> Iterator[str]:
    if draft.forget_days != campaign.forget_days:
        yield ngettext(
            "Personal data of orders are deleted %(n)s day after the end.",
            "Personal data of orders are deleted %(n)s days after the end.",
            draft.forget_days,
        ) % {"n": number(draft.forget_days)}
