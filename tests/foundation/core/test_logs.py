"""What a log says of a failure, and what it keeps to itself."""

from __future__ import annotations

import json
import logging
import sys
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, OperationalError
from hypothesis import given
from hypothesis import strategies as st

from config.installation import writes_json
from config.options import UnusableSetting
from knotenpunkt.foundation.core.logs import (
    JsonLines,
    Readable,
    RequestNote,
    current_note,
    noted,
    without_people,
)

SECRET = "nadja.geheim@familie.example"


def record(message: str, *args: Any, name: str = "knotenpunkt", **extra: Any) -> logging.LogRecord:
    made = logging.LogRecord(name, logging.ERROR, "", 0, message, args, None)
    made.__dict__.update(extra)
    return made


def failed(problem: Exception) -> logging.LogRecord:
    """As a handler gets it: raised where a variable holds a secret."""
    made = record("It failed")
    try:
        local = SECRET
        raise problem
    except Exception:
        made.exc_info = sys.exc_info()
        del local
    return made


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("GET /x/?q=Hebamme done", "GET /x/… done"),
        (f"sent to {SECRET}.", "sent to …"),
        ("to=<a@b.de>", "to=<…>"),
        ("call +49 3731 555 0199 now", "call … now"),
        ("call 03731/5550199", "call …"),
        ("5 of 5000 rows in 12.3 s", "5 of 5000 rows in 12.3 s"),
        ("job 3f2a0b1c-0a12-0345-0678-0123456789ab", "job 3f2a0b1c-0a12-0345-0678-0123456789ab"),
        ("at 2026-11-22 01:23:10,242", "at 2026-11-22 01:23:10,242"),
    ],
)
def test_people_are_left_out(text: str, told: str) -> None:
    assert without_people(text) == told


@given(before=st.text(max_size=20), after=st.text(max_size=20))
def test_no_e_mail_address_passes(before: str, after: str) -> None:
    assert "@familie.example" not in without_people(f"{before} {SECRET} {after}")


@pytest.mark.parametrize("formatter", [JsonLines(), Readable()])
def test_a_failure_keeps_its_frames_and_no_values(formatter: logging.Formatter) -> None:
    written = formatter.format(failed(IntegrityError(f"Key (email)=({SECRET}) already exists")))
    assert "test_logs.py" in written and "IntegrityError" in written
    assert SECRET not in written and "already exists" not in written


@pytest.mark.parametrize(
    ("problem", "told"),
    [
        (
            OSError(28, "No space left on device", f"/x/{SECRET}"),
            "OSError: No space left on device",
        ),
        (OperationalError("connection refused\nLINE 1: x"), "OperationalError: connection refused"),
        (AttributeError("'Offer' has no attribute 'x'"), "AttributeError: 'Offer' has no attr"),
        (OperationalError(f"user {SECRET} unknown"), "OperationalError: user … unknown"),
    ],
)
def test_what_is_about_the_machine_or_the_program_is_said(problem: Exception, told: str) -> None:
    written = Readable().format(failed(problem))
    assert told in written and SECRET not in written


@pytest.mark.parametrize("formatter", [JsonLines(), Readable()])
def test_a_refusal_is_one_line_without_frames(formatter: logging.Formatter) -> None:
    written = formatter.format(failed(PermissionDenied(SECRET)))
    assert "It failed" in written
    assert "test_logs.py" not in written and "PermissionDenied" not in written


def test_the_cause_stands_first() -> None:
    try:
        try:
            raise ValueError(SECRET)
        except ValueError as cause:
            raise KeyError(SECRET) from cause
    except KeyError:
        made = record("It failed")
        made.exc_info = sys.exc_info()
    said = json.loads(JsonLines().format(made))
    assert [one["what"] for one in said["failure"]] == ["ValueError", "KeyError"]


def test_an_address_becomes_its_route() -> None:
    asked = SimpleNamespace(
        path="/mitte/konto/einladung/geheim/", path_info="/konto/einladung/geheim/",
        resolver_match=SimpleNamespace(route="konto/einladung/<token>/"),
    )  # fmt: skip
    said = Readable().format(
        record("Not Found: %s", asked.path, name="django.request", request=asked)
    )
    assert "Not Found: /konto/einladung/<token>/" in said and "geheim" not in said


@pytest.mark.parametrize("words", ["Invalid request", "Error handling request"])
def test_gunicorn_says_neither_who_nor_what(words: str) -> None:
    said = Readable().format(record(f"{words} from ip=1.2.3.4: /geheim"))
    assert said.endswith(f" {words}")


def test_a_host_that_is_not_ours_is_not_quoted() -> None:
    said = Readable().format(
        record("Invalid HTTP_HOST header: 'geheim'", name="django.security.DisallowedHost")
    )
    assert said.endswith("Refused: DisallowedHost")


def test_lines_belong_to_their_request() -> None:
    with noted(RequestNote("abc", "offers:finder", "mitte")):
        said = json.loads(JsonLines().format(record("Slow")))
        assert Readable().format(record("Slow")).endswith("Slow [abc]")
    assert (said["request"], said["view"], said["network"]) == ("abc", "offers:finder", "mitte")
    assert current_note() is None
    assert "request" not in json.loads(JsonLines().format(record("Slow")))


def test_one_record_is_one_line_of_json() -> None:
    assert "\n" not in JsonLines().format(failed(ValueError("a\nb")))


@pytest.mark.parametrize(("word", "expected"), [("", False), ("text", False), ("json", True)])
def test_the_log_is_for_people_unless_it_is_asked_otherwise(word: str, expected: bool) -> None:
    assert writes_json(word) is expected


def test_a_mistyped_kind_of_log_is_told() -> None:
    with pytest.raises(UnusableSetting, match="KNOTENPUNKT_LOG"):
        writes_json("yaml")
