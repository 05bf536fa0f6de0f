"""Counts what is searched: added up in memory, written now and then, bounded in every direction.

A search must not wait for a write, and a flood of made-up texts must fill neither memory nor table.
What a process has counted since its last write is lost when it is killed: at most half a minute.
"""

from __future__ import annotations

import atexit
import logging
import os
import threading
from collections import defaultdict
from dataclasses import dataclass, field
from uuid import UUID

from django.conf import settings
from django.db import DatabaseError, connections

from knotenpunkt.foundation.core.sealing import Unreadable
from knotenpunkt.foundation.networks.models import Network
from knotenpunkt.foundation.networks.scope import in_network
from knotenpunkt.tools.search.actions.counts import THE_REST, Asked, Tally, add_counts
from knotenpunkt.tools.search.rules import is_asked_again

LOG = logging.getLogger(__name__)
# So many different texts wait for the next write; of more only their number.
MOST_WAITING = 1_000
LONGEST_TEXT = 300

Counted = dict[UUID, dict[Asked, Tally]]


@dataclass(slots=True)
class _Waiting:
    """What this process has counted and not written yet."""

    counted: Counted = field(default_factory=lambda: defaultdict(dict))
    texts: int = 0
    timer: threading.Timer | None = None
    lock: threading.Lock = field(default_factory=threading.Lock)


_waiting = _Waiting()


def count_search(
    network_id: UUID, text: str, *, language: str, found: bool, came_from: str = ""
) -> None:
    """Count one search. Costs a few microseconds and touches no database.

    `came_from` is the address of the page it was asked on: the same text again is not counted.
    """
    text = text.strip()[:LONGEST_TEXT]
    if not text or is_asked_again(text, came_from):
        return
    with _waiting.lock:
        _add(network_id, (language, text), Tally(1, 0 if found else 1))
        _plan()


def _add(network_id: UUID, asked: Asked, tally: Tally) -> None:
    counted = _waiting.counted[network_id]
    if asked not in counted and asked != THE_REST:
        if _waiting.texts >= MOST_WAITING:
            asked = THE_REST
        else:
            _waiting.texts += 1
    counted.setdefault(asked, Tally()).add(tally)


def _plan() -> None:
    """Write in a while; the clock only runs while something waits."""
    seconds = settings.SEARCH_COUNT_SECONDS
    if _waiting.timer is None and seconds:
        _waiting.timer = threading.Timer(seconds, _flush_beside)
        _waiting.timer.daemon = True
        _waiting.timer.start()


def _flush_beside() -> None:
    """In a thread of its own, with connections of its own."""
    try:
        flush()
    finally:
        connections.close_all()


def flush() -> None:
    """Write what was counted; what cannot be written now waits for the next time."""
    for network_id, asked in _taken().items():
        try:
            _write(network_id, asked)
        except (DatabaseError, Unreadable) as problem:
            LOG.warning("Searches are counted later: %s", type(problem).__name__)
            _put_back(network_id, asked)


def _taken() -> Counted:
    with _waiting.lock:
        taken = dict(_waiting.counted)
        _waiting.counted.clear()
        _waiting.texts, _waiting.timer = 0, None
    return taken


def _write(network_id: UUID, asked: dict[Asked, Tally]) -> None:
    # A network that is gone has nobody who would read it.
    if network := Network.objects.filter(pk=network_id).first():
        with in_network(network):
            add_counts(asked)


def _put_back(network_id: UUID, asked: dict[Asked, Tally]) -> None:
    with _waiting.lock:
        for one, tally in asked.items():
            _add(network_id, one, tally)
        _plan()


def _flush_at_the_end() -> None:
    if _waiting.counted and settings.SEARCH_COUNT_SECONDS:
        _flush_beside()


def _forget() -> None:
    """A forked process counts for itself: what waited is its parent's to write."""
    global _waiting
    _waiting = _Waiting()


os.register_at_fork(after_in_child=_forget)
atexit.register(_flush_at_the_end)
