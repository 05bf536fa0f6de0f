"""From `knotenpunkt serve` to the first answered search, and the memory of each process.

    python -m benchmarks.start_up

The first start of an installation collects its static files and encodes the lexicon; later ones
find both. RSS counts shared pages in every process, PSS counts each page once.
"""

from __future__ import annotations

import shutil
import time
from pathlib import Path

from benchmarks.installation import NETWORK, demo_installation, run
from benchmarks.machine import described
from benchmarks.measuring import Spread
from benchmarks.pages import WORKERS, Server, ask, wishes
from tests.installations import CONSOLE, Installation, served

RUNS = 3
SEARCH = f"/{NETWORK}/angebote/?q=mein+baby+schreit+nur+noch&ort=09599"
BUSY = 200


def started(inside: Installation) -> float:
    """Seconds until the first search was answered."""
    before = time.perf_counter()
    with served(inside, "--workers", str(WORKERS)) as running:
        answer, _page = running.get(SEARCH)
        took = time.perf_counter() - before
    assert answer.status == 200
    return took


def forget(inside: Installation) -> None:
    """As if it had never been started."""
    for name in ("cache", "static"):
        shutil.rmtree(inside.folder / name, ignore_errors=True)


def commanded(inside: Installation) -> float:
    """Seconds of one search on the command line, everything included."""
    before = time.perf_counter()
    run(inside, str(CONSOLE), "offers", "search", "Hebamme", "--network", NETWORK, "--limit", "1")
    return time.perf_counter() - before


def memory(inside: Installation) -> list[tuple[str, float, float]]:
    """(process, RSS, PSS) in MB of the served processes, after some work."""
    with served(inside, "--workers", str(WORKERS)) as running:
        parent = running.process.pid
        ask(inside, Server(running.port, parent), wishes(BUSY, seed=1))
        told = Path(f"/proc/{parent}/task/{parent}/children").read_text("ascii")
        workers = [int(pid) for pid in told.split()]
        return [("parent", *_megabytes(parent))] + [
            (f"worker {number}", *_megabytes(pid)) for number, pid in enumerate(workers, start=1)
        ]


def _megabytes(pid: int) -> tuple[float, float]:
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text("ascii").splitlines()
    found = {line.split(":")[0]: line.split()[1] for line in lines[1:]}
    return int(found["Rss"]) / 1024, int(found["Pss"]) / 1024


def main() -> None:
    """Print the table."""
    first, later, commands = [], [], []
    with demo_installation() as inside:
        for _number in range(RUNS):
            forget(inside)
            first.append(started(inside))
            later.append(started(inside))
            commands.append(commanded(inside))
        processes = memory(inside)
    print(f"Start-up, least / median / most of {RUNS} ({described()})")
    print(f"  serve to first search, first start   {Spread.of(first).told('s', 2)}")
    print(f"  serve to first search, later starts  {Spread.of(later).told('s', 2)}")
    print(f"  knotenpunkt offers search, all in    {Spread.of(commands).told('s', 2)}")
    for name, rss, pss in processes:
        print(f"  {name:10} RSS {rss:4.0f} MB  PSS {pss:4.0f} MB")
    print(f"  together   PSS {sum(pss for _name, _rss, pss in processes):4.0f} MB")


if __name__ == "__main__":
    main()
