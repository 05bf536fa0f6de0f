"""The desk's side: the list, one concern, its answer, in the browser's words."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from knotenpunkt.activities.inbox import actions
from knotenpunkt.activities.inbox.actions import CallDraft
from knotenpunkt.activities.inbox.models import Concern
from knotenpunkt.foundation.accounts.actors import ANYONE
from knotenpunkt.foundation.audit.models import Read
from knotenpunkt.foundation.networks.models import Network
from knotenpunkt.foundation.networks.scope import in_network
from tests.conftest import Cast
from tests.factories import make_offer

pytestmark = pytest.mark.django_db
DRAFT = CallDraft(phone="+493731555010", name="Anna Sommer", text="Baby schreit", language="tr")
LIST = "/mitte/desk/anliegen/"


@pytest.fixture
def concern(cast: Cast, network_a: Network) -> Concern:
    with in_network(network_a):
        offer = make_offer("Krabbelgruppe")
        return actions.ask_for_call(actor=ANYONE, network=network_a, draft=DRAFT, offer=offer)


def shown(client: Client, path: str) -> str:
    return str(client.get(path).content.decode())


def reads(network: Network) -> int:
    with in_network(network):
        return int(Read.objects.count())


def deed(client: Client, concern: Concern, name: str, **data: str) -> Any:
    return client.post(f"{LIST}{concern.pk}/{name}/", data, follow=True)


def test_the_list_says_everything_but_what_the_family_wrote(
    client: Client, cast: Cast, network_a: Network, concern: Concern
) -> None:
    client.force_login(cast.ede)
    page = shown(client, LIST)
    for told in ("Krabbelgruppe", "jederzeit", "Türkisch (Türkçe)", "noch niemand", "noch "):
        assert told in page
    for secret in ("Anna", "Sommer", "schreit", "555010"):
        assert secret not in page
    assert reads(network_a) == 0


def test_the_number_shows_once_one_takes_care_and_each_time_is_logged(
    client: Client, cast: Cast, network_a: Network, concern: Concern
) -> None:
    client.force_login(cast.ede)
    assert "555010" not in shown(client, f"{LIST}{concern.pk}/")
    assert reads(network_a) == 0
    page = deed(client, concern, "uebernehmen").content.decode()
    assert 'href="tel:+493731555010"' in page and "03731 555010" in page
    assert "Anna Sommer" in page and "Baby schreit" in page
    assert reads(network_a) == 1
    client.force_login(cast.petra)
    page = shown(client, f"{LIST}{concern.pk}/")
    assert "Ede kümmert sich darum" in page and "555010" not in page
    assert reads(network_a) == 1


def test_who_was_slower_is_told_by_whom(client: Client, cast: Cast, concern: Concern) -> None:
    client.force_login(cast.ede)
    deed(client, concern, "uebernehmen")
    client.force_login(cast.petra)
    assert "Ede war schneller" in deed(client, concern, "uebernehmen").content.decode()
    taken = deed(client, concern, "uebernehmen", statt=str(cast.ede.pk)).content.decode()
    assert "03731 555010" in taken


def test_from_a_try_to_the_answer(
    client: Client, cast: Cast, network_a: Network, concern: Concern
) -> None:
    client.force_login(cast.ede)
    deed(client, concern, "uebernehmen")
    assert "Bitte wählen Sie" in deed(client, concern, "ergebnis").content.decode()
    later = deed(client, concern, "ergebnis", outcome="later").content.decode()
    assert "1-mal niemanden erreicht" in later
    missing = deed(client, concern, "ergebnis", outcome="passed_on").content.decode()
    assert "wer sich darum kümmert" in missing
    done = deed(client, concern, "ergebnis", outcome="passed_on", passed_to="Haus Linde")
    page = done.content.decode()
    assert "Weitergegeben an Haus Linde" in page and "555010" not in page
    assert (
        "schon beantwortet" in deed(client, concern, "ergebnis", outcome="reached").content.decode()
    )
    assert "Niemand wartet" in shown(client, LIST)
    assert "Haus Linde" in shown(client, f"{LIST}?teil=beantwortet")


def test_an_answer_is_said_to_be_final_before(client: Client, cast: Cast, concern: Concern) -> None:
    client.force_login(cast.ede)
    page = deed(client, concern, "uebernehmen").content.decode()
    assert "Das lässt sich nicht rückgängig machen" in page


def test_a_hint_leads_to_the_offers_form(client: Client, cast: Cast, network_a: Network) -> None:
    with in_network(network_a):
        offer = make_offer("Stillcafé")
        hint = actions.leave_hint(
            actor=ANYONE, network=network_a, offer=offer, text="<b>Jetzt</b> donnerstags"
        )
    client.force_login(cast.ede)
    page = shown(client, f"{LIST}{hint.pk}/")
    assert f"/mitte/desk/angebote/{offer.pk}/bearbeiten/" in page
    assert "&lt;b&gt;Jetzt&lt;/b&gt; donnerstags" in page
    assert reads(network_a) == 1
    assert "Der Text des Hinweises ist gelöscht" in deed(client, hint, "erledigt").content.decode()


def test_the_list_asks_the_database_as_often_for_one_as_for_many(
    client: Client, cast: Cast, network_a: Network, django_assert_max_num_queries: Any
) -> None:
    with in_network(network_a):
        for number in range(30):
            actions.ask_for_call(
                actor=ANYONE, network=network_a, draft=CallDraft(phone=f"+4937315550{number:02}"),
                offer=make_offer(f"Angebot {number}") if number < 4 else None,
            )  # fmt: skip
    client.force_login(cast.petra)
    client.get(LIST)
    with django_assert_max_num_queries(12):
        assert shown(client, LIST).count("Rückruf:") == 30
