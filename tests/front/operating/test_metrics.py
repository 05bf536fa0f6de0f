"""Counts for monitoring: complete, without people, and for monitoring only."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import OperationalError
from django.test import Client
from prometheus_client.parser import text_string_to_metric_families

from knotenpunkt.foundation.networks.models import Network
from knotenpunkt.foundation.networks.scope import in_network
from knotenpunkt.front.operating import figures
from knotenpunkt.registers.offers.models import Offer
from tests.access.stage import set_up

HERE = {"headers": {"host": "localhost:8000"}}
TOKEN = "a-token-of-monitoring"


def samples(client: Client, **asked: Any) -> dict[tuple[str, ...], float]:
    """Each figure by its name and labels."""
    text = client.get("/metrics", **(asked or HERE)).content.decode()
    return {
        (one.name, *one.labels.values()): one.value
        for family in text_string_to_metric_families(text)
        for one in family.samples
    }


@pytest.mark.django_db
@pytest.mark.parametrize(
    "asked",
    [
        {},
        {"REMOTE_ADDR": "203.0.113.7", "headers": {"host": "localhost"}},
        {"headers": {"host": "localhost", "x-forwarded-for": "203.0.113.7"}},
        {"headers": {"host": "netz.example.org"}},
        {"headers": {"authorization": "Bearer wrong"}},
        {"headers": {"authorization": "Bearer "}},
    ],
)
def test_for_others_it_does_not_exist(asked: dict[str, Any], client: Client) -> None:
    assert client.get("/metrics", **asked).status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize("given", ["", "Bearer ", "Bearer x", TOKEN, f"Basic {TOKEN}"])
def test_from_elsewhere_only_the_token_counts(given: str, client: Client, settings: Any) -> None:
    settings.METRICS_TOKEN = TOKEN
    away = {"REMOTE_ADDR": "203.0.113.7"}
    assert client.get("/metrics", headers={"authorization": given}, **away).status_code == 404
    token = {"authorization": f"Bearer {TOKEN}", "host": "web:8000"}
    assert client.get("/metrics", headers=token, **away).status_code == 200


@pytest.mark.django_db
def test_requests_are_counted_by_view_and_status(client: Client, network_a: Network) -> None:
    def counted(*labels: str) -> float:
        return samples(client).get(("knotenpunkt_request_seconds_count", *labels), 0)

    before = counted("GET", "2xx", "offers:finder"), counted("other", "4xx", "none")
    client.get("/mitte/angebote/", {"q": "Stillcafé"})
    client.generic("BREW", "/gibt-es-nicht/")
    after = counted("GET", "2xx", "offers:finder"), counted("other", "4xx", "none")
    assert (after[0] - before[0], after[1] - before[1]) == (1, 1)
    assert samples(client)[("knotenpunkt_search_seconds_count", "public")] > 0


@pytest.mark.django_db
def test_figures_of_the_database(client: Client, network_a: Network) -> None:
    found = samples(client)
    assert found[("knotenpunkt_database_up",)] == 1
    assert found[("knotenpunkt_database_bytes",)] >= 0
    assert found[("knotenpunkt_import_rows", "created")] == 0
    assert found[("knotenpunkt_jobs", "waiting")] == 0
    assert found[("knotenpunkt_mails", "failed")] == 0
    assert found[("knotenpunkt_account_events", "wrong_password")] == 0
    assert found[("knotenpunkt_oldest_waiting_job_seconds",)] == 0


@pytest.mark.django_db
def test_published_offers_stand_with_their_network(client: Client) -> None:
    with set_up() as stage:
        with in_network(stage.network):
            ours = Offer.objects.filter(Offer.published_when).count()
        found = samples(client)
        published = {key: value for key, value in found.items() if "offers_published" in key[0]}
        assert ours > 1
        assert published == {
            ("knotenpunkt_offers_published", "mitte"): ours,
            ("knotenpunkt_offers_published", "peine"): 1,
        }


@pytest.mark.django_db
def test_refused_sign_ins_are_counted_whoever_it_was(client: Client, network_a: Network) -> None:
    key = ("knotenpunkt_sign_in_failures_total", "password")
    before = samples(client).get(key, 0)
    client.post("/mitte/desk/anmelden/", {"username": "nobody@example.org", "password": "wrong"})
    assert samples(client)[key] == before + 1


@pytest.mark.django_db
def test_nothing_of_a_visit_is_in_it(client: Client, network_a: Network) -> None:
    client.get(
        "/mitte/angebote/",
        {"q": "Schwangerschaftskonflikt"},
        headers={"user-agent": "Geheim", "host": "testserver"},
        REMOTE_ADDR="203.0.113.77",
    )
    text = client.get("/metrics", **HERE).content.decode()
    assert not [secret for secret in ("konflikt", "Geheim", "203.0.113") if secret in text]


@pytest.mark.django_db
def test_without_the_database_the_rest_is_told(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone() -> Any:
        raise OperationalError("gone")

    monkeypatch.setattr(figures, "_families", gone)
    found = samples(client)
    assert found[("knotenpunkt_database_up",)] == 0
