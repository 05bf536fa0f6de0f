"""Personal data of the people of the register, and of offices that are reached by name."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from knotenpunkt.foundation.accounts.models import User
from knotenpunkt.foundation.core import personal_data
from knotenpunkt.foundation.core.folding import fold
from knotenpunkt.foundation.core.personal_data import (
    ERASED,
    Expired,
    Holding,
    Remains,
    telling_names,
    telling_numbers,
)
from knotenpunkt.foundation.networks.scope import current_network_id
from knotenpunkt.registers.partners.duplicates.actions.deciding import drop_old_moves, forget_moves
from knotenpunkt.registers.partners.models import (
    Contact,
    Merge,
    NotSame,
    Organisation,
    Person,
    Phone,
    Release,
)

KIND = Contact._meta.label
"""Somebody of the register: a person with all their roles, or a contact that is no person's."""

HOLDINGS = (
    Holding(
        what="people of the register: salutation, title, name, profession, tags, internal note,"
        " when they left and when their entries were last confirmed",
        why="so that the network knows who works in it, and the same person is not kept twice",
        legal_basis="Art. 6 (1) e GDPR with § 3 KKG",
        term="as long as the person takes part in the network; they or a coordinator have them"
        " erased",
        where=(
            "partners.Person.salutation",
            "partners.Person.title",
            "partners.Person.given_name",
            "partners.Person.family_name",
            "partners.Person.name_key",
            "partners.Person.profession",
            "partners.Person.internal_note",
            "partners.Person.left_on",
            "partners.Tagging.person",
            "partners.Tag.name",
        ),
    ),
    Holding(
        what="roles and offices of organisations: name, function, e-mail address, telephone"
        " numbers, from when until when, and who may see each of them",
        why="so that families and colleagues reach the right person; each way is shown only to"
        " those for whom it is released",
        legal_basis="Art. 6 (1) e GDPR with § 3 KKG; consent where a person is shown by name"
        " without it being their office",
        term="as long as the person is the contact; roles that ended stay in the history until the"
        " person is erased",
        where=(
            "partners.Contact.person",
            "partners.Contact.name",
            "partners.Contact.name_audience",
            "partners.Contact.function",
            "partners.Contact.email",
            "partners.Contact.email_audience",
            "partners.Contact.email_purpose",
            "partners.Phone.shown",
            "partners.Phone.dialled",
            "partners.Phone.note",
        ),
    ),
    Holding(
        what="releases: which way of a contact is shown to whom, on which ground, since when, how"
        " the consent was given, with which words, and who wrote it down",
        why="so that a consent can be proved, and its withdrawal too",
        legal_basis="Art. 7 (1) and Art. 5 (2) GDPR: to be able to prove a consent",
        term="until the person is erased; then with them",
        where=(
            "partners.Release.contact",
            "partners.Release.phone",
            "partners.Release.wording",
            "partners.Release.by_label",
        ),
    ),
    Holding(
        what="merges: which two entries became one or are not the same, who said so, and what moved"
        " (what is about a person sealed with their key)",
        why="so that a merge can be taken back, and the same pair is not shown again",
        legal_basis="Art. 6 (1) e GDPR with § 3 KKG",
        term="what moved 30 days, or until the person is erased; the name of who said so until"
        " their account is erased",
        where=("partners.Merge.moves", "partners.Merge.by_label", "partners.NotSame.by_label"),
    ),
    Holding(
        what="what a person took part in: meetings, conferences, trainings",
        why="so that one sees who is active, and who should be asked again",
        legal_basis="Art. 6 (1) e GDPR with § 3 KKG",
        term="as long as the person is kept; afterwards only that the organisation took part",
        where=("partners.Involvement.person", "partners.Involvement.title"),
    ),
    Holding(
        what="organisations that are one person, such as a midwife or a childminder: name, text,"
        " website, address, internal note; files about organisations",
        why="they are providers like all others",
        legal_basis="Art. 6 (1) e GDPR with § 3 KKG",
        term="as long as the offer exists; an erasure lists the organisations that name the person",
        where=(
            "partners.Organisation.name",
            "partners.Organisation.name_key",
            "partners.Organisation.description",
            "partners.Organisation.website",
            "partners.Organisation.internal_note",
            "partners.PartnerFile.title",
            "areas.Place.venue",
            "areas.Place.street",
        ),
    ),
    Holding(
        what="which organisations a signed-in provider keeps, and which regions a member looks"
        " after",
        why="so that they change their own entries and no others, and are asked about their region",
        legal_basis="Art. 6 (1) e GDPR with § 3 KKG",
        term="until the account is erased or somebody else takes it over",
        where=("partners.Representative.user", "areas.RegionCoordinator.user"),
    ),
)


@dataclass(frozen=True, slots=True)
class Found:
    """Somebody of the register, as a coordinator tells them from others."""

    id: UUID
    name: str
    note: str


def find_contact(text: str) -> personal_data.Person | None:
    """Who is meant by an id, e-mail address or name in the network at hand.

    By address or name it is everybody who carries it; by id only that person or contact. A contact
    that is a person's role means the person with all roles.
    """
    people, contacts = _meant(text.strip()) if text.strip() else (set(), set())
    contacts |= set(Contact.objects.filter(person_id__in=people).values_list("pk", flat=True))
    return _all_of(people, contacts) if people or contacts else None


def person_of(record_id: UUID) -> personal_data.Person | None:
    """The same for the id of a person or contact."""
    return find_contact(str(record_id))


def alike(text: str, *, limit: int = 30) -> list[Found]:
    """Those whose name, e-mail address or number holds what was typed; people before offices."""
    typed, words = text.strip(), fold(text).split()
    if not words:
        return []
    found: dict[UUID, Found] = {}
    named = Q(*(Q(name_key__contains=word) for word in words))
    for person in Person.objects.filter(named).prefetch_related("roles__organisation")[:limit]:
        found[person.pk] = Found(person.pk, person.full_name, _places(person.roles.all()))
    reached = Q(email__icontains=typed) | Q(name__icontains=typed) | _has_number(typed)
    roles = Contact.objects.filter(reached).select_related("organisation", "person").distinct()
    for one in map(_as_found, roles[:limit]):
        found.setdefault(one.id, one)
    return sorted(found.values(), key=lambda one: fold(one.name))[:limit]


def export(person: personal_data.Person) -> list[dict[str, Any]]:
    """The person, with their roles and what proves who may see which way."""
    people = [_told_person(one) for one in _people(person).select_related("profession")]
    roles = _contacts(person).select_related("organisation")
    roles = roles.prefetch_related("phones", "releases__phone")
    return [*people, *map(_told_contact, roles)]


def erase(person: personal_data.Person) -> int:
    """Delete the person and the contacts with their numbers and releases."""
    contacts, _by_table = _contacts(person).delete()
    people, _by_table = _people(person).delete()
    return int(contacts) + int(people) + _names_taken_off(person) + forget_moves(person)


def _names_taken_off(person: personal_data.Person) -> int:
    """Of a member whose account goes: what they decided stays, without their name."""
    names = person.names if person.kind == User._meta.label else frozenset()
    tables = (Merge, NotSame, Release) if names else ()
    return sum(table.objects.filter(by_label__in=names).update(by_label=ERASED) for table in tables)


def expire() -> list[Expired]:
    """After thirty days nobody takes a merge back."""
    return [Expired("merges, to be taken back", drop_old_moves())]


def remains(person: personal_data.Person) -> list[Remains]:
    """That an organisation took part stays, without the person."""
    if not Person.objects.filter(pk__in=person.ids, involvements__isnull=False).exists():
        return []
    return [
        Remains(
            what="that an organisation took part in something, without the person",
            why="Art. 6 (1) e GDPR with § 3 KKG: the work of the network itself, nobody's data",
            term="as long as the organisation is kept",
        )
    ]


def mentions(person: personal_data.Person) -> list[str]:
    """Organisations and notes on other people that name the person."""
    rows = [
        _("organisation “%(name)s”") % {"name": row.name}
        for row in Organisation.objects.iterator()
        if person.appears_in(f"{row.name}\n{row.description}\n{row.internal_note}")
    ]
    noted = Person.objects.exclude(internal_note="").exclude(pk__in=person.ids)
    return rows + [
        _("note on “%(name)s”") % {"name": one.full_name}
        for one in noted
        if person.appears_in(one.internal_note)
    ]


def _told_person(one: Person) -> dict[str, Any]:
    involved = one.involvements.select_related("organisation")
    return {
        "id": one.pk,
        "salutation": one.salutation,
        "title": one.title,
        "given_name": one.given_name,
        "family_name": one.family_name,
        "profession": one.profession.name if one.profession else "",
        "internal_note": one.internal_note,
        "left_on": one.left_on,
        "confirmed_on": one.confirmed_on,
        "tags": [link.tag.name for link in one.tag_links.select_related("tag")],
        "took_part": [[fact.on, fact.title, fact.organisation.name] for fact in involved],
    }


def _told_contact(contact: Contact) -> dict[str, Any]:
    return {
        "id": contact.pk,
        "organisation": contact.organisation.name,
        "name": contact.name,
        "name_for": contact.name_audience if contact.name else "",
        "function": contact.function,
        "email": contact.email,
        "email_for": contact.email_audience if contact.email else "",
        "phones": [phone.shown for phone in contact.phones.all()],
        "phones_for": [phone.audience for phone in contact.phones.all()],
        "since": contact.since,
        "until": contact.until,
        "public": contact.is_public,
        "releases": [
            {
                "field": one.field,
                "phone": one.phone.shown if one.phone else "",
                "for": one.audience,
                "ground": one.ground,
                "given": one.given,
                "wording": one.wording,
                "noted_by": one.by_label,
                "since": one.since,
                "ended_at": one.ended_at,
            }
            for one in contact.releases.all()
        ],
    }


def _meant(text: str) -> tuple[set[UUID], set[UUID]]:
    """(people, contacts that are nobody's role)."""
    try:
        key = UUID(text)
    except ValueError:
        return _called(text)
    people = set(
        Person.objects.filter(Q(pk=key) | Q(roles__pk=key)).values_list("pk", flat=True).distinct()
    )
    return people, set(Contact.objects.filter(pk=key).values_list("pk", flat=True))


def _called(text: str) -> tuple[set[UUID], set[UUID]]:
    roles = list(Contact.objects.filter(Q(email__iexact=text) | Q(name__iexact=text)))
    wanted = fold(text)
    people = {one.pk for one in Person.objects.iterator() if wanted in map(fold, _spelled(one))}
    people |= {role.person_id for role in roles if role.person_id}
    return people, {role.pk for role in roles if not role.person_id}


def _all_of(people: Collection[UUID], contacts: Collection[UUID]) -> personal_data.Person:
    own = list(Contact.objects.filter(pk__in=contacts).prefetch_related("phones"))
    own_people = list(Person.objects.filter(pk__in=people))
    others = Contact.objects.exclude(pk__in=contacts)
    shared = [value for pair in others.values_list("name", "email") for value in pair]
    strangers = Person.objects.exclude(pk__in=people)
    shared += [name for one in strangers.iterator() for name in _spelled(one)]
    names = [name for one in own_people for name in _spelled(one)]
    names += [text for one in own for text in (one.name, one.email)]
    return personal_data.Person(
        kind=KIND,
        ids=frozenset([*people, *contacts]),
        networks=frozenset([current_network_id()]),
        names=telling_names(names, shared=shared),
        numbers=telling_numbers(
            [phone.dialled or phone.shown for one in own for phone in one.phones.all()],
            shared=[p.dialled or p.shown for p in Phone.objects.exclude(contact_id__in=contacts)],
        ),
        main=next(iter(people), None) if len(people) == 1 else None,
    )


def _spelled(one: Person) -> list[str]:
    """As people write it: "Anna Weber", "Weber, Anna"; a family name alone is nobody's own."""
    if not one.given_name:
        return [one.full_name] if one.title or " " in one.family_name else []
    return [f"{one.given_name} {one.family_name}", f"{one.family_name} {one.given_name}"]


def _contacts(person: personal_data.Person) -> QuerySet[Contact]:
    ids = person.ids if person.kind == KIND else frozenset()
    rows: QuerySet[Contact] = Contact.objects.filter(pk__in=ids)
    return rows


def _people(person: personal_data.Person) -> QuerySet[Person]:
    rows: QuerySet[Person] = Person.objects.filter(pk__in=person.ids)
    return rows


def _has_number(typed: str) -> Q:
    """The digits as they are dialled, without what stands before the area code."""
    digits = next(iter(telling_numbers([typed])), "")
    return Q(phones__dialled__contains=digits) if digits else Q(pk__in=[])


def _as_found(role: Contact) -> Found:
    if role.person:
        return Found(role.person.pk, role.person.full_name, role.organisation.name)
    place = ", ".join(part for part in (role.function, role.organisation.name) if part)
    return Found(role.pk, role.name or role.organisation.name, place)


def _places(roles: Iterable[Contact]) -> str:
    return ", ".join(sorted({role.organisation.name for role in roles}))
