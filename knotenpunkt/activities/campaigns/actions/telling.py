"""Telling orderers what became of their order."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from knotenpunkt.activities.campaigns.messages.orders import Confirmed, Letter, why
from knotenpunkt.activities.campaigns.models import Order
from knotenpunkt.activities.campaigns.queries.orders import mail_address_of, places_on_list
from knotenpunkt.foundation.accounts.actors import Actor, System
from knotenpunkt.foundation.networks.models import Network
from knotenpunkt.foundation.networks.scope import current_network
from knotenpunkt.tools.links.actions import personal_link
from knotenpunkt.tools.mail.actions import send_mail
from knotenpunkt.tools.mail.letters import usable_address
from knotenpunkt.tools.mail.queries import mail_is_set_up

# Whoever presses the button, the mail about it is ours.
POST = System("campaign orders")
LEAST_DAYS = 30


def tell(actor: Actor, order: Order, write: Callable[[Network, Confirmed], Letter]) -> bool:
    """Queue a mail to whoever ordered; whether there is an address to write to."""
    address = mail_address_of(order)
    if not usable_address(address) or not mail_is_set_up():
        return False
    with translation.override(settings.LANGUAGE_CODE):
        letter = write(current_network(), _confirmed(order))
        send_mail(
            actor=actor,
            to=address,
            subject=letter.subject,
            text=letter.text,
            title=_("Order no. %(number)d") % {"number": order.number},
            about=order.contact_id or order.pk,
            name=order.contact.name if order.contact else "",
            why=why(),
        )
    return True


def _confirmed(order: Order) -> Confirmed:
    lines = list(order.lines.select_related("material").order_by("material__position"))
    places = places_on_list({line.material_id for line in lines if line.waits_since})
    return Confirmed(order, lines, places, _link(order))


def _link(order: Order) -> str:
    """Their page, open at least until the deadline has passed."""
    if order.contact_id is None:
        return ""
    until = order.campaign.order_until
    days = (until - timezone.now()).days + 2 if until else 0
    return personal_link(actor=POST, holder=order.contact_id, days=max(days, LEAST_DAYS))
