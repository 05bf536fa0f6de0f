"""Whom the register knows already: organisations by name and place, people by name and house."""

from __future__ import annotations

from collections import defaultdict
from uuid import UUID

from knotenpunkt.foundation.accounts.actors import Actor
from knotenpunkt.foundation.core.folding import fold
from knotenpunkt.registers.areas.models import Region
from knotenpunkt.registers.areas.queries import regions
from knotenpunkt.registers.partners.imports.drafts.shapes import ContactDraft, RowDraft
from knotenpunkt.registers.partners.models import Contact, Level, Organisation, Person, Profession
from knotenpunkt.registers.partners.queries import name_key, person_key


class KnownOrganisations:
    """Every organisation of the network, and those that this import adds."""

    def __init__(self) -> None:
        self.by_id: dict[UUID, Organisation] = {}
        self._named: dict[str, list[Organisation]] = defaultdict(list)
        for row in Organisation.objects.select_related("body", "place"):
            self.add(row)

    def add(self, row: Organisation) -> None:
        """One more."""
        self.by_id[row.pk] = row
        self._named[row.name_key].append(row)

    def body(self, name: str) -> Organisation | None:
        """The body of that folded name."""
        found = self._named.get(name_key(name), ())
        return next((one for one in found if one.level == Level.BODY), None)

    def like(self, row: RowDraft) -> Organisation | None:
        """The only one with this name at this place; below this body, where the row names one."""
        named = self._named.get(name_key(str(row.organisation["name"])), [])
        fitting = [one for one in named if self._fits(one, row)]
        exact = [one for one in fitting if _place_of(one) and _place_of(one) == _told_place(row)]
        found = exact or fitting
        return found[0] if len(found) == 1 else None

    def _fits(self, one: Organisation, row: RowDraft) -> bool:
        here, there = _place_of(one), _told_place(row)
        if here and there and here != there:
            return False
        body = name_key(one.body.name) if one.body else ""
        return not (body and row.body and body != name_key(row.body))


def _place_of(one: Organisation) -> str:
    return (one.place.postal_code or fold(one.place.town)) if one.place else ""


def _told_place(row: RowDraft) -> str:
    return str(row.place.get("postal_code") or fold(str(row.place.get("town", ""))))


class KnownPeople:
    """Every person with their roles, and those that this import adds."""

    def __init__(self) -> None:
        self.by_id: dict[UUID, Contact] = {}
        self._at: dict[UUID, list[Contact]] = defaultdict(list)
        self._mails: dict[tuple[str, str], Person] = {}
        rows = Contact.objects.select_related("person", "organisation")
        for row in rows.prefetch_related("phones"):
            self.add(row)

    def add(self, row: Contact) -> None:
        """One more role or office."""
        self.by_id[row.pk] = row
        self._at[row.organisation_id].append(row)
        if row.person is not None and row.email:
            self._mails[row.person.name_key, row.email.casefold()] = row.person

    def role(self, organisation: Organisation, told: ContactDraft) -> Contact | None:
        """Whom the row means at this organisation; its office, where it names nobody."""
        there = self._at[organisation.pk]
        if told.person is None:
            offices = [one for one in there if one.person_id is None and not one.name]
            return offices[0] if offices else None
        key, family = _key(told), fold(told.person["family_name"])
        people = [one for one in there if one.person is not None]
        exact = [one for one in people if one.person and one.person.name_key == key]
        if exact:
            return exact[0]
        alike = [one for one in people if one.person and _only_family(one.person, told, family)]
        return alike[0] if len(alike) == 1 else None

    def person(self, told: ContactDraft) -> Person | None:
        """Somebody of the same name and mailbox elsewhere is the same."""
        if told.person is None or not told.email:
            return None
        return self._mails.get((_key(told), told.email.casefold()))

    def has_other_role(self, contact: Contact) -> bool:
        """Whether the person still serves another organisation."""
        return any(
            one.person_id == contact.person_id and one.pk != contact.pk and one.until is None
            for one in self.by_id.values()
        )


def _key(told: ContactDraft) -> str:
    said = told.person or {}
    return person_key(said.get("given_name", ""), said.get("family_name", ""))


def _only_family(person: Person, told: ContactDraft, family: str) -> bool:
    """ "Frau Müller" and "Anna Müller" of one house are one, unless the salutation differs."""
    said = told.person or {}
    if fold(person.family_name) != family or (person.given_name and said["given_name"]):
        return False
    return not (
        person.salutation and said["salutation"] and person.salutation != said["salutation"]
    )


class KnownWords:
    """Regions and professions by their folded names, regions also by postal code."""

    def __init__(self, actor: Actor) -> None:
        self._regions = {fold(one.name): one for one in regions(actor)}
        self._codes: dict[str, list[Region]] = defaultdict(list)
        for region in self._regions.values():
            for code in region.postal_codes:
                self._codes[code].append(region)
        self._areas = {key: one for one in self._regions.values() for key in one.area_keys}
        self.professions = {fold(one.name): one for one in Profession.objects.all()}

    def region(self, name: str) -> Region | None:
        """The region of that name; "Altkreis Döbeln" is "Döbeln"."""
        folded = fold(name)
        bare = folded.removeprefix("altkreis ").removeprefix("region ").removeprefix("landkreis ")
        return self._regions.get(folded) or self._regions.get(bare)

    def regions_at(self, code: str, area_key: str) -> list[Region]:
        """In which regions a place lies."""
        found = list(self._codes.get(code, ()))
        if area_key in self._areas and self._areas[area_key] not in found:
            found.append(self._areas[area_key])
        return found
