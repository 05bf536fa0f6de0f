"""A restore: everything arrives, on either database, or nothing was changed."""

from __future__ import annotations

import io
import json
import os
import signal
import sqlite3
import stat
import sys
import tarfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
import pytest

from tests.contents import contents
from tests.front.operating import filled
from tests.front.operating.conftest import Saved
from tests.front.operating.test_backup import changed_copy, manifest_of
from tests.installations import CONSOLE, Installation, new_installation


def restored(target: Installation, saved: Saved, *words: str) -> str:
    """Restore with the exported key; returns what was told."""
    key = ["--master-key", str(saved.key)]
    return target.done("restore", str(saved.backup), *key, *words)


def test_everything_arrives_in_an_empty_installation(saved: Saved, empty: Installation) -> None:
    told = restored(empty, saved)
    assert "as many as were backed up" in told
    assert contents(empty) == saved.contents
    assert filled.phone(empty, saved.request) == filled.PHONE
    (logo,) = (empty.folder / "logos").iterdir()
    assert logo.read_bytes() == filled.LOGO
    files = [file for file in empty.folder.rglob("*") if file.is_file()]
    assert not [file for file in files if stat.S_IMODE(file.stat().st_mode) & 0o077]


def test_it_works_on(saved: Saved, empty: Installation) -> None:
    """Found, searched, written to, checked: as before."""
    restored(empty, saved)
    assert "Nord 1" in empty.done("offers", "search", "Krabbelgruppe", "--network", "nord")
    filled.run(empty, "tests.filling", "nord", "1", "Later")
    assert not [line for line in empty.run("check").stdout.splitlines() if line[:5] == "error"]


@pytest.mark.postgresql
def test_an_installation_moves_between_the_databases(saved: Saved, tmp_path: Path) -> None:
    """PostgreSQL → SQLite → PostgreSQL, and nothing was lost or changed on the way."""
    before = saved.contents
    small = Installation(tmp_path / "small")
    restored(small, saved)
    assert contents(small) == before
    small.done("backup", str(tmp_path / "small.tar"))
    with new_installation(tmp_path / "large") as large:
        large.done("restore", str(tmp_path / "small.tar"), "--master-key", str(saved.key))
        assert contents(large) == before
        assert filled.phone(large, saved.request) == filled.PHONE
        assert "every table is locked, and the pages are bound" in large.run("check").stdout


def test_what_is_there_is_replaced_only_when_asked(
    saved: Saved, empty: Installation, tmp_path: Path
) -> None:
    empty.done("network", "create", "alt", "--name", "Altes Netz", "--ags", "09162")
    before = contents(empty)
    key = ["--master-key", str(saved.key)]
    refused = empty.run("restore", str(saved.backup), *key)
    assert refused.returncode == 2 and "--replace" in refused.stderr
    declined = empty.run("restore", str(saved.backup), *key, "--replace", told="n\n")
    assert declined.returncode == 2 and "Nothing was changed" in declined.stderr
    assert contents(empty) == before
    kept = tmp_path / "kept.tar"
    told = restored(empty, saved, "--replace", "--yes", "--backup-to", str(kept))
    assert str(kept) in told
    assert contents(empty) == saved.contents
    empty.done("restore", str(kept), "--replace", "--yes", "--backup-to", str(tmp_path / "2.tar"))
    assert contents(empty) == before
    assert not (empty.folder / "logos").exists() or not list((empty.folder / "logos").iterdir())


def test_a_dry_run_changes_nothing(saved: Saved, empty: Installation) -> None:
    told = empty.done("restore", str(saved.backup), "--dry-run")
    assert "1 values of inbox.Concern.phone" in told
    assert empty.done("network", "list") == ""


def test_without_the_key_it_says_what_is_lost_and_asks(saved: Saved, empty: Installation) -> None:
    shown = manifest_of(saved.backup)["master_keys"]["1"]
    asked = empty.run("restore", str(saved.backup), told="n\n")
    assert asked.returncode == 2
    assert "1 values of inbox.Concern.phone need another master key" in asked.stdout
    assert shown in asked.stdout
    unattended = empty.run("restore", str(saved.backup), "--yes")
    assert unattended.returncode == 2 and "--without-master-key" in unattended.stderr
    assert empty.done("network", "list") == ""


def test_a_key_that_is_found_later_opens_again(saved: Saved, empty: Installation) -> None:
    empty.done("restore", str(saved.backup), "--without-master-key")
    assert filled.phone(empty, saved.request) == ""
    later = filled.run(empty, "tests.front.operating.filled").strip()
    told = empty.done("key", "import", str(saved.key))
    assert "Added version 1" in told
    assert filled.phone(empty, saved.request) == filled.PHONE
    assert filled.phone(empty, later) == filled.PHONE


def test_a_wrong_key_is_refused(saved: Saved, empty: Installation, tmp_path: Path) -> None:
    other = Installation(tmp_path / "other")
    other.done("network", "create", "nord", "--name", "Nord", "--ags", "14522")
    filled.run(other, "tests.front.operating.filled")
    wrong = tmp_path / "wrong.json"
    other.done("key", "export", str(wrong))
    result = empty.run("restore", str(saved.backup), "--master-key", str(wrong), "--yes")
    assert result.returncode == 2 and "This file has other keys" in result.stdout
    clash = other.run("key", "import", str(saved.key))
    assert clash.returncode == 2 and "another key" in clash.stderr


def test_a_renewed_key_leaves_the_former_one_open(empty: Installation) -> None:
    empty.done("network", "create", "nord", "--name", "Nord", "--ags", "14522")
    request = filled.run(empty, "tests.front.operating.filled").strip()
    assert "Version 2" in empty.done("key", "renew")
    shown = empty.done("key", "show-fingerprint").splitlines()
    assert "current" not in shown[0] and "current never exported" in shown[1]
    assert filled.phone(empty, request) == filled.PHONE


QUEUED = """
import django; django.setup()
from knotenpunkt.foundation.accounts.actors import System
from knotenpunkt.foundation.networks.models import Network
from knotenpunkt.foundation.networks.scope import in_network
from knotenpunkt.tools.mail.actions import send_mail
network = Network.objects.get(slug="nord")
with in_network(network):
    send_mail(actor=System("test"), to="a@example.org", subject="Hallo", text="…", title="Hallo")
"""
LISTED = """
import django; django.setup()
from knotenpunkt.foundation.networks.scope import all_networks
from knotenpunkt.tools.jobs.models import Job
with all_networks("look at the jobs"):
    print(*Job.objects.values_list("state", flat=True))
"""


def test_no_mail_is_sent_twice_because_of_a_restore(
    saved: Saved, empty: Installation, tmp_path: Path
) -> None:
    """It waited when the back-up was made; whether it was sent afterwards nobody knows."""
    restored(empty, saved)
    assert _script(empty, QUEUED) == ""
    assert _script(empty, LISTED).split() == ["waiting"]
    empty.done("backup", str(tmp_path / "waiting.tar"))
    told = empty.done(
        *["restore", str(tmp_path / "waiting.tar"), "--replace", "--yes"],
        *["--backup-to", str(tmp_path / "before.tar")],
    )
    assert "1 mails were on their way then" in told
    assert _script(empty, LISTED).split() == ["stopped"]


def _script(one: Installation, code: str) -> str:
    settings = {
        "DJANGO_SETTINGS_MODULE": "config.settings.base",
        "KNOTENPUNKT_MAIL_URL": "smtp://127.0.0.1:9",
        "KNOTENPUNKT_MAIL_FROM": "netz@example.org",
    }
    inside = Installation(one.folder, one.database_url, settings)
    result = inside.execute([sys.executable, "-c", code])
    assert result.returncode == 0, result.stderr
    return result.stdout


@pytest.mark.parametrize("damage", ["changed", "cut", "text", "directory", "missing"])
def test_a_damaged_file_changes_nothing(
    saved: Saved, empty: Installation, tmp_path: Path, damage: str
) -> None:
    file = tmp_path / "damaged.tar"
    if damage == "changed":
        changed_copy(saved.backup, file)
    elif damage == "cut":
        file.write_bytes(saved.backup.read_bytes()[:-30_000])
    elif damage == "text":
        file.write_text("no back-up at all" * 100)
    elif damage == "directory":
        file.mkdir()
    result = empty.run("restore", str(file), "--master-key", str(saved.key))
    assert result.returncode == 2, result.stdout
    assert "Traceback" not in result.stderr
    assert empty.done("network", "list") == ""


@pytest.mark.parametrize(
    "change",
    [
        lambda told: told | {"format": 99},
        lambda told: told | {"migrations": [*told["migrations"], ["offers", "9999_later"]]},
    ],
)
def test_a_newer_backup_is_refused(
    saved: Saved,
    empty: Installation,
    tmp_path: Path,
    change: Callable[[dict[str, Any]], dict[str, Any]],
) -> None:
    newer = with_manifest(saved.backup, tmp_path / "newer.tar", change)
    result = empty.run("restore", str(newer), "--master-key", str(saved.key))
    assert result.returncode == 2 and "newer program" in result.stderr


@pytest.mark.parametrize("name", ["../outside", "/outside", "keys/django.key", "logos/../../x"])
def test_a_file_never_lands_outside_its_folder(
    saved: Saved, empty: Installation, tmp_path: Path, name: str
) -> None:
    evil = tmp_path / "evil.tar"
    with tarfile.open(saved.backup) as source, tarfile.open(evil, "w") as copy:
        for entry in source:
            content = source.extractfile(entry)
            assert content is not None
            text = content.read()
            if entry.name.startswith("files/"):
                before, entry.name = entry.name, f"files/{name}"
            elif entry.name == "manifest.json":
                text = text.replace(before.encode(), f"files/{name}".encode())
                entry.size = len(text)
            copy.addfile(entry, io.BytesIO(text))
    result = empty.run("restore", str(evil), "--master-key", str(saved.key))
    assert result.returncode == 2 and "damaged" in result.stderr
    assert not list(tmp_path.rglob("*outside*")) and not Path("/outside").exists()
    assert not (empty.folder / "knotenpunkt.sqlite3").exists()


def with_manifest(
    backup: Path, target: Path, change: Callable[[dict[str, Any]], dict[str, Any]]
) -> Path:
    """The same back-up saying something else about itself."""
    with tarfile.open(backup) as source, tarfile.open(target, "w") as copy:
        for entry in source:
            content = source.extractfile(entry)
            assert content is not None
            text = content.read()
            if entry.name == "manifest.json":
                text = json.dumps(change(json.loads(text))).encode()
                entry.size = len(text)
            copy.addfile(entry, io.BytesIO(text))
    return target


@pytest.mark.parametrize("moment", ["Reading", "Bringing"])
def test_a_killed_restore_changed_nothing_and_can_be_repeated(
    saved: Saved, empty: Installation, tmp_path: Path, moment: str
) -> None:
    empty.done("network", "create", "alt", "--name", "Altes Netz", "--ags", "09162")
    before = contents(empty)
    words = ["restore", str(saved.backup), "--master-key", str(saved.key), "--replace", "--yes"]
    running = empty.start(str(CONSOLE), *words, "--backup-to", str(tmp_path / "1.tar"))
    assert running.stdout is not None
    for line in running.stdout:
        if line.startswith(moment):
            os.killpg(running.pid, signal.SIGKILL)
    running.communicate()
    assert running.returncode == -signal.SIGKILL
    assert contents(empty) == before
    empty.done(*words, "--backup-to", str(tmp_path / "2.tar"))
    assert contents(empty) == saved.contents
    assert not list(empty.folder.glob("*.restoring*"))


def test_it_waits_for_nobody_who_still_uses_the_database(
    saved: Saved, empty: Installation, tmp_path: Path
) -> None:
    empty.done("network", "create", "alt", "--name", "Altes Netz", "--ags", "09162")
    before = contents(empty)
    with _in_use(empty):
        result = empty.run(
            *["restore", str(saved.backup), "--master-key", str(saved.key)],
            *["--replace", "--yes", "--backup-to", str(tmp_path / "1.tar")],
        )
    assert result.returncode == 2 and "Stop them first" in result.stderr
    assert contents(empty) == before


@contextmanager
def _in_use(one: Installation) -> Iterator[None]:
    """Somebody reads, as a page does."""
    question = "SELECT count(*) FROM networks_network"
    if one.is_postgresql:
        with psycopg.connect(one.logins()["app"]) as session:
            session.execute(question)
            yield
        return
    session = sqlite3.connect(one.folder / "knotenpunkt.sqlite3")
    try:
        session.execute(question).fetchall()
        yield
    finally:
        session.close()


def test_two_restores_at_once_are_one(saved: Saved, empty: Installation) -> None:
    words = [str(CONSOLE), "restore", str(saved.backup), "--master-key", str(saved.key)]
    running = [empty.start(*words) for _number in range(2)]
    ended = [(*process.communicate(timeout=120), process.returncode) for process in running]
    assert sorted(code for _out, _err, code in ended)[0] == 0, ended
    assert contents(empty) == saved.contents


@pytest.mark.postgresql
def test_it_needs_the_owner_of_the_database(saved: Saved) -> None:
    logins = saved.installation.logins()
    page = Installation(
        saved.installation.folder,
        settings={
            "DATABASE_APP_URL": logins["app"],
            "DATABASE_ALL_NETWORKS_URL": logins["all_networks"],
        },
    )
    result = page.run("restore", str(saved.backup), "--replace", "--yes")
    assert result.returncode == 2 and "DATABASE_URL" in result.stderr
    with_all = page.run("backup", str(saved.backup.with_name("by-all-networks.tar")))
    assert with_all.returncode == 0, with_all.stderr
