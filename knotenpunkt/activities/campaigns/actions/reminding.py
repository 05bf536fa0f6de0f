"""Reminding those whose packs still lie at a station."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from knotenpunkt.activities.campaigns.messages.orders import why
from knotenpunkt.activities.campaigns.messages.shares import reminder
from knotenpunkt.activities.campaigns.models import Campaign
from knotenpunkt.activities.campaigns.queries.handing_over import parcels
from knotenpunkt.activities.campaigns.queries.orders import mail_address_of
from knotenpunkt.activities.campaigns.rules.handing_over import is_to_fetch
from knotenpunkt.foundation.accounts.actors import Actor
from knotenpunkt.foundation.accounts.rights import Right
from knotenpunkt.foundation.audit.actions import record
from knotenpunkt.foundation.networks.scope import current_network
from knotenpunkt.tools.mail.actions import send_mail
from knotenpunkt.tools.mail.letters import usable_address


@transaction.atomic
def remind_to_fetch(*, actor: Actor, campaign: Campaign, orders: Iterable[UUID]) -> int:
    """Write to these, if something of theirs lies here and they have an address; once a day."""
    actor.must(Right.RUN_CAMPAIGNS)
    wanted, today, sent = set(orders), timezone.localdate(), 0
    for parcel in parcels(actor, campaign):
        order, address = parcel.order, mail_address_of(parcel.order)
        to_fetch = is_to_fetch(order, parcel.lines)
        if order.pk not in wanted or not to_fetch or not usable_address(address):
            continue
        with translation.override(settings.LANGUAGE_CODE):
            letter = reminder(current_network(), order)
            send_mail(
                actor=actor,
                to=address,
                subject=letter.subject,
                text=letter.text,
                title=_("Order no. %(number)d") % {"number": order.number},
                key=f"fetch {order.pk} {today}",
                about=order.contact_id or order.pk,
                name=order.contact.name if order.contact else "",
                why=why(),
            )
        sent += 1
    if sent:
        told = {"orders": [None, sent]}
        record(
            actor=actor,
            deed="campaigns.remind_to_fetch",
            on=campaign,
            title=campaign.title,
            changes=told,
        )
    return sent
