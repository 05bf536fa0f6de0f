"""A brake lets a few tries pass and then holds, also when many processes ask at once."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.cache import caches
from django.db import connections, transaction

from knotenpunkt.foundation.core import brakes
from knotenpunkt.foundation.core.brakes import Brake, LocalBrake, in_words
from knotenpunkt.foundation.networks.routing import ScopeRouter
from tests.installations import ROOT, new_installation

pytestmark = pytest.mark.django_db
VISITOR = "203.0.113.7"
TRIES = """
import django, sys
django.setup()
from knotenpunkt.foundation.core.brakes import Brake
sys.stdin.readline()
brake = Brake("together", limit=25)
print(sum(not brake.holds("one visitor") for _try in range(20)))
"""


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    now = [1_800_000_000.0]
    monkeypatch.setattr(brakes, "time", SimpleNamespace(time=lambda: now[0]))
    return now


def test_a_few_tries_pass_and_then_none() -> None:
    brake = Brake("test", limit=3, seconds=60)
    assert [brake.holds(VISITOR) for _try in range(5)] == [False, False, False, True, True]
    assert not brake.holds("203.0.113.8")
    assert not Brake("other", limit=3).holds(VISITOR)


def test_looking_counts_nothing() -> None:
    brake = Brake("test", limit=1)
    assert not any(brake.is_held(VISITOR) for _look in range(3))
    brake.holds(VISITOR)
    assert brake.is_held(VISITOR)


def test_what_was_right_is_forgotten() -> None:
    brake = Brake("test", limit=1)
    brake.holds(VISITOR)
    brake.forget(VISITOR)
    assert not brake.holds(VISITOR)


def test_it_says_how_long_to_wait(clock: list[float]) -> None:
    brake = Brake("test", limit=2, seconds=600)
    brake.holds(VISITOR)
    assert brake.wait_seconds(VISITOR) == 0
    clock[0] += 120
    brake.holds(VISITOR)
    assert brake.wait_seconds(VISITOR) == 480
    assert brake.wait_in_words(VISITOR) == "in etwa 8 Minuten"


@pytest.mark.parametrize(
    ("seconds", "told"),
    [(0, "jetzt"), (1, "in etwa einer Minute"), (61, "in etwa 2 Minuten"),
     (3599, "in etwa einer Stunde"), (3601, "in etwa 2 Stunden")],
)  # fmt: skip
def test_waiting_is_said_in_words(seconds: int, told: str) -> None:
    assert in_words(seconds) == told


def test_no_address_is_kept() -> None:
    Brake("test").holds(VISITOR)
    with connections["default"].cursor() as cursor:
        cursor.execute("SELECT * FROM shared_cache")
        rows = str(cursor.fetchall())
    assert "brake:test:" in rows and VISITOR not in rows


def test_it_also_counts_what_is_rolled_back(settings: Any) -> None:
    settings.ALL_NETWORKS_DATABASE = "a connection of its own"
    model = caches["default"].cache_model_class
    assert ScopeRouter().db_for_write(model) == "a connection of its own"


def test_without_its_table_everything_passes_and_the_log_says_so(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(caches["default"], "_table", "gone")
    brake = Brake("test", limit=1)
    for deed in (brake.holds, brake.is_held, brake.wait_seconds, brake.forget):
        with transaction.atomic():
            assert not deed(VISITOR)
            transaction.set_rollback(True)
    assert "does not work" in caplog.text and VISITOR not in caplog.text


def test_many_processes_get_no_more_together(tmp_path: Path) -> None:
    with new_installation(tmp_path, DJANGO_SETTINGS_MODULE="config.settings.base") as ours:
        ours.done("database", "migrate")
        crowd = [
            subprocess.Popen(
                [sys.executable, "-c", TRIES],
                cwd=ROOT, env=ours.environ, text=True,
                stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            )
            for _process in range(4)
        ]  # fmt: skip
        passed = [int(one.communicate("go\n", timeout=60)[0]) for one in crowd]
    assert sum(passed) == 25


def test_a_brake_of_this_process_begins_anew_each_round(clock: list[float]) -> None:
    brake = LocalBrake("test", limit=2, seconds=60)
    assert [brake.holds(VISITOR) for _try in range(3)] == [False, False, True]
    assert 0 < brake.wait_seconds() <= 60
    clock[0] += 60
    assert not brake.holds(VISITOR)
    assert len(brake._counts) == 1


def test_a_limit_of_none_never_holds() -> None:
    assert not any(LocalBrake("test", limit=0).holds(VISITOR) for _try in range(500))
