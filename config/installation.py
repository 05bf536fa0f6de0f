"""What one installation is made of: a data folder, its keys and its database connections.

Everything is read from the environment, so that a county's administrator sets it in one place:
`KNOTENPUNKT_DATA` names the folder, `DATABASE_URL` switches to PostgreSQL.
"""

from __future__ import annotations

import json
import os
import re
import secrets
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, unquote, urlsplit

from config.options import Environment, UnusableSetting

SQLITE = "knotenpunkt.foundation.core.sqlite3"  # Django's own, with a line of those who write
SQLITE_SETTINGS = {
    "timeout": 20,
    # A transaction that reads and then writes would otherwise meet "database is locked".
    "transaction_mode": "IMMEDIATE",
    "init_command": (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON; "
        "PRAGMA mmap_size=134217728; PRAGMA cache_size=-20000; PRAGMA secure_delete=ON;"
    ),
}
# How long a process keeps a connection open from one request to the next.
KEPT_SECONDS = 60
SHORTEST_SECRET_KEY = 40
LEAST_DIFFERENT_SIGNS = 10
MADE_FOR_TRYING = "django-insecure-"
MOST_PROXIES = 9
TILE_HOST = re.compile(r"[a-z0-9-]+(\.[a-z0-9-]+)+(:[0-9]+)?", re.IGNORECASE)
POSTGRESQL_SCHEMES = {"postgres", "postgresql"}
TRANSLATORS = {"libretranslate", "deepl"}


def refuse_unsafe(hosts: Sequence[str], secret_key: str, debug: bool) -> None:
    """A public installation does not start with what is meant for work on the product."""
    if not hosts:
        return
    if debug:
        raise UnusableSetting("Development settings cannot serve KNOTENPUNKT_HOSTS.")
    if any("*" in host or "/" in host or host.startswith(".") for host in hosts):
        raise UnusableSetting(
            "KNOTENPUNKT_HOSTS lists host names one by one, such as familien.example.org."
        )
    if len(secret_key) < SHORTEST_SECRET_KEY:
        raise UnusableSetting("KNOTENPUNKT_SECRET_KEY is too short: leave it out, or use 40 signs.")
    if secret_key.startswith(MADE_FOR_TRYING) or len(set(secret_key)) < LEAST_DIFFERENT_SIGNS:
        raise UnusableSetting("KNOTENPUNKT_SECRET_KEY can be guessed: leave it out.")


def proxies(environment: Environment) -> int:
    """How many proxies of one's own stand before the product; 0 trusts no forwarded header."""
    if not environment.yes("KNOTENPUNKT_BEHIND_PROXY"):
        return 0
    count = environment.number("KNOTENPUNKT_PROXIES", 1)
    if not 1 <= count <= MOST_PROXIES:
        raise UnusableSetting(f"KNOTENPUNKT_PROXIES is a number from 1 to {MOST_PROXIES}.")
    return count


def security_contact(written: str) -> str:
    """The contact as security.txt names it: "mailto:…", "https://…", or "" when none is set."""
    if not written or written.startswith(("mailto:", "https://")):
        return written
    if "@" not in written or any(sign.isspace() for sign in written):
        raise UnusableSetting("KNOTENPUNKT_SECURITY_CONTACT is an e-mail or https:// address.")
    return f"mailto:{written}"


def writes_json(word: str) -> bool:
    """Whether the log is for programs."""
    if word not in ("", "text", "json"):
        raise UnusableSetting("KNOTENPUNKT_LOG is text or json.")
    return word == "json"


def tile_hosts(address: str) -> list[str]:
    """Where a browser may load map tiles from: "https://{s}.tile.example.org/{z}/{x}/{y}.png"
    allows all of *.tile.example.org; without an address, nowhere."""
    if not address:
        return []
    host = urlsplit(address).netloc
    named = host.removeprefix("{s}.")
    if not address.startswith("https://") or not TILE_HOST.fullmatch(named):
        raise UnusableSetting(
            "KNOTENPUNKT_MAP_TILES looks like https://{s}.tile.example.org/{z}/{x}/{y}.png."
        )
    return [f"https://*.{named}" if named != host else f"https://{host}"]


def translator(written: str) -> tuple[str, str]:
    """("libretranslate", "https://…") of `libretranslate+https://…`; ("", "") when left out."""
    if not written:
        return "", ""
    kind, _plus, address = written.partition("+")
    parts = urlsplit(address)
    is_here = parts.hostname in ("localhost", "127.0.0.1", "::1")
    if kind not in TRANSLATORS or not parts.hostname:
        raise UnusableSetting(
            "KNOTENPUNKT_TRANSLATOR begins with libretranslate+https:// or deepl+https://."
        )
    if parts.scheme != "https" and not (parts.scheme == "http" and is_here):
        raise UnusableSetting(
            "KNOTENPUNKT_TRANSLATOR is reached by https, http on this machine only."
        )
    return kind, address


def data_folder(environment: Environment) -> Path:
    """The folder that holds everything of an installation (absolute path, not yet created)."""
    return Path(environment.text("KNOTENPUNKT_DATA", "knotenpunkt-data")).absolute()


def backup_folder(environment: Environment, folder: Path) -> Path:
    """Where back-ups go that get no name of their own: beside the data folder, not inside."""
    found = Path(environment.text("KNOTENPUNKT_BACKUPS", f"{folder}-backups")).absolute()
    if found.is_relative_to(folder):
        raise UnusableSetting("KNOTENPUNKT_BACKUPS must lie outside KNOTENPUNKT_DATA.")
    return found


def kept_secret(folder: Path, name: str, make: Any = lambda: secrets.token_urlsafe(50)) -> str:
    """The secret of that name in `folder`/keys; made on first use, readable by its owner only."""
    try:
        return _kept_secret(folder / "keys" / name, make)
    except OSError as problem:
        raise UnusableSetting(f"KNOTENPUNKT_DATA: {problem.strerror}: {folder}") from problem


def _kept_secret(file: Path, make: Any) -> str:
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        draft = file.with_name(f"{file.name}.{os.getpid()}")
        draft.touch(mode=0o600)
        draft.write_text(make(), encoding="utf-8")
        try:
            os.link(draft, file)  # the first of two processes that start together wins
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return file.read_text(encoding="utf-8")


def databases(environment: Environment, folder: Path) -> dict[str, dict[str, Any]]:
    """Django's DATABASES: one connection on SQLite, three with own credentials on PostgreSQL.

    `default` is bound by row-level security, `all_networks` serves named maintenance and the
    read-only published scope, `owner` runs migrations only.
    """
    url = environment.text("DATABASE_URL")
    if environment.text("DATABASE_APP_URL"):
        return _named_roles(environment)
    if urlsplit(url).scheme in POSTGRESQL_SCHEMES:
        return _derived_roles(url, folder)
    return {"default": _sqlite(url, folder)}


def _sqlite(url: str, folder: Path) -> dict[str, Any]:
    if url and not url.startswith("sqlite:///"):
        raise UnusableSetting(
            "DATABASE_URL must begin with postgresql:// or sqlite:/// (or be left empty)."
        )
    name = url.removeprefix("sqlite:///") or str(folder / "knotenpunkt.sqlite3")
    if not Path(name).is_absolute():
        raise UnusableSetting(
            f"DATABASE_URL needs the whole path of the file: sqlite:////path/to/{Path(name).name}"
        )
    # To open the file and read which tables there are takes longer than most requests ask it.
    kept = {"CONN_MAX_AGE": KEPT_SECONDS, "CONN_HEALTH_CHECKS": True}
    return {"ENGINE": SQLITE, "NAME": name, "OPTIONS": SQLITE_SETTINGS, **kept}


def _named_roles(environment: Environment) -> dict[str, dict[str, Any]]:
    """Credentials given one by one: a web process can then do without the owner's."""
    everywhere = environment.text("DATABASE_ALL_NETWORKS_URL")
    if not everywhere:
        raise UnusableSetting("DATABASE_APP_URL also needs DATABASE_ALL_NETWORKS_URL.")
    found = {
        "default": _postgresql(environment.text("DATABASE_APP_URL")),
        "all_networks": _postgresql(everywhere),
    }
    if owner := environment.text("DATABASE_URL"):
        found["owner"] = _postgresql(owner)
    return found


def _derived_roles(url: str, folder: Path) -> dict[str, dict[str, Any]]:
    """Only the owner is given: the two other roles belong to this database and are made by us."""
    owner = _postgresql(url)
    passwords = json.loads(kept_secret(folder, "database.json", _new_passwords))
    return {
        "default": owner | {"USER": f"{owner['NAME']}_app", "PASSWORD": passwords["app"]},
        "all_networks": owner
        | {"USER": f"{owner['NAME']}_all_networks", "PASSWORD": passwords["all_networks"]},
        "owner": owner,
    }


def _new_passwords() -> str:
    return json.dumps({role: secrets.token_urlsafe(30) for role in ("app", "all_networks")})


def _postgresql(url: str) -> dict[str, Any]:
    parts = urlsplit(url)
    if parts.scheme not in POSTGRESQL_SCHEMES or not parts.path.strip("/") or not _has_port(parts):
        raise UnusableSetting("A PostgreSQL address looks like postgresql://user:pw@host/database.")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.strip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "OPTIONS": {"connect_timeout": 5},
        "CONN_MAX_AGE": KEPT_SECONDS,
        "CONN_HEALTH_CHECKS": True,
    }


def _has_port(parts: SplitResult) -> bool:
    """Whether the port can be read; none at all is fine."""
    try:
        return parts.port is None or parts.port > 0
    except ValueError:
        return False
