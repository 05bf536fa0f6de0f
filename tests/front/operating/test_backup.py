"""A back-up: whole, made while others write, closed to others, and without any key."""

from __future__ import annotations

import gzip
import io
import json
import os
import resource
import stat
import subprocess
import sys
import tarfile
from base64 import b64decode
from pathlib import Path
from typing import Any

import pytest

from tests.contents import sizes
from tests.front.operating.conftest import Saved
from tests.installations import CONSOLE, Installation, new_installation

FULL_BYTES = 40_000


def manifest_of(backup: Path) -> dict[str, Any]:
    """What a back-up says about itself, read without the product."""
    with tarfile.open(backup) as tar:
        told: dict[str, Any] = json.loads(_read(tar, "manifest.json"))
    return told


def rows_of(backup: Path, label: str) -> list[dict[str, Any]]:
    """The rows of a table, read without the product."""
    columns = manifest_of(backup)["tables"][label]["columns"]
    with tarfile.open(backup) as tar:
        lines = gzip.decompress(_read(tar, f"tables/{label}.jsonl.gz")).splitlines()
    return [dict(zip(columns, json.loads(line), strict=True)) for line in lines]


def _read(tar: tarfile.TarFile, name: str) -> bytes:
    found = tar.extractfile(name)
    assert found is not None
    return found.read()


def test_it_says_what_is_in_it(saved: Saved) -> None:
    manifest = manifest_of(saved.backup)
    counted = {name: table["rows"] for name, table in manifest["tables"].items()}
    there = sizes(saved.installation)
    assert {name: rows for name, rows in counted.items() if rows} == there
    assert counted["offers.Offer"] == 8
    assert manifest["sealed"]["inbox.Concern.phone"] == {"1": 1}
    with tarfile.open(saved.backup) as tar:
        assert [name for name in tar.getnames() if name.startswith("files/logos/")]


SECOND_FACTOR = """
import django; django.setup()
from allauth.mfa.models import Authenticator
from knotenpunkt.foundation.accounts.adapters import SecondFactorAdapter
from knotenpunkt.foundation.accounts.models import User
secret = SecondFactorAdapter().encrypt("a secret of a code app")
Authenticator.objects.create(user=User.objects.first(), type="totp", data={"secret": secret})
"""


def test_it_knows_sealed_values_that_are_written_as_text(
    empty: Installation, tmp_path: Path
) -> None:
    empty.done("network", "create", "nord", "--name", "Nord", "--ags", "14522")
    account = ["petra@example.org", "--name", "Petra", "--network", "nord"]
    empty.done("account", "create", *account, "--role", "coordinator")
    inside = Installation(
        empty.folder, empty.database_url, {"DJANGO_SETTINGS_MODULE": "config.settings.base"}
    )
    result = inside.execute([sys.executable, "-c", SECOND_FACTOR])
    assert result.returncode == 0, result.stderr
    empty.done("backup", str(tmp_path / "one.tar"))
    assert manifest_of(tmp_path / "one.tar")["sealed"] == {"mfa.Authenticator.data": {"1": 1}}


def test_only_its_owner_can_open_it(saved: Saved) -> None:
    assert stat.S_IMODE(saved.backup.stat().st_mode) == 0o600


def test_no_key_is_in_it(saved: Saved) -> None:
    keys = saved.installation.folder / "keys"
    master = json.loads((keys / "master.json").read_text())["keys"]["1"]
    secrets = [master.encode(), b64decode(master), (keys / "django.key").read_bytes()]
    if saved.installation.is_postgresql:
        passwords = json.loads((keys / "database.json").read_text())
        secrets += [password.encode() for password in passwords.values()]
    with tarfile.open(saved.backup) as tar:
        members = {name: _read(tar, name) for name in tar.getnames()}
    assert not [name for name in members if "key" in Path(name).parts or "keys" in name]
    for content in members.values():
        opened = gzip.decompress(content) if content[:2] == b"\x1f\x8b" else content
        assert not [secret for secret in secrets if secret in opened]


def test_nobody_stays_signed_in_by_it(saved: Saved) -> None:
    assert "sessions.Session" not in manifest_of(saved.backup)["tables"]


def test_it_tells_about_the_keys(saved: Saved, tmp_path: Path) -> None:
    told = saved.installation.done("backup", str(tmp_path / "told.tar"))
    assert "Keys are not part of it" in told
    assert "lies on this machine only" not in told


def test_it_reminds_of_a_key_that_is_nowhere_else(empty: Installation, tmp_path: Path) -> None:
    empty.done("upgrade")
    empty.done("key", "renew")
    told = empty.done("backup", str(tmp_path / "told.tar"))
    assert told.count("lies on this machine only") == 2


@pytest.mark.parametrize("name", ["inside.tar", "deeper/down/inside.tar", "../data/round.tar"])
def test_it_never_lies_in_the_data_folder(saved: Saved, name: str) -> None:
    target = saved.installation.folder / name
    result = saved.installation.run("backup", str(target))
    assert result.returncode == 2
    assert "outside the data folder" in result.stderr
    assert not target.exists()


def test_a_file_that_is_there_stays(saved: Saved, tmp_path: Path) -> None:
    target = tmp_path / "there.tar"
    target.write_text("of somebody else")
    result = saved.installation.run("backup", str(target))
    assert result.returncode == 2 and "is there already" in result.stderr
    assert target.read_text() == "of somebody else"


def test_a_full_disk_leaves_nothing_half(saved: Saved, tmp_path: Path) -> None:
    """No file may grow beyond a limit: the system then answers as a full disk does."""

    def limited() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (FULL_BYTES, FULL_BYTES))

    folder = tmp_path / "full"
    folder.mkdir()
    result = subprocess.run(
        [str(CONSOLE), "backup", str(folder / "one.tar")],
        env=saved.installation.environ | {"PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=limited,
    )
    assert result.returncode == 2
    assert "nothing of it was left" in result.stderr and "Traceback" not in result.stderr
    assert list(folder.iterdir()) == []


def test_an_empty_installation_has_nothing_to_back_up(empty: Installation, tmp_path: Path) -> None:
    result = empty.run("backup", str(tmp_path / "one.tar"))
    assert result.returncode == 2 and "nothing to back up" in result.stderr


def test_without_a_name_it_goes_to_its_folder_and_old_ones_go(saved: Saved, tmp_path: Path) -> None:
    one = Installation(
        saved.installation.folder,
        saved.installation.database_url,
        {"KNOTENPUNKT_BACKUPS": str(tmp_path / "backups")},
    )
    one.done("backup")
    (first,) = (tmp_path / "backups").iterdir()
    (tmp_path / "backups" / "notes.txt").write_text("not ours")
    os.utime(first, (0, 0))
    os.utime(tmp_path / "backups" / "notes.txt", (0, 0))
    told = one.done("backup", "--keep-days", "14")
    left = sorted(file.name for file in (tmp_path / "backups").iterdir())
    assert f"Deleted {first}" in told
    assert len(left) == 2 and "notes.txt" in left and first.name not in left


def test_a_folder_for_backups_inside_the_data_is_refused(tmp_path: Path) -> None:
    inside = str(tmp_path / "data" / "backups")
    result = Installation(tmp_path / "data", settings={"KNOTENPUNKT_BACKUPS": inside}).run("check")
    assert result.returncode == 2 and "KNOTENPUNKT_BACKUPS" in result.stderr


@pytest.mark.alone
def test_it_sees_one_moment_while_others_write(tmp_path: Path) -> None:
    """Each offer and its entry in the search are one transaction: never one without the other."""
    with new_installation(tmp_path / "data") as one:
        one.done("network", "create", "nord", "--name", "Nord", "--ags", "14522")
        writing = one.start(sys.executable, "-m", "tests.filling", "nord", "60", "Nord")
        seen = []
        while writing.poll() is None:
            target = tmp_path / f"{len(seen)}.tar"
            one.done("backup", str(target))
            offers = {row["id"] for row in rows_of(target, "offers.Offer")}
            published = {
                row["id"] for row in rows_of(target, "offers.Offer") if row["status"] == "published"
            }
            entries = {row["object_id"] for row in rows_of(target, "search.Entry")}
            assert published == entries <= offers
            seen.append(len(offers))
        assert (writing.communicate()[1], writing.returncode) == ("", 0)
    assert len(seen) > 1 and seen == sorted(seen) and seen[0] < 60, seen


@pytest.mark.postgresql
def test_the_login_of_the_pages_alone_makes_none(saved: Saved, tmp_path: Path) -> None:
    """Row-level security would silently hide rows from it."""
    app = saved.installation.logins()["app"]
    blind = Installation(
        saved.installation.folder,
        settings={"DATABASE_APP_URL": app, "DATABASE_ALL_NETWORKS_URL": app},
    )
    result = blind.run("backup", str(tmp_path / "part.tar"))
    assert result.returncode == 2 and "does not see every row" in result.stderr
    assert not (tmp_path / "part.tar").exists()


def test_a_member_that_was_changed_is_found(saved: Saved, tmp_path: Path) -> None:
    damaged = changed_copy(saved.backup, tmp_path / "damaged.tar")
    result = saved.installation.run("restore", str(damaged), "--dry-run")
    assert result.returncode == 2 and "was changed" in result.stderr


def changed_copy(backup: Path, target: Path) -> Path:
    """The same back-up with other offers in it, and the old sums."""
    with tarfile.open(backup) as source, tarfile.open(target, "w") as copy:
        for entry in source:
            content = _read(source, entry.name)
            if entry.name == "tables/offers.Offer.jsonl.gz":
                content = gzip.compress(gzip.decompress(content).replace(b"Nord 1", b"Nord X"))
                entry.size = len(content)
            copy.addfile(entry, io.BytesIO(content))
    return target
