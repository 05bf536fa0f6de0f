"""What stands in each column of exported partners."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import OuterRef, Prefetch, QuerySet, Subquery
from django.utils import timezone, translation

from knotenpunkt.registers.areas.models import Place
from knotenpunkt.registers.partners.models import (
    Contact,
    Involvement,
    Level,
    Organisation,
    PartnerKind,
    Person,
    Serves,
    Tagging,
)
from knotenpunkt.registers.partners.rules import holds_role

# So many records are held in memory at a time.
CHUNK = 500
HELD = "held"


@dataclass(frozen=True, slots=True)
class Field:
    """One column: its name, and what it says of a record."""

    name: str
    said: Callable[[Any], str]
    is_personal: bool = False


@dataclass(frozen=True, slots=True)
class RoleRow:
    """A person in one of their roles; without any there is one row all the same."""

    person: Person
    role: Contact | None


def header(fields: Sequence[Field]) -> list[str]:
    """The names of the columns."""
    return [field.name for field in fields]


def personal(fields: Sequence[Field]) -> list[str]:
    """The columns that tell of people."""
    return [field.name for field in fields if field.is_personal]


def organisation_rows(rows: QuerySet[Organisation]) -> Iterator[list[str]]:
    """One row for each, in German; four queries for each `CHUNK`."""
    with translation.override("de"):
        for one in _with_everything(rows).iterator(chunk_size=CHUNK):
            yield [field.said(one) for field in ORGANISATION_FIELDS]


def _with_everything(rows: QuerySet[Organisation]) -> QuerySet[Organisation]:
    held = Contact.objects.filter(holds_role(timezone.localdate())).prefetch_related("phones")
    held = held.order_by("-answers_inquiries", "position", "name")
    return rows.annotate(seen_on=_seen("organisation")).prefetch_related(
        Prefetch("region_links", Serves.objects.select_related("region")),
        Prefetch("tag_links", Tagging.objects.select_related("tag")),
        Prefetch("contacts", held, HELD),
    )


def people_rows(rows: QuerySet[Person]) -> Iterator[list[str]]:
    """One row for each role, in German; three queries for each `CHUNK`."""
    with translation.override("de"):
        for person in _with_roles(rows).iterator(chunk_size=CHUNK):
            for row in _roles(person):
                yield [field.said(row) for field in PEOPLE_FIELDS]


def _with_roles(rows: QuerySet[Person]) -> QuerySet[Person]:
    held = Contact.objects.filter(holds_role(timezone.localdate()))
    held = held.select_related("organisation__body").prefetch_related("phones")
    return rows.annotate(seen_on=_seen("person")).prefetch_related(
        Prefetch("tag_links", Tagging.objects.select_related("tag")),
        Prefetch("roles", held.order_by("organisation__name_key"), HELD),
    )


def _roles(person: Person) -> list[RoleRow]:
    return [RoleRow(person, role) for role in getattr(person, HELD)] or [RoleRow(person, None)]


def _seen(side: str) -> Subquery:
    facts = Involvement.objects.filter(**{side: OuterRef("pk")}).order_by("-on")
    return Subquery(facts.values("on")[:1])


def _day(value: date | None) -> str:
    return f"{value:%d.%m.%Y}" if value else ""


def _place(said: Callable[[Place], str]) -> Callable[[Organisation], str]:
    return lambda one: said(one.place) if one.place else ""


def _first(said: Callable[[Contact], str]) -> Callable[[Any], str]:
    """What the contact says that is asked first."""

    def told(one: Any) -> str:
        held = getattr(one, HELD)
        return said(held[0]) if held else ""

    return told


def _of_role(said: Callable[[Contact], str]) -> Callable[[RoleRow], str]:
    return lambda row: said(row.role) if row.role else ""


def _phones(contact: Contact) -> str:
    return "; ".join(phone.shown for phone in contact.phones.all())


def _tags(one: Any) -> str:
    return "; ".join(sorted(link.tag.name for link in one.tag_links.all()))


def _regions(one: Organisation) -> str:
    return "; ".join(sorted(link.region.name for link in one.region_links.all()))


def _body(one: Organisation) -> str:
    return one.body.name if one.body else ""


def _kind(one: Organisation) -> str:
    return "" if one.kind == PartnerKind.OTHER else one.get_kind_display()


ORGANISATION_FIELDS: Sequence[Field] = (
    Field("ID", lambda one: str(one.pk)),
    Field("Organisation", lambda one: one.name),
    Field("Träger", _body),
    Field("Ebene", lambda one: "Träger" if one.level == Level.BODY else "Einrichtung"),
    Field("Art", _kind),
    Field("Unterart", lambda one: one.sub_kind.name if one.sub_kind else ""),
    Field("Regionen", _regions),
    Field("Straße", _place(lambda place: place.street)),
    Field("PLZ", _place(lambda place: place.postal_code)),
    Field("Ort", _place(lambda place: place.town)),
    Field("Website", lambda one: one.website),
    Field("Schlagworte", _tags),
    Field("Ansprechpartner", _first(lambda contact: contact.name), is_personal=True),
    Field("Funktion", _first(lambda contact: contact.function), is_personal=True),
    Field("Telefon", _first(_phones), is_personal=True),
    Field("E-Mail", _first(lambda contact: contact.email), is_personal=True),
    Field("Dabei seit", lambda one: _day(one.joined_on)),
    Field("Ausgeschieden am", lambda one: _day(one.left_on)),
    Field("Zuletzt bestätigt", lambda one: _day(one.confirmed_on)),
    Field("Zuletzt gesehen", lambda one: _day(one.seen_on)),
)
PEOPLE_FIELDS: Sequence[Field] = (
    Field("ID", lambda row: str(row.person.pk)),
    Field("Anrede", lambda row: row.person.salutation, is_personal=True),
    Field("Titel", lambda row: row.person.title, is_personal=True),
    Field("Vorname", lambda row: row.person.given_name, is_personal=True),
    Field("Nachname", lambda row: row.person.family_name, is_personal=True),
    Field("Berufsgruppe", lambda row: row.person.profession.name if row.person.profession else ""),
    Field("Organisation", _of_role(lambda role: role.organisation.name)),
    Field("Träger", _of_role(lambda role: _body(role.organisation))),
    Field("Funktion", _of_role(lambda role: role.function), is_personal=True),
    Field("Telefon", _of_role(_phones), is_personal=True),
    Field("E-Mail", _of_role(lambda role: role.email), is_personal=True),
    Field("Seit", _of_role(lambda role: _day(role.since))),
    Field("Wird gefragt", _of_role(lambda role: "ja" if role.answers_inquiries else "")),
    Field("Schlagworte", lambda row: _tags(row.person)),
    Field("Ausgeschieden am", lambda row: _day(row.person.left_on)),
    Field("Zuletzt bestätigt", lambda row: _day(row.person.confirmed_on)),
    Field("Zuletzt gesehen", lambda row: _day(row.person.seen_on)),
)
