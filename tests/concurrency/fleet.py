"""Processes of a fleet that the product itself has no command for.

    python -m tests.concurrency.fleet prepare|queue|hand

`prepare` founds networks and fills one, `queue` queues JOBS jobs of two kinds, `hand` is a worker
as `knotenpunkt work` starts it, which also knows the works of `labour`.
"""

from __future__ import annotations

import sys

from tests.concurrency import labour
from tests.concurrency.agreed import FLEET_JOBS, FLEET_NETWORKS
from tests.filling import fill


def prepare() -> None:
    """Several networks: each takes only so many requests for a call in an hour."""
    from knotenpunkt.front.founding import found_network

    for slug in FLEET_NETWORKS:
        found_network(actor=labour.SYSTEM, slug=slug, name=f"Netzwerk {slug}", area_keys=["14522"])
    fill(FLEET_NETWORKS[0], 5, "Haus")


def queue() -> None:
    """Half of it quick and in steps, half of it slow."""
    for number in range(FLEET_JOBS):
        if number % 2:
            labour.queue("test.batches", f"job {number}")
        else:
            labour.queue("test.slow_batches", f"job {number}", seconds=0.4)


def hand() -> None:
    """Until it is told to stop, or killed."""
    labour.Worker().run()


if __name__ == "__main__":
    {"prepare": prepare, "queue": queue, "hand": hand}[sys.argv[1]]()
