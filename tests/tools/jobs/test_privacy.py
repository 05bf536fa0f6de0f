"""Personal data in jobs: named, given out, erased, ended."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from knotenpunkt.foundation.accounts.actors import Actor
from knotenpunkt.foundation.accounts.queries import actor_for
from knotenpunkt.foundation.core.personal_data import Person
from knotenpunkt.foundation.networks.models import Network
from knotenpunkt.foundation.networks.scope import in_network
from knotenpunkt.tools.jobs import privacy, registry
from knotenpunkt.tools.jobs.actions import enqueue
from knotenpunkt.tools.jobs.models import Job, State
from knotenpunkt.tools.jobs.worker import run_waiting
from tests.conftest import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _work() -> None:
    registry.work("test")(lambda job, **arguments: None)


def person(network: Network, cast: Cast) -> Person:
    return Person(
        kind="accounts.User",
        ids=frozenset([cast.ede.pk]),
        networks=frozenset([network.pk]),
        names=frozenset(["ede@example.org"]),
    )


def test_a_person_is_found_and_taken_out(cast: Cast, network_a: Network, system: Actor) -> None:
    mail = {"to": "ede@example.org", "text": "Hallo"}
    with in_network(network_a):
        to_him = enqueue(actor=system, work="test", arguments=mail, title="Einladung")
        by_him = enqueue(actor=actor_for(cast.ede), work="test", arguments={"x": 1}, title="Liste")
        other = enqueue(actor=system, work="test", arguments={"to": "x@example.org"}, title="")
        him = person(network_a, cast)
        assert {one["title"] for one in privacy.export(him)} == {"Einladung", "Liste"}
        assert privacy.erase(him) == 2
        assert privacy.export(him) == []
        for job in (to_him, by_him, other):
            job.refresh_from_db()
        assert (to_him.state, to_him.arguments) == (State.STOPPED, {})
        assert (by_him.state, by_him.actor_id) == (State.WAITING, None)
        assert run_waiting() == 2 and other.arguments


def test_what_ended_long_ago_goes(network_a: Network, system: Actor) -> None:
    with in_network(network_a):
        for state in State:
            for days in (29, 31):
                job = enqueue(actor=system, work="test", arguments={}, title=f"{state} {days}")
                job.state, job.changed_at = state, timezone.now() - timedelta(days=days)
                job.save()
        assert [one.count for one in privacy.expire()] == [3]
        left = set(Job.objects.values_list("title", flat=True))
        assert {"waiting 31", "running 31", "done 29", "failed 29", "stopped 29"} <= left
        assert not left & {"done 31", "failed 31", "stopped 31"}
