"""Brakes on what may be tried a few times and not more: forms, passwords, expensive pages.

Keys (addresses, e-mail addresses) are only kept as a keyed hash, and no longer than they count.
"""

from __future__ import annotations

import logging
import time
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from threading import Lock

from django.core.cache import cache
from django.db import DatabaseError
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Brake:
    """At most `limit` tries in any `seconds`, counted for all processes together.

    Each try takes one of `limit` numbered places, which is free again `seconds` later. A place is
    a row with its number in the key, so of any number of processes that try at once exactly one
    gets it. Only at the moment when a place becomes free again can two of them take it together:
    then one try too many passes. Without a usable cache everything passes, and the log says so.
    """

    name: str
    limit: int = 5
    seconds: int = 3600

    def holds(self, key: str) -> bool:
        """Count one more try for the key; True when it is one too many (it is then not counted)."""
        try:
            return not self._take_place(key)
        except DatabaseError as problem:
            LOG.error("The brake “%s” does not work: %s", self.name, type(problem).__name__)
            return False

    def is_held(self, key: str) -> bool:
        """Whether a further try would be one too many; counts nothing."""
        return len(self._taken(key)) >= self.limit

    def forget(self, key: str) -> None:
        """Begin anew for the key, as after a password that was right."""
        try:
            cache.delete_many(self._places(key))
        except DatabaseError as problem:
            LOG.error("The brake “%s” does not work: %s", self.name, type(problem).__name__)

    def wait_seconds(self, key: str) -> int:
        """How long until the next try passes; 0 when it would pass now."""
        taken = self._taken(key)
        if len(taken) < self.limit:
            return 0
        return max(1, round(min(taken.values()) - time.time()))

    def wait_in_words(self, key: str) -> str:
        """The same for a page: "in etwa 10 Minuten"."""
        return in_words(self.wait_seconds(key))

    def _take_place(self, key: str) -> bool:
        places = self._places(key)
        for _attempt in places:
            taken = cache.get_many(places)
            free = next((place for place in places if place not in taken), None)
            if free is None:
                return False
            if cache.add(free, time.time() + self.seconds, self.seconds):
                return True
        return False

    def _taken(self, key: str) -> Mapping[str, float]:
        """The places that are taken, each with the time at which it becomes free."""
        try:
            return cache.get_many(self._places(key))
        except DatabaseError:
            return {}

    def _places(self, key: str) -> list[str]:
        hashed = _hashed(self.name, key)
        return [f"brake:{self.name}:{hashed}:{number}" for number in range(self.limit)]


@dataclass(slots=True)
class LocalBrake:
    """At most `limit` tries in each round of `seconds`, counted by this process for itself.

    For pages that are read often: it writes nothing anywhere. With several processes a visitor
    has as many times the limit, at the end of a round twice that. A limit of 0 never holds.
    """

    name: str
    limit: int
    seconds: int = 60
    _round: int = 0
    _counts: Counter[str] = field(default_factory=Counter)
    _lock: Lock = field(default_factory=Lock)

    def holds(self, key: str) -> bool:
        """Count one more try for the key; True when it is one too many."""
        if not self.limit:
            return False
        with self._lock:
            self._begin_round()
            hashed = _hashed(self.name, key)
            self._counts[hashed] += 1
            return self._counts[hashed] > self.limit

    def wait_seconds(self) -> int:
        """How long until the next round."""
        return self.seconds - int(time.time()) % self.seconds

    def _begin_round(self) -> None:
        now = int(time.time()) // self.seconds
        if now != self._round:
            self._round = now
            self._counts.clear()


def in_words(seconds: int) -> str:
    """ "gleich", "in etwa 10 Minuten", "in etwa 2 Stunden"; rounded up."""
    minutes = -(-seconds // 60)
    if minutes < 1:
        return _("now")
    if minutes < 60:
        return ngettext("in about a minute", "in about %(n)d minutes", minutes) % {"n": minutes}
    hours = -(-minutes // 60)
    return ngettext("in about an hour", "in about %(n)d hours", hours) % {"n": hours}


def _hashed(name: str, key: str) -> str:
    return salted_hmac(f"knotenpunkt.brake.{name}", key, algorithm="sha256").hexdigest()[:32]
