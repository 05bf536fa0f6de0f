"""Orders at the desk: entered in one page, found, answered, tied to their partner."""

from __future__ import annotations

import io
import re
from typing import Any

import pytest
from django.test import Client
from openpyxl import load_workbook

from knotenpunkt.activities.campaigns.actions.sharing import settle
from knotenpunkt.activities.campaigns.models import (
    Came,
    Campaign,
    Giving,
    Material,
    Order,
    OrderState,
)
from knotenpunkt.activities.campaigns.queries.orders import orderer_of
from knotenpunkt.activities.campaigns.queries.sharing import propose
from knotenpunkt.foundation.networks.models import Network
from knotenpunkt.foundation.networks.scope import in_network
from knotenpunkt.registers.partners.models import Contact
from tests.activities.campaigns.ordering import (
    close_orders,
    make_material,
    make_partner,
    make_station,
    order,
    ordering_campaign,
)
from tests.conftest import Cast
from tests.factories import SYSTEM

pytestmark = pytest.mark.django_db


class Desk:
    """Ede at the desk, with a campaign, three packs of cards and a partner."""

    def __init__(self, network: Network, cast: Cast) -> None:
        self.network, self.client, self.cast = network, Client(), cast
        self.client.force_login(cast.ede)
        with in_network(network):
            self.campaign: Campaign = ordering_campaign()
            self.cards: Material = make_material(self.campaign)
            self.mira: Contact = make_partner()

    def url(self, more: str = "") -> str:
        return f"/mitte/desk/kampagnen/{self.campaign.pk}/bestellungen/{more}"

    def read(self, more: str = "") -> str:
        return self.client.get(self.url(more)).content.decode()

    def enter(self, partner: str, packs: int, **more: Any) -> Any:
        key = re.search(r'name="key" value="([^"]+)"', self.read("neu/"))
        told = {"partner": partner, f"packs_{self.cards.pk}": packs, "came": "telephone",
                "key": key[1] if key else ""}  # fmt: skip
        return self.client.post(self.url("neu/"), told | more)

    def orders(self) -> list[Order]:
        with in_network(self.network):
            return list(Order.objects.order_by("number"))


@pytest.fixture
def desk(network_a: Network, cast: Cast) -> Desk:
    return Desk(network_a, cast)


def test_suggestions_find_people_and_houses(desk: Desk) -> None:
    for typed in ("mira", "wiesen", "beispiel kita"):
        text = desk.client.get(desk.url("neu/vorschlaege/"), {"partner": typed}).content.decode()
        assert "Kita Wiesenpfad (Freiberg) · Mira Beispiel" in text
    assert "<option" not in desk.client.get(desk.url("neu/vorschlaege/")).content.decode()


def test_an_order_is_entered_and_the_next_one_opens(desk: Desk) -> None:
    answer = desk.enter("Kita Wiesenpfad (Freiberg) · Mira Beispiel", 2)
    assert answer["Location"] == f"{desk.url('neu/')}?weg=telephone"
    page = desk.client.get(answer["Location"]).content.decode()
    assert "Bestellung Nr. 1 von Kita Wiesenpfad ist gespeichert: 2 × Postkarten" in page
    [one] = desk.orders()
    assert (one.contact_id, one.came) == (desk.mira.pk, Came.TELEPHONE)


def test_a_part_of_a_name_is_asked_about_and_nothing_is_lost(desk: Desk) -> None:
    asked = desk.enter("wiesenpfad", 2)
    assert asked.status_code == 422
    assert "ob jemand davon gemeint ist" in asked.content.decode()
    assert 'value="2"' in asked.content.decode()
    assert desk.orders() == []
    desk.enter("wiesenpfad", 2, pick=str(desk.mira.pk))
    assert [one.contact_id for one in desk.orders()] == [desk.mira.pk]


@pytest.mark.parametrize(("typed", "pick"), [("Hof Unbekannt", ""), ("wiesenpfad", "niemand")])
def test_who_is_no_partner_is_written_down_as_typed(desk: Desk, typed: str, pick: str) -> None:
    desk.enter(typed, 1, pick=pick, email="hof@example.org", phone="03731 1234")
    [one] = desk.orders()
    with in_network(desk.network):
        told = orderer_of(one)
    assert (one.contact_id, told.house, told.email) == (None, typed, "hof@example.org")


def test_who_ordered_already_is_led_to_that_order(desk: Desk) -> None:
    who = "Kita Wiesenpfad (Freiberg) · Mira Beispiel"
    desk.enter(who, 1)
    again = desk.enter(who, 2)
    [one] = desk.orders()
    assert again.status_code == 422
    assert desk.url(f"{one.pk}/aendern/") in again.content.decode()


def test_an_empty_entry_is_told(desk: Desk) -> None:
    answer = desk.enter("", 0)
    assert answer.status_code == 422
    assert "Bitte sagen Sie, wer bestellt." in answer.content.decode()
    assert desk.orders() == []


@pytest.mark.parametrize(("take", "state"), [({"take_late": "on"}, "placed"), ({}, "late")])
def test_after_the_deadline_the_desk_decides(desk: Desk, take: dict[str, str], state: str) -> None:
    with in_network(desk.network):
        close_orders(desk.campaign)
    desk.enter("Hof Unbekannt", 1, **take)
    assert [one.state for one in desk.orders()] == [state]


def test_late_orders_are_answered(desk: Desk) -> None:
    with in_network(desk.network):
        close_orders(desk.campaign)
        taken, refused = order(desk.mira, (desk.cards, 1)), order(None, (desk.cards, 1),
                                                                  came=Came.MAIL)  # fmt: skip
    assert "2 zu späte Bestellungen warten auf Ihre Antwort." in desk.read()
    desk.client.post(desk.url(f"{taken.pk}/antworten/"), {"antwort": "ja"})
    desk.client.post(desk.url(f"{refused.pk}/antworten/"), {"antwort": "nein"})
    assert [one.state for one in desk.orders()] == [OrderState.PLACED, OrderState.REFUSED]
    assert "Keine zu späte Bestellung wartet" in desk.read("spaet/")


def test_the_list_is_narrowed_and_only_those_who_run_campaigns_read_a_strangers_words(
    desk: Desk,
) -> None:
    with in_network(desk.network):
        order(desk.mira, (desk.cards, 1))
        order(None, (desk.cards, 1), came=Came.TELEPHONE)
    assert "Kita Wiesenpfad" in desk.read("?q=freiberg")
    assert "Kita Birke" not in desk.read("?q=freiberg")
    assert "Anna Ungebunden" in desk.read("?q=ungebunden")
    assert "Kita Wiesenpfad" not in desk.read("?weg=telephone")
    assert "Kita Birke" in desk.read("?stand=ohne-partner&weg=telephone")
    desk.client.force_login(desk.cast.birgit)
    assert "Anna Ungebunden" not in desk.read()
    assert "Kita Birke" not in desk.read("?q=ungebunden")
    one = desk.orders()[1]
    assert "anna@example.org" not in desk.read(f"{one.pk}/")


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_the_list_is_taken_out_as_a_file(desk: Desk, form: str) -> None:
    with in_network(desk.network):
        order(desk.mira, (desk.cards, 2))
        order(None, (desk.cards, 3), came=Came.TELEPHONE, note="=böse")
    answer = desk.client.post(desk.url("datei/?weg=telephone"), {"form": form})
    content = b"".join(answer.streaming_content)  # type: ignore[attr-defined]
    if form == "xlsx":
        sheet = load_workbook(io.BytesIO(content)).active
        assert sheet is not None
        rows = [[str(cell or "") for cell in row] for row in sheet.iter_rows(values_only=True)]
        assert len(rows) == 2
        assert rows[1][4:7] == ["Kita Birke", "Anna Ungebunden", "anna@example.org"]
    else:
        text = content.decode("utf-8-sig")
        assert "Kita Birke" in text
        assert "Kita Wiesenpfad" not in text
        assert ";=böse" not in text


def test_an_order_is_changed_and_cancelled(desk: Desk) -> None:
    with in_network(desk.network):
        one = order(desk.mira, (desk.cards, 1))
    changed = desk.client.post(desk.url(f"{one.pk}/aendern/"), {f"packs_{desk.cards.pk}": 3})
    assert changed.status_code == 302
    assert "1 × Postkarten → 3 × Postkarten" in desk.read(f"{one.pk}/")
    assert "Bestellung absagen?" in desk.read(f"{one.pk}/absagen/")
    desk.client.post(desk.url(f"{one.pk}/absagen/"))
    assert desk.orders()[0].state == OrderState.CANCELLED


def test_a_public_order_is_tied_to_a_partner(desk: Desk) -> None:
    with in_network(desk.network):
        one = order(None, (desk.cards, 1), came=Came.TELEPHONE)
    missed = desk.client.post(desk.url(f"{one.pk}/partner/"), {"partner": "Niemand Bekanntes"})
    assert missed.status_code == 422
    who = "Kita Wiesenpfad (Freiberg) · Mira Beispiel"
    desk.client.post(desk.url(f"{one.pk}/partner/"), {"partner": who})
    assert desk.orders()[0].contact_id == desk.mira.pk


def test_saved_views_lead_to_the_latest_campaign(desk: Desk) -> None:
    answer = desk.client.get("/mitte/desk/kampagnen/bestellungen/?weg=telephone")
    assert answer["Location"] == desk.url("?weg=telephone")


def test_whoever_calls_after_the_sharing_hears_their_place(desk: Desk) -> None:
    with in_network(desk.network):
        wall = make_material(desk.campaign, "Poster", packs=1, giving=Giving.BY_SIZE)
        order(make_partner("Lena Lind", "Kita Linde"), (wall, 1))
        seal = propose(SYSTEM, wall).seal
        settle(actor=SYSTEM, material=wall, rule=Giving.BY_SIZE, seen=seal)
    assert "Neue Bestellungen kommen auf die Warteliste" in desk.read("neu/")
    who = "Kita Wiesenpfad (Freiberg) · Mira Beispiel"
    answer = desk.enter(who, 0, **{f"packs_{wall.pk}": 2})
    page = desk.client.get(answer["Location"]).content.decode()
    assert "2 × Poster. Poster: Platz 1 auf der Warteliste" in page


def test_the_desk_is_told_which_material_is_too_many(desk: Desk) -> None:
    with in_network(desk.network):
        wall = make_material(desk.campaign, "Poster", most_packs=4)
        make_station(desk.campaign)
    assert "Wo wird es abgeholt?" in desk.read("neu/")
    page = desk.enter("Mira", 0, **{f"packs_{wall.pk}": 5}).content.decode()
    assert "<li>Poster: Bitte bestellen Sie höchstens 4 Packungen.</li>" in page


def test_the_lists_lead_to_the_sharing(desk: Desk) -> None:
    here = f"/mitte/desk/kampagnen/{desk.campaign.pk}"
    assert f'href="{here}/aufteilen/"' in desk.read()
    materials = desk.client.get(f"{here}/material/").content.decode()
    assert f'href="{here}/aufteilen/"' in materials


def test_the_overview_says_when_it_is_just_enough(desk: Desk) -> None:
    with in_network(desk.network):
        order(desk.mira, (desk.cards, 3))
    page = desk.client.get(f"/mitte/desk/kampagnen/{desk.campaign.pk}/").content.decode()
    assert "Reicht genau" in page
    assert "0 Packungen bleiben übrig" not in page


def test_the_period_says_what_the_box_for_late_orders_does(desk: Desk) -> None:
    url = f"/mitte/desk/kampagnen/{desk.campaign.pk}/vorbereitung/zeitraum/"
    page = desk.client.get(url).content.decode()
    assert "Verspätete Bestellungen zählen sofort" in page
    assert "Ohne Haken kommen sie trotzdem an und warten auf Ihre Antwort." in page
