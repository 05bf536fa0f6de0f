"""The whole test suite on SQLite and on PostgreSQL, side by side. Further words go to pytest.

Each suite waits a lot (for a browser, for processes that start), so that two at once take little
longer than one. What SQLite says is printed when PostgreSQL is done.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from scripts import postgresql

PYTEST = [sys.executable, "-m", "pytest"]


def main() -> None:
    # What only PostgreSQL can show runs in its own suite; nothing is skipped for it on SQLite.
    with (
        tempfile.TemporaryDirectory(prefix="knotenpunkt-test-") as folder,
        _sqlite(Path(folder)) as results,
    ):
        if postgresql.binaries():
            results.append(_postgresql(Path(folder)))
        elif os.environ.get("CI"):
            raise SystemExit("PostgreSQL is missing: in CI nothing is skipped.")
        else:
            print("Skipped: PostgreSQL. This brings it: apt-get install postgresql")
    sys.exit(max(results))


@contextmanager
def _sqlite(folder: Path) -> Iterator[list[int]]:
    """The suite on SQLite beside whatever happens inside; its result is added at the end."""
    results: list[int] = []
    with (folder / "sqlite.txt").open("w+", encoding="utf-8") as printed:
        running = subprocess.Popen(
            [*PYTEST, "-m", "not postgresql", *sys.argv[1:]],
            env=_environment("", folder / "sqlite"),
            stdout=printed,
            stderr=subprocess.STDOUT,
        )
        try:
            yield results
            results.append(running.wait())
        finally:
            running.kill()
        printed.seek(0)
        print("\n===== tests on SQLite =====", printed.read(), sep="\n", flush=True)


def _postgresql(folder: Path) -> int:
    print("\n===== tests on PostgreSQL =====", flush=True)
    with postgresql.server() as url:
        environment = _environment(url, folder / "postgresql")
        command = [*PYTEST, *sys.argv[1:]]
        return subprocess.run(command, env=environment, check=False).returncode


def _environment(url: str, data: Path) -> dict[str, str]:
    data.mkdir()
    return os.environ | {"DATABASE_URL": url, "KNOTENPUNKT_DATA": str(data)}


if __name__ == "__main__":
    main()
