"""Who decides about join-ins, and in which network they are seen."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied

from knotenpunkt.activities.campaigns.actions.deciding import approve, withdraw
from knotenpunkt.activities.campaigns.models import JoinIn
from knotenpunkt.foundation.accounts.actors import ANYONE, Person
from knotenpunkt.foundation.accounts.rights import Role
from knotenpunkt.foundation.networks.models import Network
from knotenpunkt.foundation.networks.scope import in_network
from tests.activities.campaigns.joining import approved, make_campaign, reported
from tests.conftest import Cast


def test_only_who_runs_campaigns_decides(cast: Cast, network_a: Network) -> None:
    with in_network(network_a):
        waits = reported(make_campaign())
        with pytest.raises(PermissionDenied):
            approve(actor=Person(cast.birgit, Role.READER), join_in=waits)
        with pytest.raises(PermissionDenied):
            withdraw(actor=ANYONE, join_in=waits)
        approve(actor=Person(cast.ede, Role.EDITOR), join_in=waits)


def test_another_network_sees_nothing(network_a: Network, network_b: Network) -> None:
    with in_network(network_a):
        approved(make_campaign())
    with in_network(network_b):
        assert JoinIn.objects.count() == 0
