"""What everybody sees of join-ins: list, calendar, map, one page, calendar files."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.utils import timezone
from icalendar import Calendar

from knotenpunkt.activities.campaigns.actions.campaigns import save_campaign
from knotenpunkt.activities.campaigns.actions.deciding import withdraw
from knotenpunkt.activities.campaigns.models import Campaign
from knotenpunkt.activities.campaigns.rules.drafts import draft_of
from knotenpunkt.foundation.networks.models import Network
from knotenpunkt.foundation.networks.scope import in_network
from knotenpunkt.registers.areas.models import Region, RegionKind
from tests.activities.campaigns.joining import (
    DOEBELN,
    approved,
    at,
    day,
    make_campaign,
    make_contact,
    picture,
    reported,
)
from tests.factories import SYSTEM

BASE = "/mitte/aktionen/sommer/mitmachen/"
BERLIN = ZoneInfo("Europe/Berlin")


@pytest.fixture
def campaign(network_a: Network) -> Campaign:
    """Three that are shown in two towns, one that waits, one that is over."""
    with in_network(network_a):
        made = make_campaign()
        house = make_contact()
        approved(made, "Kinderfest", contact=house, aimed_at="babies")
        approved(made, "Lesenacht", starts_at=at(12, 18), ends_at=None, is_open=False)
        approved(made, "Trommeln", place=DOEBELN, starts_at=at(20, 10), ends_at=at(22, 17))
        approved(made, "Gartentag", starts_at=at(-3, 10), ends_at=at(-3, 12))
        reported(made, "Geheim")
        return made


def page(client: Client, query: str = "") -> str:
    """The list as it is read."""
    response = client.get(f"{BASE}{query}")
    assert response.status_code == 200
    assert not response.cookies
    return str(response.content.decode())


def titles(text: str) -> list[str]:
    """The titles of the cards, in their order."""
    return re.findall(r'mitmachen/[0-9a-f-]{36}/">([^<]+)</a></h3>', text)


@pytest.mark.usefixtures("campaign")
def test_the_list_shows_what_is_to_come_by_time(client: Client) -> None:
    assert titles(page(client)) == ["Kinderfest", "Lesenacht", "Trommeln"]
    assert titles(page(client, "?wann=vorbei")) == ["Gartentag"]


@pytest.mark.usefixtures("campaign")
@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("?q=trommeln", ["Trommeln"]),
        ("?q=wiesenpfad+kinder", ["Kinderfest"]),
        ("?ort=Freiberg", ["Kinderfest", "Lesenacht"]),
        ("?ort=04720&umkreis=5", ["Trommeln"]),
        ("?ort=Freiberg&umkreis=50", ["Kinderfest", "Lesenacht", "Trommeln"]),
        ("?offen=ja", ["Kinderfest", "Trommeln"]),
        # Whoever looks for something with a baby may go to what is for everybody, too.
        ("?fuer=babies", ["Kinderfest", "Lesenacht", "Trommeln"]),
        ("?fuer=older", ["Lesenacht", "Trommeln"]),
        ("?wann=woche", []),
        ("?ort=Nirgendwohausen", ["Kinderfest", "Lesenacht", "Trommeln"]),
        ("?umkreis=viel&seite=x&monat=2026-99&wann=nie", ["Kinderfest", "Lesenacht", "Trommeln"]),
    ],
)
def test_filters_narrow_the_list(client: Client, query: str, expected: list[str]) -> None:
    assert titles(page(client, query)) == expected


@pytest.mark.usefixtures("campaign")
def test_a_region_narrows_list_map_and_calendar(client: Client, network_a: Network) -> None:
    with in_network(network_a):
        west = Region(name="Region Döbeln", kind=RegionKind.FORMER_COUNTY)
        west.save(force_insert=True)
        Region(
            name="Stadt", kind=RegionKind.QUARTER, parent=west, postal_codes=["04720"]
        ).save(force_insert=True)  # fmt: skip
    month = day(20).strftime("%Y-%m")
    for query in ("", "&ansicht=karte"):
        text = page(client, f"?region=Region+D%C3%B6beln{query}")
        assert titles(text) == ["Trommeln"]
        assert '<option value="Region Döbeln" selected>' in text
    dates = page(client, f"?region=Region+D%C3%B6beln&ansicht=kalender&monat={month}")
    assert "Trommeln" in dates and "Kinderfest" not in dates
    assert len(titles(page(client, "?region=Anderswo"))) == 3


def test_the_weekend_counts_any_day_of_a_festival(client: Client, network_a: Network) -> None:
    ahead = (5 - day(0).weekday()) % 7 + 7  # the Saturday after next
    with in_network(network_a):
        made = make_campaign()
        approved(made, "Wochenendfest", starts_at=at(ahead - 1, 15), ends_at=at(ahead, 12))
        approved(made, "Montagsrunde", starts_at=at(ahead + 2, 15), ends_at=at(ahead + 2, 16))

    assert titles(page(client, "?wann=wochenende")) == ["Wochenendfest"]


@pytest.mark.usefixtures("campaign")
def test_the_map_says_the_same_as_the_list(client: Client) -> None:
    text = page(client, "?ansicht=karte")

    assert "<svg" in text
    assert sorted(titles(text)) == ["Kinderfest", "Lesenacht", "Trommeln"]
    pins = re.findall(r'<a href="#ort-(\d+)" aria-label', text)
    assert pins == re.findall(r'id="ort-(\d+)"', text) == ["1", "2"]


def test_a_festival_stands_on_each_of_its_days(client: Client, campaign: Campaign) -> None:
    first = timezone.localtime(at(20, 10))
    text = page(client, f"?ansicht=kalender&monat={first:%Y-%m}")
    days = re.findall(r'<time datetime="([^"]+)">(?:(?!</td>).)*?Trommeln', text, re.DOTALL)

    expected = [
        f"{day(ahead):%Y-%m-%d}" for ahead in (20, 21, 22) if day(ahead).month == first.month
    ]
    assert days == expected


def test_when_all_is_over_the_list_shows_what_was(client: Client, network_a: Network) -> None:
    with in_network(network_a):
        approved(make_campaign(), "Gartentag", starts_at=at(-3, 10), ends_at=at(-3, 12))

    assert titles(page(client)) == ["Gartentag"]


def test_the_page_of_one_tells_what_matters(client: Client, network_a: Network) -> None:
    with in_network(network_a):
        one = approved(
            make_campaign(), "Kinderfest", contact=make_contact(), entry="kostenlos",
            picture=picture(), picture_alt="Ein Tor", picture_credit="Jana", has_rights=True,
        )  # fmt: skip
    text = client.get(f"{BASE}{one.pk}/").content.decode()

    for told in ("Kinderfest", "14–18 Uhr", "Körnerweg 8", "kostenlos", 'alt="Ein Tor"', "Jana"):
        assert told in text
    shown = client.get(f"{BASE}bild/{one.picture_id}.webp")
    assert (shown.status_code, shown["Content-Type"]) == (200, "image/webp")


def test_pictures_of_what_waits_are_seen_by_nobody(client: Client, network_a: Network) -> None:
    with in_network(network_a):
        one = reported(make_campaign(), picture=picture(), picture_alt="x", has_rights=True)

    assert client.get(f"{BASE}bild/{one.picture_id}.webp").status_code == 404
    assert client.get(f"{BASE}{one.pk}/").status_code == 404


def test_a_poster_of_something_withdrawn_leads_to_kind_words(
    client: Client, network_a: Network
) -> None:
    with in_network(network_a):
        one = approved(make_campaign(), "Kinderfest")
        withdraw(actor=SYSTEM, join_in=one)
    response = client.get(f"{BASE}{one.pk}/")

    assert response.status_code == 410
    assert "findet nicht statt" in response.content.decode()
    assert client.get(f"{BASE}{one.pk}/termin.ics").status_code == 404


def test_a_former_address_leads_on(client: Client, network_a: Network) -> None:
    with in_network(network_a):
        made = make_campaign()
        one = approved(made, "Kinderfest")
        save_campaign(actor=SYSTEM, draft=replace(draft_of(made), slug="herbst"), campaign=made)

    assert client.get(BASE)["Location"] == "/mitte/aktionen/herbst/mitmachen/"
    moved = client.get(f"{BASE}{one.pk}/")
    assert moved["Location"] == f"/mitte/aktionen/herbst/mitmachen/{one.pk}/"


def test_the_feed_is_a_calendar_with_every_date_once(client: Client, campaign: Campaign) -> None:
    response = client.get("/mitte/aktionen/sommer/mitmachen.ics")
    read = Calendar.from_ical(response.content)
    events = {str(one["SUMMARY"]): one for one in read.walk("VEVENT")}

    assert response["Content-Type"].startswith("text/calendar")
    assert set(events) == {"Kinderfest", "Lesenacht", "Trommeln", "Gartentag"}
    assert len({str(one["UID"]) for one in events.values()}) == 4
    assert events["Kinderfest"]["DTSTART"].dt == at(10, 14)
    assert str(read["X-WR-CALNAME"]) == campaign.title
    assert all(len(line.encode()) <= 75 for line in response.content.decode().split("\r\n"))
    assert all(one["URL"].startswith("http") for one in events.values())


def test_a_date_after_the_change_of_the_clock_keeps_its_hour(
    client: Client, network_a: Network
) -> None:
    after = datetime(2027, 3, 28, 10, 0, tzinfo=BERLIN)
    with in_network(network_a):
        made = make_campaign(starts_on=after.date() - timedelta(30), ends_on=after.date())
        one = approved(made, "Kinderfest", starts_at=after, ends_at=after + timedelta(hours=2))
    body = client.get(f"{BASE}{one.pk}/termin.ics").content.decode()

    assert "DTSTART;TZID=Europe/Berlin:20270328T100000" in body
    assert "10–12 Uhr" in client.get(f"{BASE}{one.pk}/").content.decode()


def test_words_of_partners_cannot_break_out(client: Client, network_a: Network) -> None:
    with in_network(network_a):
        one = approved(
            make_campaign(), "<script>x</script>\u2028END:VEVENT", description="a\r\nBEGIN:VEVENT"
        )
    assert "<script>x" not in client.get(f"{BASE}{one.pk}/").content.decode()
    read = Calendar.from_ical(client.get(f"{BASE}{one.pk}/termin.ics").content)
    assert len(read.walk("VEVENT")) == 1


def test_many_join_ins_cost_no_more_questions(
    client: Client, network_a: Network, django_assert_max_num_queries: Any
) -> None:
    with in_network(network_a):
        made = make_campaign()
        for number in range(30):
            approved(made, f"Fest {number}", starts_at=at(10 + number, 14), ends_at=None)
    client.get(BASE)
    with django_assert_max_num_queries(20):
        assert len(titles(page(client, "?q=fest"))) == 24
    with django_assert_max_num_queries(20):
        page(client, "?ansicht=karte")


def test_the_campaigns_page_shows_the_next_six(client: Client, network_a: Network) -> None:
    with in_network(network_a):
        made = make_campaign()
        for number in range(8):
            approved(made, f"Fest {number}", starts_at=at(10 + number, 14), ends_at=None)
    text = client.get("/mitte/aktionen/sommer/").content.decode()

    assert titles(text) == [f"Fest {number}" for number in range(6)]
    assert "8 Aktionen" in text


@pytest.mark.usefixtures("campaign")
def test_pages_are_light_and_speak_arabic(client: Client) -> None:
    text = page(client)
    assert len(text.encode()) < 60_000
    arabic = client.get("/mitte/ar/aktionen/sommer/mitmachen/").content.decode()
    assert 'dir="rtl"' in arabic
    assert '<span lang="de" dir="ltr">Kinderfest</span>' in arabic
