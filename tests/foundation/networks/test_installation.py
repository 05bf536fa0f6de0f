"""A new database gets its tables at once; an older one by its migrations. Both end alike."""

from __future__ import annotations

import sys
from pathlib import Path

from tests.foundation.networks import tables_told
from tests.installations import Installation, new_installation

# Of Django's own tables for groups, which nothing here uses: migrations make its number a bigint.
UNLIKE = "auth_group_permissions | id | "


def tables(installation: Installation) -> list[str]:
    installation.done("database", "migrate")
    return [line for line in run(installation).splitlines() if not line.startswith(UNLIKE)]


def run(installation: Installation, *words: str) -> str:
    result = installation.execute([sys.executable, "-m", tables_told.__name__, *words])
    assert result.returncode == 0, result.stderr
    return result.stdout


def test_tables_made_at_once_are_those_of_all_migrations(tmp_path: Path) -> None:
    with (
        new_installation(tmp_path / "once") as at_once,
        new_installation(tmp_path / "steps") as by_steps,
    ):
        run(by_steps, "migrate")
        found = tables(at_once)
        assert len(found) > 300
        assert found == tables(by_steps)
