"""Contacts who may answer, and regions in which they do."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from knotenpunkt.foundation.networks.models import Network
from knotenpunkt.registers.areas.models import Region, RegionKind
from knotenpunkt.registers.offers.actions import prepare_topics
from knotenpunkt.registers.offers.models import Topic
from knotenpunkt.registers.partners.actions import PhoneDraft, save_contact
from knotenpunkt.registers.partners.models import Contact
from knotenpunkt.registers.responsibilities.actions import save_responsibility
from knotenpunkt.registers.responsibilities.models import Responsibility
from tests.factories import SYSTEM, make_organisation

Answers = Callable[..., Responsibility]


@pytest.fixture
def topics(inside_a: Network) -> dict[str, Topic]:
    prepare_topics()
    return {topic.key: topic for topic in Topic.objects.all()}


@pytest.fixture
def regions(inside_a: Network) -> dict[str, Region]:
    """The county, in it the town of Freiberg, and Döbeln beside it."""
    county = Region(name="Altkreis", kind=RegionKind.FORMER_COUNTY, postal_codes=["09618"])
    county.save()
    town = Region(name="Freiberg", kind=RegionKind.MUNICIPALITY, parent=county)
    town.save()
    other = Region(name="Raum Döbeln", kind=RegionKind.OTHER, postal_codes=["04720"])
    other.save()
    return {"county": county, "town": town, "other": other}


def make_contact(name: str, **more: Any) -> Contact:
    phone = PhoneDraft(
        shown="030 23125 555", dialled="+493023125555", audience=more.pop("phone_audience", None)
    )
    house = make_organisation(f"Haus {name}")
    return save_contact(
        actor=SYSTEM,
        organisation=house,
        name=name,
        email=f"{name.split()[0]}@example.org".lower(),
        phones=[phone],
        **more,
    )


@pytest.fixture
def answers(inside_a: Network) -> Answers:
    """Somebody who answers, by name."""

    def make(name: str, for_whom: str = "families", **values: Any) -> Responsibility:
        held = {key: values.pop(key) for key in tuple(values) if key.startswith("contact_")}
        contact = make_contact(name, **{key.removeprefix("contact_"): v for key, v in held.items()})
        return save_responsibility(actor=SYSTEM, contact=contact, for_whom=for_whom, **values)

    return make
