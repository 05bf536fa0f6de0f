"""The shares as letters, for those who have no mail address."""

from __future__ import annotations

from django.conf import settings
from django.db import transaction
from django.utils import timezone, translation

from knotenpunkt.activities.campaigns.actions.telling_shares import own_page
from knotenpunkt.activities.campaigns.messages.shares import share_letter
from knotenpunkt.activities.campaigns.models import Campaign, Order
from knotenpunkt.activities.campaigns.queries.handing_over import address_of
from knotenpunkt.activities.campaigns.queries.orders import orderer_of
from knotenpunkt.activities.campaigns.queries.shares_to_tell import ToTell, telling
from knotenpunkt.activities.mailings.printing.letters import LetterText, Printed, letters_pdf
from knotenpunkt.activities.mailings.printing.recipients import lines_for, return_line
from knotenpunkt.foundation.accounts.actors import Actor
from knotenpunkt.foundation.accounts.rights import Right
from knotenpunkt.foundation.audit.actions import record
from knotenpunkt.foundation.networks.scope import current_network
from knotenpunkt.tools.mail.source import blocks


@transaction.atomic
def print_shares(*, actor: Actor, campaign: Campaign) -> Printed:
    """A letter for each order without a mail address; `missing` names those without any."""
    actor.must(Right.RUN_CAMPAIGNS)
    with translation.override(settings.LANGUAGE_CODE):
        silent = telling(actor, campaign).without_mail
        printed = letters_pdf([_letter(actor, campaign, one) for one in silent])
    told = {"letters": [None, printed.count]}
    record(
        actor=actor, deed="campaigns.print_shares", on=campaign, title=campaign.title, changes=told
    )
    return printed


def _letter(actor: Actor, campaign: Campaign, one: ToTell) -> LetterText:
    """The same words as the mail; the code leads to the personal page of a contact."""
    letter = share_letter(current_network(), one.order, one.lines)
    return LetterText(
        key=one.order.number,
        address_lines=_address(one.order),
        return_line=return_line(),
        subject=letter.subject,
        blocks=blocks(letter.text),
        date=timezone.localdate(),
        qr_url=own_page(actor, campaign, one.order),
    )


def _address(order: Order) -> list[str]:
    """Nothing where a letter would not arrive."""
    if order.contact is not None:
        return lines_for(order.contact)
    typed, address = orderer_of(order), address_of(order)
    return (
        [line for line in (typed.house, typed.name, *address) if line] if len(address) > 1 else []
    )
