"""What every new network begins with: its topics, legal pages, help numbers and map."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction

from knotenpunkt.foundation.accounts.actors import System
from knotenpunkt.foundation.networks.actions import create_network
from knotenpunkt.foundation.networks.models import Network
from knotenpunkt.foundation.networks.scope import in_network
from knotenpunkt.registers.areas.actions import draw_outlines
from knotenpunkt.registers.offers.actions import prepare_topics
from knotenpunkt.registers.pages.actions import prepare_pages


@transaction.atomic
def found_network(
    *,
    slug: str,
    name: str,
    short_name: str = "",
    area_keys: Sequence[str] = (),
    accent: str = "",
    **details: object,
) -> Network:
    """Create a network that is ready to be filled; ValidationError as `create_network` says."""
    network = create_network(
        slug=slug,
        name=name,
        short_name=short_name,
        area_keys=area_keys,
        accent=accent,
        **details,
    )
    with in_network(network):
        prepare_topics()
        prepare_pages(network)
        draw_outlines(network=network, actor=System("founding"))
    return network
