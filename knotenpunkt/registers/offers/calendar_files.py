"""Dates of an offer as iCalendar, its contact as vCard 4."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from uuid import uuid5

from icalendar import Calendar, Event, Timezone, TimezoneDaylight, TimezoneStandard

from knotenpunkt.registers.areas.models import Place
from knotenpunkt.registers.offers.models import Offer
from knotenpunkt.registers.offers.times import BERLIN, Occurrence
from knotenpunkt.registers.offers.wording import ShownContact, contacts
from knotenpunkt.registers.partners.models import WayForm

USUAL_LENGTH = timedelta(hours=1)
OCTETS_A_LINE = 75
# All that a reader could take for the end of a line, and then the signs that nobody writes.
LINE_BREAK = re.compile(r"\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f]")


def calendar(offer: Offer, dates: Iterable[Occurrence], page: str) -> bytes:
    """The dates as an iCalendar file; `page` is the offer's full address."""
    file = Calendar()
    file.add("prodid", "-//knotenpunkt//DE")
    file.add("version", "2.0")
    file.add_component(_berlin())
    met: Counter[datetime] = Counter()
    for date in dates:
        met[date.starts] += 1
        file.add_component(_event(offer, date, page, met[date.starts]))
    return bytes(file.to_ical())


def _event(offer: Offer, date: Occurrence, page: str, number: int) -> Event:
    """`number` tells dates apart that begin at once, in several places."""
    event = Event()
    # The same date keeps its id over every download and every import of the offer's times, so
    # that a calendar does not show it twice.
    same = f"{date.starts.astimezone(UTC):%Y%m%dT%H%MZ}" + (f" {number}" if number > 1 else "")
    event.add("uid", str(uuid5(offer.pk, same)))
    event.add("dtstamp", offer.changed_at.astimezone(UTC))
    event.add("sequence", int(offer.changed_at.timestamp()) // 60)
    event.add("dtstart", date.starts.astimezone(BERLIN))
    event.add("dtend", (date.ends or date.starts + USUAL_LENGTH).astimezone(BERLIN))
    event.add("summary", _in_lines(offer.title))
    event.add("description", _in_lines(f"{offer.summary}\n\n{page}".strip()))
    event.add("url", page)
    place = date.schedule.at_place or offer.at_places.first()
    if place is not None:
        event.add("location", _in_lines(place.place.one_line))
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
    named = next((person for person in people if person.name), None)
    yield "BEGIN:VCARD"
    yield "VERSION:4.0"
    yield f"FN:{_escaped(named.name if named else offer.provider.name)}"
    yield f"ORG:{_escaped(offer.provider.name)}"
    if named and named.function:
        yield f"TITLE:{_escaped(named.function)}"
    for person in people:
        yield from _ways(person)
    yield from (_address(link.place) for link in offer.at_places.all())
    yield f"NOTE:{_escaped(offer.title)}"
    yield f"URL:{_escaped(page)}"
    yield "END:VCARD"


def _ways(person: ShownContact) -> Iterator[str]:
    for phone in person.phones:
        if phone.dialled:
            kind = ";TYPE=fax" if phone.form == WayForm.FAX else ""
            yield f"TEL{kind};VALUE=uri:tel:{_escaped(phone.dialled)}"
    if person.email:
        yield f"EMAIL:{_escaped(person.email)}"


def _address(place: Place) -> str:
    """Street, town and postal code at their places among seven; the others stay empty."""
    street, town, code = map(_escaped, (place.street, place.town, place.postal_code))
    return f"ADR:;;{street};{town};;{code};"


def _in_lines(text: str) -> str:
    """With one kind of line break and no other control character."""
    return CONTROL.sub("", LINE_BREAK.sub("\n", text))


def _escaped(text: str) -> str:
    """As a value of a vCard: what separates values and lines is marked as text."""
    text = re.sub(r"([\\,;])", r"\\\1", _in_lines(text))
    return text.replace("\n", "\\n")


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
