"""Finding offers: a wish goes in, offers in the right order come out.

Place and filters decide what is in, meaning decides the order. When too little is near, the
circle grows, and the answer says so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from functools import cache
from itertools import islice
from uuid import UUID

from knotenpunkt.foundation.accounts.actors import Actor
from knotenpunkt.foundation.networks.models import Network
from knotenpunkt.foundation.networks.scope import current_network_id, published_everywhere
from knotenpunkt.registers.areas.distances import distance_km
from knotenpunkt.registers.offers import queries
from knotenpunkt.registers.offers.findable import ENTRY_KIND
from knotenpunkt.registers.offers.models import Costs, Offer, OfferAtPlace, Schedule, Setting
from knotenpunkt.registers.offers.times import (
    BERLIN,
    Closed,
    Occurrence,
    daytimes,
    next_occurrences,
    occurrences,
)
from knotenpunkt.registers.offers.wishes import TIMES, Read, Wish
from knotenpunkt.tools.search.queries import Hit, Request, search

PAGE = 20
# More than any network has: every offer must be reachable.
MOST = 10_000
# When nothing fits well, only what comes closest is shown, not a long list of everything.
CLOSEST = 5
# How many days ahead the next dates are looked for: near ones are usual, and few rows to read.
DAYS_AHEAD = (1, 14)
# The circles that are tried one after another when there is nothing in the wished one.
WIDER_KM = (20, 50, 100)
# Which filter that was read from the text gives way first when nothing fits.
SOFTEST_FIRST = ("time", "day", "way", "step_free", "free", "language", "radius", "age", "place")


@dataclass(frozen=True, slots=True)
class Found:
    """One offer of an answer, with what depends on the wish.

    The distance is `approximate` when the offer's place or the wished one stands on a postal code
    or town only.
    """

    offer: Offer
    network: Network
    from_neighbour: bool
    score: float
    distance_km: float | None
    approximate: bool
    at_place: OfferAtPlace | None
    next: Occurrence | None
    matched: tuple[str, ...]
    hit: Hit | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """One page of the answer to a wish; `page` counts from 1, `total` counts all pages' offers.

    `radius_km` is the circle that was needed, None without a place. `nearest_km` is the least
    distance of all pages, approximate as that of `Found`. `until` is when the first of the dates
    that were looked at is over: then the answer is another one. `given_way` are the filters read
    from the text that had to be left out, because nothing fitted with them; `wish` is without them.
    """

    wish: Wish
    found: Sequence[Found]
    total: int
    page: int
    pages: int
    confident: bool
    radius_km: int | None
    widened: bool
    nearest_km: float | None
    nearest_is_approximate: bool
    until: datetime | None
    given_way: tuple[Read, ...] = ()
    corrections: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class _Answer:
    """All hits of a wish, and the circle that was needed."""

    wish: Wish
    hits: list[Hit]
    confident: bool
    radius_km: int | None


@dataclass(frozen=True, slots=True)
class _Asked:
    """What an answer depends on. `closed` tells for a Land when its times pause."""

    network: Network
    wish: Wish
    now: datetime
    closed: Callable[[str], Closed]
    looked_at: list[Occurrence] = field(default_factory=list)
    corrected: list[tuple[str, str]] = field(default_factory=list)

    @property
    def today(self) -> date:
        return self.now.astimezone(BERLIN).date()


def find(
    actor: Actor,
    network: Network,
    wish: Wish,
    *,
    now: datetime,
    limit: int = PAGE,
    page: int = 1,
) -> Finding:
    """The offers that fit, in the network at hand and with its neighbours in the circle.

    `limit` is the length of a page; a page that there is not is the last one.
    """
    asked = _Asked(network, wish, now, _pauses(now.astimezone(BERLIN).date()))
    answer, given_way = _giving_way(asked)
    wish, hits, confident, radius = answer.wish, answer.hits, answer.confident, answer.radius_km
    if not confident:
        hits = hits[:CLOSEST]
    pages = max(1, -(-len(hits) // limit))
    page = page if 1 <= page <= pages else pages
    nearest = _nearest(hits)
    asked = replace(asked, wish=wish)
    found = _all_found(actor, asked, hits[(page - 1) * limit : page * limit])
    return Finding(
        wish=wish,
        found=found,
        total=len(hits),
        page=page,
        pages=pages,
        confident=confident,
        radius_km=radius,
        widened=bool(radius) and radius != wish.radius_km,
        nearest_km=nearest.distance_km if nearest else None,
        nearest_is_approximate=nearest is not None and _is_approximate(nearest, wish),
        until=first_end(asked.looked_at),
        given_way=given_way,
        corrections=tuple(dict.fromkeys(asked.corrected)),
    )


def first_end(dates: Iterable[Occurrence]) -> datetime | None:
    """When the first of these dates is over; None when there are none."""
    return min((one.over for one in dates), default=None)


def _pauses(first: date) -> Callable[[str], Closed]:
    """When times pause, by Land: a neighbour's offer keeps the holidays of its own."""
    return cache(lambda land: queries.closed_days(land, first))


def _nearest(hits: Sequence[Hit]) -> Hit | None:
    away = [hit for hit in hits if hit.distance_km is not None]
    return min(away, key=lambda hit: hit.distance_km or 0.0, default=None)


def _giving_way(asked: _Asked) -> tuple[_Answer, tuple[Read, ...]]:
    """The answer; without a filter that was read from the text where nothing fits with it."""
    answer = _widening(asked)
    if answer.confident:
        return answer, ()
    read = sorted(asked.wish.read, key=lambda one: SOFTEST_FIRST.index(one.kind))
    for given_way in (*((one,) for one in read), tuple(read)):
        for wish in _eased(asked.wish, given_way):
            eased = _widening(replace(asked, wish=wish))
            if eased.confident:
                return eased, given_way
    return answer, ()


def _eased(wish: Wish, given_way: tuple[Read, ...]) -> Iterator[Wish]:
    """The wish without those filters; no visit, but a telephone, saves the way as well."""
    eased = wish.without(given_way)
    if [one.kind for one in given_way] == ["way"]:
        yield replace(eased, no_way=True)
    yield eased


def _widening(asked: _Asked) -> _Answer:
    """Hits of the wished circle, or of the first wider one that holds any with a way to go."""
    wish = asked.wish
    if wish.place is None:
        return _Answer(wish, *_hits(asked, None), None)
    radius = wish.radius_km
    hits, confident = _hits(asked, radius)
    for wider in WIDER_KM:
        if (confident and any(hit.distance_km is not None for hit in hits)) or wish.no_way:
            break
        if wider > radius:
            more, surer = _hits(asked, wider)
            if (surer, len(more)) > (confident, len(hits)):
                hits, confident, radius = more, surer, wider
    return _Answer(wish, hits, confident, radius)


def _hits(asked: _Asked, radius_km: int | None) -> tuple[list[Hit], bool]:
    wish = asked.wish
    answer = search(
        Request(
            text=wish.said,
            named=wish.text if wish.said else "",
            kinds=frozenset({ENTRY_KIND}),
            origin=(wish.place.lat, wish.place.lon) if wish.place else None,
            radius_km=radius_km,
            age_months=wish.age_months,
            facets=_facets(wish, asked.today),
            neighbours=asked.network.shows_neighbours,
            sort="distance" if wish.nearest_first else "fit",
            limit=MOST,
        )
    )
    asked.corrected.extend(answer.corrections)
    hits = list(answer.hits)
    day = wish.on(asked.today)
    if day is not None:
        hits = _taking_place(asked, hits, day)
    return hits, answer.confident and bool(hits)


def _facets(wish: Wish, today: date) -> Mapping[str, frozenset[str]]:
    wanted = {
        "topic": wish.topic,
        "language": wish.language,
        "phase": wish.phase,
        "costs": Costs.FREE if wish.free else "",
        "step_free": "yes" if wish.step_free else "",
    }
    facets = {name: frozenset({str(value)}) for name, value in wanted.items() if value}
    if wish.way:
        facets["setting"] = frozenset({wish.way})
    elif wish.no_way:
        facets["setting"] = frozenset(set(Setting.values) - {Setting.ON_SITE.value})
    if slots := wish.slots(today):
        facets["slot"] = slots
    return facets


def _taking_place(asked: _Asked, hits: list[Hit], day: date) -> list[Hit]:
    """Those that really happen on that day: not in a week without, not in a pause, not over."""
    begin = datetime.combine(day, datetime.min.time(), tzinfo=BERLIN)
    lands = _lands(asked.network, hits)
    held: dict[UUID, list[Schedule]] = {}
    with published_everywhere():
        for schedule in Schedule.objects.filter(offer__in=[hit.object_id for hit in hits]):
            held.setdefault(schedule.offer_id, []).append(schedule)
    kept = []
    for hit in hits:
        dates = occurrences(
            held.get(hit.object_id, ()),
            after=max(begin, asked.now),
            days=0,
            closed=asked.closed(lands[hit.network_id]),
        )
        asked.looked_at.extend(dates)
        if any(_in_time(one, asked.wish) for one in dates):
            kept.append(hit)
    return kept


def _lands(network: Network, hits: Sequence[Hit]) -> dict[UUID, str]:
    """The Land of each network that hits belong to; asks only when there are neighbours' ones."""
    others = {hit.network_id for hit in hits} - {network.pk}
    near = Network.objects.filter(pk__in=others) if others else ()
    return {one.pk: one.land for one in (network, *near)}


def _in_time(occurrence: Occurrence, wish: Wish) -> bool:
    return not wish.time or TIMES[wish.time] in daytimes(occurrence.schedule)


def _offers_of(actor: Actor, hits: Sequence[Hit]) -> dict[UUID, Offer]:
    here = current_network_id()
    mine = [hit.object_id for hit in hits if hit.network_id == here]
    others = [hit.object_id for hit in hits if hit.network_id != here]
    offers = queries.cards(actor, mine)
    if others:
        with published_everywhere():
            offers |= queries.cards(actor, others)
    return offers


def _all_found(actor: Actor, asked: _Asked, hits: Sequence[Hit]) -> list[Found]:
    offers = _offers_of(actor, hits)
    return [_found(asked, hit, offers[hit.object_id]) for hit in hits if hit.object_id in offers]


def _found(asked: _Asked, hit: Hit, offer: Offer) -> Found:
    closed = asked.closed(offer.network.land)
    dates = next_occurrences(offer.schedules.all(), after=asked.now, limit=1, closed=closed)
    asked.looked_at.extend(dates)
    return Found(
        offer=offer,
        network=offer.network,
        from_neighbour=hit.network_id != current_network_id(),
        score=hit.score,
        distance_km=hit.distance_km,
        approximate=_is_approximate(hit, asked.wish),
        at_place=nearest_place(offer, asked.wish),
        next=dates[0] if dates else None,
        matched=hit.words,
        hit=hit,
    )


def _is_approximate(hit: Hit, wish: Wish) -> bool:
    """A distance is as exact as the vaguer of its two ends."""
    if hit.distance_km is None or wish.place is None:
        return False
    return hit.approximate or wish.place.approximate


def nearest_place(offer: Offer, wish: Wish) -> OfferAtPlace | None:
    """Of several places the one next to the wished one."""
    links = list(offer.at_places.all())
    if wish.place is None or len(links) < 2:
        return links[0] if links else None
    located = [link for link in links if link.place.has_coordinates]
    return min(located or links, key=lambda link: _way_km(link, wish))


def _way_km(link: OfferAtPlace, wish: Wish) -> float:
    if wish.place is None or link.place.latitude is None or link.place.longitude is None:
        return 0.0
    return distance_km(wish.place.lat, wish.place.lon, link.place.latitude, link.place.longitude)


def coming_dates(
    actor: Actor, network: Network, *, now: datetime, limit: int
) -> Iterator[tuple[Offer, Occurrence]]:
    """The next dates in this network, for the start page: groups and events, one per offer."""
    today = now.astimezone(BERLIN).date()
    closed = queries.closed_days(network.land, today)
    first: dict[UUID, Occurrence] = {}
    for days in DAYS_AHEAD:
        times = queries.times_open_to_all(actor, today, today + timedelta(days=days))
        for one in occurrences(times, after=now, days=days, closed=closed):
            first.setdefault(one.schedule.offer_id, one)
        if len(first) >= limit:
            break
    shown = dict(islice(first.items(), limit))
    offers = queries.cards(actor, shown)
    for offer_id, date_ in shown.items():
        yield offers[offer_id], date_
