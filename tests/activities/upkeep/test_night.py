"""The night asks by itself, once, and goes on where it was cut off."""

from __future__ import annotations

from typing import Any

import pytest

from knotenpunkt.activities.upkeep.actions.rounds import start_round
from knotenpunkt.activities.upkeep.actions.settling import save_rhythm
from knotenpunkt.activities.upkeep.jobs import WORK
from knotenpunkt.activities.upkeep.models import Inquiry, Stage, Standing
from knotenpunkt.foundation.networks.models import Network
from knotenpunkt.foundation.networks.scope import in_network
from knotenpunkt.registers.partners.models import Organisation
from knotenpunkt.tools.jobs.actions import enqueue
from knotenpunkt.tools.jobs.models import Job
from knotenpunkt.tools.jobs.worker import run_waiting
from tests.activities.upkeep.asking import make_contact
from tests.factories import SYSTEM, make_organisation

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def house(network_a: Network, settings: Any) -> None:
    settings.EMAIL_HOST = "mail.invalid"
    with in_network(network_a):
        make_contact(make_organisation())
        make_organisation("Ohne Kontakt")


def told(network: Network) -> list[str]:
    with in_network(network):
        return sorted(Inquiry.objects.values_list("stage", flat=True))


@pytest.mark.usefixtures("house")
def test_two_nights_ask_once(network_a: Network) -> None:
    for is_on, expected in ((False, []), (True, [Stage.ASKED, Stage.CALL])):
        with in_network(network_a):
            save_rhythm(actor=SYSTEM, network=network_a, is_on=is_on)
        for _night in range(2):
            with in_network(network_a):
                enqueue(actor=SYSTEM, work=WORK, arguments={}, title="")
            run_waiting()
            assert told(network_a) == expected
    with in_network(network_a):
        assert Standing.objects.count() == 1
        assert not Job.objects.filter(work=WORK).exclude(state="done").exists()


@pytest.mark.usefixtures("house")
def test_a_round_started_twice_is_one_round(network_a: Network) -> None:
    with in_network(network_a):
        ids = list(Organisation.objects.values_list("pk", flat=True))
        assert start_round(actor=SYSTEM, organisation_ids=ids) == start_round(
            actor=SYSTEM, organisation_ids=ids
        )
    run_waiting()
    assert told(network_a) == [Stage.ASKED, Stage.CALL]
