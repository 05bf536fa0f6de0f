"""1,100 mails, workers that are killed, a mail server that refuses and hangs as it likes."""

from __future__ import annotations

import asyncio
import json
import random
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from tests.concurrency.agreed import MAIL_KILLS, MAILS
from tests.installations import free_port, new_installation

LONGEST_SECONDS = 40
LATER = "451 4.3.0 please come again"
SLOW_SECONDS = 0.2
HANGS_SECONDS = 1.0  # longer than anybody waits for its answer


@dataclass
class Moody:
    """Takes mail, and now and then refuses it, falls silent or breaks off."""

    dice: random.Random = field(default_factory=lambda: random.Random(7))
    taken: Counter[str] = field(default_factory=Counter)
    unanswered: int = 0
    moods: Counter[str] = field(default_factory=Counter)

    def _mood(self, **chances: float) -> str:
        thrown = self.dice.random()
        for mood, chance in chances.items():
            if thrown < chance:
                self.moods[mood] += 1
                return mood
            thrown -= chance
        return ""

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        mood = self._mood(refuse=0.03, silent_before=0.002, broken_before=0.004)
        if mood == "refuse":
            return "450 4.2.1 greylisted"
        if mood == "silent_before":
            await asyncio.sleep(HANGS_SECONDS)
        if mood == "broken_before":
            server.transport.abort()
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        mood = self._mood(
            later=0.02, slow=0.02, silent_taken=0.002, silent_lost=0.002, broken_taken=0.003
        )
        if mood == "later":
            return LATER
        if mood == "slow":  # a good moment to be killed
            self.taken.update(envelope.rcpt_tos)
            await asyncio.sleep(SLOW_SECONDS)
            return "250 OK"
        if mood != "silent_lost":
            self.taken.update(envelope.rcpt_tos)
        if mood:
            self.unanswered += 1
        if mood.startswith("silent"):
            await asyncio.sleep(HANGS_SECONDS)
        if mood.startswith("broken"):
            server.transport.abort()
        return "250 OK"


@contextmanager
def mail_server() -> Iterator[tuple[Moody, int]]:
    moody = Moody()
    controller = Controller(moody, hostname="127.0.0.1", port=free_port(), ready_timeout=20)
    controller.start()
    try:
        yield moody, controller.port
    finally:
        controller.stop()


def test_no_mail_is_lost_and_none_sent_twice(tmp_path: Path) -> None:
    with mail_server() as (moody, port):
        told, seconds = _sent(tmp_path, port)
    states: dict[str, str] = told["states"]
    assert len(states) == MAILS
    assert told["kills"] == MAIL_KILLS
    # None is lost: each has an end, and what counts as sent the server has.
    assert set(states.values()) <= {"sent", "unclear"}
    assert [to for to, state in states.items() if state == "sent" and not moody.taken[to]] == []
    # None is sent twice.
    assert [to for to, count in moody.taken.items() if count > 1] == []
    # The one honest exception: at most one for each kill and each answer that never came.
    unclear = Counter(states.values())["unclear"]
    assert unclear <= MAIL_KILLS + moody.unanswered
    # The server was as unfriendly as it should.
    assert {"refuse", "later", "silent_taken", "broken_taken"} <= moody.moods.keys()
    assert seconds < LONGEST_SECONDS, f"{seconds:.0f} s"
    assert told["seconds_to_queue"] < LONGEST_SECONDS / 4


def _sent(folder: Path, port: int) -> tuple[Any, float]:
    there = {
        "KNOTENPUNKT_MAIL_URL": f"smtp://127.0.0.1:{port}",
        "KNOTENPUNKT_MAIL_FROM": "post@netz.example.org",
        "KNOTENPUNKT_MAILS_A_MINUTE": "0",
    }
    with new_installation(folder / "data", **there) as installation:
        for slug in ("mitte", "peine"):
            installation.done("network", "create", slug, "--name", f"Netz {slug}", "--ags", "14522")
        begun = time.monotonic()
        done = installation.execute([sys.executable, "-m", "tests.concurrency.postmen"])
        seconds = time.monotonic() - begun
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout), seconds
