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

from knotenpunkt.design.texts import marked
from knotenpunkt.foundation.core import spoken
from knotenpunkt.registers.areas.models import Place
from knotenpunkt.registers.offers import wording
from knotenpunkt.registers.offers.models import (
    Costs,
    Offer,
    OfferText,
    Schedule,
    Setting,
    TextState,
)
from knotenpunkt.registers.offers.times import Occurrence

EASY_GERMAN = "de-x-leicht"


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
    """What `offers/detail.html` shows."""

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
    points: Sequence[dict[str, object]] = field(default_factory=list)


def offer_page(offer: Offer, dates: Sequence[Occurrence], today: date) -> OfferPage:
    """Everything a family needs to act, in the order in which it is needed."""
    title, lead, description = _texts(offer)
    places = [link.place for link in offer.at_places.all()]
    return OfferPage(
        kind=_kind(offer),
        title=title,
        lead=lead,
        paragraphs=description,
        easy=_easy(offer),
        facts=[fact for fact in _facts(offer, places) if fact.lines],
        dates=[_date_card(offer, one, today) for one in dates],
        actions=_actions(offer, places, dates),
        checked=wording.checked(offer),
        contacts=wording.contacts(offer),
        places=places,
        pictures=wording.pictures(offer),
        points=[
            {"number": number, "lat": place.latitude, "lon": place.longitude}
            for number, place in enumerate(places, start=1)
            if place.has_coordinates
        ],
    )


def _kind(offer: Offer) -> str:
    provider = wording.german(offer.provider.name)
    return format_html("{} · {}", marked(wording.kind(offer)), marked(provider))


def _texts(offer: Offer) -> tuple[str, str, list[str]]:
    """Title, summary and paragraphs in the language of the page; in German what is missing."""
    text = _current_text(offer, get_language()) or OfferText()
    german = wording.german
    return (
        text.title or german(offer.title),
        text.summary or german(offer.summary),
        _paragraphs(text.description) or list(map(german, _paragraphs(offer.description))),
    )


def _current_text(offer: Offer, language: str | None) -> OfferText | None:
    """A text that still says what the German original says."""
    return next(
        (
            text
            for text in offer.texts.all()
            if text.language == language and text.state != TextState.OUTDATED
        ),
        None,
    )


def _easy(offer: Offer) -> list[str]:
    easy = _current_text(offer, EASY_GERMAN)
    return easy.description.splitlines() if easy else []


def _paragraphs(text: str) -> list[str]:
    return [part.strip() for part in text.split("\n") if part.strip()]


def _facts(offer: Offer, places: Sequence[Place]) -> list[Fact]:
    return [
        Fact("people", _("For whom"), _some(wording.audience(offer) or _("Families"))),
        Fact("clock", _("When"), _times(offer), note=wording.pauses(offer.schedules.all())),
        _place_fact(offer, places),
        Fact("euro", _("Cost"), _cost(offer)),
        Fact("calendar", _("Registration"), _registration(offer)),
        Fact("document", _("Free places"), _free_places(offer.free_places)),
        Fact("document", _("Waiting time"), _some(wording.german(offer.waiting_time))),
        Fact("speech", _("Languages"), _some(wording.languages(offer.languages))),
        Fact("wheelchair", _("Access"), _access(places)),
    ]


def _some(*lines: str) -> list[str]:
    return [line for line in lines if line]


def _times(offer: Offer) -> list[str]:
    repeating = map(_time, offer.schedules.all())
    return _some(*repeating, wording.german(offer.times_note)) or [_("by appointment")]


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
        return [wording.german(offer.costs_note)]
    return _some(offer.get_costs_display(), wording.german(offer.costs_note))


def _registration(offer: Offer) -> list[str]:
    return _some(offer.get_registration_display(), wording.german(offer.registration_note))


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
        label = _("Call: %(number)s") % {"number": phone.shown}
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
