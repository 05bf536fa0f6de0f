"""While somebody types: topics, what people say, offers and places, of this network only."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.utils import translation

from knotenpunkt.foundation.networks.models import Network
from knotenpunkt.foundation.networks.scope import in_network
from knotenpunkt.registers.offers.actions import save_topic, withdraw_offer
from knotenpunkt.registers.offers.models import Offer, OfferText, TextState
from knotenpunkt.registers.offers.suggesting import Kind, Proposal, proposals
from knotenpunkt.tools.search.actions import remove_own_word, save_own_word
from knotenpunkt.tools.search.models import SearchCount
from tests.factories import DOEBELN, SYSTEM, make_offer, make_organisation

pytestmark = pytest.mark.django_db
AREA = ["14522"]


@pytest.fixture
def cafe(inside_a: Network) -> Offer:
    house = make_organisation("Mehrgenerationenhaus Leisnig")
    return make_offer(
        "Stillcafé am Markt", place=DOEBELN, provider=house, topics=["stillen", "schlafen"]
    )


def of(kind: Kind, typed: str) -> list[str]:
    return [one.text for one in proposals(typed, AREA) if one.kind is kind]


def first(typed: str) -> Proposal:
    return proposals(typed, AREA)[0]


def test_topics_words_offers_and_places_are_proposed(cafe: Offer) -> None:
    assert of(Kind.TOPIC, "schlaf") == ["Schlafen"]
    assert "Schreibaby" in of(Kind.WORD, "schreib")
    assert of(Kind.OFFER, "stillc") == ["Stillcafé am Markt"]
    assert of(Kind.PLACE, "döbe") == ["04720 Döbeln"]
    assert of(Kind.PLACE, "0472")[0].startswith("0472")


@pytest.mark.parametrize("typed", ["Stillkafe", "stilcafe", "cafe", "markt still", "CAFÉ"])
def test_slips_and_any_word_of_the_name_will_do(cafe: Offer, typed: str) -> None:
    assert of(Kind.OFFER, typed) == ["Stillcafé am Markt"]


def test_a_provider_leads_to_its_offers(cafe: Offer) -> None:
    assert of(Kind.OFFER, "Mehrgenerationenh") == ["Stillcafé am Markt"]


def test_a_slip_is_proposed_only_where_nothing_says_what_was_typed(cafe: Offer) -> None:
    make_offer("Kleiderstange frei")
    assert of(Kind.OFFER, "freib") == []
    assert of(Kind.OFFER, "kleiderstanke") == ["Kleiderstange frei"]
    assert "Hebamme" in of(Kind.WORD, "hebame")


def test_a_word_of_families_leads_to_its_topic(cafe: Offer) -> None:
    assert "Sucht" in of(Kind.TOPIC, "alkoho") or "Alkohol" in of(Kind.WORD, "alkoho")
    assert first("schreibaby").kind in (Kind.WORD, Kind.TOPIC)


def test_after_other_words_the_last_one_begins_a_place(cafe: Offer) -> None:
    place = next(one for one in proposals("Krabbelgruppe döb", AREA) if one.kind is Kind.PLACE)
    assert (place.text, place.rest) == ("04720 Döbeln", "Krabbelgruppe")


def test_places_far_away_are_left_out(inside_a: Network) -> None:
    assert of(Kind.PLACE, "Hambur") == []


def test_own_words_come_first_and_go_with_their_removal(cafe: Offer) -> None:
    word = save_own_word(actor=SYSTEM, said="Stilloase", means=["Stillgruppe"])
    assert (first("stillo").kind, first("stillo").beside) == (Kind.OWN_WORD, "Stillgruppe")
    remove_own_word(actor=SYSTEM, word=word)
    assert of(Kind.OWN_WORD, "stillo") == []


def test_what_is_not_public_is_not_proposed(cafe: Offer) -> None:
    make_offer("Stillstube im Entwurf", published=False)
    assert of(Kind.OFFER, "still") == ["Stillcafé am Markt"]
    withdraw_offer(actor=SYSTEM, offer=cafe)
    assert of(Kind.OFFER, "still") == []


def test_nothing_of_another_network(network_a: Network, network_b: Network) -> None:
    with in_network(network_a):
        make_offer("Stillcafé am Markt")
        assert of(Kind.OFFER, "stillc") == ["Stillcafé am Markt"]
    with in_network(network_b):
        assert of(Kind.OFFER, "stillc") == []


def test_a_changed_topic_is_there_at_once(cafe: Offer) -> None:
    assert of(Kind.TOPIC, "kinder am wass") == []
    save_topic(actor=SYSTEM, key="wasserkinder", names={"de": "Kinder am Wasser"})
    assert of(Kind.TOPIC, "kinder am wass") == ["Kinder am Wasser"]


def test_in_another_language_its_words_and_titles(cafe: Offer) -> None:
    OfferText(offer=cafe, language="en", title="Breastfeeding café", state=TextState.CHECKED).save()
    with translation.override("en"):
        assert "Sleep" in of(Kind.TOPIC, "slee")
        assert of(Kind.OFFER, "breastf") == ["Breastfeeding café"]
        assert of(Kind.OFFER, "stillcafé") == ["Breastfeeding café"]  # somebody read the German
        assert first("midwi").language in ("en", "")
    assert of(Kind.OFFER, "breastf") == []


@pytest.mark.parametrize(
    "typed", ["", " ", "s", "?", "x" * 61, "a b c d e f g", "\0", "%", "<script>", "🍼", "9" * 50]
)
def test_what_is_no_beginning_proposes_nothing(cafe: Offer, typed: str) -> None:
    assert proposals(typed, AREA) == []


def test_few_lines_and_few_queries(cafe: Offer, django_assert_max_num_queries: Any) -> None:
    proposals("st", AREA)
    with django_assert_max_num_queries(2):
        assert 0 < len(proposals("still", AREA)) <= 8


def test_the_answer_is_a_list_of_options(cafe: Offer, client: Client) -> None:
    answer = client.get("/mitte/angebote/vorschlaege/", {"q": "stillc"})
    page = answer.content.decode()
    assert answer.status_code == 200
    assert 'role="option"' in page
    assert f'data-url="/mitte/angebote/{cafe.pk}/"' in page
    assert "Stillcafé am Markt" in page
    assert "Angebot: Döbeln" in page
    assert not answer.cookies
    assert not SearchCount.objects.exists()


def test_a_topic_a_word_and_a_place_lead_into_the_finder(cafe: Offer, client: Client) -> None:
    def page(typed: str) -> str:
        return client.get("/mitte/angebote/vorschlaege/", {"q": typed}).content.decode()

    assert 'data-url="/mitte/angebote/?thema=schlafen"' in page("schlaf")
    assert 'data-url="/mitte/angebote/?q=Schreibaby"' in page("schreib")
    assert 'data-url="/mitte/angebote/?ort=04720+D%C3%B6beln"' in page("döbe")
    assert "q=Hebamme&amp;ort=04720+D%C3%B6beln" in page("Hebamme döbe")


def test_what_was_typed_is_never_part_of_the_page_as_markup(cafe: Offer, client: Client) -> None:
    answer = client.get("/mitte/angebote/vorschlaege/", {"q": "<b>x döbeln"})
    assert b"<b>" not in answer.content
