"""Putting a change into the registers, by their own actions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from knotenpunkt.activities.upkeep.queries.entries import (
    ADDRESS,
    CONTACT,
    OFFER,
    ORGANISATION,
    Record,
)
from knotenpunkt.foundation.accounts.actors import Actor
from knotenpunkt.registers.areas.actions import save_place
from knotenpunkt.registers.areas.models import Place
from knotenpunkt.registers.offers.actions import Belongings, save_offer, show_of
from knotenpunkt.registers.offers.editing.reading import phone_drafts
from knotenpunkt.registers.offers.models import Offer
from knotenpunkt.registers.partners.actions import save_contact, save_organisation
from knotenpunkt.registers.partners.models import Contact, Organisation


def apply(*, actor: Actor, entry: Record, wanted: Mapping[str, Any]) -> None:
    """Write these values; ValidationError, by field, when one cannot be stored."""
    if isinstance(entry, Organisation):
        _organisation(actor, entry, wanted)
    elif isinstance(entry, Contact):
        _contact(actor, entry, wanted)
    else:
        _offer(actor, entry, wanted)


def _organisation(actor: Actor, entry: Organisation, wanted: Mapping[str, Any]) -> None:
    values = {name: wanted[name] for name in ORGANISATION if name in wanted}
    address = {name: wanted[name] for name in ADDRESS if name in wanted}
    if address:
        values["place"] = _moved(actor, entry, address)
    save_organisation(actor=actor, organisation=entry, **values)


def _moved(actor: Actor, entry: Organisation, address: Mapping[str, Any]) -> Place:
    """Who shares a house with others moves out of it alone; else the house itself moves."""
    place = entry.place
    if place is None:
        return save_place(actor=actor, **address)
    alone = not place.organisations.exclude(pk=entry.pk).exists()
    alone = alone and not place.offers_here.exclude(offer__provider=entry).exists()
    if alone:
        return save_place(actor=actor, place=place, **address)
    told = {name: getattr(place, name) for name in ADDRESS} | dict(address)
    return save_place(actor=actor, **told)


def _contact(actor: Actor, entry: Contact, wanted: Mapping[str, Any]) -> None:
    values = {name: wanted[name] for name in CONTACT if name in wanted}
    phones = phone_drafts("\n".join(wanted["phones"])) if "phones" in wanted else None
    save_contact(
        actor=actor, organisation=entry.organisation, contact=entry, phones=phones, **values
    )


def _offer(actor: Actor, entry: Offer, wanted: Mapping[str, Any]) -> None:
    values = {name: wanted[name] for name in OFFER if name in wanted}
    belongings = None
    if "contacts" in wanted:
        ids = [str(one) for one in wanted["contacts"]]
        known = {str(one.pk): one for one in Contact.objects.filter(pk__in=ids)}
        belongings = Belongings(contacts=[known[one] for one in ids if one in known])
    saved = save_offer(actor=actor, offer=entry, belongings=belongings, **values)
    if belongings is not None and saved.is_published:
        show_of(actor=actor, offer=saved)
