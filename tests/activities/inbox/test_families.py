"""The public forms: without cookie, kind to mistakes, closed to machines and other sites."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from knotenpunkt.activities.inbox.models import Concern
from knotenpunkt.activities.inbox.views import families
from knotenpunkt.foundation.core.public_forms import new_token
from knotenpunkt.foundation.core.sealing import unsealed
from knotenpunkt.foundation.networks.models import Network
from knotenpunkt.foundation.networks.scope import in_network
from knotenpunkt.registers.offers.models import Offer
from knotenpunkt.registers.pages.actions import prepare_pages
from tests.factories import make_offer

CALL = "/mitte/anruf/"
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _fresh_brakes() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def offer(network_a: Network) -> Offer:
    with in_network(network_a):
        return make_offer("Krabbelgruppe")


@pytest.fixture
def token(monkeypatch: pytest.MonkeyPatch) -> str:
    """Of a form that has been open for half a minute."""
    made = new_token()
    now = time.time() + 30
    monkeypatch.setattr(time, "time", lambda: now)
    return made


def sent(client: Client, token: str, path: str = CALL, **more: Any) -> Any:
    headers = more.pop("headers", {"Sec-Fetch-Site": "same-origin"})
    data = {"phone": "03731 555010", "language": "de", "token": token} | more
    return client.post(path, data, headers=headers)


def concerns(network: Network) -> list[Concern]:
    with in_network(network):
        return list(Concern.objects.select_related("offer"))


def test_only_a_number_is_needed(client: Client, network_a: Network, token: str) -> None:
    response = sent(client, token)
    assert response.status_code == 302
    assert response["Location"].startswith("/mitte/anruf/danke/?bis=20")
    (concern,) = concerns(network_a)
    with in_network(network_a):
        assert unsealed(concern, "phone") == "+493731555010"
    assert not client.cookies


def test_nobody_learns_that_a_number_asked_before(
    client: Client, network_a: Network, token: str
) -> None:
    """Who knows the number of somebody could try whether they asked for help."""
    first = sent(client, token, text="Mein Mann schlägt mich")
    assert first.status_code == 200  # what to do in danger is said to who told of it
    with in_network(network_a):
        (concern,) = Concern.objects.all()
        concern.due_at -= timedelta(days=4)
        concern.save()
    known = sent(client, token)
    unknown = sent(client, token, phone="03731 555011")
    assert (known.status_code, known["Location"]) == (302, unknown["Location"])


def test_nothing_of_a_family_stands_in_an_address_or_on_the_last_page(
    client: Client, offer: Offer, token: str
) -> None:
    path = f"/mitte/angebote/{offer.pk}/anruf/"
    response = sent(client, token, path, name="Anna Sommer", text="Baby schreit")
    page = client.get(response["Location"]).content.decode()
    for secret in ("Anna", "Sommer", "schreit", "555010"):
        assert secret not in response["Location"]
        assert secret not in page


def test_it_knows_which_offer_it_is_about(
    client: Client, network_a: Network, offer: Offer, token: str
) -> None:
    page = client.get(f"/mitte/angebote/{offer.pk}/anruf/").content.decode()
    assert "Krabbelgruppe" in page
    sent(client, token, f"/mitte/angebote/{offer.pk}/anruf/")
    assert concerns(network_a)[0].offer == offer


def test_the_offers_page_leads_to_both_forms(client: Client, offer: Offer) -> None:
    page = client.get(f"/mitte/angebote/{offer.pk}/").content.decode()
    assert f'href="/mitte/angebote/{offer.pk}/anruf/"' in page
    assert f'href="/mitte/angebote/{offer.pk}/hinweis/"' in page
    english = client.get(f"/mitte/en/angebote/{offer.pk}/").content.decode()
    assert f'href="/mitte/en/angebote/{offer.pk}/anruf/"' in english


def test_the_first_page_and_an_empty_result_lead_to_the_form(
    client: Client, network_a: Network
) -> None:
    network_a.contact_name, network_a.contact_phone = "Jana Wolfram", "030 23125 040"
    network_a.save()
    for path in ("/mitte/", "/mitte/angebote/?q=gibtesnicht"):
        assert f'href="{CALL}"' in client.get(path).content.decode(), path


def test_it_says_who_calls_and_whom_to_call_at_once(client: Client, network_a: Network) -> None:
    network_a.contact_name, network_a.contact_phone = "Jana Wolfram", "030 23125 040"
    network_a.save()
    with in_network(network_a):
        prepare_pages(network_a)
    page = client.get(CALL).content.decode()
    assert "Jana Wolfram oder jemand aus dem Team" in page
    assert "Wenn es nicht warten kann" in page
    assert page.count('href="tel:112"') == 2  # beside the form, and below every page


def test_what_was_entered_stays_when_something_is_wrong(
    client: Client, network_a: Network, token: str
) -> None:
    response = sent(client, token, phone="555010", name="Anna", text="Baby", language="tr",
                    daytimes=["evening"])  # fmt: skip
    page = response.content.decode()
    assert response.status_code == 200
    assert "mit Vorwahl" in page
    assert 'value="Anna"' in page and ">\nBaby</textarea>" in page
    assert 'value="evening"' in page and "checked" in page
    assert '<option value="tr" selected>' in page
    assert "data-focus" in page  # the summary of what is wrong takes the focus
    assert not concerns(network_a)


@pytest.mark.parametrize(
    "headers",
    [{"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"},
     {"Origin": "https://evil.example"}, {"Origin": "null"}],
)  # fmt: skip
def test_other_sites_send_nothing_here(
    client: Client, network_a: Network, token: str, headers: dict[str, str]
) -> None:
    response = sent(client, token, headers=headers, name="Anna")
    assert response.status_code == 403
    assert 'value="Anna"' in response.content.decode()
    assert not concerns(network_a)


@pytest.mark.parametrize("headers", [{}, {"Origin": "http://testserver"}])
def test_older_browsers_are_not_shut_out(
    client: Client, network_a: Network, token: str, headers: dict[str, str]
) -> None:
    assert sent(client, token, headers=headers).status_code == 302


def test_one_visitor_sends_only_so_many(client: Client, network_a: Network, token: str) -> None:
    limit = families.OF_ONE_VISITOR.limit
    for number in range(limit):
        assert sent(client, token, phone=f"03731 5550{number:02}").status_code == 302
    held = sent(client, token, phone="03731 555099", name="Anna")
    assert held.status_code == 429
    assert 'value="Anna"' in held.content.decode()
    assert len(concerns(network_a)) == limit
    other = client.post(
        CALL, {"phone": "03731 555098", "language": "de", "token": token},
        headers={"Sec-Fetch-Site": "same-origin"}, REMOTE_ADDR="203.0.113.9",
    )  # fmt: skip
    assert other.status_code == 302


def test_mistakes_are_not_counted(client: Client, network_a: Network, token: str) -> None:
    for _ in range(families.OF_ONE_VISITOR.limit + 2):
        assert sent(client, token, phone="1").status_code == 200
    assert sent(client, token).status_code == 302


def test_words_of_danger_are_answered_at_once(
    client: Client, network_a: Network, token: str
) -> None:
    response = sent(client, token, text="Ich kann nicht mehr und raste gleich aus")
    assert response.status_code == 200
    assert response.context["danger"].kind == "strength"
    assert response.context["danger"].text in response.content.decode()
    assert concerns(network_a)[0].is_urgent


def test_the_poison_centre_is_told_after_the_form_too(
    client: Client, network_a: Network, token: str
) -> None:
    response = sent(client, token, text="Mein Kind hat Spülmittel getrunken")
    assert response.context["danger"].land == network_a.land
    assert response.context["danger_is_checked"] is True
    response = sent(client, token, text="زوجي يضربني")
    assert response.context["danger_is_checked"] is False


@pytest.mark.parametrize("day", ["", "x", "1990-01-01", "2999-12-31", "0001-01-01", "2026-99-99"])
def test_the_last_page_promises_only_what_we_promise(
    client: Client, network_a: Network, day: str
) -> None:
    page = client.get("/mitte/anruf/danke/", {"bis": day}).content.decode()
    assert not day[:4] or day[:4] in ("x", "2026") or f" {day[:4]}</b>" not in page


def test_a_hint_is_kept(client: Client, network_a: Network, offer: Offer, token: str) -> None:
    path = f"/mitte/angebote/{offer.pk}/hinweis/"
    response = client.post(path, {"text": "Jetzt donnerstags", "token": token})
    assert response["Location"] == f"{path}danke/"
    assert "Danke" in client.get(response["Location"]).content.decode()
    (concern,) = concerns(network_a)
    assert (concern.kind, concern.offer) == ("hint", offer)


def test_a_hint_without_words_is_asked_for_them(
    client: Client, network_a: Network, offer: Offer, token: str
) -> None:
    page = client.post(f"/mitte/angebote/{offer.pk}/hinweis/", {"token": token}).content.decode()
    assert "in wenigen Worten" in page


def test_the_forms_speak_english_too(client: Client, network_a: Network) -> None:
    page = client.get("/mitte/en/anruf/").content.decode()
    assert "We call you" in page and "Your telephone number" in page
    assert '<option value="en" selected>' in page
