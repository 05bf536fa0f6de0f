"""What is stored of an organisation, as those who keep it see and change it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from knotenpunkt.activities.upkeep.models import Subject
from knotenpunkt.activities.upkeep.queries.contacts import current_contacts
from knotenpunkt.registers.offers.models import Offer
from knotenpunkt.registers.offers.queries import with_card
from knotenpunkt.registers.partners.models import Contact, Organisation

Values = dict[str, Any]
Record = Organisation | Contact | Offer
ADDRESS = ("street", "postal_code", "town")
ORGANISATION = ("name", "description", "website")
CONTACT = ("name", "function", "email")
OFFER = (
    "title", "summary", "description", "times_note", "costs", "costs_note", "registration",
    "registration_note", "website",
)  # fmt: skip


def record_of(subject: str, record_id: UUID) -> Record | None:
    """The record that a proposal is about; None once it is gone."""
    rows = {
        Subject.ORGANISATION.value: Organisation.objects.select_related("place", "body"),
        Subject.CONTACT.value: Contact.objects.select_related("organisation__body", "person"),
        Subject.OFFER.value: Offer.objects.select_related("provider__body"),
    }[subject]
    found: Record | None = rows.filter(pk=record_id).first()
    return found


def subject_of(record: Record) -> Subject:
    """Which kind of record it is."""
    if isinstance(record, Organisation):
        return Subject.ORGANISATION
    return Subject.CONTACT if isinstance(record, Contact) else Subject.OFFER


def organisation_of(record: Record) -> Organisation:
    """Whose entry it is."""
    if isinstance(record, Organisation):
        return record
    return record.organisation if isinstance(record, Contact) else record.provider


def values_of(record: Record) -> Values:
    """What can be changed of a record, as plain values."""
    if isinstance(record, Organisation):
        place = record.place
        address = {name: getattr(place, name) if place else "" for name in ADDRESS}
        return {name: getattr(record, name) for name in ORGANISATION} | address
    if isinstance(record, Contact):
        phones = [_phone(phone.shown, phone.note) for phone in record.phones.all()]
        return {name: getattr(record, name) for name in CONTACT} | {
            "phones": phones,
            "audiences": {},
        }
    linked = [str(link.contact_id) for link in record.contact_links.order_by("position")]
    return {name: getattr(record, name) for name in OFFER} | {"contacts": linked}


def _phone(shown: str, note: str) -> str:
    return f"{shown} ({note})" if note else shown


def differences(record: Record, wanted: Mapping[str, Any]) -> dict[str, list[Any]]:
    """Field → [as it is, as it shall be], for what differs."""
    now = values_of(record)
    return {
        name: [now[name], value]
        for name, value in wanted.items()
        if name in now and now[name] != value
    }


def offers_of(organisations: list[Organisation]) -> list[Offer]:
    """Their published offers, with everything that a page shows of them."""
    rows = Offer.objects.filter(Offer.published_when, provider__in=organisations)
    return list(with_card(rows).order_by("title"))


def contacts_of(organisations: list[Organisation]) -> list[Contact]:
    """Those who serve there today, with their numbers."""
    rows = current_contacts().filter(organisation__in=organisations, is_internal=False)
    return list(rows.select_related("person", "organisation__body").prefetch_related("phones"))


def offered_by(organisations: list[Organisation], offer_id: UUID) -> Offer | None:
    """One published offer of these."""
    return next((one for one in offers_of(organisations) if one.pk == offer_id), None)
