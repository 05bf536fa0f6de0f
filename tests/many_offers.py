"""Fills a network with thousands of offers in a second or two, for counting queries and measuring.

    python -m tests.many_offers SLUG COUNT

Rows are written as they are, without the actions: nobody searches them, and no audit tells of them.
Everything comes from the number of the offer, so each run has the same. About every tenth offer
lacks something.
"""

from __future__ import annotations

import os
import sys
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from knotenpunkt.registers.areas.models import Place
    from knotenpunkt.registers.offers.models import Offer
    from knotenpunkt.registers.partners.models import Contact, Organisation

TOWNS = (
    ("09599", "Freiberg", 50.911, 13.338), ("04720", "Döbeln", 51.119, 13.112),
    ("09648", "Mittweida", 50.985, 12.981), ("09557", "Flöha", 50.856, 13.073),
    ("04741", "Roßwein", 51.065, 13.183), ("09661", "Hainichen", 50.971, 13.122),
)  # fmt: skip
TITLES = ("Krabbelgruppe", "Elterncafé", "Babymassage", "Stillberatung", "Vätertreff", "Sprachcafé")
KINDS = ("group", "counselling", "course", "meeting_place")
TEXT = "Eltern mit kleinen Kindern treffen sich zum Spielen und Reden, auch ohne Anmeldung. "
CHECKED = date(2026, 11, 1)


def fill(count: int) -> None:
    """Write `count` offers into the network at hand, with everything that hangs on them."""
    from knotenpunkt.registers.offers.models import Offer, Topic

    houses, contacts = _houses(max(count // 15, 1))
    places = _places(max(count // 12, 1))
    offers = [_offer(number, houses[number % len(houses)]) for number in range(count)]
    Offer.objects.bulk_create(offers, batch_size=500)
    _hang(offers, contacts, places, list(Topic.objects.filter(parent__isnull=False)[:20]))
    _count()


def _count() -> None:
    """Let PostgreSQL count the rows, as it soon would: it may still take the tables for empty."""
    from django.db import connection

    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


def _houses(count: int) -> tuple[list[Organisation], list[Contact]]:
    from knotenpunkt.foundation.core.folding import fold
    from knotenpunkt.registers.partners.models import Contact, Organisation, Phone

    names = [f"Familienzentrum Nr. {number}" for number in range(count)]
    houses = [
        Organisation(level="body", name=name, name_key=fold(name), is_public=True) for name in names
    ]
    Organisation.objects.bulk_create(houses, batch_size=500)
    contacts = [Contact(organisation=one, email="haus@example.org", is_public=True)
                for one in houses]  # fmt: skip
    Contact.objects.bulk_create(contacts, batch_size=500)
    Phone.objects.bulk_create(
        [Phone(contact=one, shown=f"030 23125 {at:03d}") for at, one in enumerate(contacts)],
        batch_size=500,
    )
    return houses, contacts


def _places(count: int) -> list[Place]:
    from knotenpunkt.registers.areas.models import Place

    places = []
    for number in range(count):
        code, town, latitude, longitude = TOWNS[number % len(TOWNS)]
        places.append(
            Place(
                street=f"Testweg {number}",
                postal_code=code,
                town=town,
                precision="exact",
                latitude=latitude + number % 17 / 1000,
                longitude=longitude,
            )
        )
    Place.objects.bulk_create(places, batch_size=500)
    return places


def _offer(number: int, house: Organisation) -> Offer:
    from knotenpunkt.registers.offers.models import Offer

    careless = number % 10 == 0
    return Offer(
        provider=house,
        title=f"{TITLES[number % len(TITLES)]} {number}",
        kind=KINDS[number % len(KINDS)],
        summary="" if careless else TEXT,
        description="" if careless else TEXT * 5,
        age_from=None if careless else number % 3 * 12,
        age_to=None if careless else number % 3 * 12 + 24,
        costs="unknown" if number % 11 == 0 else "free",
        languages=["de", "ar"] if number % 5 == 0 else ["de"],
        status=("draft" if number % 20 == 1 else "withdrawn" if number % 50 == 2 else "published"),
        checked_on=None if careless else CHECKED - timedelta(days=number % 500),
    )


def _hang(
    offers: list[Offer], contacts: list[Contact], places: list[Place], topics: list[Any]
) -> None:
    from knotenpunkt.registers.offers.models import OfferAtPlace, OfferContact, OfferTopic, Schedule

    kept = [(number, one) for number, one in enumerate(offers) if number % 10]
    for model, rows in (
        (OfferContact, [OfferContact(offer=one, contact=contacts[number % len(contacts)])
                        for number, one in kept]),
        (OfferAtPlace, [OfferAtPlace(offer=one, place=places[number % len(places)])
                        for number, one in kept]),
        (OfferTopic, [OfferTopic(offer=one, topic=topics[number % len(topics)])
                      for number, one in kept if topics]),
        (Schedule, [Schedule(offer=one, frequency="weekly", weekday=number % 5, starts_at="09:30")
                    for number, one in kept]),
    ):  # fmt: skip
        model.objects.bulk_create(rows, batch_size=500)


def main(slug: str, count: int) -> None:
    """Fill a network of the installation at hand."""
    from knotenpunkt.foundation.networks.models import Network
    from knotenpunkt.foundation.networks.scope import in_network

    with in_network(Network.objects.get(slug=slug)):
        fill(count)


if __name__ == "__main__":
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.base")
    django.setup()
    main(sys.argv[1], int(sys.argv[2]))
