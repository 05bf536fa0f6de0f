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
from unicodedata import category
from uuid import UUID

from knotenpunkt.foundation.accounts.actors import Actor
from knotenpunkt.foundation.networks.models import Network
from knotenpunkt.foundation.networks.scope import current_network_id, published_everywhere
from knotenpunkt.registers.areas.distances import distance_km
from knotenpunkt.registers.offers import queries
from knotenpunkt.registers.offers.findable import ENTRY_KIND
from knotenpunkt.registers.offers.models import Costs, Offer, OfferAtPlace, Schedule, Setting
from knotenpunkt.registers.offers.phrases import cleaned
from knotenpunkt.registers.offers.times import (
    BERLIN,
    Closed,
    Occurrence,
    daytimes,
    next_occurrences,
    occurrences,
)
from knotenpunkt.registers.offers.wishes import TIMES, Read, Wish
from knotenpunkt.tools.search.queries import TAIL, Answer, Hit, Request, search

PAGE = 20
# More than any network has: of what shall take place on a day, all must be looked at.
MOST = 10_000
# When nothing fits well, only what comes closest is shown, not a long list of everything.
CLOSEST = 5
# How many days ahead the next dates are looked for: near ones are usual, and few rows to read.
DAYS_AHEAD = (1, 14)
# The circles that are tried one after another when there is nothing in the wished one.
WIDER_KM = (20, 50, 100)
# What fits that well need not be compared with what there is without a filter.
SURE = 0.9
# What Unicode calls emoji.
PICTURE = "So"
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
    concepts: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, slots=True)
class _Asked:
    """What an answer depends on. `closed` tells for a Land when its times pause."""

    network: Network
    wish: Wish
    now: datetime
    closed: Callable[[str], Closed]
    limit: int = PAGE
    page: int = 1
    looked_at: list[Occurrence] = field(default_factory=list)

    @property
    def today(self) -> date:
        return self.now.astimezone(BERLIN).date()


@dataclass(frozen=True, slots=True)
class _Answer:
    """One page of hits of a wish inside the circle that was needed, and what all pages tell."""

    wish: Wish
    radius_km: int | None
    hits: Sequence[Hit]
    total: int
    page: int
    confident: bool
    nearest: Hit | None
    told: Answer

    @property
    def best(self) -> float:
        """The score of what fits best, of those shown."""
        return max((hit.score for hit in self.hits), default=0.0)


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
    pauses = _pauses(now.astimezone(BERLIN).date())
    asked = _Asked(network, wish, now, pauses, limit, page)
    answer, given_way = _giving_way(asked)
    asked = replace(asked, wish=answer.wish)
    found = _all_found(actor, asked, answer.hits)
    nearest = answer.nearest
    return Finding(
        wish=answer.wish,
        found=found,
        total=answer.total,
        page=answer.page,
        pages=_pages(answer.total, limit),
        confident=answer.confident,
        radius_km=answer.radius_km,
        widened=bool(answer.radius_km) and answer.radius_km != answer.wish.radius_km,
        nearest_km=nearest.distance_km if nearest else None,
        nearest_is_approximate=nearest is not None and _is_approximate(nearest, answer.wish),
        until=first_end(asked.looked_at),
        given_way=given_way,
        corrections=answer.told.corrections,
        concepts=answer.told.concepts,
    )


def _pages(total: int, limit: int) -> int:
    return max(1, -(-total // limit))


def first_end(dates: Iterable[Occurrence]) -> datetime | None:
    """When the first of these dates is over; None when there are none."""
    return min((one.over for one in dates), default=None)


def _pauses(first: date) -> Callable[[str], Closed]:
    """When times pause, by Land: a neighbour's offer keeps the holidays of its own."""
    return cache(lambda land: queries.closed_days(land, first))


def _giving_way(asked: _Asked) -> tuple[_Answer, tuple[Read, ...]]:
    """The answer; without a filter that was read from the text where nothing fits with it.

    What fits so much worse than without the filter that it would not even be shown there is no
    answer either.
    """
    answer = _widening(asked)
    least = answer.best / TAIL if answer.confident else 0.0
    if not asked.wish.read or least > SURE or (answer.confident and not asked.wish.said):
        return answer, ()
    read = sorted(asked.wish.read, key=lambda one: SOFTEST_FIRST.index(one.kind))
    ways = [(one,) for one in read] + ([tuple(read)] if len(read) > 1 else [])
    for given_way in ways:
        for wish in _eased(asked.wish, given_way):
            eased = _widening(replace(asked, wish=wish))
            if eased.confident and eased.best >= least:
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
        return _answer(asked, None)
    best = _answer(asked, wish.radius_km)
    for wider in WIDER_KM:
        if (best.confident and best.nearest is not None) or wish.no_way:
            break
        if wider > wish.radius_km:
            more = _answer(asked, wider)
            if (more.confident, more.total) > (best.confident, best.total):
                best = more
    return best


def _answer(asked: _Asked, radius_km: int | None) -> _Answer:
    """The page that is asked for; of what does not fit well only the closest."""
    day = asked.wish.on(asked.today)
    told = search(_request(asked, radius_km, all_at_once=day is not None))
    hits: Sequence[Hit] = told.hits
    total, nearest = told.total, told.nearest
    if day is not None:
        hits = _taking_place(asked, hits, day)
        total, nearest = len(hits), _nearest(hits)
    confident = told.confident and total > 0
    total = total if confident else min(total, CLOSEST)
    page = asked.page if 1 <= asked.page <= _pages(total, asked.limit) else 0
    if not page:
        return _answer(replace(asked, page=_pages(total, asked.limit)), radius_km)
    first = (page - 1) * asked.limit
    shown = hits[first : first + asked.limit] if day is not None else hits[: total - first]
    return _Answer(asked.wish, radius_km, shown[:total], total, page, confident, nearest, told)


def _nearest(hits: Sequence[Hit]) -> Hit | None:
    away = [hit for hit in hits if hit.distance_km is not None]
    return min(away, key=lambda hit: hit.distance_km or 0.0, default=None)


def _request(asked: _Asked, radius_km: int | None, *, all_at_once: bool) -> Request:
    wish = asked.wish
    return Request(
        text=_meant(wish.said),
        named=_meant(wish.named) if wish.said else "",
        kinds=frozenset({ENTRY_KIND}),
        origin=(wish.place.lat, wish.place.lon) if wish.place else None,
        radius_km=radius_km,
        age_months=wish.age_months,
        facets=_facets(wish, asked.today),
        neighbours=asked.network.shows_neighbours,
        sort="distance" if wish.nearest_first else "fit",
        limit=MOST if all_at_once else asked.limit,
        offset=0 if all_at_once else (max(1, asked.page) - 1) * asked.limit,
    )


def _meant(text: str) -> str:
    """The text as it is compared; "" when nothing in it is a word, a number or a picture."""
    text = cleaned(text)
    return text if any(mark.isalnum() or category(mark) == PICTURE for mark in text) else ""


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


def _taking_place(asked: _Asked, hits: Sequence[Hit], day: date) -> list[Hit]:
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
