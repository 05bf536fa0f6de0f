"""Fills a network with partners in a second or two, for counting queries and measuring.

Rows are written as they are, without the actions. Everything comes from the number of the record,
so each run has the same: 1,100 organisations with 2,500 people, as the largest county has.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

ORGANISATIONS, PEOPLE = 1_100, 2_500
TOWNS = (
    ("09599", "Freiberg", "14522180"), ("04720", "Döbeln", "14522080"),
    ("09648", "Mittweida", "14522360"), ("09557", "Flöha", "14522150"),
)  # fmt: skip
KINDS = ("childcare", "school", "hospital", "social_counselling", "family_court", "other")
GIVEN = ("Jana", "Oleg", "Miriam", "Hanne", "Tuğba", "Jörg", "Anna-Lena")
FAMILY = ("Wiesner", "Kirsanow", "Tauber", "Böttcher", "von der Heide-Müller", "Öztürk", "Šolta")
TODAY = date(2026, 11, 1)


def fill(organisations: int = ORGANISATIONS, people: int = PEOPLE) -> None:
    """Write partners with their people, roles, tags, regions and involvement."""
    houses = _houses(organisations)
    persons = _people(people)
    _roles(houses, persons)
    _sort(houses, persons)
    _involve(houses, persons)


def _houses(count: int) -> list[Any]:
    from knotenpunkt.foundation.core.folding import fold
    from knotenpunkt.registers.areas.models import Place
    from knotenpunkt.registers.partners.models import Organisation, SubKind

    places = []
    for number in range(count):
        code, town, key = TOWNS[number % len(TOWNS)]
        places.append(Place(street=f"Testweg {number}", postal_code=code, town=town, area_key=key,
                            latitude=50.9 + number % 90 / 1000, longitude=13.3,
                            precision="exact"))  # fmt: skip
    Place.objects.bulk_create(places, batch_size=500)
    finer = SubKind.objects.create(kind="childcare", name="Waldkindergarten")
    bodies = [_house(number, None, places[number], fold) for number in range(count // 5)]
    Organisation.objects.bulk_create(bodies, batch_size=500)
    rest = [
        _house(number, bodies[number % len(bodies)], places[number], fold)
        for number in range(count // 5, count)
    ]
    for one in rest[::7]:
        one.kind, one.sub_kind = "childcare", finer
    Organisation.objects.bulk_create(rest, batch_size=500)
    return [*bodies, *rest]


def _house(number: int, body: Any, place: Any, fold: Any) -> Any:
    from knotenpunkt.registers.partners.models import Organisation

    name = f"{'Haus' if body else 'Verein'} Nr. {number}"
    return Organisation(
        level="facility" if body else "body",
        body=body,
        name=name,
        name_key=fold(name),
        kind=KINDS[number % len(KINDS)],
        place=None if number % 40 == 3 else place,
        is_public=number % 3 == 0,
        joined_on=TODAY - timedelta(days=number),
        left_on=TODAY if number % 50 == 1 else None,
        confirmed_on=None if number % 9 == 0 else TODAY - timedelta(days=number % 700),
    )


def _people(count: int) -> list[Any]:
    from knotenpunkt.registers.partners.models import Person, Profession
    from knotenpunkt.registers.partners.queries import person_key

    midwife = Profession.objects.create(name="Familienhebamme")
    people = [
        Person(
            salutation="Frau" if number % 2 else "Herr",
            title="Dr. med." if number % 11 == 0 else "",
            given_name=GIVEN[number % len(GIVEN)],
            family_name=f"{FAMILY[number % len(FAMILY)]} {number}",
            name_key=person_key(GIVEN[number % len(GIVEN)], FAMILY[number % len(FAMILY)]),
            profession=midwife if number % 5 == 0 else None,
            left_on=TODAY if number % 60 == 7 else None,
            confirmed_on=None if number % 8 == 0 else TODAY - timedelta(days=number % 600),
        )
        for number in range(count)
    ]
    Person.objects.bulk_create(people, batch_size=500)
    return people


def _roles(houses: list[Any], people: list[Any]) -> None:
    from knotenpunkt.registers.partners.models import Contact, Phone

    roles = [
        Contact(
            organisation=houses[(number * 7 + turn) % len(houses)],
            person=one,
            name=one.full_name,
            function="Leitung" if number % 3 == 0 else "Fachkraft",
            email=f"person{number}@example.org" if number % 4 else "",
            email_audience="professionals",
            until=TODAY - timedelta(days=30) if number % 10 == 9 else None,
            answers_inquiries=number % 3 == 0,
        )
        for number, one in enumerate(people)
        for turn in range(2 if number % 20 == 0 else 1)
    ]
    Contact.objects.bulk_create(roles, batch_size=500)
    Phone.objects.bulk_create(
        [Phone(contact=one, shown=f"030 23125 {at:04d}", audience="professionals")
         for at, one in enumerate(roles) if at % 3],
        batch_size=500,
    )  # fmt: skip


def _sort(houses: list[Any], people: list[Any]) -> None:
    from knotenpunkt.registers.areas.models import Region
    from knotenpunkt.registers.partners.models import Serves, Tag, Tagging

    regions = [
        Region.objects.create(name=f"Altkreis {town}", kind="former_county", postal_codes=[code])
        for code, town, _key in TOWNS
    ]
    tags = [Tag.objects.create(name=name) for name in ("Lenkungskreis", "Presse", "Kita-Runde")]
    Serves.objects.bulk_create(
        [Serves(organisation=one, region=regions[at % len(regions)])
         for at, one in enumerate(houses) if at % 3],
        batch_size=500,
    )  # fmt: skip
    Tagging.objects.bulk_create(
        [Tagging(tag=tags[at % len(tags)], organisation=one) for at, one in enumerate(houses)],
        batch_size=500,
    )
    Tagging.objects.bulk_create(
        [Tagging(tag=tags[at % len(tags)], person=one) for at, one in enumerate(people[::2])],
        batch_size=500,
    )


def _involve(houses: list[Any], people: list[Any]) -> None:
    from knotenpunkt.registers.partners.models import Involvement

    Involvement.objects.bulk_create(
        [
            Involvement(
                organisation=one,
                person=people[at % len(people)],
                kind="meeting",
                title=f"Treffen {turn}",
                on=TODAY - timedelta(days=at % 400 + turn * 90),
            )
            for at, one in enumerate(houses)
            for turn in range(3)
            if at % 4
        ],
        batch_size=500,
    )
