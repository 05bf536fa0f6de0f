"""Ordering by the personal link: one order, whatever is pressed how often, until the deadline."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.utils import timezone

from knotenpunkt.activities.campaigns.actions.orders import place_order
from knotenpunkt.activities.campaigns.actions.sharing import settle
from knotenpunkt.activities.campaigns.models import (
    Came,
    Campaign,
    CampaignState,
    Giving,
    Material,
    Order,
    OrderState,
)
from knotenpunkt.activities.campaigns.queries.sharing import propose
from knotenpunkt.foundation.networks.models import Network
from knotenpunkt.foundation.networks.scope import in_network
from knotenpunkt.registers.partners.models import Contact
from knotenpunkt.tools.links.actions import link_token, revoke
from tests.activities.campaigns.ordering import (
    close_orders,
    draft_for,
    make_material,
    make_partner,
    make_station,
    order,
    ordering_campaign,
)
from tests.factories import SYSTEM

pytestmark = pytest.mark.django_db
BERLIN = ZoneInfo("Europe/Berlin")


class Page:
    """A contact with their link, and a campaign with three packs of cards."""

    def __init__(self, network: Network) -> None:
        self.network, self.client = network, Client(enforce_csrf_checks=True)
        with in_network(network):
            self.contact: Contact = make_partner()
            self.campaign: Campaign = ordering_campaign()
            self.cards: Material = make_material(self.campaign)
            self.token = link_token(actor=SYSTEM, holder=self.contact.pk, days=4000)

    @property
    def packs(self) -> str:
        """The name of the field of the cards."""
        return f"packs_{self.cards.pk}"

    @property
    def url(self) -> str:
        return f"/mitte/p/{self.token}/bestellen/{self.campaign.pk}/"

    def read(self, url: str = "") -> str:
        return self.client.get(url or self.url).content.decode()

    def fields(self, url: str = "") -> dict[str, Any]:
        """What the form itself carries."""
        page = self.read(url)
        return {name: value for name in ("form", "key")
                if (value := _value(page, name))}  # fmt: skip

    def send(self, url: str = "", **values: Any) -> Any:
        return self.client.post(url or self.url, values)

    def order(self, packs: int, url: str = "", **values: Any) -> Any:
        told = self.fields(url) | {f"packs_{self.cards.pk}": packs} | values
        return self.send(url, **told)

    def orders(self) -> list[Order]:
        with in_network(self.network):
            return list(Order.objects.prefetch_related("lines").order_by("number"))

    def lines(self) -> list[tuple[int, int | None]]:
        with in_network(self.network):
            return [
                (line.wanted, line.granted)
                for order in Order.objects.filter(state=OrderState.PLACED)
                for line in order.lines.all()
            ]


def _value(page: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]+)"', page)
    return found[1] if found else ""


@pytest.fixture
def page(network_a: Network) -> Page:
    return Page(network_a)


def test_the_page_tells_what_can_be_ordered(page: Page) -> None:
    overview = page.read(f"/mitte/p/{page.token}/")
    assert "Material bestellen" in overview
    assert "Danke sagen" in overview
    form = page.read()
    assert "noch 3 Packungen da" in form
    assert "1 Packung = 50 Postkarten" in form
    assert not page.client.cookies


def test_an_order_is_placed_shown_changed_and_cancelled(page: Page) -> None:
    placed = page.order(2, note="Bitte in den Hof stellen.")
    assert placed.status_code == 302
    shown = page.read(placed["Location"])
    assert "Danke! Ihre Bestellung ist angekommen." in shown
    assert "für Sie reserviert" in shown
    assert page.lines() == [(2, 2)]
    change = f"{page.url}aendern/"
    assert "Bitte in den Hof stellen." in page.read(change)
    assert "noch 3 Packungen da" in page.read(change)  # its own two count
    assert page.order(3, change).status_code == 302
    assert page.lines() == [(3, 3)]
    assert "Bestellung absagen?" in page.read(f"{page.url}absagen/")
    assert page.lines() == [(3, 3)]
    page.send(f"{page.url}absagen/", **page.fields(f"{page.url}absagen/"))
    assert page.lines() == []


def test_a_double_click_is_one_order(page: Page) -> None:
    told = page.fields() | {page.packs: 1}
    first, second = page.send(**told), page.send(**told)
    assert (first.status_code, second.status_code) == (302, 302)
    assert len(page.orders()) == 1
    assert page.lines() == [(1, 1)]


@pytest.mark.parametrize("with_old_form", [True, False])
def test_the_back_button_opens_the_order_there_is(page: Page, with_old_form: bool) -> None:
    told = page.fields()
    page.send(**(told | {page.packs: 1}))
    if not with_old_form:
        told["key"] = "another-tab"
    again = page.send(**(told | {page.packs: 3}))
    text = again.content.decode()
    assert "Sie haben schon bestellt." in text
    assert re.search(r'name="packs_[^"]+" value="3"', text)
    assert page.lines() == [(1, 1)]
    change = f"{page.url}aendern/"
    page.send(change, **(page.fields(change) | {page.packs: 3}))
    assert page.lines() == [(3, 3)]
    assert len(page.orders()) == 1


@pytest.mark.parametrize("packs", ["", "0", "-1", "1.5", "viele", "99999999999"])
def test_an_empty_cart_and_nonsense_are_told_and_everything_is_kept(page: Page, packs: str) -> None:
    answer = page.order(packs, note="Danke!")  # type: ignore[arg-type]
    assert answer.status_code == 422
    assert "braucht noch Ihre Hilfe" in answer.content.decode()
    assert "Danke!" in answer.content.decode()
    assert page.orders() == []


def test_an_order_that_is_emptied_says_how_to_cancel(page: Page) -> None:
    page.order(2)
    answer = page.order(0, f"{page.url}aendern/")
    assert answer.status_code == 422
    assert page.lines() == [(2, 2)]


def test_the_buttons_beside_the_number_work_without_a_script(page: Page) -> None:
    answer = page.order(1, schritt=f"mehr:{page.cards.pk}", note="Danke!")
    text = answer.content.decode()
    assert answer.status_code == 200
    assert re.search(r'name="packs_[^"]+" value="2"', text)
    assert "Danke!" in text
    assert page.orders() == []
    less = page.order("", schritt=f"weniger:{page.cards.pk}")  # type: ignore[arg-type]
    assert re.search(r'name="packs_[^"]+" value="0"', less.content.decode())


def test_conditions_size_and_station_are_asked_for(page: Page) -> None:
    with in_network(page.network):
        near = make_station(page.campaign, "Freiberg", postal_codes=["095"])
        make_station(page.campaign, "Döbeln", postal_codes=["047"])
        bears = make_material(
            page.campaign, "Bären", giving=Giving.BY_SIZE, condition="Nur für Familien mit Baby."
        )
    assert re.search(rf'value="{near.pk}"[^>]* checked', page.read())
    told: dict[str, Any] = {f"packs_{bears.pk}": 2}
    text = page.order(0, **told).content.decode()
    assert "für wie viele es ist" in text
    assert "Bitte stimmen Sie zu" in text
    assert "wo Sie es bekommen" in text
    agreed: dict[str, Any] = {f"agreed_{bears.pk}": "on", "size": 12, "station": str(near.pk)}
    assert page.order(0, **told, **agreed).status_code == 302
    assert (page.orders()[0].size, page.orders()[0].station_id) == (12, near.pk)


def test_who_comes_too_late_is_told_their_place(page: Page) -> None:
    with in_network(page.network):
        other = make_partner("Otto Vorher", "Haus 2")
        place_order(
            actor=SYSTEM, campaign=page.campaign, came=Came.LINK, key="other",
            draft=draft_for(other, (page.cards, 3)),
        )  # fmt: skip
    assert "Alle sind reserviert" in page.read()
    page.order(2)
    assert "Platz 1 auf der Warteliste" in page.read()


# 23:59 stands for its whole minute, by the clock on the wall; the last two on the days when it
# is changed.
DEADLINES = ["2026-05-13", "2026-03-29", "2026-10-25"]


@pytest.mark.parametrize("day", DEADLINES)
@pytest.mark.parametrize(
    ("seconds", "state"), [(-1, OrderState.PLACED), (0, OrderState.LATE), (1, OrderState.LATE)]
)
def test_an_order_at_the_last_second(
    page: Page, monkeypatch: pytest.MonkeyPatch, day: str, seconds: int, state: str
) -> None:
    until = datetime.fromisoformat(f"{day}T23:59").replace(tzinfo=BERLIN)
    with in_network(page.network):
        close_orders(page.campaign, until)
    midnight = datetime.fromisoformat(f"{day}T00:00").replace(tzinfo=BERLIN) + timedelta(days=1)
    moment = midnight.astimezone(UTC) + timedelta(seconds=seconds)
    monkeypatch.setattr(timezone, "now", lambda: moment)
    answer = page.order(1)
    assert [one.state for one in page.orders()] == [state]
    assert ("Bestellschluss ist vorbei" in page.read(answer["Location"])) is (
        state == OrderState.LATE
    )


def test_a_form_that_was_open_when_the_deadline_passed_is_a_late_order(page: Page) -> None:
    told = page.fields() | {page.packs: 1}
    with in_network(page.network):
        close_orders(page.campaign)
    assert page.send(**told).status_code == 302
    assert page.orders()[0].state == OrderState.LATE
    assert "zu spät, wartet auf Antwort" in page.read()
    assert "aendern/" not in page.read()


def test_after_the_deadline_nothing_is_changed_here(page: Page) -> None:
    page.order(1)
    told = page.fields(f"{page.url}aendern/") | {page.packs: 3}
    cancel = page.fields(f"{page.url}absagen/")
    with in_network(page.network):
        close_orders(page.campaign)
    assert "rufen Sie uns bitte an" in page.send(f"{page.url}aendern/", **told).content.decode()
    assert page.send(f"{page.url}absagen/", **cancel).status_code == 409
    assert page.lines() == [(1, 1)]


def test_a_campaign_that_ended_takes_nothing(page: Page) -> None:
    told = page.fields() | {page.packs: 1}
    with in_network(page.network):
        page.campaign.state = CampaignState.ENDED
        page.campaign.save()
    assert page.send(**told).status_code == 404
    assert page.orders() == []


def test_an_expired_or_revoked_link_is_told_kindly(
    page: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = page.fields() | {page.packs: 1}
    with in_network(page.network):
        revoke(actor=SYSTEM, holder=page.contact.pk)

    answer = page.send(**told)
    assert answer.status_code == 404
    with in_network(page.network):
        page.token = link_token(actor=SYSTEM, holder=page.contact.pk, days=1)
    told = page.fields() | {page.packs: 1}
    later = timezone.now() + timedelta(days=2)
    monkeypatch.setattr(timezone, "now", lambda: later)
    answer = page.send(**told)
    assert answer.status_code == 410
    assert page.orders() == []


def test_nobody_orders_with_a_form_of_another_link(page: Page) -> None:
    with in_network(page.network):
        other = make_partner("Otto Anders", "Haus 2")
        foreign = link_token(actor=SYSTEM, holder=other.pk)
    told = page.fields() | {page.packs: 1}
    url = f"/mitte/p/{foreign}/bestellen/{page.campaign.pk}/"
    assert page.send(url, **told).status_code == 403
    assert page.orders() == []


def test_after_the_deadline_cancelling_says_whom_to_call(page: Page) -> None:
    page.order(2)
    with in_network(page.network):
        page.network.contact_phone = "03731 7990"
        page.network.save(update_fields=["contact_phone"])
        close_orders(page.campaign)
    answer = page.client.get(f"{page.url}absagen/")
    told = answer.content.decode()
    assert answer.status_code == 409
    assert "Bitte rufen Sie uns an" in told
    assert "03731 7990" in told
    assert "Ja, Bestellung absagen" not in told
    assert page.lines() == [(2, 2)]


@pytest.mark.parametrize(
    ("allows_late", "told", "state"),
    [
        (True, "Ihre Bestellung zählt sofort", OrderState.PLACED),
        (False, "Wir sehen nach, ob noch etwas da ist", OrderState.LATE),
    ],
)
def test_a_late_order_is_told_what_becomes_of_it(
    page: Page, allows_late: bool, told: str, state: OrderState
) -> None:
    with in_network(page.network):
        page.campaign.allows_late = allows_late
        page.campaign.save(update_fields=["allows_late"])
        close_orders(page.campaign)
    assert told in page.read()
    page.order(1)
    assert [one.state for one in page.orders()] == [state]


def test_what_is_shared_out_has_a_waiting_list(page: Page) -> None:
    with in_network(page.network):
        page.campaign.allows_late = True
        page.campaign.save(update_fields=["allows_late"])
        wall = make_material(page.campaign, "Poster", packs=1, giving=Giving.PROPORTIONAL)
        order(make_partner("Lena Lind", "Kita Linde"), (wall, 1))
        proposal = propose(SYSTEM, wall)
        settle(actor=SYSTEM, material=wall, rule=proposal.rule, seen=proposal.seal)
        close_orders(page.campaign)
    assert "Neue Bestellungen kommen auf die Warteliste" in page.read()
    shown = page.read(page.order(0, **{f"packs_{wall.pk}": 2})["Location"])
    assert "Platz 1 auf der Warteliste" in shown
    assert "Alles ist verteilt. Wenn etwas zurückkommt, teilen wir es neu auf" in shown
    assert "0 Packungen" not in shown


def test_a_problem_names_its_material_once(page: Page) -> None:
    with in_network(page.network):
        make_material(page.campaign, "Poster", most_packs=4, condition="Ich hänge sie auf.")
        wall = Material.objects.get(name="Poster")
    answer = page.order(0, **{f"packs_{wall.pk}": 5}).content.decode()
    assert "Poster: Bitte bestellen Sie höchstens 4 Packungen." in answer
    answer = page.order(0, **{f"packs_{wall.pk}": 1}).content.decode()
    assert "Poster: Poster" not in answer
    assert "Ich hänge sie auf. Bitte" in answer


def test_one_piece_is_not_said_as_many(page: Page) -> None:
    with in_network(page.network):
        make_material(page.campaign, "Wimpel", pack_size=1, unit="Wimpelketten")
    assert "1 Packung = 1 × Wimpelketten" in page.read()
