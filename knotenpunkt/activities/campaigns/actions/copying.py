"""A campaign from last year's, or from a template."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone

from knotenpunkt.activities.campaigns.actions.campaigns import (
    CampaignDraft,
    draft_of,
    save_campaign,
)
from knotenpunkt.activities.campaigns.actions.writing import circulars_of, prepare_circulars
from knotenpunkt.activities.campaigns.models import (
    Campaign,
    FileUse,
    Material,
)
from knotenpunkt.activities.campaigns.rules.dates import moved, moved_moment, proposed, years_on
from knotenpunkt.foundation.accounts.actors import Actor
from knotenpunkt.foundation.accounts.rights import Right
from knotenpunkt.foundation.audit.actions import record
from knotenpunkt.foundation.networks.models import NetworkModel
from knotenpunkt.tools.capacity.actions import open_pool

TEMPLATES = Path(__file__).resolve().parent.parent / "data" / "templates.json"
# What belongs to one year only.
OF_THE_YEAR = {"id", "network", "campaign", "shared_at", "shared_by"}


@dataclass(frozen=True, slots=True)
class Template:
    """What a campaign may begin with; `texts` are circulars by their occasion."""

    key: str
    title: str
    about: str
    days: int
    values: dict[str, Any]
    materials: list[dict[str, Any]]
    texts: dict[str, dict[str, str]]


@lru_cache(maxsize=1)
def templates() -> tuple[Template, ...]:
    """The templates that ship, in their order."""
    return tuple(Template(**one) for one in json.loads(TEMPLATES.read_text(encoding="utf-8")))


def template(key: str) -> Template:
    """One template; KeyError for a key that nobody ships."""
    return {one.key: one for one in templates()}[key]


@transaction.atomic
def from_template(
    *, actor: Actor, key: str, title: str, starts_on: date, ends_on: date
) -> Campaign:
    """A campaign in preparation with what the template says, and dates that fit the period."""
    chosen = template(key)
    dates = proposed(starts_on, ends_on)
    draft = CampaignDraft(
        title=title,
        starts_on=starts_on,
        ends_on=ends_on,
        writes_on=dates.writes_on,
        order_until=dates.order_until if chosen.materials else None,
        gives_from=dates.gives_from if chosen.materials else None,
        gives_until=dates.gives_until if chosen.materials else None,
        join_in_until=dates.join_in_until,
        **chosen.values,
    )
    campaign = save_campaign(actor=actor, draft=draft)
    for position, told in enumerate(chosen.materials):
        material = Material(campaign=campaign, position=position, **told)
        material.save(force_insert=True)
        open_pool(about=material.pk, size=material.packs)
    prepare_circulars(actor=actor, campaign=campaign, texts=chosen.texts)
    return campaign


@transaction.atomic
def copy_campaign(*, actor: Actor, campaign: Campaign) -> Campaign:
    """The next one: everything of this one but what came in, its dates a year or more later."""
    actor.must(Right.RUN_CAMPAIGNS)
    years = years_on(campaign.starts_on, timezone.localdate())
    copy = save_campaign(actor=actor, draft=_moved(campaign, years))
    copy.made_from, copy.highlights = campaign, campaign.highlights
    copy.save(update_fields=["made_from", "highlights"])
    kept = campaign.files.exclude(use=FileUse.LOOKBACK)
    for rows in (
        campaign.hosts,
        campaign.contact_links,
        campaign.people_to_ask,
        campaign.links,
        campaign.stations,
        campaign.texts,
    ):
        _copy_rows(rows.all(), copy)
    _copy_rows(kept, copy)
    _copy_rows(campaign.materials.all(), copy)
    for material in copy.materials.all():
        open_pool(about=material.pk, size=material.packs)
    prepare_circulars(actor=actor, campaign=copy, texts=circulars_of(campaign))
    record(actor=actor, deed="campaigns.copy", on=copy, title=copy.title,
           changes={"made_from": [None, campaign.title]})  # fmt: skip
    return copy


def _copy_rows(rows: Iterable[NetworkModel], campaign: Campaign) -> None:
    for row in rows:
        names = (one.attname for one in row._meta.concrete_fields if one.name not in OF_THE_YEAR)
        told: dict[str, Any] = {name: getattr(row, name) for name in names}
        type(row)(campaign_id=campaign.pk, **told).save(force_insert=True)  # type: ignore[misc]


def _moved(campaign: Campaign, years: int) -> CampaignDraft:
    draft = draft_of(campaign)
    days: dict[str, Any] = {
        name: moved(day, years)
        for name in ("starts_on", "ends_on", "writes_on", "gives_from", "gives_until")
        if (day := getattr(draft, name))
    }
    moments: dict[str, Any] = {
        name: moved_moment(at, years)
        for name in ("order_until", "join_in_until")
        if (at := getattr(draft, name))
    }
    return replace(draft, slug="", title=_next_title(draft.title, years), **days, **moments)


def _next_title(title: str, years: int) -> str:
    """ "Danke 2026" becomes "Danke 2027"; a title without a year stays."""
    words = [str(int(word) + years) if word.isdigit() and len(word) == 4 else word
             for word in title.split(" ")]  # fmt: skip
    return " ".join(words)
