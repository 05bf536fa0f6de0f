"""A fleet of real processes: two servers, three workers, one database, and a load balancer.

While families search and ask for calls, both servers are restarted one after the other, a worker is
killed and the database is restarted. Nothing that was confirmed is lost.
"""

from __future__ import annotations

import itertools
import os
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import IO
from urllib.parse import urlencode

import psycopg
import pytest

from scripts import postgresql
from tests.concurrency.agreed import BATCHES, EFFECT, FLEET_JOBS, FLEET_NETWORKS
from tests.installations import CONSOLE, Installation, free_port

pytestmark = pytest.mark.postgresql
HOST = "netz.example.org"
READERS, WRITERS = 3, 2
SERVE = ("--workers", "2", "--drain", "1", "--no-work")
# What a proxy in front of the product tells it.
PROXIED = {"Host": HOST, "X-Forwarded-Proto": "https", "Origin": f"https://{HOST}"}
PAGES = ("/mitte/", "/mitte/angebote/?q=Krabbelgruppe", "/mitte/angebote/?q=Hebamme&ort=09599", "/")
DOWN_SECONDS = 1.5
AWAY = (ConnectionError, HTTPException, TimeoutError)


@dataclass(frozen=True)
class Answer:
    """What a visitor got; `status` is 0 where nothing came back."""

    status: int
    wait: str = ""
    page: str = ""


@dataclass
class Server:
    """One `knotenpunkt serve`, as long as it lives."""

    installation: Installation
    port: int
    log: IO[str]
    ready: bool = False
    process: subprocess.Popen[str] | None = None

    def start(self) -> None:
        command = (str(CONSOLE), "serve", "--port", str(self.port), *SERVE)
        self.process = self.installation.start(*command, printed=self.log)

    def stop(self) -> float:
        """SIGTERM; how many seconds it took to end in peace."""
        assert self.process is not None
        begun = time.monotonic()
        self.process.send_signal(signal.SIGTERM)
        assert self.process.wait(timeout=20) == 0
        return time.monotonic() - begun

    def ask(self, method: str, path: str, body: str, **more: str) -> Answer:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            form = {"Content-Type": "application/x-www-form-urlencoded"} if body else {}
            connection.request(method, path, body or None, PROXIED | form | more)
            got = connection.getresponse()
            page = got.read().decode("utf-8", "replace")
            return Answer(got.status, got.getheader("Retry-After", ""), page)
        finally:
            connection.close()


@dataclass
class Balancer:
    """Asks each server whether it is ready, and sends visitors to those that are, in turn.

    Where none is, any is asked, as a proxy does. A server that takes no connection is passed over;
    a request that was sent is never sent twice.
    """

    servers: list[Server]
    turns: Iterator[int] = field(default_factory=itertools.count)
    over: threading.Event = field(default_factory=threading.Event)

    def watch(self) -> None:
        """The life of its own thread."""
        while not self.over.wait(0.1):
            for server in self.servers:
                try:
                    server.ready = server.ask("GET", "/ready", "").status == 200
                except AWAY:
                    server.ready = False

    def wait_until_ready(self, server: Server) -> None:
        until = time.monotonic() + 60
        while not server.ready:
            assert time.monotonic() < until, "a server did not become ready"
            time.sleep(0.05)

    def ask(self, method: str, path: str, body: str = "", **more: str) -> Answer:
        turn = next(self.turns)
        in_turn = [self.servers[(turn + n) % len(self.servers)] for n in range(len(self.servers))]
        for server in sorted(in_turn, key=lambda one: not one.ready):
            try:
                return server.ask(method, path, body, **more)
            except ConnectionRefusedError:
                continue
            except AWAY:
                return Answer(0)
        return Answer(0)


@dataclass
class Visitors:
    """Those who ask all the time; `got` is what they got since it was last taken."""

    balancer: Balancer
    got: list[Answer] = field(default_factory=list)
    sent: int = 0
    confirmed: int = 0
    over: threading.Event = field(default_factory=threading.Event)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def read(self) -> None:
        for path in itertools.cycle(PAGES):
            if self.over.wait(0.03):
                return
            self._note(self.balancer.ask("GET", path, **_from(next(self.balancer.turns))))

    def write(self, first: int, token: str) -> None:
        """Ask for a call, each time from elsewhere and with another number."""
        for number in range(first, first + 150):
            if self.over.wait(0.2):
                return
            slug = FLEET_NETWORKS[number % len(FLEET_NETWORKS)]
            form = {"token": token, "phone": f"030 23125 {number:03}", "language": "de"}
            answer = self.balancer.ask("POST", f"/{slug}/anruf/", urlencode(form), **_from(number))
            with self.lock:
                self.sent += 1
                self.confirmed += answer.status == 302
            self._note(answer)

    def taken(self) -> list[Answer]:
        with self.lock:
            taken, self.got = self.got, []
        return taken

    def _note(self, answer: Answer) -> None:
        with self.lock:
            self.got.append(answer)


def _from(number: int) -> dict[str, str]:
    """As if asked by another visitor: what they wrote themselves, and what the proxy added."""
    return {"X-Forwarded-For": f"127.0.0.1, 198.51.{number // 250 % 250}.{number % 250}"}


@dataclass(frozen=True)
class Fleet:
    """Everything that runs."""

    database: postgresql.Cluster
    installation: Installation
    servers: list[Server]
    hands: list[subprocess.Popen[str]]
    log: Path

    def start_hand(self, printed: IO[str]) -> None:
        command = (sys.executable, "-m", "tests.concurrency.fleet", "hand")
        self.hands.append(self.installation.start(*command, printed=printed))

    def asked(self, question: str) -> list[tuple[object, ...]]:
        with psycopg.connect(self.database.url) as owner:
            return owner.execute(question).fetchall()


@contextmanager
def running(folder: Path) -> Iterator[Fleet]:
    """The fleet; nothing of it is left afterwards."""
    log = folder / "fleet.log"
    with postgresql.cluster() as database, log.open("w", encoding="utf-8") as printed:
        settings = {"KNOTENPUNKT_HOSTS": HOST, "KNOTENPUNKT_BEHIND_PROXY": "yes"}
        installation = Installation(folder / "data", database.url, settings)
        installation.done("database", "migrate")
        for part in ("prepare", "queue"):
            done = installation.execute([sys.executable, "-m", "tests.concurrency.fleet", part])
            assert done.returncode == 0, done.stderr
        servers = [Server(installation, free_port(), printed) for _server in range(2)]
        fleet = Fleet(database, installation, servers, [], log)
        try:
            for server in servers:
                server.start()
            for _hand in range(3):
                fleet.start_hand(printed)
            yield fleet
        finally:
            for process in (*fleet.hands, *(server.process for server in servers)):
                if process is not None and process.poll() is None:
                    os.killpg(process.pid, signal.SIGKILL)
                    process.wait()


def test_a_fleet_outlives_its_parts(tmp_path: Path) -> None:
    with running(tmp_path) as fleet, visited(fleet) as visitors:
        restarted_in_turn(fleet, visitors)
        a_worker_killed(fleet)
        the_database_restarted(fleet, visitors)
        nothing_lost(fleet, visitors)
        everything_done_once(fleet)
        stopped_in_time(fleet)


@contextmanager
def visited(fleet: Fleet) -> Iterator[Visitors]:
    """Visitors from the moment on when both servers are ready."""
    balancer = Balancer(fleet.servers)
    visitors = Visitors(balancer)
    threads = [threading.Thread(target=balancer.watch, daemon=True)]
    threads[0].start()
    for server in fleet.servers:
        balancer.wait_until_ready(server)
    page = balancer.ask("GET", "/mitte/anruf/").page
    token = page.partition('name="token" value="')[2].partition('"')[0]
    time.sleep(3)  # a form that comes back sooner was filled by no human being
    threads += [threading.Thread(target=visitors.read, daemon=True) for _one in range(READERS)]
    threads += [
        threading.Thread(target=visitors.write, args=(150 * n, token), daemon=True)
        for n in range(WRITERS)
    ]
    for thread in threads[1:]:
        thread.start()
    try:
        yield visitors
    finally:
        balancer.over.set()
        visitors.over.set()
        for thread in threads:
            thread.join(timeout=30)


def restarted_in_turn(fleet: Fleet, visitors: Visitors) -> None:
    """Each server is replaced while the other one answers: nobody notices."""
    time.sleep(1)
    for server in fleet.servers:
        assert server.stop() < 10
        server.start()
        visitors.balancer.wait_until_ready(server)
    got = visitors.taken()
    assert Counter(one.status for one in got).keys() == {200, 302}, told(got)
    assert len(got) > 50


def a_worker_killed(fleet: Fleet) -> None:
    os.killpg(fleet.hands[0].pid, signal.SIGKILL)
    assert fleet.hands[0].wait() == -signal.SIGKILL


def the_database_restarted(fleet: Fleet, visitors: Visitors) -> None:
    """For a moment a kind page, then all is as before, without a hand laid on it."""
    visitors.taken()
    fleet.database.stop("fast")
    time.sleep(DOWN_SECONDS)
    fleet.database.start()
    for server in fleet.servers:
        server.ready = False
        visitors.balancer.wait_until_ready(server)
    meanwhile = visitors.taken()
    assert Counter(one.status for one in meanwhile).keys() <= {200, 302, 503}, told(meanwhile)
    refused = [one for one in meanwhile if one.status == 503]
    assert refused, "The database was not away for long enough to be noticed."
    for one in refused:
        assert "Bitte versuchen Sie es in ein paar Minuten noch einmal" in one.page
        assert "Traceback" not in one.page and "psycopg" not in one.page
        assert int(one.wait) > 0
    time.sleep(2)
    afterwards = visitors.taken()
    assert Counter(one.status for one in afterwards).keys() == {200, 302}, told(afterwards)


def nothing_lost(fleet: Fleet, visitors: Visitors) -> None:
    """Each call that was promised is on the list; one that broke off may be."""
    visitors.over.set()
    time.sleep(1)
    kept = fleet.asked("SELECT count(*) FROM inbox_concern WHERE kind = 'call'")[0][0]
    assert isinstance(kept, int)
    assert 20 < visitors.confirmed <= kept <= visitors.sent


def everything_done_once(fleet: Fleet) -> None:
    """Every job of the two workers that are left, and of the one that died."""
    until = time.monotonic() + 30
    while time.monotonic() < until:
        states = dict(fleet.asked("SELECT state, count(*) FROM jobs_job GROUP BY state"))
        if states.keys() == {"done"}:
            break
        time.sleep(0.2)
    effects = fleet.asked(f"SELECT title FROM audit_entry WHERE deed = '{EFFECT}'")  # noqa: S608
    slow = {f"job {number}" for number in range(0, FLEET_JOBS, 2)}
    quick = {f"job {number}/{n}" for number in range(1, FLEET_JOBS, 2) for n in range(BATCHES)}
    assert Counter(row[0] for row in effects) == Counter(slow | quick)
    assert states.keys() == {"done"}


def stopped_in_time(fleet: Fleet) -> None:
    for server in fleet.servers:
        assert server.stop() < 10
    for hand in fleet.hands[1:]:
        begun = time.monotonic()
        hand.send_signal(signal.SIGTERM)
        assert hand.wait(timeout=20) == 0
        assert time.monotonic() - begun < 10


def told(answers: list[Answer]) -> str:
    """What went wrong, for the message of a test."""
    wrong = [one for one in answers if one.status not in (200, 302)]
    return f"{Counter(one.status for one in answers)} {wrong[:1]}"
