"""How a contact is written to by post: the lines on the envelope, as DIN 5008 orders them.

Organisation, department, person, street, postal code and town; six lines at most, none empty.
What does not fit gives way in this order: the building, the body, the function. A facility
without an address of its own is written to at its body's.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from knotenpunkt.foundation.core.folding import fold
from knotenpunkt.registers.areas.models import Place
from knotenpunkt.registers.partners.models import Contact

# What to load with contacts whose address is asked for.
LOADED_WITH = ("person", "organisation__place", "organisation__body__place")
LINES = 6
# Signs that a window shows at ten points; whoever prints measures exactly.
WIDTH = 44
LONGEST_NAME = 2  # lines
CODE = re.compile(r"[0-9]{5}")
# "An …": who gets the letter stands in the accusative.
ADDRESSED = {"Herr": "Herrn"}
# Categories of signs that no eye sees: controls, marks of direction, halves of signs.
HIDDEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})


@dataclass(frozen=True, slots=True)
class Line:
    """A line of an address. `rank` says what gives way first where lines are many; 0 never does."""

    text: str
    rank: int = 0


def is_postal(contact: Contact) -> bool:
    """Whether a letter would arrive: somebody to name, street, postal code and town are known."""
    return place_of(contact) is not None


def place_of(contact: Contact) -> Place | None:
    """Where letters to this contact go."""
    places = (one.place for one in contact.organisation.lineage)
    return next((place for place in places if place and _is_whole(place)), None)


def _is_whole(place: Place) -> bool:
    return bool(
        clean(place.street) and clean(place.town) and CODE.fullmatch(clean(place.postal_code))
    )


def address_lines(contact: Contact) -> list[str]:
    """The lines of the address, the town last; without street and town where none is known."""
    lines = list(_lines(contact))
    room = max(LINES - sum(not line.rank for line in lines), 0)
    kept = sorted(line.rank for line in lines if line.rank)[:room]
    return [line.text for line in lines if not line.rank or line.rank in kept]


def _lines(contact: Contact) -> Iterator[Line]:
    person = person_line(contact)
    house = _house(contact, person)
    yield from house
    if contact.function and fold(contact.function) not in fold(" ".join(one.text for one in house)):
        yield Line(shortened(contact.function), rank=1)
    if person:
        yield Line(shortened(person))
    place = place_of(contact)
    if place is not None:
        yield from _where(place, house)


def _house(contact: Contact, person: str) -> list[Line]:
    """The organisation and its body; somebody who works in their own name is named once."""
    one = contact.organisation
    own = [Line(text) for text in wrapped(one.name)]
    if person and fold(one.name) in _names(contact):
        own = []
    if one.body is None or fold(one.body.name) in fold(one.name):
        return own
    if one.place is None or not _is_whole(one.place):
        return [Line(shortened(one.body.name)), *own]
    return [*own, Line(shortened(one.body.name), rank=2)]


def _names(contact: Contact) -> set[str]:
    person = contact.person
    names = [contact.name]
    if person:
        names += [person.full_name, f"{person.given_name} {person.family_name}"]
    return {fold(name) for name in names}


def person_line(contact: Contact) -> str:
    """ "Frau Dr. Anna Beispiel"; the name as it is shown, or "" for an office."""
    if contact.person is None:
        return clean(contact.name)
    salutation = clean(contact.person.salutation)
    return clean(f"{ADDRESSED.get(salutation, salutation)} {contact.person.full_name}")


def _where(place: Place, house: list[Line]) -> Iterator[Line]:
    said = fold(" ".join(line.text for line in house))
    if place.venue and fold(place.venue) not in said:
        yield Line(shortened(place.venue), rank=3)
    yield Line(shortened(place.street))
    yield Line(shortened(place.postal_town))


def wrapped(text: str, width: int = WIDTH, most: int = LONGEST_NAME) -> list[str]:
    """The text in at most so many lines, broken between words; what is too long ends with …."""
    lines: list[str] = []
    for word in clean(text).split():
        if lines and len(lines[-1]) + 1 + len(word) <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    rest = " ".join(lines[most - 1 :])
    return [shortened(line, width) for line in (*lines[: most - 1], rest) if line]


def shortened(text: str, width: int = WIDTH) -> str:
    """One line, cut behind a word where there is one in its second half."""
    text = clean(text)
    if len(text) <= width:
        return text
    head = text[: width - 1]
    between = head.rfind(" ")
    return head[: between if between > width // 2 else None].rstrip(" ,;-–") + "…"


def clean(text: str) -> str:
    """One line without what cannot be seen: line ends, NULs, marks that turn the writing round."""
    seen = (" " if sign.isspace() else sign for sign in text)
    kept = (sign for sign in seen if sign == " " or unicodedata.category(sign) not in HIDDEN)
    return " ".join("".join(kept).split())
