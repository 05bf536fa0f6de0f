"""What a service manager, a container engine and a load balancer ask."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import OperationalError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from knotenpunkt.front.operating import readiness
from knotenpunkt.tools.jobs.worker import Worker
from knotenpunkt.tools.search import encoder
from knotenpunkt.tools.search.queries import warm_up

PROBES = ("/health", "/ready")


@pytest.fixture(autouse=True)
def staying() -> Any:
    yield
    readiness.stay()


def test_health_asks_nothing_of_the_database(client: Client) -> None:
    """Not even when the database is gone; pytest itself forbids it here."""
    answer = client.get("/health")
    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})


@pytest.mark.django_db
def test_ready_names_its_parts(client: Client) -> None:
    warm_up()
    answer = client.get("/ready")
    assert answer.status_code == 200
    assert answer.json() == {
        "ready": True,
        "checks": {"staying": True, "database": True, "migrations": True, "search": True},
    }


@pytest.mark.django_db
def test_ready_is_cheap(client: Client) -> None:
    warm_up()
    client.get("/ready")
    with CaptureQueriesContext(connection) as asked:
        client.get("/ready")
    assert len(asked) == 1


@pytest.mark.django_db
@pytest.mark.parametrize("probe", PROBES)
@pytest.mark.parametrize("host", ["10.2.3.4:8000", "web", "evil.example.com"])
def test_probes_need_not_know_the_public_host(probe: str, host: str, client: Client) -> None:
    warm_up()
    assert client.get(probe, headers={"host": host}).status_code == 200
    assert client.get("/en/", headers={"host": host}).status_code == 400


@pytest.mark.django_db
@pytest.mark.parametrize("probe", PROBES)
def test_probes_are_not_sent_to_https(probe: str, client: Client, settings: Any) -> None:
    settings.SECURE_SSL_REDIRECT = True
    warm_up()
    assert client.get(probe).status_code == 200
    assert client.get("/en/").status_code == 301


@pytest.mark.django_db
@pytest.mark.parametrize("probe", PROBES)
def test_probes_are_never_kept_and_only_read(probe: str, client: Client) -> None:
    assert "no-store" in client.get(probe)["Cache-Control"]
    assert client.post(probe).status_code == 405


@pytest.mark.django_db
def test_a_server_that_leaves_says_so_first(client: Client) -> None:
    warm_up()
    readiness.announce_leaving()
    answer = client.get("/ready")
    assert (answer.status_code, answer.json()["checks"]["staying"]) == (503, False)
    assert client.get("/health").status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize("part", ["database", "migrations", "search"])
def test_whatever_is_missing_is_named(
    part: str, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    warm_up()

    def broken() -> bool:
        if part == "database":
            raise OperationalError("server closed the connection, password=geheim")
        return False

    monkeypatch.setattr(readiness, "_CHECKS", {**readiness._CHECKS, part: broken})
    answer = client.get("/ready")
    assert answer.status_code == 503
    assert [name for name, well in answer.json()["checks"].items() if not well] == [part]
    assert "geheim" not in answer.content.decode()


@pytest.mark.django_db
def test_a_worker_is_asked_for_only_where_it_is_needed(client: Client, settings: Any) -> None:
    warm_up()
    settings.READY_NEEDS_WORKER = True
    assert client.get("/ready").json()["checks"]["worker"] is False
    Worker()._look_after_others()
    assert client.get("/ready").json()["checks"]["worker"] is True


def test_search_is_cold_before_it_was_warmed() -> None:
    encoder._model.cache_clear()
    assert not readiness._CHECKS["search"]()
    warm_up()
    assert readiness._CHECKS["search"]()


@pytest.mark.django_db
def test_migrations_that_are_missing_are_looked_up_again(monkeypatch: pytest.MonkeyPatch) -> None:
    missing = [True]
    monkeypatch.setattr(
        readiness.MigrationExecutor, "migration_plan", lambda *_args: missing[:1] * missing[0]
    )
    readiness._all_applied.cache_clear()
    assert not readiness._migrations()
    missing[0] = False
    assert readiness._migrations()
