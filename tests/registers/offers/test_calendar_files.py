"""A telephone keeps a date and a contact: once, and with nothing in it that nobody wrote."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import Any

import pytest
from icalendar import Calendar

from knotenpunkt.foundation.accounts.actors import Actor
from knotenpunkt.foundation.networks.models import Network
from knotenpunkt.registers.offers.actions import Belongings, TimeDraft, save_offer
from knotenpunkt.registers.offers.calendar_files import calendar, contact_card
from knotenpunkt.registers.offers.models import Offer
from knotenpunkt.registers.offers.times import BERLIN, next_occurrences
from knotenpunkt.registers.partners.models import Contact
from tests.factories import make_offer

pytestmark = pytest.mark.django_db
PAGE = "https://example.org/mitte/angebote/1/"
SUMMER = datetime(2026, 10, 19, 8, tzinfo=BERLIN)
TUESDAYS = TimeDraft("weekly", time(14), time(17), weekday=1)
WICKED = "eins\rTEL:110\r\nzwei\x85drei\u2028vier\x0bfünf\x07\x1b"


def events(offer: Offer, limit: int = 2) -> list[Any]:
    dates = next_occurrences(offer.schedules.all(), after=SUMMER, limit=limit)
    return list(Calendar.from_ical(calendar(offer, dates, PAGE)).walk("VEVENT"))


def test_a_date_keeps_its_id_when_times_are_stored_anew(inside_a: Network, system: Actor) -> None:
    offer = make_offer("Stillcafé", times=[TUESDAYS])
    before = [event["uid"] for event in events(offer)]
    offer.schedules.all().delete()
    save_offer(actor=system, offer=offer, belongings=Belongings(times=[TUESDAYS]))
    assert [event["uid"] for event in events(Offer.objects.get())] == before
    assert len(set(before)) == 2
    other = make_offer("Stillcafé", times=[TUESDAYS])
    assert not {event["uid"] for event in events(other)} & set(before)


def test_two_dates_at_once_are_two(inside_a: Network) -> None:
    offer = make_offer("Sprechstunde", times=[TUESDAYS, TUESDAYS])
    assert len({event["uid"] for event in events(offer, limit=4)}) == 4


def test_a_later_change_counts_as_later(inside_a: Network) -> None:
    offer = make_offer("Stillcafé", times=[TUESDAYS])
    offer.changed_at = datetime(2026, 10, 1, 12, tzinfo=UTC)
    before = events(offer)[0]
    offer.changed_at += timedelta(hours=1)
    after = events(offer)[0]
    assert after["sequence"] > before["sequence"]
    assert after["dtstamp"].dt - before["dtstamp"].dt == timedelta(hours=1)


def card(offer: Offer) -> list[str]:
    return contact_card(offer, PAGE).replace(b"\r\n ", b"").decode().split("\r\n")


def test_no_sign_begins_a_line_of_its_own(inside_a: Network) -> None:
    offer = make_offer("x", place={"street": WICKED, "postal_code": "0;1,2", "town": "a;b"})
    offer.title = offer.summary = offer.provider.name = WICKED
    Contact.objects.update(function=WICKED)
    lines = card(offer)
    assert [line.partition(":")[0] for line in lines] == [
        "BEGIN", "VERSION", "FN", "ORG", "TITLE", "TEL;VALUE=uri", "EMAIL", "ADR", "NOTE", "URL",
        "END", "",
    ]  # fmt: skip
    assert all(line.isprintable() for line in lines)
    assert "NOTE:eins\\nTEL:110\\nzwei\\ndrei\\nvier\\nfünf" in lines
    assert lines[7].endswith(";a\\;b;;0\\;1\\,2;")
    offer.schedules.create(frequency="weekly", weekday=1, starts_at=time(14))
    dates = next_occurrences(offer.schedules.all(), after=SUMMER, limit=1)
    assert b"\r" not in calendar(offer, dates, PAGE).replace(b"\r\n", b"")


def test_the_title_of_a_contact_is_what_they_do(inside_a: Network) -> None:
    offer = make_offer("Stillcafé")
    assert not [line for line in card(offer) if line.startswith("TITLE")]
    Contact.objects.update(function="Hebamme")
    lines = card(Offer.objects.get())
    assert "TITLE:Hebamme" in lines
    assert "NOTE:Stillcafé" in lines
