"""A network of two regions, its partners, and somebody at the desk."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from knotenpunkt.foundation.accounts.actors import Actor, Person
from knotenpunkt.foundation.accounts.rights import Role
from knotenpunkt.foundation.networks.models import Network
from knotenpunkt.registers.agreements.actions import save_agreement
from knotenpunkt.registers.agreements.models import Agreement
from knotenpunkt.registers.areas.models import Region, RegionKind
from knotenpunkt.registers.partners.actions import save_organisation, set_regions
from knotenpunkt.registers.partners.models import Level, Organisation
from tests.conftest import Cast
from tests.factories import SYSTEM
from tests.papers import accessible

__all__ = ["accessible"]

TODAY = timezone.localdate
Making = Callable[..., Organisation]


@pytest.fixture
def petra_acts(cast: Cast, inside_a: Network) -> Actor:
    """The coordinator, as an actor."""
    return Person(cast.petra, Role.COORDINATOR)


@pytest.fixture
def birgit_acts(cast: Cast, inside_a: Network) -> Actor:
    """Somebody who only reads."""
    return Person(cast.birgit, Role.READER)


@pytest.fixture
def petra(client: Client, cast: Cast) -> Client:
    """The coordinator at her desk."""
    client.force_login(cast.petra)
    return client


@pytest.fixture
def north(inside_a: Network) -> Region:
    return _region("Nord", 0)


@pytest.fixture
def south(inside_a: Network) -> Region:
    return _region("Süd", 1)


def _region(name: str, position: int, parent: Region | None = None) -> Region:
    region = Region(name=name, kind=RegionKind.FORMER_COUNTY, position=position, parent=parent)
    region.save()
    return region


@pytest.fixture
def part_of(inside_a: Network) -> Callable[[Region, str], Region]:
    """A municipality inside a region."""
    return lambda region, name: _region(name, 9, region)


@pytest.fixture
def partner(inside_a: Network) -> Making:
    """Somebody who joined: partner("Schule", kind="school", regions=[north])."""

    def make(name: str, *, regions: list[Region] | None = None, **values: Any) -> Organisation:
        told = {"level": Level.FACILITY, "kind": "school", "joined_on": date(2020, 1, 1)} | values
        house = save_organisation(actor=SYSTEM, name=name, **told)
        if regions:
            set_regions(actor=SYSTEM, organisation=house, regions=regions)
        return house

    return make


@pytest.fixture
def principles(inside_a: Network) -> Agreement:
    """The principles of § 3 (3) KKG, valid for another year."""
    return save_agreement(
        actor=SYSTEM,
        kind="cooperation",
        title="Grundsätze der Zusammenarbeit",
        signed_on=TODAY() - timedelta(days=700),
        valid_until=TODAY() + timedelta(days=365),
    )
