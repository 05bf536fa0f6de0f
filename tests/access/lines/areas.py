"""Regions at the desk."""

from __future__ import annotations

from uuid import UUID

from knotenpunkt.foundation.accounts.models import User
from knotenpunkt.foundation.networks.models import Network
from knotenpunkt.registers.areas.actions import save_region
from tests.access.table import COORDINATORS, MEMBERS, Line
from tests.factories import SYSTEM

FORMS = {"areas:new_region", "areas:region", "areas:remove_region"}
UNFINISHED = {role: 422 if code == 200 else code for role, code in COORDINATORS.items()}
LINES = [
    Line("areas:regions", MEMBERS | {"provider": 403}),
    Line("areas:new_region", COORDINATORS),
    Line("areas:new_region", UNFINISHED, method="post", data={"name": ""}),
    Line("areas:region", COORDINATORS, of="region", key="region_id"),
    Line("areas:region", UNFINISHED, of="region", key="region_id", method="post"),
    Line("areas:remove_region", COORDINATORS, of="region", key="region_id"),
]


def props(network: Network, people: dict[str, User | None]) -> dict[str, UUID]:
    """One region."""
    region = save_region(actor=SYSTEM, name="Altkreis Döbeln", kind="former_county")
    return {"region": region.pk}
