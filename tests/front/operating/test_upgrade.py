"""From the first release, with its data, to this program; and back."""

from __future__ import annotations

import gzip
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import psycopg
import pytest

from tests.front.operating.test_backup import manifest_of, rows_of
from tests.installations import Installation, new_installation

DATA = Path(__file__).parent / "data"
FIRST_RELEASE = "0.1.0"
# What the program itself adds to after each migration.
GROWING = {"auth.Permission", "contenttypes.ContentType"}


@pytest.fixture
def old(tmp_path: Path) -> Iterator[Installation]:
    """An installation as the first release left it, on the database of this run."""
    with new_installation(tmp_path / "data") as installation:
        installation.folder.mkdir(mode=0o700)
        if installation.is_postgresql:
            _load_dump(installation.database_url)
        else:
            packed = (DATA / "first_release.sqlite3.gz").read_bytes()
            file = installation.folder / "knotenpunkt.sqlite3"
            file.write_bytes(gzip.decompress(packed))
            file.chmod(0o600)
        yield installation


def _load_dump(url: str) -> None:
    name = url.rsplit("/", 1)[1]
    dump = gzip.decompress((DATA / "first_release.sql.gz").read_bytes()).decode()
    with psycopg.connect(url, autocommit=True) as owner:
        for role in ("app", "all_networks"):
            owner.execute(f'CREATE ROLE "{name}_{role}" LOGIN')
        owner.execute(dump.replace("@DATABASE@", name))


def columns(one: Installation, table: str) -> list[str]:
    """Names of a table's columns, as the database has them."""
    if one.is_postgresql:
        question = (
            "SELECT column_name::text FROM information_schema.columns"
            " WHERE table_schema = 'public' AND table_name = %s ORDER BY 1"
        )
        with psycopg.connect(one.database_url) as owner:
            return [name for (name,) in owner.execute(question, [table])]
    with closing(sqlite3.connect(one.folder / "knotenpunkt.sqlite3")) as file:
        return sorted(row[1] for row in file.execute(f"PRAGMA table_info({table})"))


def test_an_old_database_is_not_worked_on(old: Installation) -> None:
    result = old.run("network", "list")
    assert result.returncode == 2 and "older than the program" in result.stderr
    check = old.run("check")
    assert check.returncode == 2 and "knotenpunkt upgrade" in check.stdout


def test_every_row_of_the_first_release_arrives(old: Installation, tmp_path: Path) -> None:
    before, after = tmp_path / "before.tar", tmp_path / "after.tar"
    told = old.done("upgrade", "--backup-to", str(before))
    assert str(before) in told
    assert manifest_of(before)["version"]
    old.done("backup", str(after))
    tables: dict[str, Any] = manifest_of(before)["tables"]
    assert tables["offers.Offer"]["rows"] == 21
    for label in sorted(tables.keys() - GROWING):
        former = {row["id"]: row for row in rows_of(before, label)}
        present = {row["id"]: row for row in rows_of(after, label)}
        assert former.keys() == present.keys(), label
        for key, row in former.items():
            kept = {name: present[key][name] for name in row if name in present[key]}
            assert kept == {name: row[name] for name in kept}, label


def test_after_an_upgrade_everything_works(old: Installation, tmp_path: Path) -> None:
    old.done("upgrade", "--backup-to", str(tmp_path / "before.tar"))
    assert old.done("network", "list").splitlines() == [
        "nord\tNetzwerk Nord\t14522",
        "sued\tNetzwerk Süd\t03157",
    ]
    assert "Nord 1" in old.done("offers", "search", "Krabbelgruppe", "--network", "nord")
    assert not [line for line in old.run("check").stdout.splitlines() if line[:5] == "error"]
    again = old.done("upgrade")
    assert "as this program expects it" in again and "up to date" in again


def test_the_way_back_leaves_the_former_tables(old: Installation, tmp_path: Path) -> None:
    tables = ("offers_offer", "accounts_user", "networks_network", "jobs_job")
    before = {table: columns(old, table) for table in tables}
    backup = tmp_path / "before.tar"
    told = old.done("upgrade", "--backup-to", str(backup))
    assert f"knotenpunkt restore {backup} --replace --as-it-was" in told
    assert columns(old, "jobs_job")
    lost = tmp_path / "lost.tar"
    old.done("restore", str(backup), "--replace", "--as-it-was", "--yes", "--backup-to", str(lost))
    assert {table: columns(old, table) for table in tables} == before
    assert "older than the program" in old.run("network", "list").stderr
    assert old.done("upgrade", "--backup-to", str(tmp_path / "again.tar"))
    again = {label: table["rows"] for label, table in manifest_of(backup)["tables"].items()}
    assert {
        label: table["rows"]
        for label, table in manifest_of(tmp_path / "again.tar")["tables"].items()
    } == again


def test_without_room_for_the_backup_nothing_is_migrated(old: Installation) -> None:
    result = old.run("upgrade", "--backup-to", str(old.folder / "inside.tar"))
    assert result.returncode == 2 and "outside the data folder" in result.stderr
    assert "older than the program" in old.run("network", "list").stderr


def test_an_empty_installation_is_prepared(empty: Installation) -> None:
    told = empty.done("upgrade")
    assert "preparing it" in told
    assert empty.done("network", "list") == ""


def test_a_database_of_a_newer_program_is_left_alone(empty: Installation, tmp_path: Path) -> None:
    empty.done("upgrade")
    row = "INSERT INTO django_migrations (app, name, applied) VALUES ('offers', '9999_later', %s)"
    stamp = "2026-01-01 00:00:00+00"
    if empty.is_postgresql:
        with psycopg.connect(empty.database_url) as owner:
            owner.execute(row, [stamp])
    else:
        with closing(sqlite3.connect(empty.folder / "knotenpunkt.sqlite3")) as file, file:
            file.execute(row.replace("%s", "?"), [stamp])
    for command in (["upgrade"], ["backup", str(tmp_path / "one.tar")]):
        result = empty.run(*command)
        assert result.returncode == 2 and "newer program" in result.stderr, command
    assert "newer program" in empty.run("check").stdout
