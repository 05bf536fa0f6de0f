"""How many pages a second families get: `python -m benchmarks.pages [REQUESTS]`.

The real server with the demo network, asked by a process of its own over the loopback, eight
visitors at a time. **The load generator shares the cores with the server.** Beside it a bare Django
list page on the same kind of server. Rounds alternate, so that other work on the machine meets all.
The processor time that the server's processes took for a request is told as well: other work does
not make it wait, though it makes memory and caches slower.

A *hit* is a page that was asked before, a *miss* one that nobody asked yet: both cost the whole way
through the server. The *mix* is what families ask: few wishes often, many once (Zipf), with and
without an offer that is changed meanwhile in another process, after which every page of its network
is made anew.
"""

from __future__ import annotations

import json
import os
import random
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from benchmarks.installation import NETWORK, demo_installation
from benchmarks.load import CHANGE
from benchmarks.machine import described
from benchmarks.measuring import Spread, percentiles
from tests.installations import ROOT, Installation, Served, free_port, served

REQUESTS = 200
HITS = 4_000
MIXED = 2_000
WARMING = 40
VISITORS = 8
COLD_VISITORS = 50
WORKERS = 2
RUNS = 3
JUDGED = Path(__file__).parent / "search" / "judged"
QUERIES = ("german_tune.jsonl", "demo_tune.jsonl", "languages_tune.jsonl")
PLACES = ("09599", "04720", "09648", "Freiberg", "Döbeln", "Mittweida", "09557", "04703")
AGES = ("", "", "3m", "18m", "3", "8")
# The n-th wish is asked as often as 1/n: half of all requests are for twenty wishes.
WISHES_IN_THE_MIX = 500
BARE = "bare Django list page"


@dataclass(frozen=True, slots=True)
class Round:
    """One round of requests for one page. `cpu_ms` is what the server took for each of them."""

    per_second: float
    p50: float
    p95: float
    p99: float
    kilobytes: float
    cpu_ms: float


@dataclass(frozen=True, slots=True)
class Server:
    """A server that is measured: `process` is the first of a session of its own."""

    port: int
    process: int

    def processor_seconds(self) -> float:
        """What all processes of its session have taken so far."""
        ticks = 0
        for file in Path("/proc").glob("[0-9]*/stat"):
            with suppress(OSError):  # it ended just now
                told = file.read_text(encoding="utf-8").rpartition(")")[2].split()
                if int(told[3]) == self.process:
                    ticks += int(told[11]) + int(told[12])
        return ticks / os.sysconf("SC_CLK_TCK")


def ask(
    inside: Installation,
    server: Server,
    paths: list[str],
    visitors: int = VISITORS,
    changed: str = "",
) -> Round:
    """Let the load generator ask for these paths; `changed` is the network that CHANGE changes."""
    command = [sys.executable, "-m", "benchmarks.load", str(server.port), str(visitors)]
    before = server.processor_seconds()
    done = subprocess.run(
        [*command, changed] if changed else command,
        cwd=ROOT, env=inside.environ, input="\n".join(paths), stdout=subprocess.PIPE, text=True,
        check=True,
    )  # fmt: skip
    found = json.loads(done.stdout)
    count, kilobytes = len(found["took"]), found["bytes"] / 1_000
    cpu_ms = 1000 * (server.processor_seconds() - before) / count
    return Round(count / found["seconds"], *percentiles(found["took"]), kilobytes, cpu_ms)


def wishes(count: int, seed: int) -> list[str]:
    """What families ask, each one once: their words, mostly with a place, sometimes with an age."""
    chance, texts = random.Random(seed), _texts()
    found: dict[str, None] = {}
    while len(found) < count:
        found[f"/{NETWORK}/angebote/?{_wish(chance, texts, len(found))}"] = None
    return list(found)


def _texts() -> list[str]:
    lines = (line for name in QUERIES for line in (JUDGED / name).read_text("utf-8").splitlines())
    return [json.loads(line)["query"] for line in lines if line]


def _wish(chance: random.Random, texts: list[str], number: int) -> str:
    told = {
        "q": chance.choice(texts) if chance.random() < 0.85 else "",
        "ort": chance.choice(PLACES) if chance.random() < 0.7 else "",
        "alter": chance.choice(AGES),
        "kostenlos": "ja" if chance.random() < 0.1 else "",
        "seite": str(number % 3) if chance.random() < 0.1 else "",
    }
    return urlencode({name: value for name, value in told.items() if value})


def mix(count: int, seed: int, changes: int = 0) -> list[str]:
    """So many requests as families make them, and so many changes evenly among them."""
    chance, asked = random.Random(seed), wishes(WISHES_IN_THE_MIX, seed)
    weights = [1 / (rank + 1) for rank in range(len(asked))]
    paths = chance.choices(asked, weights, k=count)
    for number in range(changes):
        paths.insert((2 * number + 1) * count // (2 * changes) + number, CHANGE)
    return paths


def offers(running: Served) -> list[str]:
    """Addresses of the offers that the finder shows first."""
    _answer, page = running.get(f"/{NETWORK}/angebote/?seite=3")
    parts = page.split('<h2 class="kp-offer__title"><a href="')[1:]
    return [part.partition('"')[0] for part in parts]


@contextmanager
def plain_site(inside: Installation) -> Iterator[Server]:
    """The bare list page."""
    port = free_port()
    command = (sys.executable, "-m", "benchmarks.plain_site", str(port), str(WORKERS))
    process = inside.start(*command)
    try:
        _wait(port)
        yield Server(port, process.pid)
    finally:
        process.terminate()
        process.communicate(timeout=20)


def _wait(port: int) -> None:
    for _attempt in range(400):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise SystemExit("The bare page did not answer.")


def main() -> None:
    """Print the table."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else REQUESTS
    with (
        demo_installation() as inside,
        served(inside, "--workers", str(WORKERS)) as running,
        plain_site(inside) as bare,
    ):
        details, ours = offers(running), Server(running.port, running.process.pid)
        rounds: dict[str, list[Round]] = {}

        def told(name: str, paths: list[str], **how: Any) -> None:
            rounds.setdefault(name, []).append(ask(inside, ours, paths, **how))

        ask(inside, ours, wishes(WARMING, RUNS + 1))
        for number in range(RUNS):
            fresh = wishes(count, number)
            told("finder, a miss", fresh)
            told("page of an offer, mostly hits", (details * count)[:count])
            often = [path for path in fresh[:WARMING] for _worker in range(4 * WORKERS)]
            ask(inside, ours, often)
            told("finder, a hit", (fresh[:WARMING] * HITS)[:HITS])
            ask(inside, ours, [f"/{NETWORK}/"] * WARMING)
            told("start page, a hit", [f"/{NETWORK}/"] * HITS)
            told("mix", mix(MIXED, number))
            told("mix, 1 change in 1000", mix(MIXED, number, MIXED // 1000), changed=NETWORK)
            told("mix, 1 change in 100", mix(MIXED // 4, number, MIXED // 400), changed=NETWORK)
            ask(inside, bare, ["/"] * WARMING)
            rounds.setdefault(BARE, []).append(ask(inside, bare, ["/"] * HITS))
        cold = ask(inside, ours, wishes(count, RUNS), COLD_VISITORS)
    print(f"Pages ({described()})")
    print(f"  {WORKERS} workers, {VISITORS} visitors at a time, {RUNS} rounds; the load generator")
    print("  shares the cores; requests a second as least / median / most, times as medians")
    peer = Spread.of([one.per_second for one in rounds[BARE]]).median
    for name, some in rounds.items():
        print(_line(name, some, peer))
    print(
        f"  new wishes, {COLD_VISITORS} at once: p50 {cold.p50:.0f} ms, p95 {cold.p95:.0f} ms,"
        f" {cold.cpu_ms:.1f} ms of the processor each"
    )


def _line(name: str, rounds: list[Round], peer: float) -> str:
    speed = Spread.of([one.per_second for one in rounds])
    p50, p95, p99, cpu = (
        Spread.of([getattr(one, key) for one in rounds]).median
        for key in ("p50", "p95", "p99", "cpu_ms")
    )
    return (
        f"  {name:29} {speed.told('/s', 0):22} p50 {p50:5.1f}  p95 {p95:5.1f}  p99 {p99:5.1f} ms"
        f"  processor {cpu:5.2f} ms each"
        f"  {rounds[0].kilobytes:5.1f} kB  {speed.median / peer:4.2f} x the bare page"
    )


if __name__ == "__main__":
    main()
