"""One process in which some share packs out and others hand them over, all at the same moment.

    python -m tests.concurrency.sharers SLUG prepare|work|outcome

Prints one JSON object: what each was told, or what the rows say afterwards.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from typing import Any

from tests.concurrency.callers import at_once

PACKS, ORDERS, EACH = 20, 12, 4
TITLE = "Zugleich aufteilen"


def prepare() -> dict[str, Any]:
    """Wishes for more than there is of one material; of another, one order was given its pack."""
    from knotenpunkt.activities.campaigns.models import Giving
    from tests.activities.campaigns.ordering import (
        make_material,
        make_partner,
        make_station,
        order,
        ordering_campaign,
    )

    campaign = ordering_campaign(title=TITLE)
    scarce = make_material(campaign, "Luftballons", packs=PACKS, giving=Giving.PROPORTIONAL)
    ready = make_material(campaign, "Plakate", packs=5, giving=Giving.FIRST_COME)
    station = make_station(campaign)
    for number in range(ORDERS):
        order(make_partner(f"Person{number} Muster", f"Haus {number:02}"), (scarce, EACH))
    order(make_partner("Anna Abholer", "Haus Abholer"), (ready, 1), station=station)
    return {}


def work(slug: str) -> dict[str, Any]:
    """Three let different rules stand, three helpers mark the same order."""
    from knotenpunkt.activities.campaigns.models import Giving
    from knotenpunkt.foundation.networks.models import Network
    from knotenpunkt.foundation.networks.scope import in_network

    network = Network.objects.get(slug=slug)

    def inside(deed: Callable[[], str]) -> Callable[[], str]:
        def done() -> str:
            with in_network(network):
                return deed()

        return done

    sharers = [inside(lambda rule=rule: _share(rule)) for rule in Giving]  # type: ignore[misc]
    return {"told": at_once([*sharers, *[inside(_hand_over)] * 3])}


def _share(rule: Any) -> str:
    from knotenpunkt.activities.campaigns.actions.sharing import HasChanged, settle
    from knotenpunkt.activities.campaigns.models import Material
    from knotenpunkt.activities.campaigns.queries.sharing import propose
    from tests.factories import SYSTEM

    material = Material.objects.select_related("campaign").get(name="Luftballons")
    seen = propose(SYSTEM, material, rule).seal
    try:
        settle(actor=SYSTEM, material=material, rule=rule, seen=seen)
    except HasChanged:
        return "changed"
    return "stands"


def _hand_over() -> str:
    from knotenpunkt.activities.campaigns.actions.handing_over import hand_over
    from knotenpunkt.activities.campaigns.models import Order
    from knotenpunkt.activities.campaigns.rules.handing_over import Helper

    order = Order.objects.select_related("station").get(station__isnull=False)
    helper = Helper(order.station.pk, order.station.name)
    return "given" if hand_over(actor=helper, order=order).handed_over_at else "not given"


def outcome() -> dict[str, Any]:
    """What the rows say afterwards."""
    from knotenpunkt.activities.campaigns.models import Line, Material
    from knotenpunkt.foundation.audit.models import Entry
    from knotenpunkt.tools.capacity.models import Pool

    scarce = Material.objects.get(name="Luftballons")
    granted = [line.granted for line in Line.objects.filter(material=scarce)]
    return {
        "granted": sorted(granted),
        "taken": Pool.objects.get(about=scarce.pk).taken,
        "handed_over": [line.handed_over for line in Line.objects.exclude(material=scarce)],
        "deeds": Entry.objects.filter(deed="campaigns.hand_over").count(),
    }


def main(slug: str, deed: str) -> dict[str, Any]:
    from knotenpunkt.foundation.networks.models import Network
    from knotenpunkt.foundation.networks.scope import in_network

    if deed == "work":
        return work(slug)
    with in_network(Network.objects.get(slug=slug)):
        return prepare() if deed == "prepare" else outcome()


if __name__ == "__main__":
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.base")
    django.setup()
    sys.stdout.write(json.dumps(main(sys.argv[1], sys.argv[2])))
