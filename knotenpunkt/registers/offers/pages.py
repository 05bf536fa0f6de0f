"""The page of one offer, put together: facts, dates, ways to get in touch."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from urllib.parse import quote

from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from knotenpunkt.design.texts import isolated, marked
from knotenpunkt.foundation.core import spoken
from knotenpunkt.foundation.core.languages import EASY_GERMAN, FIRST
from knotenpunkt.registers.areas.models import Place
from knotenpunkt.registers.offers import wording
from knotenpunkt.registers.offers.models import (
    Costs,
    Offer,
    Schedule,
    Setting,
    TextState,
)
from knotenpunkt.registers.offers.times import Occurrence
from knotenpunkt.registers.offers.translating.reading import easy_reading, reading
from knotenpunkt.registers.offers.translating.telling import (
    Translation,
    paragraphs,
    translation_of,
)


@dataclass(frozen=True, slots=True)
class Fact:
    """One row of the fact list."""

    icon: str
    label: str
    lines: Sequence[str]
    value: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class DateCard:
    """One coming date."""

    date: dict[str, object]
    time: str
    note: str
    calendar_url: str


@dataclass(frozen=True, slots=True)
class Action:
    """One way to act; the first is the main one."""

    label: str
    url: str
    icon: str


@dataclass(frozen=True, slots=True)
class OfferPage:
    """What `offers/detail.html` shows. `is_easy`: the text has one sentence a line, set large."""

    kind: str
    title: str
    lead: str
    paragraphs: Sequence[str]
    easy: Sequence[str]
    facts: Sequence[Fact]
    dates: Sequence[DateCard]
    actions: Sequence[Action]
    checked: str
    contacts: Sequence[wording.ShownContact]
    places: Sequence[Place]
    pictures: Sequence[wording.Picture] = ()
    stands_out: Sequence[wording.StandsOut] = ()
    points: Sequence[dict[str, object]] = field(default_factory=list)
    translation: Translation | None = None
    is_easy: bool = False


def offer_page(offer: Offer, dates: Sequence[Occurrence], today: date) -> OfferPage:
    """Everything a family needs to act, in the order in which it is needed."""
    told = reading(offer)
    places = [link.place for link in offer.at_places.all()]
    return OfferPage(
        kind=_kind(offer),
        title=told.part("title"),
        lead=told.part("summary"),
        paragraphs=paragraphs(told.part("description")),
        easy=_easy(offer),
        facts=[fact for fact in _facts(offer, places) if fact.lines],
        dates=[_date_card(offer, one, today) for one in dates],
        actions=_actions(offer, places, dates),
        checked=wording.checked(offer),
        contacts=wording.contacts(offer),
        places=places,
        pictures=wording.pictures(offer),
        stands_out=wording.stands_out(offer, today),
        points=[
            {"number": number, "lat": place.latitude, "lon": place.longitude}
            for number, place in enumerate(places, start=1)
            if place.has_coordinates
        ],
        translation=translation_of(told),
        is_easy=told.text is not None and told.text.language == EASY_GERMAN,
    )


def _kind(offer: Offer) -> str:
    provider = wording.german(offer.provider.name)
    return format_html("{} · {}", marked(wording.kind(offer)), marked(provider))


def _easy(offer: Offer) -> Sequence[str]:
    """The text in Leichte Sprache for a place of its own, on the German page and up to date."""
    if (get_language() or FIRST) != FIRST:
        return []
    easy = easy_reading(offer).text
    if easy is None or easy.state == TextState.OUTDATED:
        return []
    return easy.description.splitlines()


def _facts(offer: Offer, places: Sequence[Place]) -> list[Fact]:
    return [
        Fact("people", _("For whom"), _some(wording.audience(offer) or _("Families"))),
        Fact("clock", _("When"), _times(offer), note=wording.pauses(offer.schedules.all())),
        _place_fact(offer, places),
        Fact("euro", _("Cost"), _cost(offer)),
        Fact("calendar", _("Registration"), _registration(offer)),
        Fact("document", _("Free places"), _free_places(offer.free_places)),
        Fact("document", _("Waiting time"), _some(reading(offer).part("waiting_time"))),
        Fact("speech", _("Languages"), _some(wording.languages(offer.languages))),
        Fact("wheelchair", _("Access"), _access(places)),
    ]


def _some(*lines: str) -> list[str]:
    return [line for line in lines if line]


def _times(offer: Offer) -> list[str]:
    repeating = map(_time, offer.schedules.all())
    return _some(*repeating, reading(offer).part("times_note")) or [_("by appointment")]


def _time(one: Schedule) -> str:
    repeats = wording.repeats(one)
    if not one.note:
        return repeats
    return format_html("{} ({})", repeats, marked(wording.german(one.note)))


def _place_fact(offer: Offer, places: Sequence[Place]) -> Fact:
    if offer.setting != Setting.ON_SITE:
        icon = wording.SETTING_ICONS[offer.setting]
        return Fact(icon, _("Where"), [offer.get_setting_display()], note=_("no travel needed"))
    transit = next((place.transit_note for place in places if place.transit_note), "")
    lines = [wording.german(place.one_line) for place in places]
    return Fact("pin", _("Where"), lines, note=wording.german(transit))


def _cost(offer: Offer) -> list[str]:
    if offer.costs == Costs.UNKNOWN and offer.costs_note:
        return [reading(offer).part("costs_note")]
    return _some(offer.get_costs_display(), reading(offer).part("costs_note"))


def _registration(offer: Offer) -> list[str]:
    return _some(offer.get_registration_display(), reading(offer).part("registration_note"))


def _free_places(places: int | None) -> list[str]:
    if places is None:
        return []
    return [str(places) if places else _("none at the moment")]


def _access(places: Sequence[Place]) -> list[str]:
    lines = [
        line
        for place in places
        for line in (
            wording.access(place),
            *place.access_labels,
            wording.german(place.access_note),
        )
    ]
    return list(dict.fromkeys(line for line in lines if line))


def _date_card(offer: Offer, one: Occurrence, today: date) -> DateCard:
    file = reverse("offers:calendar", kwargs={"offer_id": offer.pk})
    return DateCard(
        date=spoken.date_tile(one.day, today),
        time=spoken.time_span(one.starts.time(), one.ends.time() if one.ends else None),
        note=spoken.days_until(one.day, today),
        calendar_url=f"{file}?termin={one.starts:%Y-%m-%dT%H:%M}",
    )


def _actions(offer: Offer, places: Sequence[Place], dates: Sequence[Occurrence]) -> list[Action]:
    actions = []
    phone = wording.first_phone(offer)
    if phone and phone.callable_number:
        label = _("Call: %(number)s") % {"number": isolated(phone.shown)}
        actions.append(Action(label, f"tel:{phone.callable_number}", "phone"))
    if email := wording.first_email(offer):
        actions.append(Action(_("Write an e-mail"), f"mailto:{email}", "mail"))
    if offer.setting == Setting.ON_SITE and places:
        actions.append(Action(_("Find the way"), route_url(places[0]), "route"))
    if dates:
        file = reverse("offers:calendar", kwargs={"offer_id": offer.pk})
        actions.append(Action(_("Add to calendar"), file, "calendar-plus"))
    return actions


def route_url(place: Place) -> str:
    """A route planner that needs no account; asked only when somebody taps it."""
    goal = f"{place.latitude},{place.longitude}" if place.has_coordinates else place.address_line
    return f"https://www.openstreetmap.org/directions?route=;{quote(goal, safe=',')}"
