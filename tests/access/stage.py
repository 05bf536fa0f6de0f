"""The network that is asked, those who ask, and the records that they ask for."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import time
from importlib import import_module
from pkgutil import iter_modules
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.test import Client

from knotenpunkt.foundation.accounts.actions import add_member
from knotenpunkt.foundation.accounts.actors import Actor, System
from knotenpunkt.foundation.accounts.models import User
from knotenpunkt.foundation.accounts.rights import Role
from knotenpunkt.foundation.networks.actions import create_network
from knotenpunkt.foundation.networks.addresses import address
from knotenpunkt.foundation.networks.models import Network
from knotenpunkt.foundation.networks.scope import in_network
from knotenpunkt.registers.areas.actions import save_place
from knotenpunkt.registers.offers.actions import (
    Belongings,
    TimeDraft,
    prepare_topics,
    publish_offer,
    save_offer,
)
from knotenpunkt.registers.offers.models import Offer
from knotenpunkt.registers.pages.actions import prepare_pages
from knotenpunkt.registers.partners.actions import PhoneDraft, save_contact, save_organisation
from knotenpunkt.registers.partners.models import Level
from tests.access import lines
from tests.access.table import Line
from tests.conftest import PASSWORD

SYSTEM = System("access table")
PARTS = [import_module(f"tests.access.lines.{part.name}") for part in iter_modules(lines.__path__)]
TABLE: list[Line] = [line for part in PARTS for line in part.LINES]


@dataclass(frozen=True)
class Stage:
    """The network that is asked, who asks, and the records that are asked for."""

    network: Network
    people: dict[str, User | None]
    records: dict[str, UUID]
    cookies: dict[str, dict[str, str]]
    """What the browser of each role keeps: signed in once, for each sign-in writes."""

    def path(self, line: Line, language: str = "de") -> str:
        """Where a line of the table leads to."""
        named = {name: str(self.records.get(one, one)) for name, one in line.kwargs.items()}
        kwargs = named | ({line.key: str(self.records[line.of])} if line.of else {})
        return f"{address(self.network, line.name, language=language, **kwargs)}?{line.query}"

    def asked(self, path: str, role: str = "nobody", method: str = "get", **data: str) -> Any:
        """The answer that a role gets."""
        client = Client()
        client.cookies.load(self.cookies[role])
        answer = getattr(client, method)(path, data)
        if answer.streaming:
            list(answer)  # reading to the end closes the file
        return answer


@contextmanager
def set_up() -> Iterator[Stage]:
    """Everything in one transaction that is taken back at the end."""
    with transaction.atomic():
        yield _staged()
        transaction.set_rollback(True)


def _staged() -> Stage:
    mine = create_network(slug="mitte", name="Netzwerk Mitte", area_keys=["14522"])
    other = create_network(slug="peine", name="Netzwerk Peine", area_keys=["03157"])
    people: dict[str, User | None] = {"nobody": None, "outsider": _member(other, Role.COORDINATOR)}
    people |= {role.value: _member(mine, role) for role in Role}
    records = _here(mine) | {"neighbour": _published(other), "invented": uuid4()}
    with in_network(mine):
        for part in PARTS:
            props = part.props(mine, people) if hasattr(part, "props") else {}
            assert not records.keys() & props.keys(), f"{part.__name__}: these names are taken"
            records |= props
    return Stage(mine, people, records, {role: _signed_in(one) for role, one in people.items()})


def _signed_in(user: User | None) -> dict[str, str]:
    client = Client()
    if user is not None:
        client.force_login(user)
    return {name: one.value for name, one in client.cookies.items()}


def _member(network: Network, role: Role) -> User:
    email = f"{role}@{network.slug}.example.org"
    with in_network(network):
        return add_member(actor=SYSTEM, email=email, name=role.label, role=role, password=PASSWORD)[
            0
        ].user


def _here(network: Network) -> dict[str, UUID]:
    published = _published(network)
    with in_network(network):
        return {"published": published, "draft": _offer(SYSTEM, "Entwurf").pk}


def _published(network: Network) -> UUID:
    with in_network(network):
        prepare_topics()
        prepare_pages(network)
        return publish_offer(actor=SYSTEM, offer=_offer(SYSTEM, "Krabbelgruppe")).pk


def _offer(actor: Actor, title: str) -> Offer:
    place = save_place(actor=actor, street="Testweg 1", postal_code="09599", town="Freiberg")
    house = save_organisation(actor=actor, level=Level.BODY, name=f"Haus {title}", place=place)
    phones = [PhoneDraft(shown="030 23125 900", dialled="+493023125900")]
    contact = save_contact(actor=actor, organisation=house, phones=phones, is_public=True)
    times = [TimeDraft(frequency="weekly", weekday=1, starts_at=time(10))]
    belongings = Belongings(contacts=[contact], places=[place], times=times)
    return save_offer(actor=actor, provider=house, title=title, belongings=belongings)
