"""The whole test suite: first on SQLite, then on PostgreSQL. Further words go to pytest.

On each database most tests run side by side, a process for each core. Those that start, kill and
time real processes follow one by one: they want the machine for themselves. What no database
changes (how pages look, which words and headers they have, the further views in which a journey is
walked) is asked once, on SQLite. So are tests that meet no database at all.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile

import pytest

from scripts import postgresql

PYTEST = [sys.executable, "-m", "pytest"]
# Whoever is through with their share takes over from the others.
SIDE_BY_SIDE = ["-n", str(min(os.cpu_count() or 1, 4)), "--dist", "worksteal"]


# What the search knows, encoded once and kept for all processes of the tests.
ENCODE = """
from knotenpunkt.registers.offers import wishing
from knotenpunkt.tools.search import queries
queries.warm_up()
wishing.warm_up()
"""


def main() -> None:
    _encode()
    # What only PostgreSQL can show runs in the second round; nothing is skipped for it here.
    results = _rounds("SQLite", "", " and not postgresql")
    if postgresql.binaries():
        with postgresql.server() as url:
            results += _rounds("PostgreSQL", url, " and not once and not anywhere")
    elif os.environ.get("CI"):
        raise SystemExit("PostgreSQL is missing: in CI nothing is skipped.")
    else:
        print("Skipped: the tests on PostgreSQL. This brings it: apt-get install postgresql")
    sys.exit(verdict(results))


def _encode() -> None:
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "config.settings.test"}
    shell = [sys.executable, "manage.py", "shell", "--no-imports", "-c", ENCODE]
    with tempfile.TemporaryDirectory(prefix="knotenpunkt-test-") as folder:
        environment |= {"KNOTENPUNKT_DATA": folder, "DATABASE_URL": ""}
        subprocess.run(shell, env=environment, check=True)


def _rounds(name: str, url: str, narrowed: str = "") -> list[int]:
    """Exit codes of the tests that run side by side and of those that run alone."""
    return [
        _pytest(f"{name}, side by side", url, "-m", f"not alone{narrowed}", *SIDE_BY_SIDE),
        _pytest(f"{name}, one by one", url, "-m", f"alone{narrowed}"),
    ]


def _pytest(title: str, url: str, *words: str) -> int:
    print(f"\n===== tests on {title} =====", flush=True)
    with tempfile.TemporaryDirectory(prefix="knotenpunkt-test-") as folder:
        environment = os.environ | {"DATABASE_URL": url, "KNOTENPUNKT_DATA": folder}
        return subprocess.run(
            [*PYTEST, *words, *sys.argv[1:]], env=environment, check=False
        ).returncode


def verdict(results: list[int]) -> int:
    """0 if none failed. The words may leave a round without tests, but not every one."""
    nothing = int(pytest.ExitCode.NO_TESTS_COLLECTED)
    ran = [one for one in results if one != nothing] or [nothing]
    return next(filter(None, ran), 0)


if __name__ == "__main__":
    main()
