"""Records as they are now, in the same plain values that drafts hold."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import Prefetch

from knotenpunkt.foundation.core.languages import EASY_GERMAN
from knotenpunkt.registers.areas.models import Place, Precision
from knotenpunkt.registers.offers.imports.slots import plain
from knotenpunkt.registers.offers.models import (
    Offer,
    OfferAtPlace,
    OfferContact,
    OfferTopic,
    Schedule,
)
from knotenpunkt.registers.partners.models import Contact, Organisation

Values = dict[str, Any]

PLAIN_FIELDS = (
    "title", "sort", "kind", "summary", "description", "website", "setting", "age_from", "age_to",
    "languages", "costs", "costs_note", "registration", "registration_note", "free_places",
    "capacity", "waiting_time", "times_note", "status",
)  # fmt: skip
BATCH = 500


def load_offers(ids: Iterable[UUID]) -> dict[UUID, Offer]:
    """Offers with everything that their state tells, in a few queries per batch."""
    wanted = list(ids)
    found: dict[UUID, Offer] = {}
    for start in range(0, len(wanted), BATCH):
        rows = Offer.objects.filter(pk__in=wanted[start : start + BATCH])
        found |= {offer.pk: offer for offer in _with_all(rows)}
    return found


def _with_all(rows: Any) -> Any:
    return rows.select_related("provider__body").prefetch_related(
        Prefetch("at_places", OfferAtPlace.objects.select_related("place")),
        Prefetch("topic_links", OfferTopic.objects.select_related("topic")),
        Prefetch(
            "contact_links",
            OfferContact.objects.select_related("contact__organisation").prefetch_related(
                "contact__phones"
            ),
        ),
        Prefetch("schedules", Schedule.objects.all()),
        "texts",
    )


def load_organisations(ids: Iterable[UUID]) -> dict[UUID, Organisation]:
    """Organisations by id."""
    wanted = list(ids)
    found: dict[UUID, Organisation] = {}
    for start in range(0, len(wanted), BATCH):
        rows = Organisation.objects.filter(pk__in=wanted[start : start + BATCH])
        found |= {row.pk: row for row in rows.select_related("body", "place")}
    return found


def place_of(offer: Offer) -> Place | None:
    """Where the offer is held first."""
    links = list(offer.at_places.all())
    return links[0].place if links else None


def contact_of(offer: Offer) -> Contact | None:
    """Who answers for the offer first."""
    links = list(offer.contact_links.all())
    return links[0].contact if links else None


def offer_state(offer: Offer) -> Values:
    """The offer, its place and its contact as one flat record."""
    columns = {name: getattr(offer, name) for name in PLAIN_FIELDS}
    checked = offer.checked_on.isoformat() if offer.checked_on else None
    own = {
        "provider": str(offer.provider_id),
        "checked_on": checked,
        "topics": [link.topic.key for link in offer.topic_links.all()],
        "times": _times(offer),
        "easy_text": next(
            (t.description for t in offer.texts.all() if t.language == EASY_GERMAN), ""
        ),
    }
    place, contact = place_of(offer), contact_of(offer)
    return (
        columns
        | own
        | prefixed("place", place_state(place))
        | prefixed("contact", contact_state(contact))
    )


def _easy_text(offer: Offer) -> str:
    texts = (row.description for row in offer.texts.all() if row.language == EASY_GERMAN)
    return next(texts, "")


def _times(offer: Offer) -> list[list[Any]]:
    """The times of the whole offer; those of a single place are not what an import writes."""
    slots = [plain(row) for row in offer.schedules.all() if row.at_place_id is None]
    return sorted(slots, key=str)


def place_state(place: Place | None) -> Values:
    """A place; coordinates that only stand on the postal code are none."""
    if place is None:
        return {}
    exact = place.precision == Precision.EXACT
    return {
        "venue": place.venue,
        "street": place.street,
        "postal_code": place.postal_code,
        "town": place.town,
        "latitude": place.latitude if exact else None,
        "longitude": place.longitude if exact else None,
        "step_free": place.step_free,
        "access_note": place.access_note,
    }


def contact_state(contact: Contact | None) -> Values:
    """A contact with its numbers."""
    if contact is None:
        return {}
    return {
        "name": contact.name,
        "function": contact.function,
        "email": contact.email,
        "phones": [[phone.shown, phone.dialled, phone.note] for phone in contact.phones.all()],
    }


def organisation_state(organisation: Organisation) -> Values:
    """What imports write of a body or facility."""
    return {
        "name": organisation.name,
        "kind": organisation.kind,
        "website": organisation.website,
        "description": organisation.description,
        "body": str(organisation.body_id or ""),
    }


def prefixed(name: str, values: Values) -> Values:
    """`{"street": …}` → `{"place.street": …}`."""
    return {f"{name}.{key}": value for key, value in values.items()}


def part(name: str, values: Values) -> Values:
    """The inverse of `prefixed`: only that part, without its prefix."""
    start = f"{name}."
    return {
        key.removeprefix(start): value for key, value in values.items() if key.startswith(start)
    }
