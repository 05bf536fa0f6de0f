"""How many mails a minute leave the installation, however many workers send them.

The minute is cut into as many slots as mails are allowed. A slot is a row in the shared cache, so
of any number of workers exactly one takes it.
"""

from __future__ import annotations

import logging
import time

from django.conf import settings
from django.core.cache import cache
from django.db import DatabaseError

LOG = logging.getLogger(__name__)
MINUTE = 60.0


def wait_for_turn(longest: float) -> bool:
    """Wait until a mail may be sent, `longest` seconds at most; False when it is not yet time."""
    until = time.monotonic() + longest
    while not _took_slot():
        pause = _seconds_to_next_slot()
        if time.monotonic() + pause > until:
            return False
        time.sleep(pause)
    return True


def seconds_to_turn() -> float:
    """After how long it is worth asking again."""
    return _seconds_to_next_slot() if settings.MAILS_A_MINUTE else 0.0


def _took_slot() -> bool:
    if not settings.MAILS_A_MINUTE:
        return True
    length = MINUTE / settings.MAILS_A_MINUTE
    try:
        return cache.add(f"mail:slot:{int(time.time() / length)}", True, max(2, round(2 * length)))
    except DatabaseError as problem:
        LOG.error("Mails cannot be counted: %s", type(problem).__name__)
        return True


def _seconds_to_next_slot() -> float:
    length = MINUTE / settings.MAILS_A_MINUTE
    return length - time.time() % length + 0.001
