"""What can be queued: each app registers its work in its `jobs.py`.

    @work("offers.import", title=_("Import of a list"))
    def run(job: Running, *, upload: str) -> None:
        import_upload(actor=job.actor, upload=UUID(upload), progress=job.progress)

Work runs inside its network and in *one transaction*, with which the job counts as done: a worker
that is killed at any point has done nothing or everything. On SQLite others wait meanwhile before
they can write, so work of more than a second or two has `own_transactions=True`. It then enters
`in_network(job.network)` itself, batch by batch, must bear to be repeated from its beginning, and
may `remember` how far it came. `with job.one_transaction():` is a batch that counts only while
this attempt still holds the job.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from importlib import import_module
from typing import Any, Protocol
from uuid import UUID

from django.apps import apps
from django.db import transaction
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.module_loading import module_has_submodule

from knotenpunkt.foundation.accounts.actors import Actor
from knotenpunkt.foundation.accounts.rights import Right
from knotenpunkt.foundation.networks.models import Network
from knotenpunkt.foundation.networks.scope import in_network

JSON = None | bool | int | float | str | list[Any] | dict[str, Any]


class Stopped(BaseException):
    """The work is to end here and now: somebody stops it, or the worker.

    No Exception, so that a work that goes on after errors does not go on after this.
    """


class LeaseLost(Stopped):
    """Another worker has the job by now: nothing of this attempt may count."""


class Unworkable(Exception):
    """Why work cannot be done, in words for those who see the job, without names and addresses.

    `again`: later it may be possible, so the attempts that are left are made.
    """

    def __init__(self, text: str | Promise, *, again: bool = False) -> None:
        super().__init__(str(text))
        self.again = again


class Postponed(Exception):
    """The same job goes on at `until`. It costs no attempt; the text says why it waits, or ""."""

    def __init__(self, until: datetime, text: str | Promise = "") -> None:
        super().__init__(str(text))
        self.until = until


class Lease(Protocol):
    """What holds the job for this attempt."""

    def report(self, done: int, total: int, text: str) -> None:
        """Tell how far it is; Stopped or LeaseLost when it is to end."""

    def remember(self, memory: Mapping[str, JSON]) -> None:
        """Keep what the next attempt must know, whatever becomes of this one."""

    def confirm(self) -> None:
        """LeaseLost unless this attempt still holds the job; it does until the transaction ends."""


@dataclass(frozen=True, slots=True)
class Running:
    """One attempt at a job, as its work sees it."""

    id: UUID
    network: Network
    actor: Actor
    attempt: int
    memory: dict[str, Any]
    lease: Lease

    def progress(self, done: int, total: int, text: str = "") -> None:
        """Tell how far it is: others see it at once, and the lease is extended.

        On SQLite they see it at once unless a transaction is open, then with its end. Raises
        Stopped when it is to end: let it pass.
        """
        self.lease.report(done, total, text)

    def remember(self, **facts: JSON) -> None:
        """Add to `memory`, which the next attempt finds. Outside of a transaction only."""
        self.memory.update(facts)
        self.lease.remember(self.memory)

    @contextmanager
    def one_transaction(self) -> Iterator[None]:
        """A transaction inside the network that counts only while this attempt holds the job."""
        with in_network(self.network), transaction.atomic():
            yield
            self.lease.confirm()


Function = Callable[..., None]


@dataclass(frozen=True, slots=True)
class Work:
    """A kind of work: its function and how it is run."""

    name: str
    run: Function
    attempts: int
    own_transactions: bool
    title: str | Promise
    followed_by: Right


@dataclass(frozen=True, slots=True)
class Timetable:
    """Work that the clock starts in each network, once a day."""

    work: str
    daily: time

    def due(self, now: datetime) -> datetime:
        """The last moment up to now at which it was due."""
        today = timezone.localtime(now).date()
        moment = self._on(today)
        return moment if moment <= now else self._on(today - timedelta(days=1))

    def next(self, now: datetime) -> datetime:
        """The first moment after now at which it is due."""
        today = timezone.localtime(now).date()
        moment = self._on(today)
        return moment if moment > now else self._on(today + timedelta(days=1))

    def _on(self, day: date) -> datetime:
        return datetime.combine(day, self.daily, tzinfo=timezone.get_default_timezone())


_works: dict[str, Work] = {}
_timetables: list[Timetable] = []


def work(
    name: str,
    *,
    attempts: int = 3,
    own_transactions: bool = False,
    title: str | Promise = "",
    followed_by: Right = Right.SEE_JOBS,
) -> Callable[[Function], Function]:
    """Register a function under a name that stays. What it does must bear to be repeated.

    `title` is shown for jobs without one of their own; holders of `followed_by` see how far a job
    is, besides coordinators and whoever queued it.
    """

    def register(function: Function) -> Function:
        if name in _works:
            raise ValueError(f"Two works are called {name}.")
        _works[name] = Work(name, function, attempts, own_transactions, title, followed_by)
        return function

    return register


def timetable(name: str, *, daily: time) -> None:
    """Let the clock start a work without arguments: one run per network and day.

    After a pause of the installation what was missed runs once.
    """
    _timetables.append(Timetable(name, daily))


def works() -> Mapping[str, Work]:
    """Everything that can be queued, by name."""
    _discover()
    return _works


def timetables() -> list[Timetable]:
    """Everything that the clock starts."""
    _discover()
    return _timetables


@lru_cache(maxsize=1)
def _discover() -> None:
    for app in apps.get_app_configs():
        if app.name.startswith("knotenpunkt.") and module_has_submodule(app.module, "jobs"):
            import_module(f"{app.name}.jobs")
