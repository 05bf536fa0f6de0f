"""Decisions about responsibilities: who sees which, and which answer a question."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from knotenpunkt.foundation.accounts.actors import Actor
from knotenpunkt.foundation.accounts.rights import Right
from knotenpunkt.foundation.core.folding import fold
from knotenpunkt.registers.areas import postal_codes
from knotenpunkt.registers.areas.distances import distance_km
from knotenpunkt.registers.areas.models import Region
from knotenpunkt.registers.areas.postal_codes import Located
from knotenpunkt.registers.offers.models import Topic
from knotenpunkt.registers.partners.models import Audience
from knotenpunkt.registers.responsibilities.models import ForWhom, Responsibility

LENGTH_OF_A_COUNTY_KEY = 5
# Towns of one name lie further apart.
SAME_TOWN_KM = 25


@dataclass(frozen=True, slots=True)
class Question:
    """Who asks for what: `for_whom` families or professionals; the rest may be open.

    `topic` is the key of a topic or a duty.
    """

    for_whom: str = ForWhom.FAMILIES
    place: Located | None = None
    topic: str = ""
    age_months: int | None = None


def circle_of(actor: Actor) -> str:
    """Whoever is signed in works in the network and is a professional; others are the public."""
    return Audience.PROFESSIONALS if actor.may(Right.OPEN_DESK) else Audience.PUBLIC


def may_be_shown(one: Responsibility, circle: str, day: date) -> bool:
    """A role that is held, of somebody who is still there; an iseF only to professionals."""
    contact = one.contact
    left = [contact.organisation.left_on, contact.person.left_on if contact.person else None]
    is_there = all(gone is None or day < gone for gone in left)
    if contact.is_internal or not contact.is_held_on(day) or not is_there:
        return False
    return not one.is_isef or circle != Audience.PUBLIC


def is_for(one: Responsibility, for_whom: str) -> bool:
    """Whether those who ask are meant."""
    return one.for_whom in (for_whom, ForWhom.BOTH)


def fits_age(one: Responsibility, months: int | None) -> bool:
    """An open end holds for all; nobody who asks without an age is left out."""
    if months is None:
        return True
    return (one.age_from or 0) <= months and (one.age_to is None or months <= one.age_to)


def topic_fit(one: Responsibility, key: str, lineage: Sequence[str]) -> int:
    """How well a topic is meant: 3 itself, 2 the one above it, 1 everything, 0 not at all.

    `lineage` are the key and that of the topic above.
    """
    named = {link.topic.key for link in one.topic_links.all()} | set(one.duties)
    if not named:
        return 1
    if key in named:
        return 3
    return 2 if named & set(lineage) else 0


def lineage_of(key: str, topics: Iterable[Topic]) -> list[str]:
    """The key of a topic and of the one above it; a duty stands alone."""
    told = list(topics)
    by_id = {topic.pk: topic.key for topic in told}
    above = [by_id[topic.parent_id] for topic in told if topic.key == key and topic.parent_id]
    return [key, *above]


def region_fit(one: Responsibility, around: Sequence[UUID]) -> int:
    """How near: regions of its own count more the smaller they are, 1 the whole network, 0 none."""
    own = {link.region_id for link in one.region_links.all()}
    if not own:
        return 1
    nearest = [len(around) + 1 - at for at, region in enumerate(around) if region in own]
    return max(nearest, default=0)


def regions_around(place: Located, regions: Sequence[Region]) -> list[UUID]:
    """The regions in which a place lies, the smallest first, those above them behind."""
    by_id = {region.pk: region for region in regions}
    found = [region for region in regions if _holds(region, place)]
    found.sort(key=lambda region: -_depth(region, by_id))
    ordered: list[UUID] = []
    for region in found:
        for one in upwards(region, by_id):
            if one.pk not in ordered:
                ordered.append(one.pk)
    return ordered


def _holds(region: Region, place: Located) -> bool:
    """By postal code, by the name of the town, by the key of the county."""
    codes = _codes(place)
    if codes & set(region.postal_codes) or fold(region.name) == fold(place.town):
        return True
    counties = {key for key in region.area_keys if len(key) == LENGTH_OF_A_COUNTY_KEY}
    return any(row.area_key in counties for code in codes for row in postal_codes.rows_of(code))


def _codes(place: Located) -> set[str]:
    """A town with several codes counts with all of them."""
    if place.postal_code:
        return {place.postal_code}
    return {
        row.postal_code
        for row in postal_codes.all_rows()
        if row.town == place.town
        and distance_km(place.lat, place.lon, row.latitude, row.longitude) < SAME_TOWN_KM
    }


def upwards(region: Region, by_id: dict[UUID, Region]) -> list[Region]:
    """A region and those above it."""
    chain = [region]
    while (above := chain[-1].parent_id) is not None:
        parent = by_id.get(above)
        if parent is None or parent in chain:
            break
        chain.append(parent)
    return chain


def _depth(region: Region, by_id: dict[UUID, Region]) -> int:
    return len(upwards(region, by_id))


def may_edit(actor: Actor) -> bool:
    """Who says who answers for what."""
    return actor.may(Right.EDIT_REGISTERS)
