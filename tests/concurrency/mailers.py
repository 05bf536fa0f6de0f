"""Colleagues who start the same circular at once, workers that are killed: for a test from outside.

    python -m tests.concurrency.mailers

Runs inside an installation with the network "mitte" and a mail server. One circular is started by
several processes at the same moment; another begins by itself, by workers that are killed while
they fix its recipients and while they send. Prints JSON: who is to get how many mails, the state of
each, the kills, and at which stage both circulars end.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections import Counter
from datetime import timedelta
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.base")
django.setup()

from django.db import connections  # noqa: E402
from django.utils import timezone  # noqa: E402

from knotenpunkt.activities.mailings import jobs  # noqa: E402
from knotenpunkt.activities.mailings.actions import sending  # noqa: E402
from knotenpunkt.activities.mailings.models import Circular, Recipient  # noqa: E402
from knotenpunkt.foundation.accounts.actors import System  # noqa: E402
from knotenpunkt.foundation.networks.models import Network  # noqa: E402
from knotenpunkt.foundation.networks.scope import in_network  # noqa: E402
from knotenpunkt.tools.jobs.actions import NotNow  # noqa: E402
from knotenpunkt.tools.jobs.models import Job  # noqa: E402
from tests.activities.mailings.people import circular_for, everybody, somebody  # noqa: E402
from tests.concurrency import postmen  # noqa: E402
from tests.concurrency.agreed import MAILERS, RECIPIENTS  # noqa: E402

ACTOR = System("test")
SOON = timedelta(seconds=1.5)
jobs.LOOK_AGAIN = timedelta(seconds=0.3)


def network() -> Network:
    found: Network = Network.objects.get(slug="mitte")
    return found


def prepare() -> tuple[Circular, Circular]:
    """One that people start, and one that begins by itself."""
    with in_network(network()):
        for number in range(RECIPIENTS):
            somebody(number)
        everybody()
        return circular_for(title="Gemeinsam"), circular_for(title="Geplant")


def start_together(circular: Circular) -> Counter[str]:
    """Several processes press the button at the same moment; what each was told."""
    connections.close_all()
    moment = time.time() + 1
    told = [_child(circular, moment) for _number in range(MAILERS)]
    return Counter({0: "begun", 1: "already"}.get(_exit_code(pid), "failed") for pid in told)


def _exit_code(pid: int) -> int:
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


def _child(circular: Circular, moment: float) -> int:
    pid = os.fork()
    if pid:
        return pid
    try:
        time.sleep(max(0, moment - time.time()))
        with in_network(network()):
            sending.start(actor=ACTOR, circular=circular)
        os._exit(0)
    except NotNow:
        os._exit(1)
    except BaseException:
        import traceback

        traceback.print_exc()
    finally:
        os._exit(2)


def plan(circular: Circular) -> None:
    with in_network(network()):
        sending.schedule(actor=ACTOR, circular=circular, at=timezone.now() + SOON)


def result() -> dict[str, Any]:
    """How many rows each contact has in each circular, and how many mails."""
    with in_network(network()):
        rows = Recipient.objects.values_list("circular__title", "contact__email", "message__state")
        found = list(rows)
        stages = dict(Circular.objects.values_list("title", "stage"))
        left = Job.objects.exclude(state="done").count()
    return {"rows": found, "stages": stages, "left": left}


def main() -> dict[str, Any]:
    together, planned = prepare()
    told = start_together(together)
    plan(planned)
    kills = postmen.worked_off()
    return {"told": told, "kills": kills, **result()}


if __name__ == "__main__":
    sys.stdout.write(json.dumps(main()))
    connections.close_all()
