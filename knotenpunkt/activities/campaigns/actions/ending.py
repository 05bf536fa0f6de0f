"""The end of a campaign: thanks to all who took part, and the end of what is personal."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from knotenpunkt.activities.campaigns.actions.campaigns import end_campaign
from knotenpunkt.activities.campaigns.actions.copying import template
from knotenpunkt.activities.campaigns.actions.writing import (
    UNPLANNED,
    draft_of_circular,
    prepare_circulars,
)
from knotenpunkt.activities.campaigns.models import Campaign, CampaignState
from knotenpunkt.activities.campaigns.queries.overview import (
    as_facts,
    counted_now,
    figures,
    forgets_on,
)
from knotenpunkt.activities.campaigns.queries.taking_part import Part, occasions, parts
from knotenpunkt.activities.campaigns.rules.texts import THANKS
from knotenpunkt.activities.campaigns.wording.places import places
from knotenpunkt.activities.campaigns.wording.thanks import result, takes_part, took_part
from knotenpunkt.activities.mailings.actions.audiences import save_audience
from knotenpunkt.activities.mailings.actions.circulars import write_circular
from knotenpunkt.activities.mailings.models import Audience, Circular
from knotenpunkt.activities.mailings.queries.audiences import ADD, choose
from knotenpunkt.foundation.accounts.actors import Actor
from knotenpunkt.foundation.accounts.rights import Right
from knotenpunkt.foundation.audit.actions import record
from knotenpunkt.foundation.core.personal_data import Expired
from knotenpunkt.tools.mail.models import MailKind

# The template whose thanks fit a campaign that has none of its own.
USUAL = "danke"
LONGEST_NAME = 120


@transaction.atomic
def prepare_thanks(*, actor: Actor, campaign: Campaign) -> Circular:
    """Draft the thanks anew: to all who took part, each with what their organisation did.

    Thanks that are planned or sent already stay as they are; then a further text is drafted.
    """
    actor.must(Right.RUN_CAMPAIGNS)
    circular = _draft(actor, campaign)
    audience = _audience(actor, campaign)
    did = parts(campaign)
    chosen = choose(audience.parts, one_each=audience.one_each, kind=MailKind(circular.kind))
    own = {
        str(one.contact.pk): {"mitgemacht": _deeds(part)}
        for one in chosen
        if not one.left_out and (part := did.get(one.contact.organisation_id)) is not None
    }
    shared = {
        **circular.shared_values,
        **places(campaign),
        "mitgemacht": took_part(0, []),
        "ergebnis": result(figures(campaign)),
    }
    draft = replace(
        draft_of_circular(circular), audience=audience, shared_values=shared, own_values=own
    )
    return write_circular(actor=actor, draft=draft, circular=circular)


def _deeds(part: Part) -> str:
    return takes_part() if part.is_to_come else took_part(part.packs, part.deeds)


def _draft(actor: Actor, campaign: Campaign) -> Circular:
    rows = Circular.objects.filter(about=campaign.pk, occasion=THANKS)
    found: Circular | None = rows.filter(stage__in=UNPLANNED).first()
    if found is not None:
        return found
    sent = rows.order_by("-created_at").first()
    if sent is not None:
        return write_circular(actor=actor, draft=draft_of_circular(sent))
    texts = {THANKS: template(USUAL).texts[THANKS]}
    prepare_circulars(actor=actor, campaign=campaign, texts=texts)
    made: Circular = Circular.objects.get(about=campaign.pk, occasion=THANKS)
    return made


def _audience(actor: Actor, campaign: Campaign) -> Audience:
    """Everybody who took part, as a living audience of its own."""
    name = _("Took part: %(campaign)s") % {"campaign": campaign.title}
    known: Audience | None = Audience.objects.filter(name=name[:LONGEST_NAME]).first()
    told = [{"how": ADD, "words": {"mitgemacht": title}} for title in occasions(campaign)]
    return save_audience(
        actor=actor, name=name[:LONGEST_NAME], parts=told, one_each=True, audience=known
    )


@transaction.atomic
def forget_orders(*, actor: Actor, campaign: Campaign) -> Expired:
    """Delete orders with all that is personal in them; the figures stay as numbers."""
    actor.must(Right.RUN_CAMPAIGNS)
    campaign.facts = as_facts(counted_now(campaign))
    count = campaign.orders.count()
    oldest = campaign.orders.order_by("placed_at").values_list("placed_at", flat=True).first()
    campaign.orders.all().delete()
    campaign.forgotten_at = timezone.now()
    campaign.save(update_fields=["facts", "forgotten_at"])
    record(actor=actor, deed="campaigns.forget", on=campaign, title=campaign.title,
           changes={"orders": [count, 0]})  # fmt: skip
    return Expired("orders of campaigns that have ended", count, oldest)


def forget_due(*, actor: Actor, now: datetime) -> list[Expired]:
    """Delete the orders of every campaign of the network whose term after the end is over.

    Where nobody ended one, its last day counts, and it is ended with this.
    """
    rows = Campaign.objects.filter(state=CampaignState.ENDED, forgotten_at__isnull=True)
    due = [one for one in rows if (day := forgets_on(one)) is not None and day <= now]
    others = [*_ended_by_itself(actor, now), *_taken_back_for_good(now)]
    return [forget_orders(actor=actor, campaign=one) for one in [*due, *others]]


def _ended_by_itself(actor: Actor, now: datetime) -> list[Campaign]:
    """Campaigns that nobody ended although their term is over as well."""
    rows = Campaign.objects.filter(state=CampaignState.OPEN)
    over = [one for one in rows if _is_long_over(one, now)]
    for one in over:
        end_campaign(actor=actor, campaign=one)
    return over


def _taken_back_for_good(now: datetime) -> list[Campaign]:
    """Campaigns that were public once and were taken back: nobody sees them by this again."""
    rows = Campaign.objects.filter(
        state=CampaignState.PREPARED, opened_at__isnull=False, forgotten_at__isnull=True
    )
    return [one for one in rows if _is_long_over(one, now)]


def _is_long_over(campaign: Campaign, now: datetime) -> bool:
    """Its last day counts where nobody ended it."""
    last = campaign.ends_on + timedelta(days=campaign.forget_days)
    return last < timezone.localdate(now)
