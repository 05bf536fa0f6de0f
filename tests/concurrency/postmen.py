"""Workers that send 1,100 mails and are killed meanwhile, for a test from outside.

    python -m tests.concurrency.postmen

Runs inside an installation with the networks "mitte" and "peine" and a mail server. Prints JSON:
the state of each recipient's mail, and how often a worker was killed.
"""

from __future__ import annotations

import json
import os
import random
import signal
import sys
import time
from datetime import timedelta
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.base")
django.setup()

from django.conf import settings  # noqa: E402
from django.db import connections  # noqa: E402

from knotenpunkt.foundation.accounts.actors import System  # noqa: E402
from knotenpunkt.foundation.networks.models import Network  # noqa: E402
from knotenpunkt.foundation.networks.scope import all_networks, in_network  # noqa: E402
from knotenpunkt.tools.jobs import rules  # noqa: E402
from knotenpunkt.tools.jobs.models import Job  # noqa: E402
from knotenpunkt.tools.jobs.models import State as JobState  # noqa: E402
from knotenpunkt.tools.jobs.registry import timetables, works  # noqa: E402
from knotenpunkt.tools.jobs.worker import Worker  # noqa: E402
from knotenpunkt.tools.mail.actions import Recipient, post  # noqa: E402
from knotenpunkt.tools.mail.models import MailKind, Message  # noqa: E402
from knotenpunkt.tools.mail.queries import addressee  # noqa: E402
from tests.concurrency.agreed import MAIL_KILLS, MAILS  # noqa: E402

PATIENCE_SECONDS = 60
WORKERS = 2
DICE = random.Random(4)  # nothing secret hangs on it
TEXT = "Guten Tag {name},\n\nstimmt Ihr Eintrag noch?\n\n[Stimmt alles]({link})\n"

settings.JOB_LEASE_SECONDS = 1.0
settings.JOB_LOOK_SECONDS = 0.05
settings.EMAIL_TIMEOUT = 0.5
rules.FIRST_PAUSE = timedelta(seconds=0.1)
rules.LONGEST_PAUSE = timedelta(seconds=0.4)
works()  # the product's own first
timetables().clear()  # nothing but mail


class Untiring(Worker):
    """A worker that goes home when nothing is left to do."""

    def _is_over(self) -> bool:
        return super()._is_over() or not still_open()


def still_open() -> int:
    with all_networks("a test"):
        return Job.objects.filter(state__in=(JobState.WAITING, JobState.RUNNING)).count()


def queue() -> float:
    """Two networks write at the same time; how long it took to queue their mails."""
    begun = time.monotonic()
    for slug, numbers in (("mitte", range(0, MAILS, 2)), ("peine", range(1, MAILS, 2))):
        link = "https://netz.example.org/p/"
        recipients = [
            Recipient(f"k{one}@example.org", f"Kontakt {one}", None, {"link": f"{link}{one}"})
            for one in numbers
        ]
        with in_network(Network.objects.get(slug=slug)):
            post(
                actor=System("test"), title="Stimmt das noch?", recipients=recipients,
                subject="Stimmt das noch?", text=TEXT, kind=MailKind.INVITATION,
            )  # fmt: skip
    return time.monotonic() - begun


def started() -> int:
    connections.close_all()
    pid = os.fork()
    if pid:
        return pid
    try:
        Untiring().run()
        os._exit(0)
    except BaseException:
        import traceback

        traceback.print_exc()
    finally:
        os._exit(1)


def worked_off() -> int:
    """Two workers; one after the other is killed and replaced, then they are left in peace."""
    workers, kills = {started() for _ in range(WORKERS)}, 0
    until = time.monotonic() + PATIENCE_SECONDS
    next_kill = time.monotonic() + 1
    while workers and time.monotonic() < until:
        workers -= {pid for pid in workers if os.waitpid(pid, os.WNOHANG)[0] == pid}
        if workers and kills < MAIL_KILLS and time.monotonic() > next_kill:
            victim = DICE.choice(sorted(workers))
            os.kill(victim, signal.SIGKILL)
            os.waitpid(victim, 0)
            workers = workers - {victim} | {started()}
            kills += 1
            next_kill = time.monotonic() + DICE.uniform(0.1, 0.9)
        time.sleep(0.01)
    for pid in workers:
        os.kill(pid, signal.SIGKILL)
    return kills


def states() -> dict[str, str]:
    with all_networks("a test"):
        return {addressee(message).to: message.state for message in Message.objects.all()}


def main() -> dict[str, Any]:
    seconds = queue()
    kills = worked_off()
    return {"states": states(), "kills": kills, "seconds_to_queue": seconds}


if __name__ == "__main__":
    sys.stdout.write(json.dumps(main()))
    connections.close_all()
