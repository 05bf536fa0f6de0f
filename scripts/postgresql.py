"""A PostgreSQL server of one's own for one command, on a free port, in a temporary folder.

    python -m scripts.postgresql pytest

The server refuses to run as root, so it then runs as the system user `postgres`. The command
finds `DATABASE_URL`: a role that owns its database and may create roles, but is no superuser.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

SETUP = (
    "CREATE ROLE knotenpunkt LOGIN CREATEDB CREATEROLE PASSWORD 'knotenpunkt'",
    "CREATE DATABASE knotenpunkt OWNER knotenpunkt",
)


def binaries() -> Path | None:
    """The folder with initdb and pg_ctl of the newest installed server, or None."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=_version)
    if found:
        return found[-1].parent
    initdb = shutil.which("initdb")
    return Path(initdb).resolve().parent if initdb else None


def _version(initdb: Path) -> int:
    name = initdb.parent.parent.name
    return int(name) if name.isdigit() else 0


@dataclass(frozen=True, slots=True)
class Cluster:
    """A running server in its own folder."""

    programs: Path
    home: Path
    port: int

    @property
    def url(self) -> str:
        """DATABASE_URL of the database that `SETUP` makes."""
        return f"postgresql://knotenpunkt:knotenpunkt@127.0.0.1:{self.port}/knotenpunkt"

    def start(self) -> None:
        """Returns when it takes connections."""
        options = f"-p {self.port} -h 127.0.0.1 -k {self.home} -c fsync=off -c max_connections=200"
        self._control("-w", "-o", options, "-l", f"{self.home}/log", "start")

    def stop(self, how: str = "immediate") -> None:
        """As `pg_ctl -m`: "fast" ends the connections, "immediate" is like a crash."""
        self._control("-w", "-m", how, "stop")

    def execute(self, statement: str) -> None:
        """As its superuser."""
        program = str(self.programs / "psql")
        _as_server([program, "-q", "-h", str(self.home), "-p", str(self.port), "-d", "postgres",
                    "-c", statement])  # fmt: skip

    def _control(self, *words: str) -> None:
        _as_server([str(self.programs / "pg_ctl"), "-D", str(self.home / "data"), *words])


@contextmanager
def cluster(setup: Sequence[str] = SETUP) -> Iterator[Cluster]:
    """Create and run a server; nothing of it is left afterwards."""
    programs = binaries()
    if programs is None:
        raise SystemExit("No PostgreSQL server is installed: apt-get install postgresql")
    with tempfile.TemporaryDirectory(prefix="knotenpunkt-pg-") as home:
        one = Cluster(programs, Path(home), _free_port())
        _create(programs, one.home)
        one.start()
        try:
            for statement in setup:
                one.execute(statement)
            yield one
        finally:
            one.stop()


@contextmanager
def server() -> Iterator[str]:
    """Run a server; yields the DATABASE_URL of an empty database."""
    with cluster() as one:
        yield one.url


def _create(programs: Path, home: Path) -> None:
    if os.geteuid() == 0:
        shutil.chown(home, "postgres")
    _as_server([str(programs / "initdb"), "-D", str(home / "data"), "-A", "trust", "--no-sync",
                "-E", "UTF8", "--locale=C.UTF-8"])  # fmt: skip


def _as_server(command: list[str]) -> None:
    as_user = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    subprocess.run([*as_user, *command], check=True, stdout=subprocess.DEVNULL, cwd="/")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def main() -> None:
    command = sys.argv[1:]
    if not command or command[0] in ("-h", "--help"):
        print((__doc__ or "").strip())
        sys.exit(0 if command else 2)
    with server() as url:
        environment = os.environ | {"DATABASE_URL": url}
        sys.exit(subprocess.run(command, env=environment, check=False).returncode)


if __name__ == "__main__":
    main()
