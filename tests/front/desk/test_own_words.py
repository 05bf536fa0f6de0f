"""Own words at the desk: added, tried out, removed, put back, read in."""

from __future__ import annotations

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from knotenpunkt.foundation.networks.models import Network
from knotenpunkt.foundation.networks.scope import in_network
from knotenpunkt.tools.search.actions import save_own_word
from knotenpunkt.tools.search.models import OwnWord
from tests.conftest import Cast
from tests.factories import SYSTEM, make_offer

pytestmark = pytest.mark.django_db
PAGE = "/mitte/desk/woerter/"
BUS = {"said": "Schlumperbus", "means": "Krabbelgruppe; Eltern-Kind-Treff", "note": "seit 2019"}


@pytest.fixture
def ede(client: Client, cast: Cast) -> Client:
    client.force_login(cast.ede)
    return client


def words(network: Network) -> dict[str, list[str]]:
    with in_network(network):
        return {one.said: one.means for one in OwnWord.objects.all()}


def word(network: Network, said: str = "Schlumperbus") -> OwnWord:
    with in_network(network):
        return save_own_word(actor=SYSTEM, said=said, means=["Krabbelgruppe"], note="seit 2019")


def test_a_word_is_added_and_holds_in_the_next_search(ede: Client, network_a: Network) -> None:
    with in_network(network_a):
        make_offer("Krabbelgruppe am Fluss")
        make_offer("Schuldnerberatung")
    answer = ede.post(f"{PAGE}neu/", BUS, follow=True)
    assert "„Schlumperbus“ gilt ab jetzt." in answer.content.decode()
    assert words(network_a) == {"Schlumperbus": ["Krabbelgruppe", "Eltern-Kind-Treff"]}
    found = ede.get("/mitte/angebote/", {"q": "Schlumperbus"}).content.decode()
    assert found.index("Krabbelgruppe am Fluss") < found.index("Schuldnerberatung")


def test_a_preview_shows_before_and_after_and_keeps_nothing(
    ede: Client, network_a: Network
) -> None:
    with in_network(network_a):
        for number in range(6):
            make_offer(f"Schuldnerberatung {number}")
        make_offer("Krabbelgruppe am Fluss")
    answer = ede.post(f"{PAGE}neu/", BUS | {"tun": "vorschau"})
    after = answer.context["comparison"].after.offers
    assert after[0].title == "Krabbelgruppe am Fluss"
    assert words(network_a) == {}


def test_what_was_typed_stays_when_something_is_missing(ede: Client, network_a: Network) -> None:
    page = ede.post(f"{PAGE}neu/", BUS | {"means": ""}).content.decode()
    assert 'value="Schlumperbus"' in page
    assert "Bitte sagen Sie mit anderen Worten, was es heißt." in page
    word(network_a)
    twice = ede.post(f"{PAGE}neu/", BUS | {"said": "SCHLUMPERBUS"}).content.decode()
    assert "Dieses Wort steht schon in der Liste." in twice


def test_a_removed_word_can_be_put_back(ede: Client, network_a: Network) -> None:
    one = word(network_a)
    assert "Schlumperbus" in ede.get(f"{PAGE}{one.pk}/entfernen/").content.decode()
    page = ede.post(f"{PAGE}{one.pk}/entfernen/", follow=True).content.decode()
    assert words(network_a) == {}
    undo = re.search(rf"{PAGE}zurueck/[0-9a-f-]+/", page)
    assert undo is not None
    assert "seit 2019" in ede.get(undo[0]).content.decode()
    ede.post(undo[0])
    assert words(network_a) == {"Schlumperbus": ["Krabbelgruppe"]}


def test_only_who_removed_it_puts_it_back(ede: Client, network_a: Network, cast: Cast) -> None:
    one = word(network_a)
    page = ede.post(f"{PAGE}{one.pk}/entfernen/", follow=True).content.decode()
    undo = re.search(rf"{PAGE}zurueck/[0-9a-f-]+/", page)
    assert undo is not None
    other = Client()
    other.force_login(cast.petra)
    assert other.post(undo[0]).status_code == 404


def test_a_list_is_shown_first_and_taken_in_then(ede: Client, network_a: Network) -> None:
    word(network_a)
    word(network_a, "Bleibt")
    text = (
        "Wort;Bedeutung;Anmerkung\nSchlumperbus;Bus, Treff;neu\nRappelkiste;Krabbelgruppe\nLeer;;"
    )
    file = SimpleUploadedFile("woerter.csv", text.encode("cp1252"))
    plan = ede.post(f"{PAGE}einlesen/", {"file": file})
    assert "1 neu, 1 geändert, 1 ausgelassen" in plan.content.decode()
    assert len(words(network_a)) == 2
    ede.post(f"{PAGE}einlesen/", {"text": plan.context["text"], "tun": "uebernehmen"})
    assert words(network_a) == {
        "Bleibt": ["Krabbelgruppe"],
        "Rappelkiste": ["Krabbelgruppe"],
        "Schlumperbus": ["Bus", "Treff"],
    }


def test_what_was_saved_as_a_file_can_be_read_in_unchanged(ede: Client, network_a: Network) -> None:
    word(network_a)
    content = b"".join(ede.get(f"{PAGE}liste.csv").streaming_content)  # type: ignore[attr-defined]
    plan = ede.post(f"{PAGE}einlesen/", {"file": SimpleUploadedFile("w.csv", content)})
    assert "0 neu, 0 geändert, 0 ausgelassen" in plan.content.decode()


@pytest.mark.parametrize(
    "content",
    [b"", b"\x00\xff\xfe", b"x" * 300_000, b'"never closed', b'"' + b"x" * 140_000, b"a;b\rc;d"],
    ids=["empty", "bytes", "large", "open", "long", "old"],
)
def test_any_file_is_answered(ede: Client, content: bytes) -> None:
    answer = ede.post(f"{PAGE}einlesen/", {"file": SimpleUploadedFile("w.csv", content)})
    assert answer.status_code == 200


def test_the_words_that_ship_can_be_looked_up(ede: Client) -> None:
    page = ede.get(f"{PAGE}bekannt/", {"q": "schreibaby"}).content.decode()
    assert "Schreibaby" in page
    other = ede.get(f"{PAGE}bekannt/", {"sprache": "uk"}).content.decode()
    assert re.search("[а-яіїє]{4}", other)
    unknown = ede.get(f"{PAGE}bekannt/", {"q": "Schlumperbus"}).content.decode()
    assert "?wort=Schlumperbus" in unknown


def test_an_empty_list_says_what_to_do(ede: Client) -> None:
    assert "Noch keine eigenen Wörter" in ede.get(PAGE).content.decode()
