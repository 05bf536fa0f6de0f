"""How many letters a second become one print-ready file, beside LibreOffice.

    python -m benchmarks.campaigns.letters [LETTERS]

Ours: window envelopes with letterhead and fold marks, tagged as PDF/UA-1, sorted by postal code,
every sign checked, each with a QR code of its own, as the product makes them.
LibreOffice twice, tagged as well, with the same words and without letterhead and QR codes, which
its mail merge cannot make for each: its own *mail merge* over UNO, with the addresses from a CSV
file; and the same letters as a document that is *merged already*, where only its typesetting is
measured. What is not installed is left out, and that is said (`office.py` tells what it needs).
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from statistics import median

from benchmarks.campaigns import office
from benchmarks.campaigns.office import Round
from benchmarks.installation import NETWORK, installation, measured
from benchmarks.machine import described

LETTERS, ROUNDS = 800, 3
PROMISE = 10.0
INSIDE = "benchmarks.campaigns.letters_inside"
OURS, MERGE, READY = (
    "ours, with QR codes", "LibreOffice, mail merge", "LibreOffice, merged already",
)  # fmt: skip
Way = Callable[[Path, int], Round]


def ours(_place: Path, count: int) -> Round:
    """One file by the product."""
    with installation() as inside:
        told = measured(inside, INSIDE, NETWORK, str(count))
    return Round(told["seconds"], told["busy"], told["memory"])


def ways() -> dict[str, Way]:
    """All that are installed here."""
    found: dict[str, Way] = {OURS: ours}
    soffice, python = office.program(), office.merging_python()
    if soffice and python:
        found[MERGE] = lambda place, count: office.merged(soffice, python, place, count)
    if soffice:
        found[READY] = lambda place, count: office.converted(soffice, place, count)
    return found


def run(ways: dict[str, Way], count: int) -> dict[str, list[Round]]:
    """All rounds; the ways take turns, so that the machine is as busy for each."""
    done: dict[str, list[Round]] = {name: [] for name in ways}
    with tempfile.TemporaryDirectory() as folder:
        for name, way in ways.items():
            if name != OURS:
                way(Path(folder), 1)  # its first start makes a profile
        for _round in range(ROUNDS):
            for name, way in ways.items():
                done[name].append(way(Path(folder), count))
    return done


def told(name: str, count: int, rounds: list[Round]) -> str:
    """One row of the table."""
    seconds, busy = _middle(rounds)
    memory = max(one.memory for one in rounds)
    return (
        f"  {name:28} {seconds:7.2f} s {count / seconds:6.0f} a second   "
        f"processors {busy:6.2f} s {count / busy:6.0f} a second   {memory:5d} MB"
    )


def _middle(rounds: list[Round]) -> tuple[float, float]:
    return median(one.seconds for one in rounds), median(one.busy for one in rounds)


def main() -> None:
    """Print the table."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else LETTERS
    done = run(ways(), count)
    print(f"{count} letters as one file, median of {ROUNDS} ({described()})")
    for name, rounds in done.items():
        print(told(name, count, rounds))
    if count <= LETTERS and _middle(done[OURS])[0] > PROMISE:
        print(f"  over the promised {PROMISE:.0f} s")
    for name in (MERGE, READY):
        if name not in done:
            print(f"  {name}: not installed here, nothing to compare with")
        else:
            ratio = _middle(done[name])[1] / _middle(done[OURS])[1]
            print(f"  {name}: {ratio:.1f} times our processor seconds")


if __name__ == "__main__":
    main()
