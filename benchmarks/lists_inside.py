"""A network with COUNT offers, 1,100 partners with 2,500 people, and somebody at its desk.

As a process of an installation:

    python -m benchmarks.lists_inside SLUG COUNT

Prints the session as JSON.
"""

from __future__ import annotations

import json
import os
import sys

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.base")
django.setup()

from django.test import Client  # noqa: E402

from knotenpunkt.foundation.accounts.actions import add_member  # noqa: E402
from knotenpunkt.foundation.accounts.actors import System  # noqa: E402
from knotenpunkt.foundation.accounts.rights import Role  # noqa: E402
from knotenpunkt.foundation.networks.actions import create_network  # noqa: E402
from knotenpunkt.foundation.networks.installation import prepare_database  # noqa: E402
from knotenpunkt.foundation.networks.scope import in_network  # noqa: E402
from knotenpunkt.registers.offers.actions import prepare_topics  # noqa: E402
from tests import many_partners  # noqa: E402
from tests.many_offers import fill  # noqa: E402

BACKEND = "django.contrib.auth.backends.ModelBackend"


def main(slug: str, count: int) -> dict[str, str]:
    """Fill the network and sign its coordinator in."""
    prepare_database()
    network = create_network(slug=slug, name="Netzwerk", area_keys=["14522"])
    with in_network(network):
        prepare_topics()
        fill(count)
        many_partners.fill()
        member, _is_new = add_member(
            actor=System("benchmark"),
            email="desk@example.org",
            name="Jana Wolfram",
            role=Role.COORDINATOR,
            password="a-long-password-of-a-benchmark",  # noqa: S106
        )
    client = Client()
    client.force_login(member.user, backend=BACKEND)
    return {name: morsel.value for name, morsel in client.cookies.items()}


if __name__ == "__main__":
    print(json.dumps(main(sys.argv[1], int(sys.argv[2]))))
