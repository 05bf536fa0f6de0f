"""Who gets which answer: every address × every role. An address that is missing here fails."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import time
from importlib import import_module
from pkgutil import iter_modules
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

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
from tests.access.table import OPEN, ROLES, Line
from tests.conftest import PASSWORD

pytestmark = pytest.mark.django_db

SYSTEM = System("access table")
PARTS = [import_module(f"tests.access.lines.{part.name}") for part in iter_modules(lines.__path__)]
TABLE: list[Line] = [line for part in PARTS for line in part.LINES]
GETS = [line for line in TABLE if line.method == "get"]
FORMS = {name for part in PARTS for name in getattr(part, "FORMS", ())}
COOKIES_ALLOWED = {name for part in PARTS for name in getattr(part, "COOKIES_ALLOWED", ())}
OUTSIDE_NETWORKS = {"networks": OPEN, "networks_en": OPEN}


def named(patterns: list[URLPattern | URLResolver], space: str = "") -> Iterator[str]:
    """The full names of all addresses."""
    for one in patterns:
        if isinstance(one, URLResolver):
            inner = f"{space}{one.namespace}:" if one.namespace else space
            yield from named(one.url_patterns, inner)
        else:
            yield f"{space}{one.name}"


def test_each_address_of_a_network_stands_in_the_table() -> None:
    missing = set(named(get_resolver("config.network_urls").url_patterns)) ^ {
        line.name for line in TABLE
    }
    assert not missing, f"Say in TABLE what each role gets (or take it out): {sorted(missing)}"


def test_each_address_outside_stands_in_the_table() -> None:
    missing = set(named(get_resolver("config.urls").url_patterns)) ^ OUTSIDE_NETWORKS.keys()
    assert not missing, f"Say in OUTSIDE_NETWORKS what each role gets: {sorted(missing)}"


def test_each_role_stands_in_each_line() -> None:
    assert all(line.expected.keys() == set(ROLES) for line in TABLE)


@dataclass(frozen=True)
class Stage:
    """The network that is asked, who asks, and the records that are asked for."""

    network: Network
    people: dict[str, User | None]
    records: dict[str, UUID]

    def path(self, line: Line, language: str = "de") -> str:
        """Where a line of the table leads to."""
        kwargs = line.kwargs | ({line.key: str(self.records[line.of])} if line.of else {})
        return f"{address(self.network, line.name, language=language, **kwargs)}?{line.query}"

    def asked(self, path: str, role: str = "nobody", method: str = "get", **data: str) -> Any:
        """The answer that a role gets."""
        client = Client()
        user = self.people[role]
        if user is not None:
            client.force_login(user)
        answer = getattr(client, method)(path, data)
        if answer.streaming:
            list(answer)  # reading to the end closes the file
        return answer


@pytest.fixture(scope="module")
def stage(django_db_setup: None, django_db_blocker: Any) -> Iterator[Stage]:
    """Set up once for all lines: no answer changes what another one sees."""
    with django_db_blocker.unblock(), transaction.atomic():
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
            records |= part.props(mine, people) if hasattr(part, "props") else {}
    return Stage(mine, people, records)


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


@pytest.mark.parametrize("line", TABLE, ids=str)
def test_each_role_gets_its_answer(line: Line, stage: Stage) -> None:
    path = stage.path(line)
    got = {role: stage.asked(path, role, line.method, **line.data).status_code for role in ROLES}
    assert got == line.expected


@pytest.mark.parametrize(
    "path",
    ["/", "/en/", "/gibt-es-nicht/", "/en/nothing/", "/mitte/gibt-es-nicht/", "/static/x"],
)
def test_addresses_outside_are_the_same_for_everyone(path: str, stage: Stage) -> None:
    expected = 200 if path in ("/", "/en/") else 404
    assert {stage.asked(path, role).status_code for role in ROLES} == {expected}


@pytest.mark.parametrize("line", GETS, ids=str)
def test_no_public_answer_sets_a_cookie(line: Line, stage: Stage) -> None:
    """Only a form that changes something for somebody needs one."""
    allowed = {"csrftoken"} if line.name in COOKIES_ALLOWED else set()
    assert set(stage.asked(stage.path(line)).cookies) <= allowed


@pytest.mark.parametrize("line", [one for one in GETS if one.name not in FORMS], ids=str)
def test_pages_only_read(line: Line, stage: Stage) -> None:
    """An address that is asked for cannot be written to."""
    path = stage.path(line)
    for method in ("post", "put", "patch", "delete"):
        assert stage.asked(path, method=method).status_code in (302, 403, 404, 405)


@pytest.mark.parametrize("line", GETS, ids=str)
def test_every_page_speaks_english_too(line: Line, stage: Stage) -> None:
    german, english = (stage.asked(stage.path(line, language)) for language in ("de", "en"))
    assert german.status_code == english.status_code
    assert (german["Content-Language"], english["Content-Language"]) == ("de", "en")


@pytest.mark.parametrize("query", ["lat=nan&lon=1", "lat=inf&lon=inf", "lat=&lon=", "lat=1e400"])
def test_a_position_that_is_none_is_told(query: str, stage: Stage) -> None:
    path = address(stage.network, "areas:nearest_postal_code")
    assert stage.asked(f"{path}?{query}").status_code in (400, 404)
