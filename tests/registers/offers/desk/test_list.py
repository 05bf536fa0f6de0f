"""The list of offers at the desk: what it finds, in which order, and for whom."""

from __future__ import annotations

import pytest
from django.test import Client

from knotenpunkt.foundation.networks.models import Network
from knotenpunkt.registers.offers.models import Offer
from tests.conftest import Cast
from tests.registers.offers.desk.conftest import LIST, Titles

pytestmark = pytest.mark.django_db
ALL = ["Äpfel pflücken", "Babycafé", "Entwurf", "Groß und Klein", "Vorbei", "Zwergentreff"]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ALL),
        ("sort=-titel", ALL[::-1]),
        ("sort=geprueft", ["Babycafé", "Entwurf", "Groß und Klein", "Vorbei", "Zwergentreff",
                           "Äpfel pflücken"]),
        ("sort=anbieter", ["Vorbei", "Babycafé", "Entwurf", "Groß und Klein", "Äpfel pflücken",
                           "Zwergentreff"]),
        ("sort=ort", ["Zwergentreff", "Äpfel pflücken", "Babycafé", "Entwurf", "Vorbei",
                      "Groß und Klein"]),
        ("sort=-zustand", ["Vorbei", "Zwergentreff", "Groß und Klein", "Babycafé",
                           "Äpfel pflücken", "Entwurf"]),
        ("stand=entwurf", ["Entwurf"]),
        ("stand=zurueckgezogen", ["Vorbei"]),
        ("stand=veraltet", ["Babycafé", "Groß und Klein", "Zwergentreff"]),
        ("q=muhle", ["Äpfel pflücken", "Zwergentreff"]),
        ("q=zwerg+doebeln", ["Zwergentreff"]),
        ("q=stillcafe", ["Babycafé"]),
        ("q=rosswein", ["Groß und Klein"]),
        ("q=04720", ["Zwergentreff"]),
        ("thema=baby", ["Äpfel pflücken"]),
        ("anbieter=wiesenpfad", ["Babycafé", "Entwurf", "Groß und Klein"]),
        ("ort=Döbeln", ["Groß und Klein", "Zwergentreff"]),
        ("ort=Döbeln&umkreis=5", ["Zwergentreff"]),
        ("ort=Freiberg&umkreis=5&art=leisure", ["Äpfel pflücken"]),
        ("ort=Freiberg&umkreis=50", ALL),
        ("alter=0-1", ["Äpfel pflücken", "Groß und Klein"]),
        ("alter=3-6", ["Zwergentreff"]),
        ("kosten=free", ["Zwergentreff"]),
        ("sprache=ar", ["Äpfel pflücken"]),
        ("ohne-telefon=ja", []),
        ("ohne-zeiten=ja", ALL),
        ("befund=ohne-alter", ["Babycafé", "Entwurf"]),
    ],
)  # fmt: skip
def test_what_is_found(titles: Titles, query: str, expected: list[str]) -> None:
    assert titles(query) == expected


def test_tabs_count_what_the_filters_leave(petra: Client, offers: dict[str, Offer]) -> None:
    shown = petra.get(f"{LIST}?anbieter=wiesenpfad").context["shown"]
    assert [tab.count for tab in shown.tabs] == ["3", "2", "1", "2", "0"]


def test_what_the_network_has_is_said_above(petra: Client, offers: dict[str, Offer]) -> None:
    lead = petra.get(f"{LIST}?stand=entwurf").context["lead"]
    assert lead == "6 Angebote von 3 Anbietern. Familien sehen 4 davon."


def test_an_empty_list_says_which_filter_costs_the_hits(
    petra: Client, offers: dict[str, Offer]
) -> None:
    empty = petra.get(f"{LIST}?q=zwergen&ort=Freiberg&umkreis=25").context["shown"].empty
    assert empty.title == "Nichts passt zu allen Filtern"
    assert "Mit 50 km statt 25 km wären es 1." in empty.text
    ways = {way.label: way.url for way in empty.actions}
    assert ways["50 km nehmen"] == "?q=zwergen&ort=Freiberg&umkreis=50"
    assert ways["Ohne „Gesucht: zwergen“"] == "?ort=Freiberg&umkreis=25"
    assert ways["Alle Filter entfernen"] == "?"


def test_an_unknown_place_is_told_at_its_field(petra: Client, offers: dict[str, Offer]) -> None:
    page = petra.get(f"{LIST}?ort=Nirgendheim")
    assert "Diesen Ort kennen wir nicht." in page.content.decode()
    assert page.context["shown"].filters_open
    assert page.context["shown"].total == 6


def test_an_empty_register_says_how_to_begin(petra: Client, network_a: Network) -> None:
    page = petra.get(LIST).content.decode()
    assert "Noch kein Angebot" in page
    assert "Lesen Sie sie ein, so wie sie ist." in page


def test_readers_see_all_and_change_nothing(
    client: Client, cast: Cast, offers: dict[str, Offer]
) -> None:
    client.force_login(cast.birgit)
    answer = client.get(LIST)
    page = answer.content.decode()
    assert answer.context["shown"].total == 6
    for action in ("Veröffentlichen</button>", 'name="wahl"', "Exportieren", "Liste einlesen"):
        assert action not in page


def test_providers_see_what_they_keep(client: Client, cast: Cast, offers: dict[str, Offer]) -> None:
    client.force_login(cast.frida)
    answer = client.get(f"{LIST}?q=baby")
    assert [row.cells[0].text for row in answer.context["shown"].rows] == []
    rows = client.get(LIST).context["shown"].rows
    assert [row.cells[0].text for row in rows] == ["Äpfel pflücken", "Zwergentreff"]
    assert answer.context["lead"].startswith("2 Angebote von 1 Anbieter")


def test_pages_go_on_where_the_last_one_ended(petra: Client, network_a: Network) -> None:
    from knotenpunkt.foundation.networks.scope import in_network
    from tests.many_offers import fill

    with in_network(network_a):
        fill(120)
    pages = [petra.get(f"{LIST}?seite={number}").context["shown"] for number in (1, 2, 3, 9)]
    ids = [row.value for page in pages[:3] for row in page.rows]
    assert (len(ids), len(set(ids))) == (120, 120)
    assert pages[3].page.summary == "101 bis 120 von 120"
