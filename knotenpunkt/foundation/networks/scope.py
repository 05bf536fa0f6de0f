"""In which network the running code works.

Three scopes, each entered by name: one network, all networks (maintenance, with its reason), and
everything published (read-only, over all networks). Without one, scoped models refuse to answer.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar, Token
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING
from uuid import UUID

from django.conf import settings
from django.db import connections, transaction

if TYPE_CHECKING:
    from knotenpunkt.foundation.networks.models import Network


class OutsideNetwork(Exception):
    """A scoped table was asked without saying for which network."""


class WrongNetwork(Exception):
    """A record of one network was about to be touched from within another."""


class ReadOnlyScope(Exception):
    """Something was about to be written in the published scope."""


class Reach(Enum):
    """How far a scope reaches."""

    ONE_NETWORK = "one network"
    ALL_NETWORKS = "all networks"
    PUBLISHED = "published everywhere"


@dataclass(frozen=True, slots=True)
class Scope:
    """What the running code may see. `network_id` is set exactly for ONE_NETWORK."""

    reach: Reach
    network_id: UUID | None = None
    reason: str = ""


_scope: ContextVar[Scope | None] = ContextVar("scope", default=None)
_entered: ContextVar[set[UUID | None] | None] = ContextVar("entered", default=None)


def current_scope() -> Scope | None:
    """The scope the running code is in, or None."""
    return _scope.get()


def current_network_id() -> UUID:
    """The id of the network the running code works in; OutsideNetwork when in none."""
    scope = _scope.get()
    if scope is None or scope.network_id is None:
        raise OutsideNetwork("This needs a network: enter one with in_network(network).")
    return scope.network_id


def current_network() -> Network:
    """The network the running code works in; OutsideNetwork when in none."""
    from knotenpunkt.foundation.networks.models import Network

    return Network.objects.get(pk=current_network_id())


def scoped_database() -> str:
    """The connection that scoped tables are read and written on, by the current scope."""
    scope = _scope.get()
    if scope is None or scope.reach is Reach.ONE_NETWORK:
        return "default"
    return str(settings.ALL_NETWORKS_DATABASE)


@contextmanager
def networks_entered() -> Iterator[set[UUID | None]]:
    """Which networks the code inside works in; None among them stands for all of them.

    What it read can only be of these, for nothing is read outside every scope.
    """
    entered: set[UUID | None] = set()
    token = _entered.set(entered)
    try:
        yield entered
    finally:
        _entered.reset(token)


def _enter(scope: Scope) -> Token[Scope | None]:
    entered = _entered.get()
    if entered is not None:
        entered.add(scope.network_id)
    return _scope.set(scope)


@contextmanager
def in_network(network: Network) -> Iterator[None]:
    """Work in one network. On PostgreSQL this opens a transaction bound by row-level security."""
    before = _scope.get()
    if before and before.network_id not in (None, network.pk):
        raise WrongNetwork("Leave the one network before entering the other.")
    token = _enter(Scope(Reach.ONE_NETWORK, network.pk))
    try:
        with _row_level_security(network.pk):
            yield
    finally:
        _scope.reset(token)


@contextmanager
def all_networks(reason: str) -> Iterator[None]:
    """Maintenance over all networks; `reason` names it (a test counts the places)."""
    token = _enter(Scope(Reach.ALL_NETWORKS, reason=reason))
    try:
        yield
    finally:
        _scope.reset(token)


@contextmanager
def published_everywhere() -> Iterator[None]:
    """Read, never write, what any network has published. PostgreSQL itself refuses a write."""
    token = _enter(Scope(Reach.PUBLISHED))
    try:
        with _read_only():
            yield
    finally:
        _scope.reset(token)


@contextmanager
def _read_only() -> Iterator[None]:
    connection = connections[settings.ALL_NETWORKS_DATABASE]
    if connection.vendor != "postgresql":
        yield
        return
    # Ends with this block, also inside a surrounding transaction: it is then one of a savepoint.
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION READ ONLY")
        yield


@contextmanager
def _row_level_security(network_id: UUID) -> Iterator[None]:
    connection = connections["default"]
    if connection.vendor != "postgresql":
        yield
        return
    with transaction.atomic():
        before = _bind(str(network_id))
        try:
            yield
        finally:
            # Inside a surrounding transaction the setting would outlive this block.
            if not connection.needs_rollback:
                _bind(before)


def _bind(network_id: str) -> str:
    """Set `app.network` for this transaction and return what it was before."""
    with connections["default"].cursor() as cursor:
        cursor.execute(
            "SELECT coalesce(current_setting('app.network', true), ''),"
            " set_config('app.network', %s, true)",
            [network_id],
        )
        return str(cursor.fetchone()[0])
