"""An administrator who keeps the database roles gives them, and the product makes none."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit
from uuid import uuid4

import psycopg
import pytest

from tests.installations import Installation, server_url

pytestmark = [
    pytest.mark.postgresql,
]


@contextmanager
def given_roles() -> Iterator[dict[str, str]]:
    """A database with three roles of which none may create another: role → address."""
    mark = uuid4().hex[:12]
    names = {role: f"kp_{mark}_{role}" for role in ("owner", "app", "wide")}
    server = urlsplit(server_url())
    with psycopg.connect(server_url(), autocommit=True) as session:
        for name in names.values():
            session.execute(f"CREATE ROLE {name} LOGIN PASSWORD 'given'")
            session.execute(f"GRANT {name} TO CURRENT_USER")
        session.execute(f"CREATE DATABASE kp_{mark} OWNER {names['owner']}")
    try:
        yield {
            role: f"postgresql://{name}:given@{server.hostname}:{server.port}/kp_{mark}"
            for role, name in names.items()
        }
    finally:
        with psycopg.connect(server_url(), autocommit=True) as session:
            session.execute(f"DROP DATABASE kp_{mark} WITH (FORCE)")
            for name in names.values():
                session.execute(f"DROP ROLE {name}")


def test_given_roles_are_used_and_a_web_process_needs_no_owner(tmp_path: Path) -> None:
    with given_roles() as urls:
        bound = {
            "DATABASE_APP_URL": urls["app"],
            "DATABASE_ALL_NETWORKS_URL": urls["wide"],
        }
        whole = Installation(tmp_path, urls["owner"], bound)
        whole.done("database", "migrate")
        whole.done("network", "create", "nord", "--name", "Netz Nord", "--ags", "14522")
        without_owner = replace(whole, database_url="")
        assert "Netz Nord" in without_owner.done("network", "list")
        with psycopg.connect(urls["app"]) as session:
            seen = session.execute("SELECT count(*) FROM pages_helpnumber").fetchone()
        assert seen == (0,)  # bound to no network, it sees the rows of none
