"""One process of an installation in which many write and read at the same moment.

    python -m tests.concurrency.crowd SLUG PREFIX WRITERS READERS

Each writer publishes OFFERS offers through the product's actions, each reader asks the finder.
Prints one JSON object: the ids that were written, how many reads were answered, what failed.
"""

from __future__ import annotations

import json
import os
import sys
import threading
import traceback
from collections.abc import Callable
from dataclasses import dataclass, field

OFFERS = 5
READS = 4
QUESTIONS = ("Krabbelgruppe", "Mein Baby schläft nicht", "Hebamme in Freiberg", "")


@dataclass
class Crowd:
    """What the threads have done so far; `start` lets all of them go at once."""

    start: threading.Barrier
    written: list[str] = field(default_factory=list)
    reads: int = 0
    failures: list[str] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def run(self, work: Callable[[], None]) -> None:
        """The life of one thread."""
        from django.db import connections

        try:
            self.start.wait()
            work()
        except Exception:
            with self.lock:
                self.failures.append(traceback.format_exc())
        finally:
            connections.close_all()

    def write(self, slug: str, prefix: str) -> None:
        from tests.filling import fill

        ids = fill(slug, OFFERS, prefix)
        with self.lock:
            self.written += ids

    def read(self, slug: str, number: int) -> None:
        for turn in range(READS):
            _ask(slug, QUESTIONS[(number + turn) % len(QUESTIONS)])
            with self.lock:
                self.reads += 1


def _ask(slug: str, question: str) -> None:
    """One search, and the page of its first result, as two requests would do it."""
    from django.utils import timezone

    from knotenpunkt.foundation.accounts.actors import ANYONE
    from knotenpunkt.foundation.networks.models import Network
    from knotenpunkt.foundation.networks.scope import in_network
    from knotenpunkt.registers.offers.finder import find
    from knotenpunkt.registers.offers.queries import get_offer
    from knotenpunkt.registers.offers.wishes import Wish

    network = Network.objects.get(slug=slug)
    with in_network(network):
        finding = find(ANYONE, network, Wish(text=question), now=timezone.now())
    for found in finding.found[:1]:
        with in_network(network):
            assert get_offer(ANYONE, found.offer.pk).title == found.offer.title


def main(slug: str, prefix: str, writers: int, readers: int) -> None:
    crowd = Crowd(threading.Barrier(writers + readers))
    work: list[Callable[[], None]] = [
        *(lambda number=n: crowd.write(slug, f"{prefix}{number}") for n in range(writers)),
        *(lambda number=n: crowd.read(slug, number) for n in range(readers)),
    ]
    threads = [threading.Thread(target=crowd.run, args=(one,)) for one in work]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    told = {"written": crowd.written, "reads": crowd.reads, "failures": crowd.failures}
    sys.stdout.write(json.dumps(told))


if __name__ == "__main__":
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.base")
    django.setup()
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4]))
