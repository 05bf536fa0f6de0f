"""Texts that a campaign begins with, and their dates that follow the campaign's."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, replace

from django.db import transaction

from knotenpunkt.activities.campaigns.models import Campaign
from knotenpunkt.activities.campaigns.rules.texts import (
    INVITATION,
    LATER,
    OCCASIONS,
    REMINDER,
    THANKS,
)
from knotenpunkt.activities.campaigns.wording.places import places
from knotenpunkt.activities.mailings.actions.circulars import CircularDraft, write_circular
from knotenpunkt.activities.mailings.models import Audience, Circular, Stage
from knotenpunkt.foundation.accounts.actors import Actor
from knotenpunkt.tools.mail.models import MailKind

# What nobody waits for yet: it may be written anew without ending a plan.
UNPLANNED = (Stage.DRAFT, Stage.TO_RELEASE)
LONGEST_TITLE = 200


@transaction.atomic
def prepare_circulars(
    *, actor: Actor, campaign: Campaign, texts: Mapping[str, Mapping[str, str]]
) -> list[Circular]:
    """Draft what the campaign has no text for yet; `texts` by occasion: title, subject, text."""
    there = {one.occasion: one for one in Circular.objects.filter(about=campaign.pk)}
    for occasion in OCCASIONS:
        if occasion in texts and occasion not in there:
            draft = _draft(campaign, occasion, texts[occasion])
            if occasion == REMINDER:
                draft = replace(draft, follows=there.get(INVITATION))
            there[occasion] = write_circular(actor=actor, draft=draft)
    return list(there.values())


def _draft(campaign: Campaign, occasion: str, told: Mapping[str, str]) -> CircularDraft:
    return CircularDraft(
        title=f"{campaign.title}: {told['title']}"[:LONGEST_TITLE],
        # Thanks answer what somebody did: nobody has unsubscribed from them.
        kind=MailKind.SERVICE if occasion == THANKS else MailKind.INVITATION,
        subject=told["subject"],
        text=told["text"],
        # Whom it thanks is known once somebody took part: `prepare_thanks` chooses them.
        audience=None if occasion == THANKS else campaign.audience,
        about=campaign.pk,
        occasion=occasion,
        shared_values={**LATER, **places(campaign)},
    )


@transaction.atomic
def refresh_circulars(*, actor: Actor, campaign: Campaign) -> int:
    """Drafts say the campaign's name, words and days as they are now; returns how many changed."""
    count = 0
    for circular in Circular.objects.filter(about=campaign.pk, stage__in=UNPLANNED):
        now = draft_of_circular(circular)
        wanted = replace(
            now,
            title=_renamed(circular, campaign),
            shared_values={**now.shared_values, **places(campaign)},
            audience=circular.audience or _usual_audience(circular, campaign),
        )
        if wanted != now:
            write_circular(actor=actor, draft=wanted, circular=circular)
            count += 1
    return count


def _usual_audience(circular: Circular, campaign: Campaign) -> Audience | None:
    return None if circular.occasion == THANKS else campaign.audience


def _renamed(circular: Circular, campaign: Campaign) -> str:
    """Its title with the campaign's name of today, also within "Erinnerung: Danke 2027: …"."""
    former = _prefix(circular)
    if not former:
        return circular.title
    return circular.title.replace(former, f"{campaign.title}: ", 1)[:LONGEST_TITLE]


def _prefix(circular: Circular) -> str:
    """What its campaign was called when it was last drafted, as titles begin with it; or ""."""
    former = circular.shared_values.get("kampagne", "")
    return f"{former}: " if former else ""


def draft_of_circular(circular: Circular) -> CircularDraft:
    """What a circular says now."""
    return CircularDraft(**{one.name: getattr(circular, one.name) for one in fields(CircularDraft)})


def circulars_of(campaign: Campaign) -> dict[str, dict[str, str]]:
    """The first text for each occasion, as `prepare_circulars` takes them."""
    rows = Circular.objects.filter(about=campaign.pk, occasion__in=OCCASIONS)
    return {
        one.occasion: {
            "title": one.title.removeprefix(_prefix(one)),
            "subject": one.subject,
            "text": one.text,
        }
        for one in rows.order_by("-created_at")
    }
