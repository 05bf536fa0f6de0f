"""Telling orderers their shares, once for each; what was told is promised."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from knotenpunkt.activities.campaigns.actions.stock import locked
from knotenpunkt.activities.campaigns.messages import shares
from knotenpunkt.activities.campaigns.messages.orders import why
from knotenpunkt.activities.campaigns.models import Campaign, Line, Order
from knotenpunkt.activities.campaigns.queries.shares_to_tell import ToTell, telling, telling_id
from knotenpunkt.foundation.accounts.actors import Actor
from knotenpunkt.foundation.accounts.rights import Right
from knotenpunkt.foundation.audit.actions import record
from knotenpunkt.foundation.networks.scope import current_network
from knotenpunkt.tools.jobs.actions import enqueue
from knotenpunkt.tools.jobs.models import Job
from knotenpunkt.tools.links.actions import personal_link
from knotenpunkt.tools.mail.actions import Recipient, post
from knotenpunkt.tools.mail.models import MailKind

TELL = "campaigns.tell_shares"
AT_ONCE = 50
# The personal page stays open until the campaign is over, and a little longer.
DAYS_AFTER = 14


def begin_telling(*, actor: Actor, campaign: Campaign) -> Job:
    """Queue the mails to all whose shares stand; a second time while it runs, the same job."""
    actor.must(Right.RUN_CAMPAIGNS)
    return enqueue(
        actor=actor,
        work=TELL,
        arguments={"campaign": str(campaign.pk)},
        title=_("Telling shares: %(campaign)s") % {"campaign": campaign.title},
        about=telling_id(campaign),
    )


@transaction.atomic
def tell_some(*, actor: Actor, campaign_id: UUID) -> int:
    """Write to the next fifty; how many that were. What is queued counts as told, both or none."""
    actor.must(Right.RUN_CAMPAIGNS)
    campaign = locked(campaign_id)
    chosen = telling(actor, campaign).by_mail[:AT_ONCE]
    if chosen:
        _write(actor, campaign, chosen)
        _note(actor, campaign, chosen)
    return len(chosen)


@transaction.atomic
def note_told(*, actor: Actor, campaign: Campaign, orders: Iterable[UUID]) -> int:
    """Somebody was told otherwise, on the telephone or by letter."""
    actor.must(Right.RUN_CAMPAIGNS)
    wanted = set(orders)
    found = telling(actor, locked(campaign.pk))
    chosen = [one for one in (*found.without_mail, *found.by_mail) if one.order.pk in wanted]
    if chosen:
        _note(actor, campaign, chosen)
    return len(chosen)


def _write(actor: Actor, campaign: Campaign, chosen: Sequence[ToTell]) -> None:
    """One mailing for those with a personal page, one for those without."""
    with translation.override(settings.LANGUAGE_CODE):
        with_page = [one for one in chosen if one.order.contact_id]
        without = [one for one in chosen if not one.order.contact_id]
        for some, text in ((with_page, shares.with_link()), (without, shares.WITHOUT_LINK)):
            if some:
                post(
                    actor=actor,
                    title=_("Shares: %(campaign)s") % {"campaign": campaign.title},
                    recipients=[_recipient(actor, campaign, one) for one in some],
                    subject=shares.subject(some[0].order),
                    text=text,
                    kind=MailKind.SERVICE,
                    why=why(),
                )


def _recipient(actor: Actor, campaign: Campaign, one: ToTell) -> Recipient:
    order = one.order
    filled = shares.values(current_network(), order, one.lines)
    filled[shares.LINK] = own_page(actor, campaign, order)
    name = order.contact.name if order.contact else ""
    return Recipient(one.address, name, order.contact_id or order.pk, filled)


def own_page(actor: Actor, campaign: Campaign, order: Order) -> str:
    """The address of the orderer's personal page; "" for somebody who has none."""
    if order.contact_id is None:
        return ""
    days = max((campaign.ends_on - timezone.localdate()).days, 0) + DAYS_AFTER
    return personal_link(actor=actor, holder=order.contact_id, days=days)


def _note(actor: Actor, campaign: Campaign, chosen: Sequence[ToTell]) -> None:
    now = timezone.now()
    orders: list[Order] = [one.order for one in chosen]
    lines: list[Line] = [line for one in chosen for line in one.lines]
    for order in orders:
        order.told_at = now
    for line in lines:
        line.told = line.granted
    Order.objects.bulk_update(orders, ["told_at"])
    Line.objects.bulk_update(lines, ["told"])
    told = {"orders": [None, len(orders)]}
    record(
        actor=actor,
        deed="campaigns.tell_shares",
        on=campaign,
        title=campaign.title,
        changes=told,
    )
