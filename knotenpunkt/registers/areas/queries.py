"""Reads of places, outlines and school holidays."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Model, Prefetch, Q, QuerySet
from django.utils.translation import gettext as _

from knotenpunkt.foundation.accounts.actors import Actor
from knotenpunkt.foundation.accounts.models import Membership, User
from knotenpunkt.foundation.accounts.rights import Right, Role
from knotenpunkt.foundation.networks.scope import current_network
from knotenpunkt.registers.areas import postal_codes
from knotenpunkt.registers.areas.models import (
    Outline,
    OutlineLevel,
    Place,
    Region,
    RegionCoordinator,
    RegionKind,
    SchoolHolidays,
)

TOWNS_ON_A_MAP = 12


def school_holidays(land: str, first: datetime.date, last: datetime.date) -> list[SchoolHolidays]:
    """School holidays of a Land that touch the days from `first` to `last`, in order."""
    return list(
        SchoolHolidays.objects.filter(land=land, starts__lte=last, ends__gte=first).order_by(
            "starts", "ends"
        )
    )


def outlines_for_map() -> dict[str, Any]:
    """The network's outlines as a GeoJSON FeatureCollection, counties first (they lie below).

    `attribution` is the line the map shows, with the word that the borders are an approximation.
    """
    order = list(OutlineLevel.values)
    outlines = sorted(Outline.objects.all(), key=lambda outline: order.index(outline.level))
    return {
        "type": "FeatureCollection",
        "attribution": "; ".join(dict.fromkeys(_attributions(outlines))),
        "features": [_feature(outline) for outline in outlines],
        "towns": [
            {"name": town.name, "lat": town.latitude, "lon": town.longitude}
            for town in postal_codes.largest_towns(current_network().area_keys, TOWNS_ON_A_MAP)
        ],
    }


def _attributions(outlines: list[Outline]) -> Iterator[str]:
    for outline in outlines:
        if outline.approximate:
            yield _("Borders approximate: %(source)s") % {"source": outline.source}
        elif outline.source:
            yield _("Borders: %(source)s") % {"source": outline.source}


def _feature(outline: Outline) -> dict[str, Any]:
    return {
        "type": "Feature",
        "id": outline.key,
        "properties": {
            "name": outline.name,
            "level": outline.level,
            "approximate": outline.approximate,
        },
        "geometry": outline.geometry,
    }


def regions(actor: Actor) -> list[Region]:
    """All regions of the network at hand: the wide ones first, then by position and name.

    PermissionDenied for those who have no desk.
    """
    actor.must(Right.OPEN_DESK)
    order = list(RegionKind.values)
    return sorted(Region.objects.all(), key=lambda one: order.index(one.kind))


def public_regions() -> list[Region]:
    """The same for everybody who reads a public page: how a network is parted is no secret."""
    order = list(RegionKind.values)
    rows = Region.objects.filter(Region.published_when)
    return sorted(rows, key=lambda one: order.index(one.kind))


def get_region(actor: Actor, region_id: UUID) -> Region:
    """One region; Region.DoesNotExist, PermissionDenied for those who do not look after it."""
    actor.must(Right.CHANGE_NETWORK)
    found: Region = Region.objects.get(pk=region_id)
    return found


def regions_with_coordinators(actor: Actor) -> list[Region]:
    """The same as `regions`, with `.coordinators` and the people behind them: two queries."""
    actor.must(Right.READ_INTERNAL)
    people = Prefetch(
        "coordinators", RegionCoordinator.objects.select_related("user").order_by("user__name")
    )
    order = list(RegionKind.values)
    rows = Region.objects.select_related("parent").prefetch_related(people)
    return sorted(rows, key=lambda one: order.index(one.kind))


def own_regions(actor: Actor) -> list[Region]:
    """The regions that this member looks after."""
    if actor.user_id is None:
        return []
    return list(Region.objects.filter(coordinators__user_id=actor.user_id).order_by("name"))


def possible_coordinators(actor: Actor) -> QuerySet[User]:
    """Who may look after a region: members who keep the registers."""
    actor.must(Right.CHANGE_NETWORK)
    members = Membership.objects.filter(role__in=[Role.COORDINATOR, Role.EDITOR])
    rows: QuerySet[User] = User.objects.filter(pk__in=members.values("user"), is_active=True)
    return rows.order_by("name")


def coordinators_of(region: Region) -> list[UUID]:
    """The keys of those who look after a region."""
    rows = RegionCoordinator.objects.filter(region=region)
    return list(rows.values_list("user_id", flat=True))


@dataclass(frozen=True, slots=True)
class Stretch:
    """What lies in some regions: themselves with their parts, and where that is."""

    ids: frozenset[UUID]
    area_keys: frozenset[str]
    postal_codes: frozenset[str]

    def holds_place(self, path: str) -> Q:
        """Records whose place (at `path`) lies here."""
        return Q(**{f"{path}__area_key__in": self.area_keys}) | Q(
            **{f"{path}__postal_code__in": self.postal_codes}
        )

    def holds(self, place: Place) -> bool:
        """The same of one place that is loaded already."""
        return place.area_key in self.area_keys or place.postal_code in self.postal_codes


def stretch_of(wanted: Iterable[UUID], known: Iterable[Region]) -> Stretch:
    """These regions with all their parts; asks nothing of the database."""
    rows = list(known)
    ids = set(wanted)
    while more := {one.pk for one in rows if one.parent_id in ids} - ids:
        ids |= more
    inside = [one for one in rows if one.pk in ids]
    return Stretch(
        frozenset(ids),
        frozenset(key for one in inside for key in one.area_keys),
        frozenset(code for one in inside for code in one.postal_codes),
    )


def region_name(key: str) -> str:
    """The name of a region by its key; "" when it is gone."""
    return next((one.name for one in Region.objects.all() if str(one.pk) == key), "")


def is_used_elsewhere(place: Place, user: Model | None) -> bool:
    """Whether anything but this record stands at the place, whichever app it belongs to."""
    for relation in Place._meta.related_objects:
        rows = relation.related_model._default_manager.filter(**{relation.field.name: place})
        if user is not None and isinstance(user, relation.related_model):
            rows = rows.exclude(pk=user.pk)
        if rows.exists():
            return True
    return False
