"""What stands in each column of an exported offer.

The names of the columns are those that the import recognises, so they are German in every language.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from django.db.models import Prefetch, QuerySet
from django.utils import timezone, translation

from knotenpunkt.foundation.core import spoken
from knotenpunkt.registers.areas.models import Place, Precision, StepFree
from knotenpunkt.registers.offers.models import (
    Costs,
    Frequency,
    Offer,
    OfferAtPlace,
    OfferContact,
    OfferTopic,
    Registration,
    Schedule,
    Status,
)
from knotenpunkt.registers.offers.wording import NTH
from knotenpunkt.registers.partners.models import Contact, Level

# So many offers are held in memory at a time.
CHUNK = 500
# When the file was saved: what was changed later at the desk is newer than the file.
SAVED_AT = "Gespeichert am"
DAYS = ("Mo", "Di", "Mi", "Do", "Fr", "Sa", "So")
STEP_FREE = {StepFree.YES: "ja", StepFree.PARTLY: "teilweise", StepFree.NO: "nein"}
STATES = {
    Status.DRAFT: "Entwurf",
    Status.PUBLISHED: "Veröffentlicht",
    Status.WITHDRAWN: "Zurückgezogen",
}


@dataclass(frozen=True, slots=True)
class Field:
    """One column: its name, and what it says of an offer."""

    name: str
    said: Callable[[Offer], str]
    is_personal: bool = False


def complete(rows: QuerySet[Offer]) -> QuerySet[Offer]:
    """With everything that a row tells: six queries for each `CHUNK` offers."""
    return rows.select_related("provider__body").prefetch_related(
        Prefetch("at_places", OfferAtPlace.objects.select_related("place")),
        Prefetch("topic_links", OfferTopic.objects.select_related("topic")),
        Prefetch(
            "contact_links",
            OfferContact.objects.select_related("contact").prefetch_related("contact__phones"),
        ),
        Prefetch("schedules", Schedule.objects.all()),
    )


def rows(offers: QuerySet[Offer]) -> Iterator[list[str]]:
    """One row for each offer, in German."""
    with translation.override("de"):
        for offer in complete(offers).iterator(chunk_size=CHUNK):
            yield row(offer)


def row(offer: Offer) -> list[str]:
    """The cells of one offer, in the order of `FIELDS`; in the language at hand."""
    return [field.said(offer) for field in FIELDS]


def header() -> list[str]:
    """The names of the columns."""
    return [field.name for field in FIELDS]


def _place(said: Callable[[Place], str]) -> Callable[[Offer], str]:
    """What the first place says."""

    def told(offer: Offer) -> str:
        links = list(offer.at_places.all())
        return said(links[0].place) if links else ""

    return told


def _contact(said: Callable[[Contact], str]) -> Callable[[Offer], str]:
    """What the first contact says."""

    def told(offer: Offer) -> str:
        links = list(offer.contact_links.all())
        return said(links[0].contact) if links else ""

    return told


def _facility(offer: Offer) -> str:
    return offer.provider.name if offer.provider.level == Level.FACILITY else ""


def _body(offer: Offer) -> str:
    if offer.provider.level == Level.BODY:
        return offer.provider.name
    return offer.provider.body.name if offer.provider.body else ""


def _kind(offer: Offer) -> str:
    return offer.sort or offer.get_kind_display()


def _topics(offer: Offer) -> str:
    return "; ".join(link.topic.name for link in offer.topic_links.all())


def _times(offer: Offer) -> str:
    told = [_time(one) for one in offer.schedules.all() if one.at_place_id is None]
    return "; ".join(filter(None, [*told, offer.times_note]))


def _time(one: Schedule) -> str:
    hours = f"{one.starts_at:%H:%M}" + (f"-{one.ends_at:%H:%M}" if one.ends_at else "")
    if one.frequency == Frequency.ONCE and one.day:
        return f"{one.day:%d.%m.%Y} {hours}"
    if one.frequency == Frequency.MONTHLY:
        weekday = spoken.weekday_name(one.weekday or 0)
        return f"jeden {NTH[one.nth or 1]} {weekday} im Monat, {hours}"
    return f"{DAYS[one.weekday or 0]} {hours}"


def _months(value: int | None) -> str:
    return "" if value is None else str(value)


def _costs(offer: Offer) -> str:
    known = "" if offer.costs == Costs.UNKNOWN else offer.get_costs_display()
    return offer.costs_note or known


def _registration(offer: Offer) -> str:
    is_known = offer.registration != Registration.UNKNOWN
    return offer.registration_note or (offer.get_registration_display() if is_known else "")


def _number(value: int | None) -> str:
    return "" if value is None else str(value)


def _degrees(name: str) -> Callable[[Place], str]:
    """Only what is known exactly: the rest follows from the postal code."""

    def said(place: Place) -> str:
        value = getattr(place, name)
        return f"{value:.6f}" if value is not None and place.precision == Precision.EXACT else ""

    return said


def _phones(contact: Contact) -> str:
    return "; ".join(phone.shown for phone in contact.phones.all())


FIELDS: Sequence[Field] = (
    Field("ID", lambda offer: str(offer.pk)),
    Field("Angebot", lambda offer: offer.title),
    Field("Einrichtung", _facility),
    Field("Träger", _body),
    Field("Art", _kind),
    Field("Themen", _topics),
    Field("Kurzbeschreibung", lambda offer: offer.summary),
    Field("Beschreibung", lambda offer: offer.description),
    Field("Veranstaltungsort", _place(lambda place: place.venue)),
    Field("Straße", _place(lambda place: place.street)),
    Field("PLZ", _place(lambda place: place.postal_code)),
    Field("Ort", _place(lambda place: place.town)),
    Field("Breitengrad", _place(_degrees("latitude"))),
    Field("Längengrad", _place(_degrees("longitude"))),
    Field("Barrierefrei", _place(lambda place: STEP_FREE.get(StepFree(place.step_free), ""))),
    Field("Ansprechpartner", _contact(lambda contact: contact.name), is_personal=True),
    Field("Funktion", _contact(lambda contact: contact.function), is_personal=True),
    Field("Telefon", _contact(_phones), is_personal=True),
    Field("E-Mail", _contact(lambda contact: contact.email), is_personal=True),
    Field("Website", lambda offer: offer.website),
    Field("Öffnungszeiten", _times),
    Field("Alter von Monate", lambda offer: _months(offer.age_from)),
    Field("Alter bis Monate", lambda offer: _months(offer.age_to)),
    Field("Sprachen", lambda offer: ", ".join(map(spoken.language_name, offer.languages))),
    Field("Kosten", _costs),
    Field("Anmeldung", _registration),
    Field("Plätze", lambda offer: _number(offer.capacity)),
    Field("Freie Plätze", lambda offer: _number(offer.free_places)),
    Field("Wartezeit", lambda offer: offer.waiting_time),
    Field(
        "Geprüft am",
        lambda offer: f"{offer.checked_on:%d.%m.%Y}" if offer.checked_on else "",
    ),
    Field("Zustand", lambda offer: STATES[Status(offer.status)]),
    Field(SAVED_AT, lambda _offer: f"{timezone.localtime():%Y-%m-%d %H:%M:%S}"),
)
