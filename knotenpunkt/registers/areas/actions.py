"""Writes to places, outlines and school holidays."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import transaction

from knotenpunkt.foundation.accounts.actors import Actor
from knotenpunkt.foundation.accounts.models import User
from knotenpunkt.foundation.accounts.rights import Right
from knotenpunkt.foundation.audit.actions import assign, record, store
from knotenpunkt.foundation.networks.models import Network
from knotenpunkt.foundation.networks.scope import current_network, in_network
from knotenpunkt.registers.areas import outlines, postal_codes
from knotenpunkt.registers.areas.holiday_files import Stretch, read_holidays
from knotenpunkt.registers.areas.models import (
    Outline,
    Place,
    Precision,
    Region,
    RegionCoordinator,
    SchoolHolidays,
)
from knotenpunkt.registers.areas.outline_files import read_outlines
from knotenpunkt.registers.areas.outlines import DrawnOutline

ADDRESS = {"street", "postal_code", "town"}
# What follows from an address.
DERIVED = {"town", "area_key", "state", "latitude", "longitude", "precision"}


@transaction.atomic
def save_place(*, actor: Actor, place: Place | None = None, **values: Any) -> Place:
    """Create a place, or change the given one; what the postal code tells is filled in at once.

    Coordinates that are given count as exact. ValidationError when a value cannot be right.
    Providers write places for offers of their own; which ones they share, the caller looks at.
    """
    if not actor.may(Right.EDIT_OWN_ENTRIES):
        actor.must(Right.EDIT_REGISTERS)
    place = place or Place()
    changes = assign(place, values)
    if not changes and not place._state.adding:
        return place
    _forget_outdated(place, changes.keys() - {"area_key", "state"}, values)
    # Only a place without a postal code needs the network's area, which costs a query.
    complete_place(place, () if place.postal_code else current_network().area_keys)
    # The constraints of the table hold anyway; asking the database about each of them beforehand
    # would cost an import a tenth of its time.
    place.clean_fields(exclude=["network"])
    place.clean()
    store(place, changes, *(DERIVED - changes.keys()))
    record(actor=actor, deed="areas.save_place", on=place, title=str(place), changes=changes)
    return place


@transaction.atomic
def save_region(*, actor: Actor, region: Region | None = None, **values: Any) -> Region:
    """Create a region (name and kind are needed) or change the given fields of one."""
    actor.must(Right.CHANGE_NETWORK)
    target = region or Region()
    changes = assign(target, values)
    if not changes and not target._state.adding:
        return target
    store(target, changes)
    deed = "areas.change_region" if region else "areas.create_region"
    record(actor=actor, deed=deed, on=target, title=target.name, changes=changes)
    return target


def complete_place(place: Place, near_area_keys: Sequence[str] = ()) -> None:
    """Fill what is empty and what the postal code tells. Saves nothing.

    Without a postal code the town's name must be the only one, at least in the given areas.
    """
    if place.has_coordinates and place.precision == Precision.UNKNOWN:
        place.precision = Precision.EXACT
    row = postal_codes.row_for(place.postal_code, place.town, near_area_keys)
    if row is None:
        return
    place.town = place.town or row.town
    place.state = place.state or row.state
    place.area_key = place.area_key or row.area_key
    if not place.has_coordinates:
        place.latitude, place.longitude = row.latitude, row.longitude
        place.precision = Precision.POSTAL_CODE


def _forget_outdated(place: Place, changed: Iterable[str], given: dict[str, Any]) -> None:
    """What stood for the former address does not hold for a new one.

    Nor does an exact position: it would send families to the old house.
    """
    if "latitude" in given or "longitude" in given:
        place.precision = given.get("precision", Precision.UNKNOWN)
    elif ADDRESS & set(changed):
        place.latitude = place.longitude = None
        place.precision = Precision.UNKNOWN
    if {"postal_code", "town"} & set(changed):
        place.area_key = given.get("area_key", "")
        place.state = given.get("state", "")


@transaction.atomic
def keep_region(
    *, actor: Actor, region: Region | None, coordinators: Collection[User], **values: Any
) -> Region:
    """What the form of a region says, in one go."""
    saved = save_region(actor=actor, region=region, **values)
    set_coordinators(actor=actor, region=saved, users=coordinators)
    return saved


@transaction.atomic
def set_coordinators(*, actor: Actor, region: Region, users: Collection[User]) -> None:
    """Let exactly these members look after a region."""
    actor.must(Right.CHANGE_NETWORK)
    wanted = {user.pk: user for user in users}
    links = RegionCoordinator.objects.filter(region=region).select_related("user")
    before = {link.user_id: link for link in links}
    if before.keys() == wanted.keys():
        return
    for key in before.keys() - wanted.keys():
        before[key].delete()
    for key in wanted.keys() - before.keys():
        RegionCoordinator(region=region, user=wanted[key]).save(force_insert=True)
    names = [sorted(link.user.name for link in before.values())]
    names.append(sorted(user.name for user in wanted.values()))
    record(
        actor=actor,
        deed="areas.change_region",
        on=region,
        title=region.name,
        changes={"coordinators": names},
    )


@transaction.atomic
def remove_region(*, actor: Actor, region: Region) -> None:
    """Forget a region. Its parts stay; who worked for it no longer names it."""
    actor.must(Right.CHANGE_NETWORK)
    record(actor=actor, deed="areas.remove_region", on=region, title=region.name)
    region.delete()


def draw_outlines(network: Network, *, actor: Actor) -> int:
    """Draw the borders of the network's area from its places; returns how many there are.

    An approximation, marked so. Official outlines that were loaded stay: returns 0 then.
    """
    actor.must(Right.CHANGE_NETWORK)
    with in_network(network), transaction.atomic():
        if Outline.objects.filter(approximate=False).exists():
            return 0
        drawn = outlines.drawn_outlines(network.area_keys)
        return _replace_outlines(drawn, actor, "areas.draw_outlines")


def load_outlines(network: Network, path: Path, *, actor: Actor, source: str = "") -> int:
    """Take official borders from a GeoJSON file in place of all former ones; returns how many.

    `source` is what the map names beside them (default: the file's name). UnreadableOutlines
    when the file cannot be used; the former outlines then stay.
    """
    actor.must(Right.CHANGE_NETWORK)
    official = read_outlines(path, network.area_keys, source or path.stem)
    with in_network(network), transaction.atomic():
        return _replace_outlines(official, actor, "areas.load_outlines")


def _replace_outlines(found: list[DrawnOutline], actor: Actor, deed: str) -> int:
    Outline.objects.all().delete()
    rows = Outline.objects.bulk_create(
        Outline(
            key=outline.key,
            name=outline.name,
            level=outline.level,
            geometry=outline.geometry,
            approximate=outline.approximate,
            source=outline.source,
        )
        for outline in found
    )
    if rows:
        record(actor=actor, deed=deed, on=rows[0], title=str(rows[0]))
    return len(rows)


@dataclass(frozen=True, slots=True)
class HolidayReport:
    """What a file of school holidays changed; `updated` ones took the place of older dates."""

    created: int
    updated: int
    unchanged: int


@transaction.atomic
def load_school_holidays(*, path: Path, land: str, dry_run: bool = False) -> HolidayReport:
    """Take a Land's school holidays from an OpenHolidays CSV or an iCalendar file.

    New dates replace older ones that they overlap, so a file can be loaded again, and a corrected
    one corrects. Holidays serve all networks: only a command on the server loads them.
    UnreadableHolidays when something in the file is wrong; nothing is changed then.
    """
    wanted = read_holidays(path, land)
    present = {
        Stretch(row.starts, row.ends, row.name): row
        for row in SchoolHolidays.objects.filter(land=land)
    }
    fresh = [stretch for stretch in wanted if stretch not in present]
    outdated = [stretch for stretch in present.keys() - set(wanted) if _overlaps(stretch, wanted)]
    if not dry_run:
        SchoolHolidays.objects.filter(pk__in=[present[old].pk for old in outdated]).delete()
        SchoolHolidays.objects.bulk_create(_rows(fresh, land, path.name))
    updated = sum(_overlaps(stretch, outdated) for stretch in fresh)
    return HolidayReport(len(fresh) - updated, updated, len(wanted) - len(fresh))


def _overlaps(stretch: Stretch, others: Iterable[Stretch]) -> bool:
    return any(stretch.starts <= other.ends and other.starts <= stretch.ends for other in others)


def _rows(stretches: list[Stretch], land: str, source: str) -> list[SchoolHolidays]:
    return [
        SchoolHolidays(
            land=land, name=new.name, starts=new.starts, ends=new.ends, source=source[:200]
        )
        for new in stretches
    ]
