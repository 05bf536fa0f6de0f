from __future__ import annotations

import pytest

from knotenpunkt.foundation.accounts.actors import System
from knotenpunkt.foundation.networks.models import Network
from knotenpunkt.front.founding import found_network


@pytest.fixture
def founded(db: None) -> Network:
    """A network with everything that a new one begins with."""
    return found_network(
        actor=System("test"),
        slug="mitte",
        name="Netzwerk Frühe Hilfen Mitte",
        short_name="Mitte",
        area_keys=["14522"],
        operator="Landkreis Mitte",
        contact_name="Jana Wolfram",
        contact_function="Ansprechpartnerin",
        contact_phone="030 23125 040",
        contact_email="netzwerk@example.org",
        contact_hours="Mo–Do 9–15 Uhr, Fr 9–12 Uhr",
    )
