"""What was typed at the desk outlives a lost session, for an hour, and nothing secret with it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from knotenpunkt.foundation.accounts import kept_input
from knotenpunkt.foundation.networks.models import Network
from knotenpunkt.foundation.networks.scope import in_network
from knotenpunkt.registers.offers.models import Offer
from tests.conftest import Cast
from tests.factories import make_offer

pytestmark = pytest.mark.django_db
NEW = "/mitte/desk/angebote/neu/"
NOTE = "Ihre Eingaben sind noch da"
TYPED = {"title": "Mühsam getippt", "provider": "Haus am See", "languages": ["ar", "tr"]}


def next_page(answer: Any) -> str:
    """Where signing in leads to afterwards."""
    [wanted] = parse_qs(urlsplit(answer["Location"]).query)["next"]
    return wanted


def kept(client: Client) -> Any:
    return client.session.get(kept_input.KEY)


def test_a_form_without_a_session_comes_back_filled(client: Client, cast: Cast) -> None:
    sent = client.post(NEW, TYPED | {"tun": "speichern"})
    assert (sent.status_code, next_page(sent)) == (302, NEW)
    client.force_login(cast.petra)  # keeps what the browser's session held
    page = client.get(NEW).content.decode()
    assert NOTE in page
    assert 'value="Mühsam getippt"' in page and 'value="Haus am See"' in page
    assert page.count("checked") >= 2
    assert "braucht noch Ihre Hilfe" not in page  # nobody is told off for what they did not send


def test_signing_in_says_that_it_is_still_here(client: Client, cast: Cast) -> None:
    told = "Was Sie eingegeben haben, ist noch da."
    assert told not in client.get(f"/mitte/desk/anmelden/?next={NEW}").content.decode()
    sent = client.post(NEW, TYPED)
    assert told in client.get(sent["Location"]).content.decode()
    elsewhere = client.get("/mitte/desk/anmelden/?next=/mitte/desk/").content.decode()
    assert told not in elsewhere


def test_opening_saves_nothing_and_sending_ends_it(
    client: Client, cast: Cast, network_a: Network
) -> None:
    client.post(NEW, TYPED)
    client.force_login(cast.petra)
    client.get(NEW)
    with in_network(network_a):
        assert not Offer.objects.exists()
    assert NOTE in client.get(NEW).content.decode()  # still there when the page is opened again
    assert NOTE not in client.get(f"{NEW}?{kept_input.WITHOUT}").content.decode()
    client.post(NEW, TYPED | {"provider_new": "on", "tun": "speichern"})
    assert kept(client) is None
    assert NOTE not in client.get(NEW).content.decode()


def test_it_is_for_the_page_on_which_it_was_typed(
    client: Client, cast: Cast, network_a: Network
) -> None:
    with in_network(network_a):
        offer = make_offer("Anderes")
    edit = f"/mitte/desk/angebote/{offer.pk}/bearbeiten/"
    answer = client.post(f"/mitte/desk/angebote/{offer.pk}/vorschau/", TYPED,
                         headers={"Referer": f"http://testserver{edit}"})  # fmt: skip
    assert next_page(answer) == edit
    client.force_login(cast.petra)
    assert NOTE not in client.get(NEW).content.decode()
    assert "Mühsam getippt" in client.get(edit).content.decode()


def test_passwords_files_and_too_much_are_not_kept(client: Client, cast: Cast) -> None:
    client.post(NEW, {"title": "a", "password": "geheim", "new_password1": "geheim", "code": "123"})
    assert [name for name, _values in kept(client)["fields"]] == ["title"]
    other = Client()
    other.post(NEW, {"title": "x" * (kept_input.LARGEST + 1)})
    assert kept(other) is None


def test_after_an_hour_it_is_gone(
    client: Client, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    client.post(NEW, TYPED)
    ends = Session.objects.get(pk=client.session.session_key).expire_date
    assert ends <= timezone.now() + timedelta(hours=1)
    client.force_login(cast.petra)
    monkeypatch.setattr(kept_input, "SECONDS", -1)
    assert NOTE not in client.get(NEW).content.decode()
    assert kept(client) is None


def test_who_signs_in_then_stays_as_long_as_usual(client: Client, cast: Cast) -> None:
    client.post(NEW, TYPED)
    client.force_login(cast.petra)
    client.get(NEW)
    assert client.session.get_expiry_age() > 10 * 3600


def test_a_page_that_knows_nothing_of_it_offers_to_send_it_again(
    client: Client, cast: Cast, network_a: Network
) -> None:
    """Every form of the desk has it, without doing anything for it."""
    with in_network(network_a):
        offer = make_offer("Entwurf", published=False)
    page = f"/mitte/desk/angebote/{offer.pk}/veroeffentlichen/"
    client.post(page, {"bemerkung": "nicht verlieren"})
    client.force_login(cast.petra)
    text = client.get(page).content.decode()
    assert NOTE in text
    assert f'action="{page}"' in text
    assert 'name="bemerkung" value="nicht verlieren"' in text


def test_readers_and_outsiders_get_nothing_by_it(client: Client, cast: Cast) -> None:
    client.post(NEW, TYPED)
    client.force_login(cast.birgit)
    assert client.get(NEW).status_code == 403
    outside = Client()
    outside.post(NEW, TYPED)
    outside.force_login(cast.carla)
    assert outside.get(NEW).status_code == 404


class TestStaleToken:
    """A form whose token is out of date, because somebody signed in anew in another tab."""

    @pytest.fixture
    def strict(self, cast: Cast) -> Client:
        client = Client(enforce_csrf_checks=True)
        client.force_login(cast.petra)
        return client

    def test_it_is_kept_when_one_of_our_pages_sent_it(self, strict: Client) -> None:
        answer = strict.post(NEW, TYPED, headers={"Referer": f"http://testserver{NEW}"})
        assert answer.status_code == 403
        assert f'href="{NEW}"' in answer.content.decode()
        assert "Mühsam getippt" in strict.get(NEW).content.decode()

    @pytest.mark.parametrize("headers", [{}, {"Referer": "https://evil.example/"},
                                         {"Origin": "https://evil.example"}])  # fmt: skip
    def test_words_of_strangers_are_not_laid_into_a_form(
        self, strict: Client, headers: dict[str, str]
    ) -> None:
        assert strict.post(NEW, TYPED, headers=headers).status_code == 403
        assert kept(strict) is None


@pytest.mark.parametrize("path", ["/mitte/desk/angebote/neu/", "/mitte/desk/angebote/einlesen/"])
def test_strangers_neither_sign_anybody_out_nor_lay_words_into_a_form(
    cast: Cast, path: str
) -> None:
    """A form on another site comes without our cookies: an answer that begins a session would
    put it in the place of the one that the browser has."""
    browser = Client(enforce_csrf_checks=True)
    headers = {"Origin": "https://evil.example"}
    answer = browser.post(path, {"title": "untergeschoben"}, headers=headers)
    assert answer.status_code == 403
    assert not answer.cookies
    assert not Session.objects.exists()


def test_a_script_is_led_to_sign_in_too(client: Client, network_a: Network) -> None:
    answer = client.post(NEW, TYPED, headers={"HX-Request": "true"})
    assert answer["HX-Redirect"].startswith("/mitte/desk/anmelden/?next=")
    assert kept(client) is not None
