"""Real installations for tests from outside: a data folder, a database, the console command.

They share nothing with the test process. Each lies in a folder of its own, on SQLite, or in a
fresh database of the PostgreSQL server that `DATABASE_URL` names.
"""

from __future__ import annotations

import fcntl
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from shutil import copytree
from typing import IO
from urllib.parse import urlsplit

import psycopg
import pytest

ROOT = Path(__file__).resolve().parents[1]
CONSOLE = Path(sys.executable).with_name("knotenpunkt")
READY_SECONDS = 120
STOP_SECONDS = 20
# Shared by all: each would encode the whole lexicon anew.
VECTORS = Path(tempfile.gettempdir()) / "knotenpunkt-vectors"
# A process that ends leaves its database connection to the system.
WARNINGS = "error,ignore::ResourceWarning"


def server_url() -> str:
    """The PostgreSQL server that this test run may use, or ""."""
    url = os.environ.get("DATABASE_URL", "")
    return url if url.startswith("postgres") else ""


@dataclass(frozen=True, slots=True)
class Installation:
    """An installation as an administrator has it."""

    folder: Path
    database_url: str = ""
    settings: Mapping[str, str] = field(default_factory=dict)

    @property
    def environ(self) -> dict[str, str]:
        """What its processes see: nothing of the settings of the test run."""
        # Without kept bytecode each process would compile a thousand modules anew.
        foreign = ("KNOTENPUNKT_", "DATABASE_", "DJANGO_", "PYTEST_", "PYTHONDONTWRITEBYTECODE")
        kept = {key: value for key, value in os.environ.items() if not key.startswith(foreign)}
        own = {"KNOTENPUNKT_DATA": str(self.folder), "PYTHONWARNINGS": WARNINGS}
        own["KNOTENPUNKT_VECTORS"] = str(VECTORS)
        if self.database_url:
            own["DATABASE_URL"] = self.database_url
        return kept | own | dict(self.settings)

    @property
    def is_postgresql(self) -> bool:
        """Whether it stands on a database server."""
        return self.database_url.startswith("postgres")

    def run(self, *words: str, told: str = "") -> subprocess.CompletedProcess[str]:
        """`knotenpunkt …`, with `told` as its standard input."""
        return self.execute([str(CONSOLE), *words], told=told)

    def done(self, *words: str) -> str:
        """The same where it must succeed; returns what it printed."""
        result = self.run(*words)
        assert result.returncode == 0, f"{words}: {result.stdout}\n{result.stderr}"
        return result.stdout

    def execute(self, command: list[str], told: str = "") -> subprocess.CompletedProcess[str]:
        """Any command, as one of this installation's processes."""
        return subprocess.run(
            command,
            cwd=ROOT,
            env=self.environ,
            input=told,
            capture_output=True,
            text=True,
            check=False,
            timeout=180,
        )

    def start(self, *command: str, printed: IO[str] | None = None) -> subprocess.Popen[str]:
        """A process beside the test; what it prints goes to that file, or can be read from it."""
        return subprocess.Popen(
            command,
            cwd=ROOT,
            env=self.environ,
            stdout=printed or subprocess.PIPE,
            stderr=subprocess.STDOUT if printed else subprocess.PIPE,
            text=True,
            start_new_session=True,
        )

    def logins(self) -> dict[str, str]:
        """PostgreSQL addresses of the two roles that the installation made for itself."""
        passwords = json.loads((self.folder / "keys" / "database.json").read_text("utf-8"))
        parts = urlsplit(self.database_url)
        name = parts.path.strip("/")
        return {
            role: f"postgresql://{name}_{role}:{password}@{parts.hostname}:{parts.port}/{name}"
            for role, password in passwords.items()
        }


@dataclass(frozen=True, slots=True)
class Served:
    """A served installation: `process` listens on `port`."""

    installation: Installation
    port: int
    process: subprocess.Popen[str]
    log: Path

    @property
    def url(self) -> str:
        """Where it is reached, without a slash at the end."""
        return f"http://localhost:{self.port}"

    def get(self, path: str, host: str = "127.0.0.1", **headers: str) -> tuple[HTTPResponse, str]:
        """One request without a browser: (answer, its text)."""
        connection = HTTPConnection(host, self.port, timeout=30)
        try:
            connection.request("GET", path, headers=headers)
            answer = connection.getresponse()
            return answer, answer.read().decode("utf-8", "replace")
        finally:
            connection.close()

    def stop(self) -> int:
        """SIGTERM, as a service manager does it; returns the exit code."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        try:
            return self.process.wait(timeout=STOP_SECONDS)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            return self.process.wait()

    def complaints(self) -> str:
        """What the server logged: nothing, as long as nobody but visitors is wrong."""
        expected = (
            "knotenpunkt is ready",
            "WARNING django.request Not Found",
            "WARNING django.request Forbidden",
            "WARNING django.request Unprocessable Entity",
        )
        lines = self.log.read_text(encoding="utf-8").splitlines()
        return "\n".join(line for line in lines if not any(part in line for part in expected))


@contextmanager
def new_installation(folder: Path, **settings: str) -> Iterator[Installation]:
    """An empty installation on the database of this test run; its database is gone afterwards."""
    if not server_url():
        yield Installation(folder, settings=settings)
        return
    with new_database() as url:
        yield Installation(folder, url, settings)


@contextmanager
def new_database() -> Iterator[str]:
    """A fresh database, and afterwards neither it nor the roles made for it."""
    parts = urlsplit(server_url())
    name = f"kp_{uuid.uuid4().hex[:12]}"
    with _maintenance() as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
    try:
        yield parts._replace(path=f"/{name}").geturl()
    finally:
        with _maintenance() as connection:
            _drop(connection, name)
            for role in ("app", "all_networks"):
                connection.execute(f'DROP ROLE IF EXISTS "{name}_{role}"')


def _drop(connection: psycopg.Connection, name: str) -> None:
    """Of a process that has just ended the server may still hold the session for a moment."""
    deadline = time.monotonic() + STOP_SECONDS
    while True:
        try:
            connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
            return
        except psycopg.errors.InsufficientPrivilege:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.1)


@contextmanager
def _maintenance() -> Iterator[psycopg.Connection]:
    connection = psycopg.connect(server_url(), autocommit=True)
    try:
        yield connection
    finally:
        connection.close()


@contextmanager
def served(installation: Installation, *options: str) -> Iterator[Served]:
    """`knotenpunkt serve` on a free port, until the block ends."""
    port = free_port()
    log = installation.folder / f"served-{port}.log"
    with log.open("w", encoding="utf-8") as printed:
        process = installation.start(
            str(CONSOLE), "serve", "--port", str(port), *options, printed=printed
        )
        running = Served(installation, port, process, log)
        try:
            _wait_until_ready(running)
            yield running
        finally:
            running.stop()


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_until_ready(running: Served) -> None:
    deadline = time.monotonic() + READY_SECONDS
    while time.monotonic() < deadline:
        if running.process.poll() is not None:
            raise AssertionError(f"serve ended: {running.complaints()}")
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", running.port)) == 0:
                return
        time.sleep(0.05)
    raise AssertionError("serve did not listen in time")


@pytest.fixture(scope="session")
def demo_installation(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """Both demo networks, loaded once for all tests that only read them."""
    with new_installation(tmp_path_factory.mktemp("demo")) as installation:
        if installation.is_postgresql:
            load_demo(installation)
        else:
            copytree(_demo_of_this_run(tmp_path_factory), installation.folder, dirs_exist_ok=True)
        yield installation


def load_demo(installation: Installation) -> None:
    """Two of the demo networks; the others are made in the same way."""
    for slug in ("mittelsachsen", "peine"):
        installation.done("demo", "load", "--network", slug)


def _demo_of_this_run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the demo, loaded by the first of the processes that run tests side by side."""
    base = tmp_path_factory.getbasetemp()
    shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    folder = shared / "loaded-demo"
    with (shared / "loaded-demo.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.exists():
            loading = Installation(shared / "loading-demo")
            load_demo(loading)
            loading.folder.rename(folder)
    return folder
