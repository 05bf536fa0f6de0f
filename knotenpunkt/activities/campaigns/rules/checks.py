"""What has to stand before a campaign may be public, and what somebody should look at again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from knotenpunkt.activities.campaigns.models import Campaign

SATURDAY = 5


class Weight(StrEnum):
    """How much a finding matters."""

    MISSING = "missing"
    DOUBTFUL = "doubtful"


@dataclass(frozen=True, slots=True)
class Finding:
    """One sentence, how much it matters, and the step of the preparation that mends it."""

    weight: Weight
    step: str
    text: str


def what_hinders(campaign: Campaign, today: date) -> list[str]:
    """Why a campaign cannot be public yet, in sentences; nothing when it can."""
    return [one.text for one in hindrances(campaign, today)]


def hindrances(campaign: Campaign, today: date) -> list[Finding]:
    """What must stand, because everybody would miss it."""
    found = []
    if not campaign.message:
        text = _("The message is missing: one sentence that everybody reads.")
        found.append(Finding(Weight.MISSING, "goal", text))
    if campaign.ends_on < today:
        text = _("Its period is over. Please set new dates.")
        found.append(Finding(Weight.MISSING, "period", text))
    return found


def doubts_about_days(campaign: Campaign, today: date) -> list[Finding]:
    """Days that can be meant so, but mostly are not."""
    return [Finding(Weight.DOUBTFUL, "period", text) for text in _doubts(campaign, today)]


def _doubts(campaign: Campaign, today: date) -> Iterator[str]:
    until = timezone.localdate(campaign.order_until) if campaign.order_until else None
    if until is not None:
        yield from _about_deadline(campaign, until, today)
    if campaign.writes_on and campaign.writes_on < today and campaign.opened_at is None:
        yield _("The day on which you want to write is over already.")
    if campaign.gives_from and campaign.gives_from >= campaign.starts_on:
        yield _("Material is given out only when the campaign runs already.")
    if campaign.ends_on - campaign.starts_on > timedelta(days=366):
        yield _("The campaign lasts longer than a year.")


def _about_deadline(campaign: Campaign, until: date, today: date) -> Iterator[str]:
    said = date_format(until, _("l, j F Y"))
    if until.weekday() >= SATURDAY:
        yield _("Orders end on %(day)s. A working day is easier for offices.") % {"day": said}
    if until < today and campaign.opened_at is None:
        told = _("The deadline of orders, %(day)s, is over already: every order would come late.")
        yield told % {"day": said}
    if campaign.writes_on and until < campaign.writes_on + timedelta(days=10):
        yield _("Partners have less than ten days to order.")
    if campaign.gives_from and campaign.gives_from <= until:
        yield _("Material would be given out before orders end.")
    if campaign.gives_from is None:
        yield _("It is not said when material is given out.")
    if until > campaign.ends_on:
        yield _("Orders end after the campaign.")
