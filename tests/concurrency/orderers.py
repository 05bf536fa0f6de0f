"""One process in which fifty partners order the last packs of a material at the same moment.

    python -m tests.concurrency.orderers SLUG prepare|order FIRST COUNT

`order` lets COUNT partners from FIRST on order one pack each. Prints one JSON object: what each
was told, or which packs are left and who waits where.
"""

from __future__ import annotations

import json
import os
import sys
from typing import Any

from tests.concurrency.callers import at_once

PACKS = 3
PARTNERS = 50
TITLE = "Die letzten Packungen"


def prepare() -> dict[str, Any]:
    """A campaign with a material of a few packs, and everybody who wants one."""
    from tests.activities.campaigns.ordering import make_material, make_partner, ordering_campaign

    make_material(ordering_campaign(title=TITLE), packs=PACKS)
    for number in range(PARTNERS):
        make_partner(f"Person{number} Muster", f"Haus {number:02}")
    return {}


def order(slug: str, first: int, count: int) -> dict[str, Any]:
    """All press their button at once, half of them twice."""
    from knotenpunkt.activities.campaigns.actions.orders import place_order
    from knotenpunkt.activities.campaigns.models import Came, Material
    from knotenpunkt.foundation.networks.models import Network
    from knotenpunkt.foundation.networks.scope import in_network
    from knotenpunkt.registers.partners.models import Contact
    from tests.activities.campaigns.ordering import draft_for
    from tests.factories import SYSTEM

    network = Network.objects.get(slug=slug)

    def one(number: int) -> int:
        with in_network(network):
            material = Material.objects.select_related("campaign").get()
            contact = Contact.objects.get(organisation__name=f"Haus {number:02}")
            made = place_order(
                actor=SYSTEM, campaign=material.campaign, draft=draft_for(contact, (material, 1)),
                came=Came.LINK, key=f"form {number}",
            )  # fmt: skip
            return made.number

    pressed = [number for number in range(first, first + count) for _time in range(1 + number % 2)]
    return {"numbers": at_once([lambda number=number: one(number) for number in pressed])}  # type: ignore[misc]


def outcome() -> dict[str, Any]:
    """What the rows say afterwards."""
    from knotenpunkt.activities.campaigns.models import Line
    from knotenpunkt.activities.campaigns.queries.orders import places_on_list
    from knotenpunkt.tools.capacity.models import Pool

    lines = list(Line.objects.select_related("order"))
    pool = Pool.objects.get()
    places = places_on_list({line.material_id for line in lines})
    return {
        "granted": sorted(line.granted for line in lines),
        "numbers": sorted(line.order.number for line in lines),
        "places": sorted(places.values()),
        "in_turn": [places[line.pk] for line in sorted(lines, key=lambda one: one.order.number)
                    if line.pk in places],
        "taken": pool.taken,
        "left": pool.left,
    }  # fmt: skip


def main(slug: str, deed: str, first: int, count: int) -> dict[str, Any]:
    from knotenpunkt.foundation.networks.models import Network
    from knotenpunkt.foundation.networks.scope import in_network

    if deed == "order":
        return order(slug, first, count)
    with in_network(Network.objects.get(slug=slug)):
        return prepare() if deed == "prepare" else outcome()


if __name__ == "__main__":
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.base")
    django.setup()
    told = main(sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4]))
    sys.stdout.write(json.dumps(told))
