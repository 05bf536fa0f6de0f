"""Places in a text that each recipient fills: `{anrede}`, `{name}`, `{einrichtung}` …

Their names are German because people write them into their texts. What an activity above knows
comes as `shared_values` (the same for all) and `own_values` (by the id of the contact).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Protocol

from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from knotenpunkt.activities.mailings.models import Circular
from knotenpunkt.registers.partners.models import Contact, Person
from knotenpunkt.tools.mail.source import BUTTON

LINK = "link"
PLACES = {
    "anrede": _("Salutation"),
    "name": _("Name"),
    "einrichtung": pgettext_lazy("place in a text", "Organisation"),
    "ort": pgettext_lazy("place in a text", "Town"),
    "netzwerk": pgettext_lazy("place in a text", "Our network"),
    LINK: _("Personal page"),
}
# Whatever stands in braces, also where it is no place that we know.
BRACES = re.compile(r"\{([^{}\n]*)\}")
LONE_BRACE = re.compile(r"[{}]")
# What somebody meant as a link, closed or not.
LINK_LIKE = re.compile(r"\[[^\[\]\n]*\]\([^()\n]*(?:\([^()\n]*\)[^()\n]*)*\)?")
LINK_PLACE, ANY_ADDRESS = f"({{{LINK}}})", "(https://example.org)"
# A salutation names these and leaves out what of: "Prof. Dr. med. habil." → "Prof. Dr.".
SPOKEN_TITLES = ("Prof.", "Dr.", "PD")
GREETINGS = {"frau": "Sehr geehrte Frau", "herr": "Sehr geehrter Herr"}
HELLO = "Guten Tag"


class Addressed(Protocol):
    """Whoever is written to: `Chosen` of an audience, or a `Recipient`."""

    @property
    def contact(self) -> Contact: ...


def values_for(one: Addressed, circular: Circular, link: str = "") -> dict[str, str]:
    """What fills the places of this circular for one contact.

    `link` is the address of the personal page. Organisation, place and person of the contact
    should be loaded.
    """
    contact = one.contact
    place = contact.organisation.place
    own = dict.fromkeys(own_places(circular), "")
    return {
        "anrede": salutation(contact),
        "name": name_of(contact),
        "einrichtung": contact.organisation.name,
        "ort": place.town if place else "",
        "netzwerk": circular.network.name,
        LINK: link,
        **{name: str(value) for name, value in circular.shared_values.items()},
        **own,
        **{name: str(value) for name, value in _own(circular).get(str(contact.pk), {}).items()},
    }


def name_of(contact: Contact) -> str:
    """The person's name, else that of the office."""
    named = contact.person.full_name if contact.person else contact.name
    return named or contact.organisation.name


def salutation(contact: Contact) -> str:
    """With its comma: "Sehr geehrte Frau Dr. Weber,"; "Guten Tag," where nobody is known."""
    person = contact.person
    if person is None:
        return f"{HELLO} {contact.name}," if contact.name else f"{HELLO},"
    greeting = GREETINGS.get(person.salutation.strip().casefold())
    if greeting is None:
        return f"{HELLO} {person.full_name},"
    return f"{' '.join(filter(None, (greeting, _spoken_title(person), person.family_name)))},"


def _spoken_title(person: Person) -> str:
    words = person.title.replace(".", ". ").split()
    return " ".join(dict.fromkeys(word for word in words if word in SPOKEN_TITLES))


def _own(circular: Circular) -> Mapping[str, Mapping[str, str]]:
    found: Mapping[str, Mapping[str, str]] = circular.own_values
    return found


def own_places(circular: Circular) -> list[str]:
    """Places that only some recipients fill; they stay empty for the others."""
    return sorted({name for values in _own(circular).values() for name in values})


def known_places(circular: Circular) -> list[str]:
    """All names that this circular can fill."""
    return list(dict.fromkeys([*PLACES, *circular.shared_values, *own_places(circular)]))


def tidied(text: str, known: list[str]) -> str:
    """As `source` reads it: known places in small letters, and no second comma after `{anrede}`."""
    names = {name.casefold(): name for name in known}

    def small(place: re.Match[str]) -> str:
        name = names.get(place[1].strip().casefold())
        return f"{{{name}}}" if name else place[0]

    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return BRACES.sub(small, lines).replace("{anrede},", "{anrede}")


def problem_with(text: str, known: list[str]) -> str:
    """What is wrong with the places of a text, told with those that there are; "" if nothing."""
    unknown = [name for name in BRACES.findall(text) if name not in known]
    if unknown:
        wrong = gettext("Nothing is known for %(places)s.") % {"places": _told(unknown)}
    elif LONE_BRACE.search(BRACES.sub("", text)):
        wrong = gettext("A brace is missing: a place stands between { and }.")
    else:
        return ""
    possible = gettext("Possible are: %(known)s.") % {"known": _told(known)}
    return f"{wrong} {possible}"


def problem_with_links(text: str) -> str:
    """Which `[words](address)` of a text would be read as it is typed; "" if none.

    A button is a line of its own, and leads to a web address or to the personal page.
    """
    for line in map(str.strip, text.splitlines()):
        found = LINK_LIKE.search(line)
        if found and not _is_button(line):
            return _what_a_link_needs(found[0], stands_alone=found[0] == line)
    return ""


def _is_button(line: str) -> bool:
    found = BUTTON.fullmatch(line.replace(LINK_PLACE, ANY_ADDRESS))
    return found is not None and bool(found[1].strip())


def _what_a_link_needs(link: str, *, stands_alone: bool) -> str:
    if not stands_alone:
        told = gettext("This link is incomplete: %(link)s. It needs a line of its own.")
    else:
        told = gettext(
            "This link is incomplete: %(link)s. It needs words in the square brackets and, in the "
            "round ones, an address that begins with https://, or {link} for the personal page."
        )
    return told % {"link": link}


def _told(names: list[str]) -> str:
    return ", ".join(f"{{{name}}}" for name in dict.fromkeys(names))
