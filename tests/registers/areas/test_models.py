from __future__ import annotations

import math
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from knotenpunkt.foundation.networks.models import Network
from knotenpunkt.foundation.networks.scope import OutsideNetwork, in_network, published_everywhere
from knotenpunkt.registers.areas.models import Outline, Place, Precision


def test_a_place_reads_like_an_address() -> None:
    place = Place(
        venue="Familienhaus", street="Hauptstraße 13 a", postal_code="09599", town="Freiberg"
    )
    assert place.one_line == "Familienhaus, Hauptstraße 13 a, 09599 Freiberg"
    assert place.address_line == "Hauptstraße 13 a, 09599 Freiberg"


def test_an_unknown_place_has_no_stray_commas() -> None:
    assert Place().one_line == ""
    assert Place(town="Freiberg").one_line == "Freiberg"


@pytest.mark.parametrize(
    ("precision", "approximate"),
    [(Precision.EXACT, False), (Precision.POSTAL_CODE, True), (Precision.UNKNOWN, True)],
)
def test_only_exact_places_are_not_approximate(precision: str, approximate: bool) -> None:
    assert Place(precision=precision).is_approximate is approximate


def test_accessibility_is_told_in_words() -> None:
    place = Place(access=["lift", "changing_table"])
    assert len(place.access_labels) == 2


@pytest.mark.parametrize(
    "values",
    [
        {"latitude": 50.9},
        {"longitude": 13.3},
        {"latitude": math.nan, "longitude": 13.3},
        {"latitude": 91.0, "longitude": 13.3},
        {"latitude": 50.9, "longitude": 181.0},
        {"access": ["swimming_pool"]},
        {"step_free": "maybe"},
        {"state": "XX"},
    ],
)
def test_impossible_values_are_refused(inside_a: Network, values: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        Place(**values).full_clean(exclude=["network"])


def test_the_database_refuses_half_a_position(inside_a: Network) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Place.objects.create(latitude=50.9)


def test_places_belong_to_a_network(db: None, network_a: Network, network_b: Network) -> None:
    with in_network(network_a):
        Place.objects.create(town="Freiberg")
    with in_network(network_b):
        assert not Place.objects.exists()
    with pytest.raises(OutsideNetwork):
        Place.objects.count()


def test_places_and_outlines_are_public_knowledge(network_a: Network) -> None:
    with in_network(network_a):
        Place.objects.create(town="Freiberg")
        Outline.objects.create(key="14522", name="Mittelsachsen", level="county", geometry={})
    with published_everywhere():
        assert Place.objects.get().town == "Freiberg"
        assert Outline.objects.get().name == "Mittelsachsen"
