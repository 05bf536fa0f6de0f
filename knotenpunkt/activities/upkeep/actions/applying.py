"""Putting a change into the registers, by their own actions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from knotenpunkt.activities.upkeep.queries.entries import (
    ADDRESS,
    CONTACT,
    OFFER,
    ORGANISATION,
    Record,
)
from knotenpunkt.activities.upkeep.wording import consent
from knotenpunkt.foundation.accounts.actors import Actor
from knotenpunkt.registers.areas.actions import save_place
from knotenpunkt.registers.areas.models import Place
from knotenpunkt.registers.offers.actions import Belongings, save_offer, show_of
from knotenpunkt.registers.offers.editing.reading import phone_drafts
from knotenpunkt.registers.offers.models import Offer
from knotenpunkt.registers.partners.actions import (
    PhoneDraft,
    release,
    save_contact,
    save_organisation,
)
from knotenpunkt.registers.partners.models import (
    Audience,
    Contact,
    Given,
    Ground,
    Organisation,
    Phone,
    ReleasedField,
)


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
    told = wanted.get("audiences", {})
    phones = _phones(entry, wanted["phones"], told) if "phones" in wanted else None
    save_contact(
        actor=actor, organisation=entry.organisation, contact=entry, phones=phones, **values
    )
    for phone in entry.phones.filter(shown__in=told) if phones else ():
        release_way(actor, entry, ReleasedField.PHONE, Audience(told[phone.shown]), phone)


def _phones(entry: Contact, lines: Sequence[str], told: Mapping[str, str]) -> list[PhoneDraft]:
    """A number that is new shows to nobody outside until somebody says so."""
    known = {phone.shown for phone in entry.phones.all()}
    return [
        one
        if one.shown in known
        else replace(one, audience=Audience(told.get(one.shown, Audience.INTERNAL)))
        for one in phone_drafts("\n".join(lines))
    ]


def release_way(
    actor: Actor, contact: Contact, field: ReleasedField, audience: Audience, phone: Phone | None
) -> None:
    """Who may see it, as the person said on their own page; beyond the coordination by consent."""
    is_consent = audience != Audience.INTERNAL
    release(
        actor=actor, contact=contact, field=field, phone=phone, audience=audience,
        ground=Ground.CONSENT if is_consent else Ground.TASK, given=Given.LINK,
        wording=consent(field, audience) if is_consent else "",
    )  # fmt: skip


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
