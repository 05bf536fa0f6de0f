"""An installation reads its environment, keeps its secrets, and refuses what is unsafe."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from config.installation import (
    databases,
    kept_secret,
    refuse_unsafe,
    tile_hosts,
)
from config.options import Environment, UnusableSetting

LONG = "abcdefghijklmnopqrstuvwxyz-0123456789-ABCDEF"


def test_a_secret_is_made_once_and_for_its_owner_only(tmp_path: Path) -> None:
    first = kept_secret(tmp_path, "django.key")
    assert kept_secret(tmp_path, "django.key") == first
    assert len(first) > 40
    assert stat.S_IMODE((tmp_path / "keys" / "django.key").stat().st_mode) == 0o600
    assert [file.name for file in (tmp_path / "keys").iterdir()] == ["django.key"]


def test_without_an_address_it_is_sqlite_in_the_folder(tmp_path: Path) -> None:
    found = databases(Environment({}), tmp_path)
    assert list(found) == ["default"]
    assert found["default"]["NAME"] == str(tmp_path / "knotenpunkt.sqlite3")


def test_one_postgresql_address_gives_three_logins(tmp_path: Path) -> None:
    found = databases(
        Environment({"DATABASE_URL": "postgresql://kp:p%40ss@db:5433/county"}), tmp_path
    )
    assert {alias: one["USER"] for alias, one in found.items()} == {
        "default": "county_app",
        "all_networks": "county_all_networks",
        "owner": "kp",
    }
    assert found["owner"]["PASSWORD"] == "p@ss"
    assert len({one["PASSWORD"] for one in found.values()}) == 3
    assert found == databases(
        Environment({"DATABASE_URL": "postgresql://kp:p%40ss@db:5433/county"}), tmp_path
    )


def test_a_web_process_can_do_without_the_owner(tmp_path: Path) -> None:
    environ = {
        "DATABASE_APP_URL": "postgresql://app@db/county",
        "DATABASE_ALL_NETWORKS_URL": "postgresql://all@db/county",
    }
    assert set(databases(Environment(environ), tmp_path)) == {"default", "all_networks"}
    assert not (tmp_path / "keys").exists()


@pytest.mark.parametrize(
    "environ",
    [
        {"DATABASE_URL": "mysql://x/y"},
        {"DATABASE_URL": "postgresql://host"},
        {"DATABASE_URL": "sqlite:///relative.db"},
        {"DATABASE_APP_URL": "postgresql://app@db/county"},
        {"DATABASE_APP_URL": "nonsense", "DATABASE_ALL_NETWORKS_URL": "nonsense"},
    ],
)
def test_an_address_that_cannot_be_used_is_told(environ: dict[str, str], tmp_path: Path) -> None:
    with pytest.raises(UnusableSetting):
        databases(Environment(environ), tmp_path)


@pytest.mark.parametrize(
    ("hosts", "key", "debug"),
    [
        (["*"], LONG, False),
        ([".example.org"], LONG, False),
        (["https://familien.example.org"], LONG, False),
        (["familien.example.org"], "short", False),
        (["familien.example.org"], LONG, True),
    ],
)
def test_a_public_installation_refuses_unsafe_settings(
    hosts: list[str], key: str, debug: bool
) -> None:
    with pytest.raises(UnusableSetting):
        refuse_unsafe(hosts, key, debug)


def test_local_mode_and_a_safe_public_one_start() -> None:
    refuse_unsafe([], "short", True)
    refuse_unsafe(["familien.example.org", "www.example.org"], LONG, False)


@pytest.mark.parametrize(
    ("address", "hosts"),
    [
        ("", []),
        ("https://tiles.example.org/{z}/{x}/{y}.png", ["https://tiles.example.org"]),
        ("https://tiles.example.org:8443/{z}/{x}/{y}", ["https://tiles.example.org:8443"]),
        ("https://{s}.tile.example.org/{z}/{x}/{y}.png", ["https://*.tile.example.org"]),
    ],
)
def test_tiles_come_from_the_named_server_only(address: str, hosts: list[str]) -> None:
    assert tile_hosts(address) == hosts


@pytest.mark.parametrize(
    "address",
    [
        "http://tiles.example.org/{z}/{x}/{y}.png",
        "tiles.example.org/{z}/{x}/{y}.png",
        "https://{a}.tile.example.org/{z}/{x}/{y}.png",
        "https://{s}/{z}/{x}/{y}.png",
        "https://*.example.org/{z}",
        "https://a.org; script-src */{z}",
    ],
)
def test_a_tile_address_that_would_open_more_is_refused(address: str) -> None:
    with pytest.raises(UnusableSetting):
        tile_hosts(address)
