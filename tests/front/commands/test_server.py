"""How a server starts and leaves: what it says while it goes, and what systemd hands over to it."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path

import pytest

from tests.installations import CONSOLE, ROOT, Installation, new_installation, served

HOST = "netz.example.org"
PUBLIC = {"KNOTENPUNKT_HOSTS": HOST, "KNOTENPUNKT_BEHIND_PROXY": "yes"}
COUNTED = re.compile(r"^knotenpunkt_request_seconds_count\{(.+)\} (\S+)$", re.MULTILINE)
COUNTS = "knotenpunkt-counts-*"


@pytest.fixture(scope="module")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    with new_installation(tmp_path_factory.mktemp("server")) as one:
        one.done("network", "create", "mitte", "--name", "Netzwerk Mitte", "--ags", "14522")
        yield one


def with_settings(one: Installation, **settings: str) -> Installation:
    """The same installation, started with further settings."""
    return Installation(one.folder, one.database_url, {**one.settings, **settings})


def test_it_says_that_it_leaves_before_it_goes(installation: Installation, tmp_path: Path) -> None:
    own_folder = with_settings(installation, TMPDIR=str(tmp_path))
    with served(own_folder, "--workers", "2", "--drain", "2") as site:
        assert site.get("/ready")[0].status == 200
        assert list(tmp_path.glob(COUNTS))
        begun = time.monotonic()
        site.process.send_signal(signal.SIGTERM)
        time.sleep(0.5)
        answers = [site.get(path)[0].status for path in ("/ready", "/mitte/", "/health")]
        assert answers == [503, 200, 200]
        assert site.process.wait(timeout=20) == 0
        assert 2 <= time.monotonic() - begun < 10
    assert not list(tmp_path.glob(COUNTS))


def test_whoever_is_in_a_hurry_asks_twice(installation: Installation) -> None:
    with served(installation, "--workers", "1", "--drain", "30") as site:
        begun = time.monotonic()
        site.process.send_signal(signal.SIGTERM)
        time.sleep(0.5)
        site.process.send_signal(signal.SIGTERM)
        assert site.process.wait(timeout=20) == 0
        assert time.monotonic() - begun < 10


def test_all_processes_count_together(installation: Installation) -> None:
    with served(installation, "--workers", "2") as site:
        for _request in range(20):
            assert site.get("/mitte/")[0].status == 200
        answer, text = site.get("/metrics")
        assert answer.status == 200
        counted = {labels: float(count) for labels, count in COUNTED.findall(text)}
        assert counted['method="GET",status="2xx",view="public:start"'] == 20
        away, _page = site.get("/metrics", Host="netz.example.org")
        assert away.status in (400, 404)


def test_a_log_for_programs_is_json_from_the_first_request_on(installation: Installation) -> None:
    with served(with_settings(installation, KNOTENPUNKT_LOG="json"), "--workers", "1") as site:
        site.get("/mitte/angebote/?q=Wochenbettdepression")
        site.get("/gibt-es-nicht/")
        with socket.create_connection(("127.0.0.1", site.port), timeout=30) as connection:
            connection.sendall(b"GET /?Wochenbettdepression HTTP/9.9\r\n\r\n")
            connection.recv(1000)
    first, *rest = site.log.read_text(encoding="utf-8").splitlines()
    assert first.startswith("knotenpunkt is ready")
    said = [json.loads(line) for line in rest]
    assert [one["view"] for one in said if one["message"] == "GET 200"] == ["offers:finder"]
    assert {"GET 404", "Invalid request"} <= {one["message"] for one in said}
    assert "Wochenbett" not in "".join(rest) and "127.0.0.1" not in "".join(rest)


# As systemd starts a service: the socket is its file 3, and it is told so.
AS_SYSTEMD = """
import os, sys
os.dup2(int(sys.argv[1]), 3, inheritable=True)
os.environ |= {"LISTEN_FDS": "1", "LISTEN_PID": str(os.getpid())}
os.execv(sys.argv[2], sys.argv[2:])
"""


def started_by_systemd(one: Installation, listener: socket.socket) -> subprocess.Popen[str]:
    file = listener.fileno()
    serve = (str(CONSOLE), "serve", "--workers", "1", "--no-work")
    return subprocess.Popen(
        [sys.executable, "-c", AS_SYSTEMD, str(file), *serve],
        cwd=ROOT, env=one.environ, pass_fds=[file], text=True,
        stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, start_new_session=True,
    )  # fmt: skip


@contextmanager
def on_a_socket_of_systemd(one: Installation, listener: socket.socket) -> Iterator[None]:
    """A server that ends with the block; the socket stays."""
    process = started_by_systemd(one, listener)
    try:
        yield
        process.send_signal(signal.SIGTERM)
        _out, told = process.communicate(timeout=20)
        assert process.returncode == 0, told
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)


def test_while_it_restarts_visitors_wait_and_nobody_is_turned_away(
    installation: Installation,
) -> None:
    one = with_settings(installation, **PUBLIC)
    got: list[int] = []
    over = threading.Event()
    with socket.create_server(("127.0.0.1", 0), backlog=512) as listener:
        port = listener.getsockname()[1]

        def visit() -> None:
            while not over.is_set():
                connection = HTTPConnection("127.0.0.1", port, timeout=60)
                headers = {"Host": HOST, "X-Forwarded-Proto": "https"}
                try:
                    connection.request("GET", "/mitte/", headers=headers)
                    got.append(connection.getresponse().status)
                except OSError:
                    got.append(0)
                connection.close()

        visitor = threading.Thread(target=visit, daemon=True)
        with on_a_socket_of_systemd(one, listener):
            visitor.start()
            time.sleep(4)
        seen = len(got)
        with on_a_socket_of_systemd(one, listener):
            time.sleep(4)
            over.set()
            visitor.join(timeout=30)
    assert set(got) == {200}
    assert 0 < seen < len(got)


def test_a_handed_over_socket_needs_a_public_host(installation: Installation) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        process = started_by_systemd(installation, listener)
        _out, told = process.communicate(timeout=60)
    assert process.returncode == 2 and "KNOTENPUNKT_HOSTS" in told
