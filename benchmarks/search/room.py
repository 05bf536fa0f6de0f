"""An empty installation in a throw-away database, for one measurement."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.test.runner import DiscoverRunner

from knotenpunkt.foundation.networks.actions import create_network
from knotenpunkt.foundation.networks.models import Network
from knotenpunkt.foundation.networks.scope import in_network
from knotenpunkt.tools.search.queries import warm_up


@contextmanager
def empty_network() -> Iterator[Network]:
    """Work inside a new network; encoder and lexicon are loaded."""
    runner = DiscoverRunner(verbosity=0, interactive=False)
    before = runner.setup_databases(serialized_aliases=set())
    try:
        warm_up()
        network = create_network(slug="auental", name="Auental", area_keys=["14522"])
        with in_network(network):
            yield network
    finally:
        runner.teardown_databases(before)
