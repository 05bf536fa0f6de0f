"""A circular started by many at once, and one whose workers are killed: each gets it once."""

from __future__ import annotations

import json
import sys
from collections import Counter
from pathlib import Path
from typing import Any

from tests.concurrency.agreed import MAIL_KILLS, MAILERS, RECIPIENTS
from tests.concurrency.test_mail_killed import mail_server
from tests.installations import new_installation


def test_everybody_gets_each_circular_once_whatever_happens(tmp_path: Path) -> None:
    with mail_server() as (moody, port):
        told = _sent(tmp_path, port)
    assert told["told"] == {"begun": 1, "already": MAILERS - 1}
    assert told["kills"] == MAIL_KILLS and told["left"] == 0
    assert told["stages"] == {"Gemeinsam": "sent", "Geplant": "sent"}
    # Each circular has each contact once.
    rows = Counter((title, email) for title, email, _state in told["rows"])
    assert set(rows.values()) == {1} and len(rows) == 2 * RECIPIENTS
    # None is lost: each mail has an end, and what counts as sent the server has.
    states = Counter(state for _title, _email, state in told["rows"])
    assert set(states) <= {"sent", "unclear"}
    sent = Counter(email for _title, email, state in told["rows"] if state == "sent")
    assert [email for email, count in sent.items() if moody.taken[email] < count] == []
    # None is sent twice: two circulars, at most two mails.
    assert max(moody.taken.values()) <= 2
    assert states["unclear"] <= MAIL_KILLS + moody.unanswered


def _sent(folder: Path, port: int) -> Any:
    there = {
        "KNOTENPUNKT_MAIL_URL": f"smtp://127.0.0.1:{port}",
        "KNOTENPUNKT_MAIL_FROM": "post@netz.example.org",
        "KNOTENPUNKT_MAILS_A_MINUTE": "0",
    }
    with new_installation(folder / "data", **there) as installation:
        installation.done("network", "create", "mitte", "--name", "Netz", "--ags", "14522")
        done = installation.execute([sys.executable, "-m", "tests.concurrency.mailers"])
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)
