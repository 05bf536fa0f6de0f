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
from collections.abc import Iterator
from contextlib import contextmanager
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


@contextmanager
def server() -> Iterator[str]:
    """Run a server; yields the DATABASE_URL of an empty database."""
    folder = binaries()
    if folder is None:
        raise SystemExit("No PostgreSQL server is installed: apt-get install postgresql")
    with tempfile.TemporaryDirectory(prefix="knotenpunkt-pg-") as home:
        port = _free_port()
        cluster = _create(folder, Path(home))
        options = f"-p {port} -h 127.0.0.1 -k {home} -c fsync=off -c max_connections=200"
        _as_server([str(folder / "pg_ctl"), "-D", str(cluster), "-w", "-o", options,
                    "-l", f"{home}/log", "start"])  # fmt: skip
        try:
            for statement in SETUP:
                _as_server([str(folder / "psql"), "-q", "-h", home, "-p", str(port), "-d",
                            "postgres", "-c", statement])  # fmt: skip
            yield f"postgresql://knotenpunkt:knotenpunkt@127.0.0.1:{port}/knotenpunkt"
        finally:
            _as_server([str(folder / "pg_ctl"), "-D", str(cluster), "-m", "immediate", "stop"])


def _create(folder: Path, home: Path) -> Path:
    if os.geteuid() == 0:
        shutil.chown(home, "postgres")
    _as_server([str(folder / "initdb"), "-D", str(home / "data"), "-A", "trust", "--no-sync",
                "-E", "UTF8", "--locale=C.UTF-8"])  # fmt: skip
    return home / "data"


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
