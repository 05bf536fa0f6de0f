"""Organisations and people of the network at hand as cards to be compared, in few queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import urlsplit

from knotenpunkt.foundation.core.folding import fold
from knotenpunkt.registers.partners.duplicates.candidates import Card
from knotenpunkt.registers.partners.models import Contact, Organisation, Person
from knotenpunkt.tools.imports.cleaning.addresses import split_street


def organisation_cards() -> list[Card]:
    """Every organisation, with its mailboxes and numbers."""
    ways = _ways("organisation_id")
    rows = Organisation.objects.select_related("body", "place")
    return [organisation_card(row, *ways[row.pk]) for row in rows]


def organisation_card(
    row: Organisation, mails: Iterable[str] = (), phones: Iterable[str] = ()
) -> Card:
    """One organisation."""
    place = row.place
    street, house = split_street(place.street) if place else ("", "")
    return Card(
        key=row.pk,
        name=row.name,
        mails=frozenset(mails),
        phones=frozenset(phones),
        website=_host(row.website),
        street=street,
        house=house,
        code=place.postal_code if place else "",
        town=place.town if place else "",
        above=frozenset({fold(row.body.name)} if row.body else ()),
    )


def people_cards() -> list[Card]:
    """Every person, with what they are reached by and where they work."""
    ways = _ways("person_id")
    houses: dict[Any, set[str]] = defaultdict(set)
    roles = Contact.objects.exclude(person=None).order_by()
    for person, name in roles.values_list("person_id", "organisation__name"):
        houses[person].add(fold(name))
    return [person_card(row, houses[row.pk], *ways[row.pk]) for row in Person.objects.all()]


def person_card(
    row: Person, houses: Iterable[str] = (), mails: Iterable[str] = (), phones: Iterable[str] = ()
) -> Card:
    """One person."""
    return Card(
        key=row.pk,
        name=row.family_name,
        given=row.given_name,
        mails=frozenset(mails),
        phones=frozenset(phones),
        above=frozenset(houses),
    )


Ways = Mapping[Any, tuple[set[str], set[str]]]


def _ways(owner: str) -> Ways:
    """Mailboxes and dialled numbers by who has them."""
    found: dict[Any, tuple[set[str], set[str]]] = defaultdict(lambda: (set(), set()))
    contacts = Contact.objects.order_by()
    for one, mail in contacts.exclude(email="").values_list(owner, "email"):
        found[one][0].add(mail.casefold())
    for one, number in contacts.exclude(phones__dialled="").values_list(owner, "phones__dialled"):
        if number:
            found[one][1].add(number)
    return found


def _host(website: str) -> str:
    """A page of one's own says who one is; the site alone may be shared by a whole body."""
    told = urlsplit(website)
    return f"{told.netloc.removeprefix('www.')}{told.path.rstrip('/')}".casefold()
