"""Whether this process can serve: what /ready says, cheap enough to be asked every second."""

from __future__ import annotations

import mmap
from collections.abc import Callable, Mapping
from functools import lru_cache

from django.conf import settings
from django.db import DatabaseError, connections
from django.db.migrations.executor import MigrationExecutor

from knotenpunkt.foundation.networks.models import Network
from knotenpunkt.tools.jobs.queries import worker_seen
from knotenpunkt.tools.search.queries import is_warm

WORKER = "worker"
# One byte that the server and all the processes it starts look at.
_LEAVING = mmap.mmap(-1, 1)


def announce_leaving() -> None:
    """From now on /ready says no in all processes of this server, while they still answer."""
    _LEAVING[0] = 1


def stay() -> None:
    """Take it back."""
    _LEAVING[0] = 0


def is_leaving() -> bool:
    """Whether the server is about to stop."""
    return bool(_LEAVING[0])


def checks() -> Mapping[str, bool]:
    """Each part that must be in order, and whether it is."""
    asked = {name: check for name, check in _CHECKS.items() if name != WORKER or _needs_worker()}
    return {name: _answer(check) for name, check in asked.items()}


def _answer(check: Callable[[], bool]) -> bool:
    try:
        return check()
    except DatabaseError:
        return False


def _database() -> bool:
    Network.objects.exists()
    return True


def _migrations() -> bool:
    """Once they were applied they stay so; until then it is looked up each time."""
    if not _all_applied():
        _all_applied.cache_clear()
        return False
    return True


@lru_cache(maxsize=1)
def _all_applied() -> bool:
    executor = MigrationExecutor(connections["default"])
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())


def _needs_worker() -> bool:
    return bool(settings.READY_NEEDS_WORKER)


_CHECKS: Mapping[str, Callable[[], bool]] = {
    "staying": lambda: not is_leaving(),
    "database": _database,
    "migrations": _migrations,
    "search": is_warm,
    WORKER: worker_seen,
}
