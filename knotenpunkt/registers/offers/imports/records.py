"""Records as plain values, whole, so that one can be put back as it was.

Unlike `states.py`, which tells what a list may say, this tells all that an import may write.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import Model

from knotenpunkt.registers.areas.models import Place
from knotenpunkt.registers.offers.actions import TimeDraft
from knotenpunkt.registers.offers.imports.states import load_offers
from knotenpunkt.registers.offers.models import Offer, OfferText, Schedule
from knotenpunkt.registers.offers.translating.drafts import TextDraft
from knotenpunkt.registers.partners.models import Contact, Organisation
from knotenpunkt.tools.imports.shelf import Shelf, Values, columns, plain

OFFER, ORGANISATION, CONTACT, PLACE = "offer", "organisation", "contact", "place"
KINDS: dict[type[Model], str] = {
    Offer: OFFER, Organisation: ORGANISATION, Contact: CONTACT, Place: PLACE,
}  # fmt: skip
TIME_FIELDS = tuple(TimeDraft.__dataclass_fields__)
# What stands for which German text is no part of it: an import brings texts for the one it brings.
TEXT_FIELDS = tuple(name for name in TextDraft.__dataclass_fields__ if name != "source")
SHORTEST_TEXT = 5


def _load(kind: str, ids: list[UUID]) -> Iterable[Any]:
    if kind == OFFER:
        return load_offers(ids).values()
    if kind == CONTACT:
        contacts = Contact.objects.filter(pk__in=ids).select_related("organisation")
        return list(contacts.prefetch_related("phones"))
    model = Organisation if kind == ORGANISATION else Place
    return list(model.objects.filter(pk__in=ids))


def _offer(offer: Offer) -> Values:
    return columns(offer) | {
        "topics": [str(link.topic_id) for link in offer.topic_links.all()],
        "places": [str(link.place_id) for link in offer.at_places.all()],
        "contacts": [str(link.contact_id) for link in offer.contact_links.all()],
        "times": sorted(map(_time, _own_times(offer)), key=str),
        "texts": sorted(map(_text, offer.texts.all()), key=str),
    }


def _own_times(offer: Offer) -> list[Schedule]:
    return [row for row in offer.schedules.all() if row.at_place_id is None]


def _time(row: Schedule) -> list[Any]:
    return [plain(getattr(row, name)) for name in TIME_FIELDS]


def _text(row: OfferText) -> list[str]:
    told = [getattr(row, name) for name in TEXT_FIELDS]
    usual = [getattr(TextDraft(row.language), name) for name in TEXT_FIELDS]
    while len(told) > SHORTEST_TEXT and told[-1] == usual[len(told) - 1]:
        told.pop()
    return told


def _contact(row: Contact) -> Values:
    phones = [[one.shown, one.dialled, one.note] for one in row.phones.all()]
    return columns(row) | {"phones": phones}


SHELF = Shelf(
    kinds=KINDS,
    main=OFFER,
    load=_load,
    tell={OFFER: _offer, ORGANISATION: columns, CONTACT: _contact, PLACE: columns},
)


def text_draft(told: list[str]) -> TextDraft:
    """The inverse of how a text is kept; what follows at its end is as usual."""
    values: dict[str, Any] = dict(zip(TEXT_FIELDS, told, strict=False))
    return TextDraft(**values)
