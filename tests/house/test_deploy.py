"""The files for administrators fit the product: commands, settings, ports, users, health."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from config.options import known_names
from scripts import postgresql
from tests.house.repository import ROOT
from tests.installations import CONSOLE

DEPLOY = ROOT / "deploy"
UNITS = sorted((DEPLOY / "systemd").iterdir())
INSTALLED = "/opt/knotenpunkt/.venv/bin/knotenpunkt"
SETTING = re.compile(r"\b((?:KNOTENPUNKT|DATABASE)_[A-Z_]+)\b")


@pytest.fixture(scope="module")
def compose() -> Any:
    """The services as a container engine reads them."""
    return yaml.safe_load((DEPLOY / "compose.yaml").read_text(encoding="utf-8"))


def written(command: list[str]) -> list[str]:
    """The words of `knotenpunkt …`, or nothing for another program."""
    return command[1:] if command and command[0] in ("knotenpunkt", INSTALLED) else []


def commands() -> list[list[str]]:
    """Every call of the console command in the files."""
    read = yaml.safe_load((DEPLOY / "compose.yaml").read_text(encoding="utf-8"))
    found = [written(one["command"]) for one in read["services"].values() if "command" in one]
    for unit in UNITS:
        lines = re.findall(r"^ExecStart(?:Pre)?=(.+)$", unit.read_text(), re.MULTILINE)
        found += [written(line.split()) for line in lines]
    container = (DEPLOY / "Containerfile").read_text(encoding="utf-8")
    found += [written(yaml.safe_load(one)) for one in re.findall(r"^CMD (.+)$", container, re.M)]
    return found


@pytest.mark.parametrize("words", commands(), ids=" ".join)
def test_each_command_is_understood(words: list[str], tmp_path: Path) -> None:
    """Asked for its help with the same options: a mistyped one would be refused."""
    environ = {"PATH": os.environ["PATH"], "KNOTENPUNKT_DATA": str(tmp_path)}
    done = subprocess.run(
        [str(CONSOLE), *words, "--help"], env=environ, cwd=ROOT, capture_output=True, text=True
    )
    assert words and done.returncode == 0, done.stderr
    for option in (word for word in words if word.startswith("--")):
        assert option in done.stdout


@pytest.mark.parametrize("file", [*UNITS, *DEPLOY.glob("*.*")], ids=lambda file: file.name)
def test_each_setting_is_one(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    assert set(SETTING.findall(text)) <= {*known_names()}


def test_the_services_hold_together(compose: Any) -> None:
    services = compose["services"]
    assert {"db", "migrate", "web1", "web2", "worker", "proxy"} == services.keys()
    assert services["worker"]["deploy"]["replicas"] == 3
    for name, service in services.items():
        assert set(service.get("depends_on", {})) <= services.keys(), name
        assert set(service.get("secrets", ())) <= compose["secrets"].keys(), name
        for volume in service.get("volumes", ()):
            source = volume.split(":")[0]
            is_there = (DEPLOY / source).exists() if "/" in source else source in compose["volumes"]
            assert is_there, f"{name}: {volume}"
        for needed, how in service.get("depends_on", {}).items():
            waits = how["condition"] == "service_healthy"
            assert not waits or services[needed]["healthcheck"].get("test"), (name, needed)


def test_nobody_else_is_told_a_secret(compose: Any) -> None:
    """Secrets come by file; only the proxy is reached from outside; nothing runs as root."""
    text = (DEPLOY / "compose.yaml").read_text(encoding="utf-8")
    assert not re.search(r"(PASSWORD|DATABASE_URL): ", text)
    assert [name for name, one in compose["services"].items() if "ports" in one] == ["proxy"]
    for name in ("migrate", "web1", "web2", "worker"):
        service = compose["services"][name]
        assert service["read_only"] and service["cap_drop"] == ["ALL"]
    assert "\nUSER 10001\n" in (DEPLOY / "Containerfile").read_text(encoding="utf-8")


def test_stopping_takes_no_longer_than_allowed(compose: Any) -> None:
    assert compose["services"]["web1"]["stop_grace_period"] == "15s"
    for unit in UNITS:
        text = unit.read_text(encoding="utf-8")
        assert "TimeoutStopSec=20" in text or "Type=oneshot" in text or unit.suffix != ".service"


def test_the_container_copies_what_the_product_needs() -> None:
    text = (DEPLOY / "Containerfile").read_text(encoding="utf-8")
    for line in re.findall(r"^COPY (.+)$", text, re.MULTILINE):
        for source in line.split()[:-1]:
            assert (ROOT / source).exists(), source
    assert "--require-hashes -r requirements.lock" in text


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd is not installed here")
def test_systemd_takes_the_units(tmp_path: Path) -> None:
    for unit in UNITS:
        text = unit.read_text(encoding="utf-8").replace(INSTALLED, sys.executable)
        (tmp_path / unit.name.replace("@.", "@1.")).write_text(text, encoding="utf-8")
    units = sorted(map(str, tmp_path.iterdir()))
    done = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", *units], capture_output=True, text=True
    )
    told = [line for line in done.stderr.splitlines() if str(tmp_path) in line or "knoten" in line]
    assert (done.returncode, told) == (0, [])


@pytest.mark.postgresql
def test_the_databases_first_start_makes_an_owner_who_is_no_superuser(tmp_path: Path) -> None:
    """The script that the PostgreSQL image runs, on a server of its own."""
    password = tmp_path / "password"
    password.write_text("geheim'; --", encoding="utf-8")
    with postgresql.cluster(setup=()) as one:
        environ = {
            "PATH": os.environ["PATH"], "PGHOST": "127.0.0.1", "PGPORT": str(one.port),
            "POSTGRES_PASSWORD_FILE": str(password),
        }  # fmt: skip
        subprocess.run(["sh", str(DEPLOY / "postgresql-roles.sh")], env=environ, check=True)
        asked = "SELECT rolsuper, rolcreaterole, rolbypassrls FROM pg_roles WHERE rolname = user"
        found = subprocess.check_output(
            ["psql", "-qtA", "-U", "knotenpunkt", "-d", "knotenpunkt", "-c", asked],
            env=environ, text=True,
        )  # fmt: skip
    assert found.strip() == "f|t|f"
