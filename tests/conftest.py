"""The test room: a fixed cast, two networks, no stray mail, no network."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from inspect import getfile
from pathlib import Path
from typing import Any

import pytest
from django.http import StreamingHttpResponse
from django.urls import clear_script_prefix
from hypothesis import settings

from knotenpunkt.foundation.accounts.actions import add_member
from knotenpunkt.foundation.accounts.actors import ANYONE, Actor, System
from knotenpunkt.foundation.accounts.models import User
from knotenpunkt.foundation.accounts.rights import Role
from knotenpunkt.foundation.networks.actions import create_network
from knotenpunkt.foundation.networks.changes import watch_tables
from knotenpunkt.foundation.networks.installation import note_migrations
from knotenpunkt.foundation.networks.models import Network
from knotenpunkt.foundation.networks.scope import in_network
from tests.installations import demo_installation, server_url

__all__ = ["demo_installation"]

PASSWORD = "a-long-test-password"
TESTS = Path(__file__).parent
LOOPBACK = {"127.0.0.1", "::1", "localhost", "0.0.0.0"}  # noqa: S104


# How long an example takes depends on the machine; speed is measured in benchmarks.
settings.register_profile("knotenpunkt", deadline=None)
settings.load_profile("knotenpunkt")


# Kills, deadlines and crowds: a second test beside them would be seen.
ALONE = ("tests/concurrency/", "tests/front/commands/test_serve")


# Without these a test cannot ask Django's database; by these words it would ask another one.
DATABASE = {"db", "transactional_db"}
OTHER_DATABASES = ("installation", "subprocess", "postgres", "psycopg", "sqlite", "DATABASE")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Say which tests want the machine for themselves, and which need no second database."""
    for item in items:
        if item.get_closest_marker("postgresql") and not server_url():
            item.add_marker(pytest.mark.skip(reason="needs PostgreSQL; this run is on SQLite"))
        if any(place in item.path.as_posix() for place in ALONE):
            item.add_marker(pytest.mark.alone)
        if isinstance(item, pytest.Function) and not _meets_a_database(item):
            item.add_marker(pytest.mark.anywhere)


def _meets_a_database(item: pytest.Function) -> bool:
    if DATABASE & set(item.fixturenames) or item.get_closest_marker("django_db"):
        return True
    found = item._fixtureinfo.name2fixturedefs.values()
    files = {item.path, *(Path(getfile(one[-1].func)) for one in found)}
    return any(_names_a_database(file) for file in files if TESTS in file.parents)


@cache
def _names_a_database(file: Path) -> bool:
    """Whether a test or a fixture of this file may start something that has a database."""
    own = file != Path(__file__)  # its fixtures that have one ask for `db`
    return own and any(word in file.read_text(encoding="utf-8") for word in OTHER_DATABASES)


@pytest.fixture(autouse=True)
def _no_stray_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only this machine may be reached from a test."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: Any) -> None:
        if isinstance(address, tuple) and address[0] not in LOOPBACK:
            raise AssertionError(f"A test tried to reach {address[0]}")
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", guarded)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> None:
    """The test database is prepared as that of an installation: its tables were made at once."""
    with django_db_blocker.unblock():
        note_migrations("default")
        watch_tables()


@pytest.fixture(autouse=True)
def _no_left_prefix() -> Iterator[None]:
    yield
    clear_script_prefix()


@pytest.fixture(autouse=True)
def _no_open_answer() -> Iterator[None]:
    with answers_closed():
        yield


@contextmanager
def answers_closed() -> Iterator[None]:
    """A file that is asked for and not read to its end is closed with the test that asked.

    Otherwise Python would find it open whenever it tidies up, and some other test would fail.
    """
    answers: list[StreamingHttpResponse] = []
    begin = StreamingHttpResponse.__init__

    def remembered(self: StreamingHttpResponse, *words: Any, **named: Any) -> None:
        begin(self, *words, **named)
        answers.append(self)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(StreamingHttpResponse, "__init__", remembered)
        yield
    for answer in answers:
        for close in answer._resource_closers:
            close()


@pytest.fixture
def system() -> Actor:
    """The installation itself: may do everything."""
    return System("test")


@pytest.fixture
def anyone() -> Actor:
    """Nobody in particular."""
    return ANYONE


@pytest.fixture
def network_a(db: None) -> Network:
    """Mittelsachsen, as far as a test needs it."""
    return create_network(
        slug="mitte", name="Netzwerk Mitte", short_name="Mitte", area_keys=["14522"]
    )


@pytest.fixture
def network_b(db: None) -> Network:
    """Another network, that must never be seen from the first."""
    return create_network(
        slug="peine", name="Netzwerk Peine", short_name="Peine", area_keys=["03157"]
    )


@pytest.fixture
def inside_a(network_a: Network) -> Iterator[Network]:
    """Work inside the first network."""
    with in_network(network_a):
        yield network_a


@dataclass(frozen=True)
class Cast:
    """Petra coordinates A, Ede edits it, Birgit reads, Frida provides; Carla coordinates B."""

    petra: User
    ede: User
    birgit: User
    frida: User
    carla: User


@pytest.fixture
def cast(network_a: Network, network_b: Network) -> Cast:
    """The people who try every address."""
    return Cast(
        petra=_member(network_a, "petra", Role.COORDINATOR),
        ede=_member(network_a, "ede", Role.EDITOR),
        birgit=_member(network_a, "birgit", Role.READER),
        frida=_member(network_a, "frida", Role.PROVIDER),
        carla=_member(network_b, "carla", Role.COORDINATOR),
    )


def _member(network: Network, name: str, role: Role) -> User:
    with in_network(network):
        member, _is_new = add_member(
            actor=System("test"),
            email=f"{name}@example.org",
            name=name.title(),
            role=role,
            password=PASSWORD,
        )
    return member.user
