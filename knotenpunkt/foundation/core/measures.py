"""What a process counts about itself, for /metrics: how often and how long, never who and what.

Under `knotenpunkt serve` several processes answer. Each writes its counts into a file of a shared
temporary folder, and whichever process is asked adds up all of them.
"""

from __future__ import annotations

import os
from pathlib import Path

from prometheus_client import CollectorRegistry, Counter, Histogram, values
from prometheus_client.multiprocess import MultiProcessCollector

FOLDER = "PROMETHEUS_MULTIPROC_DIR"
OWN = CollectorRegistry()

# Each has labels, for only those are born at first use, which is after `share_counts`.
REQUESTS = Histogram(
    "knotenpunkt_request_seconds",
    "Time to answer a request",
    ["view", "method", "status"],
    buckets=(0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10),
    registry=OWN,
)
SEARCHES = Histogram(
    "knotenpunkt_search_seconds",
    "Time of a search without its page",
    ["visibility"],
    buckets=(0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1),
    registry=OWN,
)
HELD = Counter("knotenpunkt_held", "Requests that a brake held", ["brake"], registry=OWN)
# Also of addresses that nobody has an account for.
SIGN_IN_FAILURES = Counter(
    "knotenpunkt_sign_in_failures", "Refused sign-ins", ["step"], registry=OWN
)


def share_counts(folder: Path) -> None:
    """From now on this process and those it starts count into files of that folder."""
    os.environ[FOLDER] = str(folder)
    values.ValueClass = values.MultiProcessValue()  # type: ignore[no-untyped-call]


def counted() -> CollectorRegistry:
    """The counts of all processes that share a folder, or of this one alone."""
    if FOLDER not in os.environ:
        return OWN
    together = CollectorRegistry()
    MultiProcessCollector(together)  # type: ignore[no-untyped-call]
    return together
