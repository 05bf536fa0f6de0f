"""Dates of an offer as iCalendar, its contact as vCard 4."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta

from icalendar import Calendar, Event, Timezone, TimezoneDaylight, TimezoneStandard

from knotenpunkt.registers.offers.models import Offer
from knotenpunkt.registers.offers.times import BERLIN, Occurrence
from knotenpunkt.registers.offers.wording import contacts

USUAL_LENGTH = timedelta(hours=1)
OCTETS_A_LINE = 75


def calendar(offer: Offer, dates: Iterable[Occurrence], page: str) -> bytes:
    """The dates as an iCalendar file; `page` is the offer's full address."""
    file = Calendar()
    file.add("prodid", "-//knotenpunkt//DE")
    file.add("version", "2.0")
    file.add_component(_berlin())
    for date in dates:
        file.add_component(_event(offer, date, page))
    return bytes(file.to_ical())


def _event(offer: Offer, date: Occurrence, page: str) -> Event:
    event = Event()
    # The same date keeps its id over every download, so that a calendar does not show it twice.
    event.add("uid", f"{date.schedule.pk}-{date.starts:%Y%m%dT%H%M}@knotenpunkt")
    event.add("dtstamp", offer.changed_at.astimezone(UTC))
    event.add("sequence", int(offer.changed_at.timestamp()) // 60)
    event.add("dtstart", date.starts.astimezone(BERLIN))
    event.add("dtend", (date.ends or date.starts + USUAL_LENGTH).astimezone(BERLIN))
    event.add("summary", offer.title)
    event.add("description", f"{offer.summary}\n\n{page}".strip())
    event.add("url", page)
    place = date.schedule.at_place or offer.at_places.first()
    if place is not None:
        event.add("location", place.place.one_line)
    return event


def _berlin() -> Timezone:
    """The two rules of Europe/Berlin since 1996."""
    zone = Timezone()
    zone.add("tzid", "Europe/Berlin")
    for part, name, before, after, month in (
        (TimezoneDaylight(), "CEST", 1, 2, 3),
        (TimezoneStandard(), "CET", 2, 1, 10),
    ):
        part.add("tzname", name)
        part.add("tzoffsetfrom", timedelta(hours=before))
        part.add("tzoffsetto", timedelta(hours=after))
        part.add("dtstart", datetime(1996, month, 31 if month == 3 else 27, before + 1))
        part.add("rrule", {"freq": "yearly", "bymonth": month, "byday": "-1su"})
        zone.add_component(part)
    return zone


def contact_card(offer: Offer, page: str) -> bytes:
    """The offer's contact as vCard 4."""
    return "".join(f"{line}\r\n" for line in _folded(_card_lines(offer, page))).encode()


def _card_lines(offer: Offer, page: str) -> Iterator[str]:
    people = contacts(offer)
    name = next((person.name for person in people if person.name), "")
    yield "BEGIN:VCARD"
    yield "VERSION:4.0"
    yield f"FN:{_escaped(name or offer.provider.name)}"
    yield f"ORG:{_escaped(offer.provider.name)}"
    yield f"TITLE:{_escaped(offer.title)}"
    for person in people:
        yield from (f"TEL;VALUE=uri:tel:{p.dialled}" for p in person.phones.all() if p.dialled)
        if person.email:
            yield f"EMAIL:{_escaped(person.email)}"
    for link in offer.at_places.all():
        place = link.place
        yield f"ADR:;;{_escaped(place.street)};{_escaped(place.town)};;{place.postal_code};"
    yield f"URL:{page}"
    yield "END:VCARD"


def _escaped(text: str) -> str:
    for sign in ("\\", ",", ";"):
        text = text.replace(sign, f"\\{sign}")
    return text.replace("\r\n", "\\n").replace("\n", "\\n")


def _folded(lines: Iterable[str]) -> Iterator[str]:
    """Lines of at most 75 octets; a letter of several octets is never torn apart."""
    for line in lines:
        part = ""
        for letter in line:
            if len((part + letter).encode()) > OCTETS_A_LINE:
                yield part
                part = " "
            part += letter
        yield part
