"""How many pages a second families get: `python -m benchmarks.pages [REQUESTS]`.

The real server with the demo network, asked by a process of its own over the loopback, eight
visitors at a time. The load generator shares the cores with the server. Beside it a bare Django
list page on the same kind of server. Rounds alternate, so that other work on the machine meets all.
"""

from __future__ import annotations

import json
import random
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

from benchmarks.installation import NETWORK, demo_installation
from benchmarks.machine import described
from benchmarks.measuring import Spread, percentiles
from tests.installations import ROOT, Installation, Served, free_port, served

REQUESTS = 400
WARMING = 40
VISITORS = 8
COLD_VISITORS = 50
WORKERS = 2
RUNS = 3
QUERIES = Path(__file__).parent / "search" / "queries.jsonl"
PLACES = ("09599", "04720", "09648", "Freiberg", "Döbeln", "Mittweida", "09557", "04703")
AGES = ("", "", "3m", "18m", "3", "8")


@dataclass(frozen=True, slots=True)
class Round:
    """One round of requests for one page."""

    per_second: float
    p50: float
    p95: float
    p99: float
    kilobytes: float


def ask(port: int, paths: list[str], visitors: int = VISITORS) -> Round:
    """Let the load generator ask for these paths."""
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.load", str(port), str(visitors)],
        cwd=ROOT, input="\n".join(paths), stdout=subprocess.PIPE, text=True, check=True,
    )  # fmt: skip
    found = json.loads(done.stdout)
    return Round(len(paths) / found["seconds"], *percentiles(found["took"]), found["bytes"] / 1_000)


def wishes(count: int, seed: int) -> list[str]:
    """What families ask: their words, mostly with a place, sometimes with an age."""
    chance = random.Random(seed)
    texts = [json.loads(line)["query"] for line in QUERIES.read_text("utf-8").splitlines()]
    return [f"/{NETWORK}/angebote/?{_wish(chance, texts)}" for _number in range(count)]


def _wish(chance: random.Random, texts: list[str]) -> str:
    told = {
        "q": chance.choice(texts) if chance.random() < 0.85 else "",
        "ort": chance.choice(PLACES) if chance.random() < 0.7 else "",
        "alter": chance.choice(AGES),
        "kostenlos": "ja" if chance.random() < 0.1 else "",
    }
    return urlencode({name: value for name, value in told.items() if value})


def offers(running: Served) -> list[str]:
    """Addresses of the offers that the finder shows first."""
    _answer, page = running.get(f"/{NETWORK}/angebote/?seite=3")
    parts = page.split('<h2 class="kp-offer__title"><a href="')[1:]
    return [part.partition('"')[0] for part in parts]


@contextmanager
def plain_site(inside: Installation) -> Iterator[int]:
    """The bare list page; yields its port."""
    port = free_port()
    command = (sys.executable, "-m", "benchmarks.plain_site", str(port), str(WORKERS))
    process = inside.start(*command)
    try:
        _wait(port)
        yield port
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
        served(inside, "--workers", str(WORKERS)) as ours,
        plain_site(inside) as bare,
    ):
        details = offers(ours)
        rounds: dict[str, list[Round]] = {}
        for number in range(RUNS):
            pages = {
                "start page": [f"/{NETWORK}/"] * count,
                "finder, what families ask": wishes(count, number),
                "finder, all offers": [f"/{NETWORK}/angebote/"] * count,
                "page of an offer": (details * count)[:count],
            }
            for name, paths in pages.items():
                ask(ours.port, paths[:WARMING])
                rounds.setdefault(name, []).append(ask(ours.port, paths))
            ask(bare, ["/"] * WARMING)
            rounds.setdefault("bare Django list page", []).append(ask(bare, ["/"] * count))
        cold = ask(ours.port, wishes(count, RUNS), COLD_VISITORS)
    print(f"Pages ({described()})")
    print(f"  {WORKERS} workers, {VISITORS} visitors at a time, {count} requests, {RUNS} rounds;")
    print("  requests a second as least / median / most, times as medians of the rounds")
    peer = Spread.of([one.per_second for one in rounds["bare Django list page"]]).median
    for name, some in rounds.items():
        print(_line(name, some, peer))
    print(f"  new queries, {COLD_VISITORS} at once: p50 {cold.p50:.0f} ms, p95 {cold.p95:.0f} ms")


def _line(name: str, rounds: list[Round], peer: float) -> str:
    speed = Spread.of([one.per_second for one in rounds])
    p50, p95, p99 = (
        Spread.of([getattr(one, key) for one in rounds]).median for key in ("p50", "p95", "p99")
    )
    return (
        f"  {name:26} {speed.told('/s', 0):22} p50 {p50:4.0f}  p95 {p95:4.0f}  p99 {p99:4.0f} ms"
        f"  {rounds[0].kilobytes:5.1f} kB  {speed.median / peer:4.2f} x the bare page"
    )


if __name__ == "__main__":
    main()
