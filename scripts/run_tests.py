"""The whole test suite: first on SQLite, then on PostgreSQL. Further words go to pytest."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile

from scripts import postgresql

PYTEST = [sys.executable, "-m", "pytest"]


def main() -> None:
    # What only PostgreSQL can show runs in the second round; nothing is skipped for it here.
    results = [_pytest("SQLite", "", "-m", "not postgresql")]
    if postgresql.binaries():
        with postgresql.server() as url:
            results.append(_pytest("PostgreSQL", url))
    elif os.environ.get("CI"):
        raise SystemExit("PostgreSQL is missing: in CI nothing is skipped.")
    else:
        print("Skipped: the tests on PostgreSQL. This brings it: apt-get install postgresql")
    sys.exit(max(results))


def _pytest(name: str, url: str, *words: str) -> int:
    print(f"\n===== tests on {name} =====", flush=True)
    with tempfile.TemporaryDirectory(prefix="knotenpunkt-test-") as folder:
        environment = os.environ | {"DATABASE_URL": url, "KNOTENPUNKT_DATA": folder}
        return subprocess.run(
            [*PYTEST, *words, *sys.argv[1:]], env=environment, check=False
        ).returncode


if __name__ == "__main__":
    main()
