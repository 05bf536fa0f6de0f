"""A page that was kept, then a change, then the next visitor: who sees what is true now.

Each kind of thing that pages show is changed by its own action and past all of them, by SQL.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.utils import timezone

from knotenpunkt.foundation.audit.actions import record
from knotenpunkt.foundation.networks import page_cache
from knotenpunkt.foundation.networks.actions import change_network, create_network
from knotenpunkt.foundation.networks.models import Network
from knotenpunkt.foundation.networks.scope import in_network
from knotenpunkt.registers.areas.models import Place, SchoolHolidays
from knotenpunkt.registers.offers.actions import (
    TimeDraft,
    save_offer,
    withdraw_offer,
)
from knotenpunkt.registers.offers.models import Offer, OfferText, Schedule, Topic
from knotenpunkt.registers.offers.times import BERLIN
from knotenpunkt.registers.pages.actions import (
    prepare_pages,
    remove_help_number,
    save_help_number,
    save_page,
)
from knotenpunkt.registers.pages.models import HelpNumber
from knotenpunkt.registers.partners.actions import end_role, save_organisation
from knotenpunkt.registers.partners.models import Contact, Organisation, Phone
from knotenpunkt.registers.responsibilities.actions import save_responsibility
from knotenpunkt.registers.responsibilities.models import ForWhom
from tests.factories import SYSTEM, make_offer
from tests.kept_pages import Answer, KeptSite

pytestmark = pytest.mark.django_db

START, FINDER, NEAR = "/mitte/", "/mitte/angebote/", "/mitte/angebote/?ort=09599"
TITLE = "Krabbelgruppe Sonnenstrahl"
# A Tuesday; the offer takes place on Tuesdays from 9 to 11.
MORNING = datetime(2026, 11, 24, 8, tzinfo=BERLIN)


@pytest.fixture(autouse=True)
def _tuesday(monkeypatch: pytest.MonkeyPatch) -> None:
    at(MORNING, monkeypatch)


def at(moment: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let it be this time."""
    monkeypatch.setattr(timezone, "now", lambda: moment)
    monkeypatch.setattr(page_cache.time, "time", moment.timestamp)


@dataclass
class World:
    """A network with an offer, a neighbour with another one, and the site that shows them."""

    site: KeptSite
    here: Network
    neighbour: Network
    offer: Offer

    @property
    def detail(self) -> str:
        return f"/mitte/angebote/{self.offer.pk}/"

    def shows(self, path: str, text: str) -> bool:
        return text in self.site.get(path).text


@pytest.fixture
def world(network_a: Network, network_b: Network) -> World:
    tuesday = TimeDraft(
        frequency="weekly", weekday=1, starts_at=time(9), ends_at=time(11),
        pauses_in_school_holidays=True,
    )  # fmt: skip
    with in_network(network_a):
        prepare_pages(network_a)
        offer = make_offer(TITLE, times=[tuesday], topics=["baby"], kind="group")
    with in_network(network_b):
        make_offer("Nachbarschaftstreff Ilse", kind="group")
    return World(KeptSite(), network_a, network_b, offer)


def sql(statement: str, *values: Any) -> None:
    """Past every model and action."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def first(model: Any) -> Any:
    return model.objects.all()[0]


Change = Callable[[World], object]
# What is done in the network, the page that shows it, what it said before and says afterwards.
CHANGES: dict[str, tuple[Change, str, str, str]] = {
    "title, by action": (
        lambda w: save_offer(actor=SYSTEM, offer=w.offer, title="Spielkreis"),
        FINDER, TITLE, "Spielkreis",
    ),
    "title, by SQL": (
        lambda _w: sql("UPDATE offers_offer SET title = 'Spielkreis'"), FINDER, TITLE, "Spielkreis",
    ),
    "title, by a queryset": (
        lambda _w: Offer.objects.update(title="Spielkreis"), START, TITLE, "Spielkreis",
    ),
    "withdrawn": (
        lambda w: withdraw_offer(actor=SYSTEM, offer=w.offer), FINDER, TITLE, "",
    ),
    "deleted by SQL from the search": (
        lambda _w: sql("DELETE FROM search_entry"), FINDER, TITLE, "",
    ),
    "published": (
        lambda _w: make_offer("Elterncafé am Brunnen", kind="group"),
        FINDER, TITLE, "Elterncafé am Brunnen",
    ),
    "time, by SQL": (
        lambda _w: sql("UPDATE offers_schedule SET starts_at = '09:30:00'"), FINDER, "9–11", "9.30",
    ),
    "time, taken away": (
        lambda _w: Schedule.objects.all().delete(), START, TITLE, "",
    ),
    "telephone, by SQL": (
        lambda _w: sql("UPDATE partners_phone SET shown = '030 23125 777'"),
        FINDER, "030 23125 012", "030 23125 777",
    ),
    "telephone, deleted": (
        lambda _w: Phone.objects.all().delete(), FINDER, "030 23125 012", "",
    ),
    "contact has left": (
        lambda _w: end_role(actor=SYSTEM, contact=first(Contact), on=date(2026, 11, 23)),
        "DETAIL", "kontakt@example.org", "",
    ),
    "provider, by action": (
        lambda _w: save_organisation(
            actor=SYSTEM, organisation=first(Organisation), name="Haus Lindenhof"
        ),
        FINDER, "Haus Wiesenpfad", "Haus Lindenhof",
    ),
    "town, by SQL": (
        lambda _w: sql("UPDATE areas_place SET town = 'Brand-Erbisdorf'"),
        FINDER, "Freiberg", "Brand-Erbisdorf",
    ),
    "place, one row": (
        lambda _w: _saved(first(Place), street="Neuer Weg 1"), FINDER, "Körnerweg 8", "Neuer Weg 1",
    ),
    "topic": (
        lambda _w: _saved(Topic.objects.get(key="baby"), names={"de": "Ganz Kleine"}),
        FINDER, "Baby", "Ganz Kleine",
    ),
    "text in another language": (
        lambda w: OfferText.objects.create(
            offer=w.offer, language="en", title="Baby group Sunbeam", state="checked"
        ),
        f"/mitte/en{FINDER.removeprefix('/mitte')}", TITLE, "Baby group Sunbeam",
    ),
    "help number, new": (
        lambda _w: save_help_number(
            actor=SYSTEM, number="030 23125 555", label="Sorgentelefon", position=0,
            group="emergency",
        ),
        FINDER, "112", "Sorgentelefon",
    ),
    "help number, gone": (
        lambda _w: [remove_help_number(actor=SYSTEM, help_number=one)
                    for one in HelpNumber.objects.filter(number__startswith="0800")],
        FINDER, "0800", "",
    ),
    "legal page": (
        lambda _w: save_page(
            actor=SYSTEM, kind="imprint", language="de", title="Wer wir sind", body="Neuer Text"
        ),
        "/mitte/impressum/", "Impressum", "Neuer Text",
    ),
    "name of the network": (
        lambda w: change_network(network=w.here, name="Netzwerk Sonnenschein"),
        START, "Netzwerk Mitte", "Netzwerk Sonnenschein",
    ),
    "contact of the network, by SQL": (
        lambda _w: sql("UPDATE networks_network SET contact_phone = '030 23125 321'"),
        START, "Netzwerk Mitte", "030 23125 321",
    ),
    "school holidays": (
        lambda _w: SchoolHolidays.objects.create(
            land="SN", name="Ferien", starts=date(2026, 11, 23), ends=date(2026, 11, 28)
        ),
        FINDER, "heute", "1. Dezember",
    ),
    "who answers": (
        lambda _w: save_responsibility(
            actor=SYSTEM, contact=first(Contact), for_whom=ForWhom.FAMILIES,
            topics=[Topic.objects.get(key="baby")],
        ),
        "/mitte/ansprechpartner/", "", "Mira Beispiel",
    ),
}  # fmt: skip


def _saved(row: Any, **values: Any) -> None:
    for name, value in values.items():
        setattr(row, name, value)
    row.save()


@pytest.mark.parametrize("kind", CHANGES)
def test_the_next_visitor_sees_the_change(world: World, kind: str) -> None:
    change, path, before, after = CHANGES[kind]
    path = world.detail if path == "DETAIL" else path
    assert before in world.site.get(path).text
    assert world.site.get(path).was_kept
    with in_network(world.here):
        change(world)
    now = world.site.get(path)
    assert not now.was_kept and after in now.text
    assert not before or before not in now.text or before in STAYS
    assert now.body == KeptSite(most_bytes=0).get(path).body


# Said by the page as well as by what was changed.
STAYS = {TITLE, "Netzwerk Mitte", "Baby", "112", "heute", "Impressum", "Freiberg", "0800"}


def test_a_neighbours_change_is_seen_where_neighbours_are_shown(world: World) -> None:
    near, alone = world.site.get(NEAR), world.site.get(FINDER)
    assert "Nachbarschaftstreff Ilse" in near.text and "Nachbarschaftstreff" not in alone.text
    with in_network(world.neighbour):
        offer = Offer.objects.all()[0]
        save_offer(actor=SYSTEM, offer=offer, title="Nachbarschaftstreff Erna")
    assert world.site.get(FINDER).was_kept  # it tells of this network alone
    assert world.shows(NEAR, "Nachbarschaftstreff Erna")


def test_a_new_neighbour_is_seen(world: World) -> None:
    """Also one that had nothing within the circle when the page was made."""
    world.site.get(NEAR)
    third = create_network(slug="drei", name="Netzwerk Drei", area_keys=["14521"])
    with in_network(third):
        make_offer("Treff der Dritten", kind="group")
    assert world.shows(NEAR, "Treff der Dritten")


def test_neighbours_can_be_switched_off(world: World) -> None:
    assert world.shows(NEAR, "Nachbarschaftstreff Ilse")
    change_network(network=world.here, shows_neighbours=False)
    assert not world.shows(NEAR, "Nachbarschaftstreff Ilse")


def test_the_list_of_networks_knows_each_change(world: World) -> None:
    assert world.shows("/", "Netzwerk Peine") and world.site.get("/").was_kept
    change_network(network=world.neighbour, name="Netzwerk Fuhse")
    assert world.shows("/", "Netzwerk Fuhse")


def test_what_is_rolled_back_was_never_shown(world: World) -> None:
    world.site.get(FINDER)
    with in_network(world.here), transaction.atomic():
        Offer.objects.update(title="Nie gesagt")
        transaction.set_rollback(True)
    assert world.shows(FINDER, TITLE)


@pytest.mark.parametrize(
    "deed",
    [
        lambda w: record(actor=SYSTEM, deed="offers.change", on=w.offer, title="x"),
        lambda _w: sql("UPDATE accounts_user SET name = 'Neu'"),
        lambda _w: sql("DELETE FROM django_session"),
        lambda _w: sql("DELETE FROM jobs_job"),
    ],
)
def test_work_at_the_desk_leaves_pages_valid(world: World, deed: Change) -> None:
    world.site.get(FINDER)
    with in_network(world.here):
        deed(world)
    assert world.site.get(FINDER).was_kept


def test_another_network_s_work_leaves_pages_valid(world: World) -> None:
    for path in (START, FINDER, world.detail):
        world.site.get(path)
    with in_network(world.neighbour):
        Offer.objects.update(title="Anders")
    kept = {path: world.site.get(path).was_kept for path in (START, FINDER)}
    assert kept == {START: True, FINDER: True}


# ── time ────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("path", [START, FINDER, f"{FINDER}?tag=heute", "DETAIL"])
def test_a_page_ends_with_the_date_it_shows(
    world: World, path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """ "heute 9–11 Uhr" is said until eleven and not a moment longer."""
    path = world.detail if path == "DETAIL" else path
    over = MORNING.replace(hour=11)
    today = world.site.get(path)
    assert "9–11" in today.text
    at(over - timedelta(seconds=1), monkeypatch)
    assert world.site.get(path).was_kept
    at(over, monkeypatch)
    after = world.site.get(path)
    assert not after.was_kept and after.body != today.body
    assert after.body == _made_now(path).body


@pytest.mark.parametrize("path", [START, FINDER, f"{FINDER}?tag=morgen", f"{FINDER}?zeit=abend"])
def test_a_page_ends_with_its_day(world: World, path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    at(MORNING.replace(hour=23, minute=59), monkeypatch)
    world.site.get(path)
    assert world.site.get(path).was_kept
    at(MORNING.replace(hour=0) + timedelta(days=1), monkeypatch)
    now = world.site.get(path)
    assert not now.was_kept and now.body == _made_now(path).body


def _made_now(path: str) -> Answer:
    return KeptSite(most_bytes=0).get(path)
