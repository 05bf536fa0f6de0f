"""What is written to a log, in words or as JSON, and what never is.

Never: query strings (what a family searched for), filled-in parts of an address (they may be a key
to somebody's page), addresses of visitors, values of variables, and the texts of exceptions that
may quote what somebody typed.
"""

from __future__ import annotations

import json
import logging
import re
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.core.exceptions import FieldError, ImproperlyConfigured, PermissionDenied
from django.db import InterfaceError, OperationalError, ProgrammingError
from django.template import TemplateSyntaxError

QUERY_STRING = re.compile(r"\?[^\s\"']*")
EMAIL = re.compile(r"[^\s<>\"'=:,;(]+@[^\s<>\"',;)]+")
# "+49 3731 123456", "03731/123456", "0049…"; no digits out of the middle of a word or a UUID.
PHONE = re.compile(r"(?<![\w.:-])(?:\+|0)\d[\d /()-]{5,}\d(?![\w-])")
LEFT_OUT = "…"
# What gunicorn says of a request before address and parts of the request follow.
ABOUT_A_REQUEST = ("Invalid request", "Error handling request")
REFUSED_BY_DJANGO = "django.security."
# Their texts are about the program or the machine, never about what somebody typed.
TELLING = (
    AttributeError,
    FieldError,
    ImportError,
    ImproperlyConfigured,
    InterfaceError,
    NameError,
    OperationalError,
    ProgrammingError,
    TemplateSyntaxError,
    TypeError,
)


@dataclass(slots=True)
class RequestNote:
    """What a log may say about a request. `view` is known once it was found."""

    id: str
    view: str = ""
    network: str = ""


_note: ContextVar[RequestNote | None] = ContextVar("request_note", default=None)


@contextmanager
def noted(note: RequestNote) -> Iterator[RequestNote]:
    """Everything that is logged inside belongs to this request."""
    token = _note.set(note)
    try:
        yield note
    finally:
        _note.reset(token)


def current_note() -> RequestNote | None:
    """The request that the running code answers, or None."""
    return _note.get()


def told(record: logging.LogRecord) -> str:
    """The message of a record, fit to be kept."""
    if record.name.startswith(REFUSED_BY_DJANGO):
        return f"Refused: {record.name.removeprefix(REFUSED_BY_DJANGO)}"
    message = _with_the_route(record)
    for beginning in ABOUT_A_REQUEST:
        if message.startswith(beginning):
            return beginning
    return without_people(message)


def without_people(text: str) -> str:
    """The text without query strings, e-mail addresses and telephone numbers."""
    for pattern in (QUERY_STRING, EMAIL, PHONE):
        text = pattern.sub(LEFT_OUT, text)
    return text


def _with_the_route(record: logging.LogRecord) -> str:
    """What Django says about a request, with the route in place of the address."""
    request = getattr(record, "request", None)
    if request is None or not isinstance(record.args, tuple):
        return record.getMessage()
    match = getattr(request, "resolver_match", None)
    route = f"/{match.route}" if match else LEFT_OUT
    args = tuple(route if arg in (request.path, request.path_info) else arg for arg in record.args)
    return str(record.msg) % args


def failure(last: BaseException) -> Iterator[tuple[str, list[str]]]:
    """The exception and what led to it, first cause first: (what it was, its frames)."""
    seen: list[BaseException] = []
    problem: BaseException | None = last
    while problem is not None and problem not in seen:
        seen.append(problem)
        hidden = None if problem.__suppress_context__ else problem.__context__
        problem = problem.__cause__ or hidden
    for one in reversed(seen):
        yield (
            _named(one),
            [
                f"{frame.filename}:{frame.lineno} {frame.name}"
                for frame in traceback.extract_tb(one.__traceback__)
            ],
        )


def _named(problem: BaseException) -> str:
    name = type(problem).__qualname__
    if isinstance(problem, OSError) and problem.strerror:
        return f"{name}: {problem.strerror}"
    if isinstance(problem, TELLING) and str(problem):
        return f"{name}: {without_people(str(problem).strip().splitlines()[0])}"
    return name


class WithoutNotReady(logging.Filter):
    """That a server says 503 where it is asked whether it is ready is no error."""

    def filter(self, record: logging.LogRecord) -> bool:
        """False drops the record."""
        return getattr(record, "status_code", 0) != 503 or bool(record.exc_info)


class Readable(logging.Formatter):
    """One line for people: time, level, logger, message, and the id of the request."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s %(message)s")

    def format(self, record: logging.LogRecord) -> str:
        note = _note_of(record)
        line = (
            f"{self.formatTime(record)} {record.levelname} {record.name} {told(record)}"
            f"{f' [{note.id}]' if note else ''}"
        )
        return "\n".join([line, *_lines(record)])


def _lines(record: logging.LogRecord) -> Iterator[str]:
    problem = _problem(record)
    for name, frames in failure(problem) if problem else ():
        yield from (f"    {frame}" for frame in frames)
        yield f"  {name}"


class JsonLines(logging.Formatter):
    """One JSON object a line, for programs that gather logs."""

    def format(self, record: logging.LogRecord) -> str:
        said = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": told(record),
            **_about_the_request(record),
            **getattr(record, "figures", {}),
        }
        if problem := _problem(record):
            said["failure"] = [
                {"what": what, "frames": frames} for what, frames in failure(problem)
            ]
        return json.dumps(said, ensure_ascii=False)


def _problem(record: logging.LogRecord) -> BaseException | None:
    """What failed. That somebody may not do something is an answer, not a failure."""
    problem = record.exc_info[1] if isinstance(record.exc_info, tuple) else None
    return None if isinstance(problem, PermissionDenied) else problem


def _note_of(record: logging.LogRecord) -> RequestNote | None:
    """Django says of a refused request what it was after everything else is done."""
    return getattr(getattr(record, "request", None), "note", None) or current_note()


def _about_the_request(record: logging.LogRecord) -> dict[str, Any]:
    note = _note_of(record)
    if note is None:
        return {}
    return {"request": note.id, "view": note.view, "network": note.network}


def formatter(as_json: bool) -> logging.Formatter:
    """How this installation writes its log."""
    return JsonLines() if as_json else Readable()
