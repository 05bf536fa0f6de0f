"""Reads for the first pages, put together from the registers below."""

from __future__ import annotations

from dataclasses import dataclass

from knotenpunkt.foundation.networks.addresses import address
from knotenpunkt.foundation.networks.models import LANDS, Network
from knotenpunkt.front.public.context import Masthead, masthead
from knotenpunkt.registers.areas.models import Land
from knotenpunkt.registers.areas.postal_codes import county_names

NAMED_AREAS = 3


@dataclass(frozen=True, slots=True)
class ListedNetwork:
    """A network in the list of all."""

    url: str
    head: Masthead
    area: str
    is_demo: bool


def listed_networks(language: str) -> list[ListedNetwork]:
    """All networks of the installation, by name; the links lead to their pages in the language."""
    return [
        ListedNetwork(
            url=address(network, "public:start", language=language),
            head=masthead(network),
            area=area(network),
            is_demo=network.is_demo,
        )
        for network in Network.objects.all()
    ]


def area(network: Network) -> str:
    """The counties or Länder it covers, in words; the Land alone when they are too many."""
    counties, keys = county_names(), network.area_keys
    named = dict.fromkeys(counties.get(key[:5]) or _land(key) for key in keys)
    if len(named) > NAMED_AREAS:
        named = dict.fromkeys(_land(key) for key in keys)
    return ", ".join(named)


def _land(key: str) -> str:
    return str(Land(LANDS[key[:2]]).label)
