"""Dates of an offer as iCalendar, its contact as vCard 4."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from uuid import uuid5

from icalendar import Event

from knotenpunkt.foundation.core.calendars import in_lines, new_calendar, new_event, written
from knotenpunkt.registers.areas.models import Place
from knotenpunkt.registers.offers.models import Offer
from knotenpunkt.registers.offers.times import Occurrence
from knotenpunkt.registers.offers.wording import ShownContact, contacts
from knotenpunkt.registers.partners.models import WayForm

OCTETS_A_LINE = 75


def calendar(offer: Offer, dates: Iterable[Occurrence], page: str) -> bytes:
    """The dates as an iCalendar file; `page` is the offer's full address."""
    return written(new_calendar(), _events(offer, dates, page))


def _events(offer: Offer, dates: Iterable[Occurrence], page: str) -> Iterator[Event]:
    met: Counter[datetime] = Counter()
    for date in dates:
        met[date.starts] += 1
        yield _event(offer, date, page, met[date.starts])


def _event(offer: Offer, date: Occurrence, page: str, number: int) -> Event:
    """`number` tells dates apart that begin at once, in several places."""
    # The same date keeps its id over every import of the offer's times.
    same = f"{date.starts.astimezone(UTC):%Y%m%dT%H%MZ}" + (f" {number}" if number > 1 else "")
    place = date.schedule.at_place or offer.at_places.first()
    return new_event(
        uid=str(uuid5(offer.pk, same)),
        changed_at=offer.changed_at,
        starts=date.starts,
        ends=date.ends,
        title=offer.title,
        text=f"{offer.summary}\n\n{page}".strip(),
        url=page,
        location=place.place.one_line if place is not None else "",
    )


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


def _escaped(text: str) -> str:
    """As a value of a vCard: what separates values and lines is marked as text."""
    text = re.sub(r"([\\,;])", r"\\\1", in_lines(text))
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
