"""Mixed traffic for a while: `python -m benchmarks.soak [--seconds 180]`.

The real server with two workers and its background worker, with the demo network. At the same time
families search, look at offers and ask to be called, members go through the desk and write notes,
and a coordinator imports one list after the other. Fails when anything but an expected answer came
back, or when a process kept growing: its memory in the last third beside the second one, for in
the first third caches fill.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import statistics
import sys
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path

from benchmarks.browsing import Page, Visitor
from benchmarks.installation import NETWORK, demo_installation
from benchmarks.machine import described
from benchmarks.measuring import percentiles
from benchmarks.pages import offers, wishes
from tests.installations import Installation, Served, served

SECONDS = 180
FAMILIES, MEMBERS = 4, 2
EXPECTED = {200, 301, 302, 303, 304}
LOGINS = ("petra@example.org", "ede@example.org")
PASSWORD = "demo-frueh-helfen"  # noqa: S105 - every demo network has it
DESK = f"/{NETWORK}/desk"
# Links into the desk, and what makes one of them like the next.
LINK = re.compile(rf'href="({DESK}/[^"#]*)"')
RECORD = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}")
MOST_LINKS = 12
# A network takes eighty calls an hour.
SECONDS_BETWEEN_CALLS, SECONDS_BETWEEN_IMPORTS = 3.0, 5.0
# A form that comes back sooner was filled by no human being.
SECONDS_TO_FILL_IN = 3.5
LIST_ROWS = 20
PATIENCE_SECONDS = 60
# Megabytes, and the share of what a process had, that are noise.
NOISE_MB, NOISE_SHARE = 8.0, 0.03


@dataclass
class Journal:
    """What all visitors saw."""

    took: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    wrong: list[str] = field(default_factory=list)
    imports: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def note(self, what: str, page: Page) -> None:
        with self.lock:
            self.took[what].append(page.milliseconds)
            if page.status not in EXPECTED:
                self.wrong.append(f"{page.status} {what} {page.path}")

    def complain(self, what: str) -> None:
        with self.lock:
            self.wrong.append(what)


@dataclass
class Traffic:
    """Everybody, each in a thread of their own, until `over`."""

    site: Served
    journal: Journal
    over: threading.Event = field(default_factory=threading.Event)

    def visitor(self, number: int) -> Visitor:
        """Somebody at an address of their own, as a proxy tells it."""
        address = {"X-Forwarded-For": f"198.51.{number // 250 % 250}.{number % 250}"}
        return Visitor(self.site.port, self.journal.note, address)

    def family(self, number: int, addresses: list[str]) -> None:
        """Searches, looks at what was found, goes on; each search is another family."""
        chance = random.Random(number)
        for turn, search in enumerate(wishes(100_000, number)):
            visitor = self.visitor(number * 10_000 + turn)
            for what, path in (
                ("start page", f"/{NETWORK}/"),
                ("finder", search),
                ("page of an offer", chance.choice(addresses)),
            ):
                if self.over.wait(chance.uniform(0, 0.1)):
                    return
                visitor.get(what, path)

    def caller(self) -> None:
        """Asks to be called, again and again, each time as somebody else."""
        number = 0
        while not self.over.wait(SECONDS_BETWEEN_CALLS):
            visitor = self.visitor(60_000 + number)
            form = visitor.get("call form", f"/{NETWORK}/anruf/").form("/anruf/")
            if form is None:
                self.journal.complain("There is no form to ask for a call.")
                return
            if self.over.wait(SECONDS_TO_FILL_IN):
                return
            page = visitor.submit("call asked for", form, phone=f"030 23125 {number:03}")
            if not page.path.endswith("/danke/"):
                self.journal.complain(f"A call was not taken: {page.path}")
            number += 1

    def member(self, number: int) -> None:
        """Follows links from page to page as they come, and writes a note now and then."""
        visitor = self._signed_in(number)
        chance = random.Random(number)
        while not self.over.is_set():
            page = visitor.get("desk", f"{DESK}/")
            for _link in range(MOST_LINKS):
                if self.over.wait(chance.uniform(0, 0.2)):
                    return
                path = unescape(chance.choice(LINK.findall(page.text) or [f"{DESK}/"]))
                page = visitor.get(_kind_of(path), path)
            form = visitor.get("note form", f"{DESK}/notizen/neu/").form("/notizen/neu/")
            if form is None:
                self.journal.complain("There is no form for a note.")
                return
            visitor.submit("note written", form, text=f"Lauf {time.monotonic():.0f}", who="Demo")

    def importer(self) -> None:
        """One list after the other, from the file to what the job has done."""
        visitor, number = self._signed_in(0), 0
        while not self.over.wait(SECONDS_BETWEEN_IMPORTS):
            self._import_once(visitor, number)
            number += 1

    def _import_once(self, visitor: Visitor, number: int) -> None:
        start = visitor.get("import: start", f"{DESK}/angebote/einlesen/")
        upload = start.form("/angebote/einlesen/")
        if upload is None:
            return self.journal.complain("There is no form for a list.")
        page = visitor.submit(
            "import: file sent", upload, file=(f"lauf-{number}.csv", _rows(number))
        )
        until = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < until:
            if "sind eingelesen" in page.text:
                self.journal.imports += 1
                return None
            columns, run = page.form("/spalten/"), page.form("/einlesen/")
            if columns and page.path.endswith("/spalten/"):
                page = visitor.submit("import: columns", columns, press="weiter")
            elif run and page.path.endswith("/pruefen/"):
                page = visitor.submit("import: begun", run)
            else:
                if self.over.wait(0.5):
                    return None
                page = visitor.get("import: waiting", page.path)
        return self.journal.complain(f"An import did not end: {page.path}")

    def _signed_in(self, number: int) -> Visitor:
        visitor = self.visitor(61_000 + number)
        form = visitor.get("sign-in form", f"{DESK}/anmelden/").form("/anmelden/")
        assert form is not None
        login = LOGINS[number % len(LOGINS)]
        page = visitor.submit("signed in", form, username=login, password=PASSWORD)
        assert page.path == f"{DESK}/", page.path
        return visitor


def _kind_of(path: str) -> str:
    """ "/netz/desk/angebote/1b9d…/?q=x" → "desk/angebote/…/?"."""
    bare, asked, _query = path.partition("?")
    return RECORD.sub("…", bare.removeprefix(f"/{NETWORK}/")) + asked


def _rows(number: int) -> bytes:
    """A list of which a few rows are new each time, and the others known."""
    head = "Titel;Träger;Straße;PLZ;Ort;Beschreibung"
    rows = [
        f"Krabbelrunde Lauf {n};Haus Lauf {n % 7};Testweg {n % 7};09599;Freiberg;Lauf {n}."
        for n in range(number * 4, number * 4 + LIST_ROWS)
    ]
    return "\n".join([head, *rows, ""]).encode()


# ── memory ──────────────────────────────────────────────────────────────────────────────────────


def family_of(pid: int) -> Iterator[int]:
    """The process and all that it started."""
    yield pid
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        for child in task.read_text().split():
            yield from family_of(int(child))


def resident_mb(pid: int) -> float:
    """Memory that the process really occupies, shared parts included."""
    pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1_000_000


@dataclass
class Memory:
    """Megabytes of each process over time: (seconds, process) → MB."""

    pid: int
    seen: dict[int, list[tuple[float, float]]] = field(default_factory=lambda: defaultdict(list))

    def watch(self, seconds: float) -> None:
        """Look once a second, for so long."""
        begun = time.monotonic()
        while (now := time.monotonic() - begun) < seconds:
            for one in family_of(self.pid):
                self.seen[one].append((now, resident_mb(one)))
            time.sleep(1)

    def means(self, pid: int, seconds: float) -> tuple[float, float, float]:
        """MB in the first, second and last third."""
        thirds: list[list[float]] = [[], [], []]
        for now, megabytes in self.seen[pid]:
            thirds[min(2, int(3 * now / seconds))].append(megabytes)
        first, second, last = (statistics.fmean(one) if one else 0.0 for one in thirds)
        return first, second, last

    def growing(self, seconds: float) -> list[str]:
        """Processes whose last third lies above the second by more than noise."""
        found = []
        for pid in self.seen:
            _first, before, last = self.means(pid, seconds)
            if before and last > before + max(NOISE_MB, NOISE_SHARE * before):
                found.append(f"process {pid}: {before:.0f} → {last:.0f} MB")
        return found


def run(site: Served, seconds: float) -> tuple[Journal, Memory]:
    """Let everybody loose."""
    traffic = Traffic(site, Journal())
    addresses = offers(site)
    lives: list[Callable[[], None]] = [traffic.caller, traffic.importer]
    lives += [lambda n=n: traffic.family(n, addresses) for n in range(FAMILIES)]  # type: ignore[misc]
    lives += [lambda n=n: traffic.member(n) for n in range(MEMBERS)]  # type: ignore[misc]
    threads = [threading.Thread(target=_kept_from_silence(traffic, life)) for life in lives]
    memory = Memory(site.process.pid)
    for thread in threads:
        thread.start()
    try:
        memory.watch(seconds)
    finally:
        traffic.over.set()
        for thread in threads:
            thread.join()
    return traffic.journal, memory


def _kept_from_silence(traffic: Traffic, life: Callable[[], None]) -> Callable[[], None]:
    def lived() -> None:
        try:
            life()
        except Exception as problem:
            traffic.journal.complain(f"A visitor gave up: {problem!r}")

    return lived


def main() -> None:
    """Print the figures; exit 1 when something was wrong."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--seconds", type=float, default=SECONDS)
    seconds = parser.parse_args().seconds
    with demo_installation() as plain:
        own = {**plain.settings, "KNOTENPUNKT_BEHIND_PROXY": "yes"}
        inside = Installation(plain.folder, plain.database_url, own)
        with served(inside, "--workers", "2") as site:
            journal, memory = run(site, seconds)
            complaints = site.complaints()
    print(f"Soak of {seconds:.0f} s ({described()})")
    for what, took in sorted(journal.took.items(), key=lambda one: -len(one[1])):
        p50, p95, _p99 = percentiles(took)
        print(f"  {what:28} {len(took):6}   p50 {p50:5.0f}  p95 {p95:5.0f} ms")
    requests = sum(map(len, journal.took.values()))
    print(f"  {requests} requests, {requests / seconds:.0f} a second; {journal.imports} imports")
    print("  memory of each process in the first, second and last third:")
    for pid in memory.seen:
        first, second, last = memory.means(pid, seconds)
        print(f"    {first:5.0f} → {second:5.0f} → {last:5.0f} MB")
    wrong = [*journal.wrong, *memory.growing(seconds), *complaints.splitlines()]
    print(f"  errors: {len(wrong)}")
    for line, count in Counter(RECORD.sub("…", line) for line in wrong).most_common(20):
        print(f"    {count} × {line}")
    sys.exit(bool(wrong))


if __name__ == "__main__":
    main()
