"""Reads of offers: the only way from an address to an offer."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Prefetch, Q, QuerySet
from django.utils.translation import get_language

from knotenpunkt.foundation.accounts.actors import ANYONE, Actor
from knotenpunkt.foundation.core.languages import FIRST
from knotenpunkt.foundation.networks.page_cache import Shelf, remembered
from knotenpunkt.registers.areas.holidays import FreeDays, free_days
from knotenpunkt.registers.offers.danger import Danger, text_hash
from knotenpunkt.registers.offers.models import (
    EmergencyReview,
    Frequency,
    Highlight,
    Kind,
    Offer,
    OfferAtPlace,
    OfferContact,
    OfferPicture,
    OfferText,
    OfferTopic,
    Schedule,
    Topic,
)
from knotenpunkt.registers.offers.rules import at_desk_of, is_at_desk_of, may_see, visible_to
from knotenpunkt.registers.offers.times import Closed

HORIZON = timedelta(days=370)
# Offers as everyone sees them on cards: those of a county. One takes about 35 kB of memory.
_cards = Shelf(1_000)


def offers(actor: Actor) -> QuerySet[Offer]:
    """The offers of the network at hand that this actor may see."""
    rows: QuerySet[Offer] = Offer.objects.filter(visible_to(actor))
    return rows


def offers_at_desk(actor: Actor) -> QuerySet[Offer]:
    """The offers that this member looks after."""
    rows: QuerySet[Offer] = Offer.objects.filter(at_desk_of(actor))
    return rows


def get_offer(actor: Actor, offer_id: UUID) -> Offer:
    """One offer with all that its page shows; Offer.DoesNotExist when the actor may not see it."""
    texts = OfferText.objects.all()
    if actor != ANYONE:  # who checked them is for members only
        texts = texts.select_related("checked_by")
    offer = with_card(Offer.objects.all(), texts).get(pk=offer_id)
    if not may_see(actor, offer):
        raise Offer.DoesNotExist
    return offer


def get_desk_offer(actor: Actor, offer_id: UUID) -> Offer:
    """The same for those at whose desk the offer is; Offer.DoesNotExist for all others."""
    offer = get_offer(actor, offer_id)
    if not is_at_desk_of(actor, offer):
        raise Offer.DoesNotExist
    return offer


def get_picture(actor: Actor, offer_id: UUID, picture_id: UUID) -> OfferPicture:
    """One picture; OfferPicture.DoesNotExist when the actor may not see its offer."""
    rows = OfferPicture.objects.select_related("offer").filter(offer_id=offer_id)
    picture = rows.get(pk=picture_id)
    if not may_see(actor, picture.offer):
        raise OfferPicture.DoesNotExist
    found: OfferPicture = picture
    return found


def with_card(rows: QuerySet[Offer], texts: QuerySet[OfferText] | None = None) -> QuerySet[Offer]:
    """With everything that a result card shows and nothing else, in a fixed number of queries.

    `texts` are those to bring along, by default the one in the page's language.
    """
    return (
        _with_texts(rows, texts)
        .select_related("network", "provider__body")
        .prefetch_related(
            Prefetch("at_places", OfferAtPlace.objects.select_related("place")),
            Prefetch("topic_links", OfferTopic.objects.select_related("topic")),
            Prefetch(
                "contact_links",
                OfferContact.objects.select_related("contact").prefetch_related("contact__phones"),
            ),
            Prefetch("schedules", Schedule.objects.all()),
            Prefetch("pictures", OfferPicture.objects.all()),
            Prefetch("highlights", Highlight.objects.all()),
        )
    )


def _with_texts(rows: QuerySet[Offer], texts: QuerySet[OfferText] | None) -> QuerySet[Offer]:
    language = get_language() or FIRST
    if texts is not None:
        return rows.prefetch_related(Prefetch("texts", texts))
    if language == FIRST:
        return rows
    return rows.prefetch_related(Prefetch("texts", OfferText.objects.filter(language=language)))


def cards(actor: Actor, offer_ids: Iterable[UUID]) -> dict[UUID, Offer]:
    """The visible ones among these offers, by id, ready for their cards."""
    language = get_language()

    def read(missing: Sequence[tuple[UUID, str]]) -> dict[tuple[UUID, str], Offer]:
        rows = with_card(offers(actor).filter(pk__in=[one for one, _language in missing]))
        return {(offer.pk, language): offer for offer in rows}

    wanted = [(one, language) for one in offer_ids]
    found = _cards.take(wanted, read) if actor == ANYONE else read(wanted)
    return {offer.pk: offer for offer in found.values()}


def times_open_to_all(actor: Actor, first: date, last: date) -> list[Schedule]:
    """Times between two days that anyone can go to: meeting places, groups, courses, events,
    leisure. Some of them may pause."""
    rows = _times_open_to_all(actor, first, last)
    if actor != ANYONE:
        return list(rows)
    return remembered(("offers.times", first, last), lambda: list(rows))


def _times_open_to_all(actor: Actor, first: date, last: date) -> QuerySet[Schedule]:
    gatherings = [Kind.MEETING_PLACE, Kind.GROUP, Kind.COURSE, Kind.EVENT, Kind.LEISURE]
    weekdays = {(first + timedelta(days=n)).weekday() for n in range((last - first).days + 1)}
    rows: QuerySet[Schedule] = Schedule.objects.filter(
        Q(frequency=Frequency.ONCE, day__range=(first, last)) | Q(weekday__in=weekdays),
        offer__in=offers(actor).filter(kind__in=gatherings),
    )
    return rows.order_by("offer__title")


def topics() -> list[Topic]:
    """The taxonomy of the network at hand, parents before their children."""
    return remembered("offers.topics", lambda: list(Topic.objects.all()))


def spoken_languages() -> list[str]:
    """Codes of the languages that published offers of this network are held in."""
    published = Offer.objects.filter
    return remembered(
        "offers.spoken_languages", lambda: _languages_of(published(Offer.published_when))
    )


def languages_at_desk(actor: Actor) -> list[str]:
    """Codes of the languages of the offers that this member looks after."""
    return _languages_of(offers_at_desk(actor))


def _languages_of(rows: QuerySet[Offer]) -> list[str]:
    told = rows.order_by().values_list("languages", flat=True).distinct()
    return sorted({code for languages in told for code in languages})


def closed_days(land: str, today: date) -> Closed:
    """Whether a time pauses on a day: school holidays and public holidays of the Land."""
    return remembered(
        ("offers.closed_days", land, today),
        lambda: _closed_by(free_days(land, today, today + HORIZON)),
    )


def _closed_by(free: FreeDays) -> Callable[[Schedule, date], bool]:
    def closed(schedule: Schedule, day: date) -> bool:
        return (schedule.pauses_on_public_holidays and day in free.public) or (
            schedule.pauses_in_school_holidays and day in free.school
        )

    return closed


def emergency_text_is_signed(language: str) -> bool:
    """Whether a person of this network stands behind what is said in an emergency."""
    signed = EmergencyReview.objects.filter(language=language, text_hash=text_hash(language))
    return bool(signed.exists())


def told_with_signature(danger: Danger | None) -> dict[str, Any]:
    """What `offers/_danger.html` shows: the danger, and whether somebody here signed the text."""
    if danger is None:
        return {"danger": None}
    signed = danger.is_checked or emergency_text_is_signed(danger.language)
    return {"danger": danger, "danger_is_checked": signed}


def highlighted(source_id: UUID) -> list[Offer]:
    """The published offers that stand out for a source, by title, as cards show them."""
    rows = Offer.objects.filter(Offer.published_when, highlights__source_id=source_id)
    return list(with_card(rows).order_by("title"))
