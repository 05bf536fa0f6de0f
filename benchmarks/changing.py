"""Changes an offer for each line it is told: `python -m benchmarks.changing NETWORK`.

By the product's own action, in a process of its own, as an editor at the desk would: the next
request for a page that shows it must not get the former one.
"""

from __future__ import annotations

import os
import sys

import django


def main() -> None:
    """Say that it is ready, then that each change is done."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.base")
    django.setup()
    from knotenpunkt.foundation.accounts.actors import System
    from knotenpunkt.foundation.networks.models import Network
    from knotenpunkt.foundation.networks.scope import in_network
    from knotenpunkt.registers.offers.actions import save_offer
    from knotenpunkt.registers.offers.models import Offer

    network = Network.objects.get(slug=sys.argv[1])
    print("ready", flush=True)
    for number, _line in enumerate(sys.stdin):
        with in_network(network):
            offer = Offer.objects.filter(Offer.published_when).order_by("pk")[number % 10]
            note = f"Stand {number}"
            save_offer(
                actor=System("benchmark"), offer=offer, provider=offer.provider,
                title=offer.title, costs_note=note,
            )  # fmt: skip
        print("done", flush=True)


if __name__ == "__main__":
    main()
