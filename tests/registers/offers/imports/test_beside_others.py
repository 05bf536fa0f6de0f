"""Imports go on beside other work: nobody waits longer than for one batch."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection, connections

from knotenpunkt.foundation.accounts.actors import System
from knotenpunkt.foundation.networks.actions import create_network
from knotenpunkt.foundation.networks.models import Network
from knotenpunkt.foundation.networks.scope import in_network
from knotenpunkt.registers.offers.actions import save_offer
from knotenpunkt.registers.offers.imports import work
from knotenpunkt.registers.offers.models import Offer, Status
from knotenpunkt.registers.partners.actions import save_organisation
from knotenpunkt.registers.partners.models import Level, Organisation
from knotenpunkt.tools.imports.models import Link, Profile, Run
from knotenpunkt.tools.search.actions import entries as search
from knotenpunkt.tools.search.models import Entry
from tests.registers.offers.imports.conftest import Importing

pytestmark = pytest.mark.django_db(transaction=True)

HEAD = "ID;Angebot;Einrichtung;Träger;PLZ;Thema;Beschreibung\n"
PATIENCE_SECONDS = 5


@pytest.fixture(autouse=True)
def _short_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(work, "BATCH", 3)


def listed(count: int, text: str = "alt") -> str:
    """Rows whose bodies and facilities come again batches later; the last two are doubled."""
    lines = [
        f"{n};Angebot {n};Haus {n % 4};Verein {n % 5};09599;Schlafen, Stillen;{text} {n}"
        for n in range(count)
    ]
    doubled = ["x;Doppelt;Haus 1;Verein 1;09599;;", "x;Doppelt;Haus 1;Verein 1;09599;;"]
    return HEAD + "\n".join([*lines, *doubled, ";;;Verein;;;"]) + "\n"


def saved_elsewhere(network: Network, **values: Any) -> None:
    """Another person saves the first offer meanwhile, or creates it."""

    def save() -> None:
        try:
            with in_network(network):
                if connection.vendor == "postgresql":
                    connection.cursor().execute(f"SET LOCAL lock_timeout = '{PATIENCE_SECONDS}s'")
                offer = Offer.objects.filter(title="Angebot 0").first()
                provider = offer.provider if offer else other_body()
                save_offer(actor=System("hand"), offer=offer, provider=provider, **values)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(max_workers=1) as room:
        room.submit(save).result()


def other_body() -> Organisation:
    return save_organisation(actor=System("hand"), level=Level.BODY, name="Andere")


@pytest.mark.parametrize("dry_run", [True, False])
def test_others_save_while_a_list_is_written(
    bring: Importing, network_a: Network, dry_run: bool
) -> None:
    bring(listed(9))
    saved: list[int] = []

    def save(done: int, _total: int) -> None:
        saved_elsewhere(network_a, title="Angebot 0", costs_note=f"nach {done}")
        saved.append(done)

    result = bring(listed(9, "neu"), dry_run=dry_run, progress=save)
    assert (result.counts.updated, len(saved)) == (9, 4)
    with in_network(network_a):
        first = Offer.objects.get(title="Angebot 0")
        assert first.costs_note == "nach 12"
        assert first.description == ("alt 0" if dry_run else "neu 0")


def test_others_publish_while_a_list_arrives(bring: Importing, network_a: Network) -> None:
    def save(_done: int, _total: int) -> None:
        saved_elsewhere(network_a, title="Eigenes", status=Status.PUBLISHED)

    assert bring(listed(9).replace("Angebot 0", "Anderes"), progress=save).counts.created == 11


def texts(result: Any) -> list[Any]:
    return [result.counts, result.report.rows, result.report.notes, result.mapping_lines()]


def everything(network: Network) -> list[int]:
    tables = (Offer, Organisation, Link, Run, Profile, Entry)
    with in_network(network):
        return [table.objects.count() for table in tables]


def test_a_dry_run_tells_the_same_as_the_run(bring: Importing, network_a: Network) -> None:
    # A name that is new is told differently by both; from then on it is known.
    bring(listed(1), profile="liste")
    for content in (listed(9), listed(9), listed(7, "neu"), listed(9, "neu")):
        before = everything(network_a)
        wishes: dict[str, Any] = {"profile": "liste", "withdraw_missing": True}
        tried = bring(content, dry_run=True, **wishes)
        assert everything(network_a) == before
        assert texts(tried) == texts(bring(content, **wishes))
        assert tried.counts.rows == len(content.splitlines()) - 1
    assert tried.counts.updated == 2


def test_a_dry_run_that_breaks_off_leaves_nothing(bring: Importing, network_a: Network) -> None:
    def stop(_done: int, _total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        bring(listed(9), dry_run=True, progress=stop)
    assert not any(everything(network_a))
    assert bring(listed(9)).counts.created == 11


@pytest.fixture
def encoded(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What is encoded; fails inside a transaction that has written."""
    told: list[str] = []
    real = search.encode

    def watched(told_now: list[str]) -> Any:
        assert not (told_now and holds_others_back())
        told.extend(told_now)
        return real(told_now)

    monkeypatch.setattr(search, "encode", watched)
    return told


def holds_others_back() -> bool:
    if connection.vendor != "postgresql":
        return connection.in_atomic_block
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_current_xact_id_if_assigned() IS NOT NULL")
        return bool(cursor.fetchone()[0])


def test_no_batch_waits_for_the_encoder(bring: Importing, encoded: list[str]) -> None:
    bring(listed(9))
    assert len(encoded) == 10
    bring(listed(9))
    assert len(encoded) == 10
    bring(listed(9, "neu"))
    assert len(encoded) == 19
    bring(listed(9, "noch neuer"), dry_run=True)
    assert len(encoded) == 19
    bring(listed(3, "neu"), withdraw_missing=True)
    bring(listed(9, "neu"))
    assert len(encoded) == 25


def test_drafts_are_not_encoded(bring: Importing, encoded: list[str]) -> None:
    bring(listed(9), draft=True)
    assert encoded == []


def test_the_networks_others_have_stay_out_of_it(bring: Importing, network_a: Network) -> None:
    other = create_network(slug="nachbar", name="Nachbar", area_keys=["03157"])
    bring(listed(3), dry_run=True)
    bring(listed(3))
    assert not any(everything(other))
