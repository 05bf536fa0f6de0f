"""Somebody whose data a page is about, found by what stands in the address."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from django.http import Http404
from django.utils.translation import gettext as _

from knotenpunkt.activities.campaigns.privacy import orderer_by, orderers_called
from knotenpunkt.activities.inbox.privacy import caller_of, find_caller
from knotenpunkt.foundation.accounts.actors import Actor
from knotenpunkt.foundation.accounts.queries import members
from knotenpunkt.foundation.core.folding import fold
from knotenpunkt.foundation.core.personal_data import Person, telling_names, telling_numbers
from knotenpunkt.foundation.networks.scope import current_network_id
from knotenpunkt.foundation.privacy import queries
from knotenpunkt.registers.partners.privacy import alike, person_of
from knotenpunkt.registers.partners.ways import roles_of

REGISTER, CALLER, ORDERER = "person", "anliegen", "bestellung"
OF_KIND: dict[str, Callable[[UUID], Person | None]] = {
    REGISTER: person_of, CALLER: caller_of, ORDERER: orderer_by,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Subject:
    """Who it is, as the address names them and as the page calls them."""

    kind: str
    id: UUID
    name: str
    person: Person

    @property
    def is_of_register(self) -> bool:
        """Whether it is somebody of the register of partners."""
        return self.kind == REGISTER

    @property
    def address(self) -> dict[str, str]:
        """The parts of an address that name them."""
        return {"kind": self.kind, "record_id": str(self.id)}


@dataclass(frozen=True, slots=True)
class Hit:
    """Somebody who was looked for. `kind` is "" for a member, who has an account."""

    kind: str
    id: UUID
    name: str
    note: str


def subject(actor: Actor, kind: str, record_id: UUID) -> Subject:
    """Who is meant by an address; Http404 for nobody of this network."""
    found = OF_KIND[kind](record_id) if kind in OF_KIND else None
    if found is None:
        raise Http404
    name = _("A family that asked to be called") if kind == CALLER else _called(actor, found)
    return Subject(kind, record_id, name, found)


def _called(actor: Actor, person: Person) -> str:
    roles = roles_of(actor, person.ids)
    named = next((role.person for role in roles if role.person), None)
    names = [role.name for role in roles if role.name]
    return named.full_name if named else next(iter([*names, *sorted(person.names)]), _("an office"))


def looked_for(actor: Actor, text: str) -> list[Hit]:
    """People of the register, families who wait for a call, who ordered without a record, and
    members, by what was typed."""
    hits = [Hit(REGISTER, one.id, one.name, one.note) for one in alike(text)]
    caller = find_caller(text) if any(map(str.isdigit, text)) else None
    if caller is not None:
        hits.append(Hit(CALLER, caller.record, _("A family that asked to be called"), ""))
    hits += [Hit(ORDERER, one.record, _called(actor, one), "") for one in orderers_called(text)]
    return hits + _members(actor, text)


def _members(actor: Actor, text: str) -> list[Hit]:
    words = fold(text).split()
    return [
        Hit("", one.pk, one.user.name, one.user.email)
        for one in members(actor)
        if words and all(word in fold(f"{one.user.name} {one.user.email}") for word in words)
    ]


def named_in(actor: Actor, text: str) -> list[str]:
    """Texts that name somebody who may have no record of their own."""
    person = Person(
        kind="",
        ids=frozenset(),
        networks=frozenset([current_network_id()]),
        names=telling_names([text]),
        numbers=telling_numbers([text]),
    )
    return queries.mentions(actor=actor, person=person)
