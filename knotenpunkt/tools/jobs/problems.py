"""What a failed attempt tells: a kind of problem to people, the place in the code to the log.

The words of an exception never reach the log: databases and mail servers quote people in them.
"""

from __future__ import annotations

import errno
import traceback
from collections.abc import Iterator

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import InterfaceError, OperationalError

from knotenpunkt.tools.jobs.models import Problem

KINDS: tuple[tuple[type[BaseException], Problem], ...] = (
    (PermissionDenied, Problem.REFUSED),
    (ValidationError, Problem.INPUT),
    (OperationalError, Problem.STORAGE),
    (InterfaceError, Problem.STORAGE),
    (MemoryError, Problem.ROOM),
    (TimeoutError, Problem.UNREACHABLE),
    (ConnectionError, Problem.UNREACHABLE),
)
# What another attempt cannot change.
FINAL = frozenset({Problem.REFUSED, Problem.INPUT})
NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT})


def kind_of(problem: BaseException) -> Problem:
    """What kind of problem people are told."""
    if isinstance(problem, OSError) and problem.errno in NO_ROOM:
        return Problem.ROOM
    return next((kind for known, kind in KINDS if isinstance(problem, known)), Problem.FAULT)


def without_words(problem: BaseException) -> str:
    """The traceback with the names of the exceptions and without what they say."""
    return "\n".join(part for one in _chain(problem) for part in _frames(one))


def _chain(problem: BaseException) -> Iterator[BaseException]:
    """What came first is told first."""
    before = problem.__cause__ or (None if problem.__suppress_context__ else problem.__context__)
    if before is not None:
        yield from _chain(before)
    yield problem


def _frames(problem: BaseException) -> Iterator[str]:
    for frame in traceback.extract_tb(problem.__traceback__):
        yield f'  File "{frame.filename}", line {frame.lineno}, in {frame.name}'
        if frame.line:
            yield f"    {frame.line}"
    yield type(problem).__qualname__
