"""How an offer is worded on a card and on its page."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from django.conf import settings
from django.urls import get_script_prefix, reverse
from django.utils.text import Truncator
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext as _

from knotenpunkt.design.texts import TextIn
from knotenpunkt.foundation.core import spoken
from knotenpunkt.foundation.networks.addresses import address
from knotenpunkt.foundation.networks.page_cache import Shelf
from knotenpunkt.foundation.networks.scope import published_everywhere
from knotenpunkt.registers.areas.distances import spoken_distance
from knotenpunkt.registers.areas.models import Place, StepFree
from knotenpunkt.registers.offers.finder import Found
from knotenpunkt.registers.offers.models import (
    Costs,
    Frequency,
    LifePhase,
    Offer,
    OfferPicture,
    Registration,
    Schedule,
    Setting,
)
from knotenpunkt.registers.offers.times import Occurrence
from knotenpunkt.registers.offers.translating.reading import reading
from knotenpunkt.registers.partners.models import Contact, Phone, WayForm

SETTING_ICONS = {
    Setting.AT_HOME.value: "house",
    Setting.TELEPHONE.value: "phone",
    Setting.ONLINE.value: "screen",
}
LARGE, SMALL = PICTURE_SIZES = ("gross", "klein")
NTH = {
    1: pgettext_lazy("weekday of the month", "first"),
    2: pgettext_lazy("weekday of the month", "second"),
    3: pgettext_lazy("weekday of the month", "third"),
    4: pgettext_lazy("weekday of the month", "fourth"),
    5: pgettext_lazy("weekday of the month", "fifth"),
    -1: pgettext_lazy("weekday of the month", "last"),
}
# Many languages bend the number to the weekday.
_NTH_WEDNESDAY = {
    1: pgettext_lazy("Wednesday, Friday or Saturday of the month", "first"),
    2: pgettext_lazy("Wednesday, Friday or Saturday of the month", "second"),
    3: pgettext_lazy("Wednesday, Friday or Saturday of the month", "third"),
    4: pgettext_lazy("Wednesday, Friday or Saturday of the month", "fourth"),
    5: pgettext_lazy("Wednesday, Friday or Saturday of the month", "fifth"),
    -1: pgettext_lazy("Wednesday, Friday or Saturday of the month", "last"),
}
_NTH_SUNDAY = {
    1: pgettext_lazy("Sunday of the month", "first"),
    2: pgettext_lazy("Sunday of the month", "second"),
    3: pgettext_lazy("Sunday of the month", "third"),
    4: pgettext_lazy("Sunday of the month", "fourth"),
    5: pgettext_lazy("Sunday of the month", "fifth"),
    -1: pgettext_lazy("Sunday of the month", "last"),
}
NTH_OF = (NTH, NTH, _NTH_WEDNESDAY, NTH, _NTH_WEDNESDAY, _NTH_WEDNESDAY, _NTH_SUNDAY)
# In months. Whoever is twelve does not come to something "for children".
YOUNG_PEOPLE_FROM = 144
# Cards as all who ask see them; one takes about 3 kB of memory.
_worded = Shelf(2_000)


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture as a page shows it: both sizes with their measures, so that nothing jumps."""

    id: str
    url: str
    width: int
    height: int
    large_url: str
    large_width: int
    large_height: int
    alt: str
    credit: str


@dataclass(frozen=True, slots=True)
class StandsOut:
    """Why an offer stands out these days, and the page that tells about it ("" without)."""

    label: TextIn
    url: str


@dataclass(frozen=True, slots=True)
class Card:
    """What `design/components/_offer_card.html` shows, with the point on the map."""

    id: str
    url: str
    title: str
    kind: str
    provider: str
    network_name: str = ""
    is_partner: bool = False
    number: int | None = None
    mark_icon: str = ""
    reason: str = ""
    when: str = ""
    when_note: str = ""
    where: str = ""
    where_note: str = ""
    where_icon: str = ""
    audience: str = ""
    cost: str = ""
    languages: str = ""
    access: str = ""
    access_icon: str = ""
    checked: str = ""
    is_silent: bool = False
    phone: str = ""
    tel: str = ""
    highlight: str = ""
    stands_out: Sequence[StandsOut] = ()
    picture: Picture | None = None
    point: dict[str, Any] | None = field(default=None, compare=False)


def cards(found: Sequence[Found], today: date) -> list[Card]:
    """The cards of these results, worded once as long as their data stay as they are.

    Number and distance are left out; why it was found is said by `reasons`.
    """
    worded = _worded_once([one for one in found if not one.from_neighbour], today)
    if near := [one for one in found if one.from_neighbour]:
        with published_everywhere():  # whose data these are
            worded |= _worded_once(near, today)
    return [worded[_name(one, today)] for one in found]


def _worded_once(found: Iterable[Found], today: date) -> dict[Hashable, Card]:
    named = {_name(one, today): one for one in found}

    def make(missing: Sequence[Hashable]) -> Mapping[Hashable, Card]:
        return {name: _card(named[name], today) for name in missing}

    return _worded.take(list(named), make)


def _name(found: Found, today: date) -> Hashable:
    """All that a card depends on besides the data of its network."""
    place = found.at_place.place_id if found.at_place else None
    next_date = (found.next.starts, found.next.ends) if found.next else None
    mount = get_language(), get_script_prefix(), found.from_neighbour
    return (found.offer.pk, place, next_date, today, *mount)


def card(found: Found, today: date, *, number: int | None) -> Card:
    """The card of one result; `number` is its number on the map."""
    return placed(_card(found, today), found, number=number)


def placed(plain: Card, found: Found, *, number: int | None, reason: str = "") -> Card:
    """The card of a result with what is another one in each answer."""
    place = found.at_place.place if found.at_place else None
    return replace(
        plain,
        number=number,
        mark_icon="" if number else SETTING_ICONS.get(found.offer.setting, ""),
        reason=reason,
        where_note=way(found.offer, found),
        point=_point(place, number),
    )


def _card(found: Found, today: date) -> Card:
    """It depends on the offer, its next date and place, the day and the language alone."""
    offer, place = found.offer, found.at_place.place if found.at_place else None
    phone = first_phone(offer)
    return Card(
        id=str(offer.pk),
        url=offer_url(offer, elsewhere=found.from_neighbour),
        title=reading(offer).part("title"),
        kind=kind(offer),
        provider=german(offer.provider.name),
        network_name=german(found.network.name) if found.from_neighbour else "",
        is_partner=offer.provider.is_partner and not found.from_neighbour,
        when=when(offer, found.next, today),
        when_note=registration(offer),
        where=where(offer, place),
        where_icon=SETTING_ICONS.get(offer.setting, ""),
        audience=audience(offer),
        cost=cost(offer),
        languages=languages(offer.languages),
        access=access(place),
        access_icon="" if place is None or place.step_free != StepFree.NO else "steps",
        checked=checked(offer),
        is_silent=bool(offer.silence),
        phone=phone.shown if phone else "",
        tel=phone.callable_number if phone else "",
        highlight=_("today") if found.next and found.next.day == today else "",
        stands_out=() if found.from_neighbour else stands_out(offer, today),
        picture=next(iter(pictures(offer, elsewhere=found.from_neighbour)), None),
    )


@dataclass(frozen=True, slots=True)
class SmallCard:
    """What `design/components/_offer_small.html` shows."""

    url: str
    title: str
    kind: str
    when: str
    where: str
    where_icon: str


def small_card(offer: Offer, today: date) -> SmallCard:
    """An offer that somebody names on another page."""
    link = next(iter(offer.at_places.all()), None)
    schedule = next(iter(offer.schedules.all()), None)
    return SmallCard(
        url=offer_url(offer),
        title=reading(offer).part("title"),
        kind=kind(offer),
        when=repeats(schedule) if schedule else when(offer, None, today),
        where=where(offer, link.place if link else None),
        where_icon=SETTING_ICONS.get(offer.setting, ""),
    )


def stands_out(offer: Offer, today: date) -> tuple[StandsOut, ...]:
    """What an offer stands out for on this day, as campaigns have written it down."""
    return tuple(
        StandsOut(german(one.label), get_script_prefix() + one.link if one.link else "")
        for one in offer.highlights.all()
        if one.starts_on <= today <= one.ends_on
    )


def pictures(offer: Offer, *, elsewhere: bool = False) -> list[Picture]:
    """The pictures of an offer, the one for its card first."""
    return [picture(offer, one, elsewhere=elsewhere) for one in offer.pictures.all()]


def picture(offer: Offer, one: OfferPicture, *, elsewhere: bool = False) -> Picture:
    """One picture of an offer."""
    return Picture(
        id=str(one.pk),
        url=_picture_url(offer, one, SMALL, elsewhere=elsewhere),
        width=one.small_width,
        height=one.small_height,
        large_url=_picture_url(offer, one, LARGE, elsewhere=elsewhere),
        large_width=one.width,
        large_height=one.height,
        alt=german(one.alt),
        credit=german(one.credit),
    )


def _picture_url(offer: Offer, one: OfferPicture, size: str, *, elsewhere: bool) -> str:
    parts: dict[str, Any] = {
        "offer_id": offer.pk,
        "picture_id": one.pk,
        "version": one.version,
        "size": size,
    }
    if elsewhere:
        return address(offer.network, "offers:picture", **parts)
    return reverse("offers:picture", kwargs=parts)


def _point(place: Place | None, number: int | None) -> dict[str, Any] | None:
    if place is None or not place.has_coordinates or number is None:
        return None
    return {"number": number, "lat": place.latitude, "lon": place.longitude}


def offer_url(offer: Offer, *, elsewhere: bool = False) -> str:
    """The page of an offer; in its own network when it belongs to a neighbour."""
    if elsewhere:
        language = get_language() or "de"
        return address(offer.network, "offers:detail", language=language, offer_id=offer.pk)
    return reverse("offers:detail", kwargs={"offer_id": offer.pk})


def german(text: str) -> TextIn:
    """What people of the network wrote, on a page in any language."""
    return TextIn(text, settings.LANGUAGE_CODE)


def kind(offer: Offer) -> str:
    """The sort of offer in its own word, else its form."""
    return reading(offer).part("sort") or offer.get_kind_display()


def when(offer: Offer, date_: Occurrence | None, today: date) -> str:
    """The next date, else how it repeats, else that one agrees on a time."""
    if date_ is not None:
        span = spoken.time_span(date_.starts.time(), date_.ends.time() if date_.ends else None)
        return _("%(day)s, %(time)s") % {"day": spoken.day_name(date_.day, today), "time": span}
    if offer.times_note:
        return shortened(reading(offer).part("times_note"))
    return "" if offer.schedules.all() else _("by appointment")


def shortened(text: TextIn) -> TextIn:
    """The beginning of a text, for a card."""
    return TextIn(Truncator(text).chars(80), text.language)


def repeats(schedule: Schedule) -> str:
    """ "Dienstag, 14–17 Uhr"; "jeden letzten Freitag im Monat, 16–18 Uhr"."""
    span = spoken.time_span(schedule.starts_at, schedule.ends_at)
    if schedule.frequency == Frequency.ONCE and schedule.day:
        return spoken.listed((spoken.full_date(schedule.day), span))
    weekday = spoken.weekday_name(schedule.weekday or 0)
    if schedule.frequency == Frequency.WEEKLY:
        return spoken.listed((weekday, span))
    return _("every %(nth)s %(weekday)s of the month, %(time)s") % {
        "nth": NTH_OF[schedule.weekday or 0][schedule.nth or 1],
        "weekday": weekday,
        "time": span,
    }


def pauses(schedules: Iterable[Schedule]) -> str:
    """What the repeating times leave out."""
    repeating = [one for one in schedules if one.frequency != Frequency.ONCE]
    if any(one.pauses_in_school_holidays for one in repeating):
        return _("not in the school holidays or on public holidays")
    if any(one.pauses_on_public_holidays for one in repeating):
        return _("not on public holidays")
    return ""


def registration(offer: Offer) -> str:
    """Whether one can just come."""
    return "" if offer.registration == Registration.UNKNOWN else offer.get_registration_display()


def where(offer: Offer, place: Place | None) -> str:
    """Street and town, or the way it happens without a way to go."""
    if offer.setting != Setting.ON_SITE or place is None:
        return "" if offer.setting == Setting.ON_SITE else offer.get_setting_display()
    return german(", ".join(part for part in (place.street or place.venue, place.town) if part))


def way(offer: Offer, found: Found) -> str:
    """ "2,4 km von Ihnen", or that there is no way to go."""
    if offer.setting != Setting.ON_SITE:
        return _("no travel needed")
    if found.distance_km is None:
        return ""
    distance = spoken_distance(found.distance_km, found.approximate)
    return _("%(distance)s away") % {"distance": distance}


def audience(offer: Offer) -> str:
    """Whom it is for, by age: "Kinder bis 3 Jahre", "Schwangere und Kinder bis 1 Jahr"."""
    ages = spoken.ages(offer.age_from, offer.age_to)
    if LifePhase.PREGNANCY.value in offer.phases:
        return _with_pregnancy(offer, ages)
    if (offer.age_from or 0) >= YOUNG_PEOPLE_FROM:
        return _("Young people %(ages)s") % {"ages": ages}
    return _("Children %(ages)s") % {"ages": ages} if ages else ""


def _with_pregnancy(offer: Offer, ages: str) -> str:
    if ages:
        return _("Pregnant women and children %(ages)s") % {"ages": ages}
    ends_before_birth = offer.age_to == 0 or offer.phases == [LifePhase.PREGNANCY.value]
    return _("Pregnant women") if ends_before_birth else _("Pregnant women and families")


def cost(offer: Offer) -> str:
    """What it costs, in short."""
    if offer.costs == Costs.UNKNOWN:
        return reading(offer).part("costs_note")
    if offer.costs == Costs.FEE and offer.costs_note:
        return reading(offer).part("costs_note")
    return offer.get_costs_display()


def languages(codes: Sequence[str]) -> str:
    """ "Deutsch, Arabisch"."""
    return spoken.listed(spoken.language_name(code) for code in codes)


def access(place: Place | None) -> str:
    """Whether one gets in without a step, where somebody knows it."""
    known = place is not None and place.step_free != StepFree.UNKNOWN
    return place.get_step_free_display() if place is not None and known else ""


def checked(offer: Offer) -> str:
    """The trust date, where there is one; and that it is long ago, where it is too long."""
    if offer.silence:
        return unconfirmed(offer)
    if offer.checked_on is None:
        return ""
    return _("Last checked on %(date)s") % {"date": spoken.full_date(offer.checked_on)}


def unconfirmed(offer: Offer) -> str:
    """Nobody has said for too long that it is still true."""
    if offer.checked_on is None:
        return _("Not confirmed for a long time")
    told = _("Not confirmed for a long time, last checked on %(date)s")
    return told % {"date": spoken.full_date(offer.checked_on)}


def first_phone(offer: Offer) -> Phone | None:
    """The number to call first."""
    told = (phone for contact in contacts(offer) for phone in contact.phones)
    return next((phone for phone in told if phone.form != WayForm.FAX), None)


def first_email(offer: Offer) -> str:
    """The address to write to first."""
    return next((contact.email for contact in contacts(offer) if contact.email), "")


@dataclass(frozen=True, slots=True)
class ShownContact:
    """Of a contact what is released to everybody, and nothing else."""

    name: str
    function: str
    email: str
    phones: Sequence[Phone]


def contacts(offer: Offer) -> list[ShownContact]:
    """Those who answer for the offer today, as far as everybody may know them."""
    people = (link.contact for link in offer.contact_links.all())
    return [shown_contact(one) for one in people if one.is_public and one.is_current]


def shown_contact(contact: Contact) -> ShownContact:
    """Of one contact what everybody may know."""
    return ShownContact(
        name=contact.shown_name(),
        function=contact.function,
        email=contact.shown_email(),
        phones=contact.shown_phones(),
    )
