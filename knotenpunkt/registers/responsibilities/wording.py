"""How those who answer are shown: one card for each contact, with what it released."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from knotenpunkt.design.texts import TextIn, isolated
from knotenpunkt.foundation.core import spoken
from knotenpunkt.foundation.core.languages import FIRST
from knotenpunkt.registers.partners.models import Audience, Contact, Phone, Purpose, WayForm
from knotenpunkt.registers.responsibilities.models import ForWhom, Responsibility

MOST_TOPICS = 6


@dataclass(frozen=True, slots=True)
class Way:
    """One way to reach somebody. `url` is empty where a telephone cannot dial it."""

    icon: str
    shown: str
    url: str
    note: str = ""
    is_direct: bool = False


@dataclass(frozen=True, slots=True)
class Task:
    """One responsibility in words."""

    about: Sequence[str]
    more: int
    where: str
    ages: str
    note: str


@dataclass(frozen=True, slots=True)
class Card:
    """Somebody who answers, as this circle may see them."""

    id: UUID
    name: str
    function: str
    organisation: str
    town: str
    initials: str
    tasks: Sequence[Task]
    ways: Sequence[Way]
    website: str
    website_shown: str

    @property
    def heading(self) -> str:
        """The name; where it is not released, what they do; else the house."""
        return self.name or self.function or self.organisation

    @property
    def first_call(self) -> Way | None:
        """The number to dial first."""
        return next((way for way in self.ways if way.url.startswith("tel:")), None)

    @property
    def first_mail(self) -> Way | None:
        """The address to write to."""
        return next((way for way in self.ways if way.url.startswith("mailto:")), None)


def cards(found: Iterable[Responsibility], *, circle: str, for_whom: str) -> list[Card]:
    """One for each contact, in the order in which they were found."""
    by_contact: dict[UUID, list[Responsibility]] = {}
    for one in found:
        by_contact.setdefault(one.contact_id, []).append(one)
    return [_card(told, circle, for_whom) for told in by_contact.values()]


def _card(those: Sequence[Responsibility], circle: str, for_whom: str) -> Card:
    contact = those[0].contact
    house = contact.organisation
    name = contact.shown_name(circle)
    return Card(
        id=contact.pk,
        name=name,
        function=contact.function,
        organisation=house.name,
        town=house.place.town if house.place else "",
        initials=spoken.initials(name or house.name)[:2],
        tasks=[task(one) for one in those],
        ways=ways(contact, circle, for_whom),
        website=house.website,
        website_shown=urlsplit(house.website).netloc.removeprefix("www."),
    )


def task(one: Responsibility) -> Task:
    """What it is about, where, for which ages."""
    own = [TextIn(name, FIRST) for name in (one.title, *one.duty_labels) if name]
    told = [*own, *(link.topic.name for link in one.topic_links.all())]
    regions = [link.region.name for link in one.region_links.all()]
    return Task(
        about=told[:MOST_TOPICS] or [_("Everything around growing up")],
        more=max(len(told) - MOST_TOPICS, 0),
        where=TextIn(", ".join(regions), FIRST) or _("in the whole network"),
        ages=spoken.ages(one.age_from, one.age_to),
        note=one.note,
    )


def ways(contact: Contact, circle: str, for_whom: str) -> list[Way]:
    """Numbers that this circle may read and that are meant for those who ask, then the address."""
    meant = {Purpose.GENERAL, Purpose.URGENT, for_whom}
    phones = [one for one in contact.shown_phones(circle) if one.purpose in meant]
    phones.sort(key=lambda one: (one.form == WayForm.FAX, one.purpose != for_whom, one.position))
    found = [_phone(one) for one in phones]
    if email := contact.shown_email(circle):
        found.append(Way("mail", email, f"mailto:{email}", is_direct=_is_direct(contact)))
    return found


def _phone(one: Phone) -> Way:
    if one.form == WayForm.FAX:
        return Way("printer", _("Fax %(number)s") % {"number": isolated(one.shown)}, "", one.note)
    url = f"tel:{one.callable_number}" if one.callable_number else ""
    note = one.note or (one.get_purpose_display() if one.purpose == Purpose.URGENT else "")
    return Way("phone", one.shown, url, note, is_direct=one.audience == Audience.PROFESSIONALS)


def _is_direct(contact: Contact) -> bool:
    return contact.email_audience == Audience.PROFESSIONALS


def span(those: Iterable[Responsibility], for_whom: str) -> str:
    """For which ages somebody answers at all: "bis 3 Jahre"; "" when no end is set."""
    meant = [one for one in those if one.for_whom in (for_whom, ForWhom.BOTH)]
    if not meant or any(one.age_to is None for one in meant):
        return ""
    youngest = min(one.age_from or 0 for one in meant)
    return spoken.ages(youngest, max(one.age_to or 0 for one in meant))


def count(number: int) -> str:
    """ "3 Ansprechpersonen"."""
    told = ngettext("%(n)s person to ask", "%(n)s people to ask", number)
    return told % {"n": spoken.number(number)}
