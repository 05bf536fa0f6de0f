"""Records as plain values, whole, so that one can be put back as it was.

Unlike `states.py`, which tells what a list may say, this tells all that an import may write.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date, time
from typing import Any
from uuid import UUID

from django.db.models import Model

from knotenpunkt.registers.areas.models import Place
from knotenpunkt.registers.offers.actions import TextDraft, TimeDraft
from knotenpunkt.registers.offers.imports.states import load_offers
from knotenpunkt.registers.offers.models import Offer, OfferText, Schedule
from knotenpunkt.registers.partners.models import Contact, Organisation

Values = dict[str, Any]
OFFER, ORGANISATION, CONTACT, PLACE = "offer", "organisation", "contact", "place"
KINDS: dict[type[Model], str] = {
    Offer: OFFER, Organisation: ORGANISATION, Contact: CONTACT, Place: PLACE,
}  # fmt: skip
# What says nothing of its own: keys, what follows from other fields, moments of writing.
BESIDE = {"id", "network", "name_key", "created_at", "changed_at"}
TIME_FIELDS = tuple(TimeDraft.__dataclass_fields__)
TEXT_FIELDS = tuple(TextDraft.__dataclass_fields__)
BATCH = 500


def state_of(record: Model) -> Values:
    """One record as it is in memory, with what hangs on it."""
    return _STATES[KINDS[type(record)]](record)


def states(kind: str, ids: Iterable[UUID]) -> dict[UUID, Values]:
    """Records as they stand in the database; those that are gone are left out."""
    return {pk: _STATES[kind](record) for pk, record in records(kind, ids).items()}


def records(kind: str, ids: Iterable[UUID]) -> dict[UUID, Any]:
    """The records themselves, in a few queries per batch."""
    wanted = list(ids)
    if kind == OFFER:
        return dict(load_offers(wanted))
    found: dict[UUID, Any] = {}
    for start in range(0, len(wanted), BATCH):
        found |= {row.pk: row for row in _rows(kind, wanted[start : start + BATCH])}
    return found


def _rows(kind: str, ids: list[UUID]) -> Any:
    if kind == CONTACT:
        contacts = Contact.objects.filter(pk__in=ids).select_related("organisation")
        return contacts.prefetch_related("phones")
    model = Organisation if kind == ORGANISATION else Place
    return model.objects.filter(pk__in=ids)


def _columns(row: Model) -> Values:
    """All columns of a record, relations by their id."""
    fields = (field for field in row._meta.concrete_fields if field.name not in BESIDE)
    return {field.name: _plain(getattr(row, field.attname)) for field in fields}


def _plain(value: Any) -> Any:
    if isinstance(value, UUID):
        return str(value)
    return value.isoformat() if isinstance(value, (date, time)) else value


def _offer(offer: Offer) -> Values:
    return _columns(offer) | {
        "topics": [str(link.topic_id) for link in offer.topic_links.all()],
        "places": [str(link.place_id) for link in offer.at_places.all()],
        "contacts": [str(link.contact_id) for link in offer.contact_links.all()],
        "times": sorted(map(_time, _own_times(offer)), key=str),
        "texts": sorted(map(_text, offer.texts.all()), key=str),
    }


def _own_times(offer: Offer) -> list[Schedule]:
    return [row for row in offer.schedules.all() if row.at_place_id is None]


def _time(row: Schedule) -> list[Any]:
    return [_plain(getattr(row, name)) for name in TIME_FIELDS]


def _text(row: OfferText) -> list[str]:
    return [getattr(row, name) for name in TEXT_FIELDS]


def _contact(row: Contact) -> Values:
    phones = [[one.shown, one.dialled, one.note] for one in row.phones.all()]
    return _columns(row) | {"phones": phones}


_STATES: Mapping[str, Callable[[Any], Values]] = {
    OFFER: _offer, ORGANISATION: _columns, CONTACT: _contact, PLACE: _columns,
}  # fmt: skip


def text_draft(told: list[str]) -> TextDraft:
    """The inverse of how a text is kept."""
    return TextDraft(**dict(zip(TEXT_FIELDS, told, strict=True)))
