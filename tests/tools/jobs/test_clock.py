"""What the clock starts."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

import pytest
from django.utils import timezone

from knotenpunkt.foundation.accounts.actors import Actor
from knotenpunkt.foundation.networks.models import Network
from knotenpunkt.foundation.networks.scope import in_network
from knotenpunkt.tools.jobs import registry
from knotenpunkt.tools.jobs.actions import enqueue
from knotenpunkt.tools.jobs.models import Job, State
from knotenpunkt.tools.jobs.planning import queue_due
from knotenpunkt.tools.jobs.registry import Timetable, timetables
from knotenpunkt.tools.jobs.worker import run_waiting

NIGHT = Timetable("test", time(3, 40))


def test_due_and_next_are_in_the_installations_own_time() -> None:
    morning = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)
    assert NIGHT.due(morning) == datetime(2026, 11, 22, 2, 40, tzinfo=UTC)
    assert NIGHT.next(morning) == datetime(2026, 11, 23, 2, 40, tzinfo=UTC)
    night = datetime(2026, 11, 22, 1, 0, tzinfo=UTC)
    assert NIGHT.due(night) == datetime(2026, 11, 21, 2, 40, tzinfo=UTC)
    assert NIGHT.next(night) == datetime(2026, 11, 22, 2, 40, tzinfo=UTC)


@pytest.mark.parametrize(("month", "date"), [(3, 29), (10, 25)])
def test_each_day_has_one_run_also_when_clocks_are_changed(month: int, date: int) -> None:
    """02:30 does not exist on the one day, and comes twice on the other."""
    table, day = Timetable("test", time(2, 30)), datetime(2026, month, date, tzinfo=UTC)
    moments = {table.due(day + timedelta(minutes=10 * step)) for step in range(6 * 24)}
    assert len({timezone.localtime(moment).date() for moment in moments}) == len(moments)


@pytest.mark.django_db
def test_one_run_for_each_network_and_day(network_a: Network, network_b: Network) -> None:
    registry.work("test", title="Aufräumen")(lambda job: None)
    timetables().clear()
    registry.timetable("test", daily=(timezone.localtime() - timedelta(minutes=5)).time())
    assert queue_due() == 0  # both networks are younger than that
    for network in (network_a, network_b):
        network.created_at = timezone.now() - timedelta(days=9)
        network.save()
    assert queue_due() == 2  # nine days were missed, one run makes up for them
    assert queue_due() == 0
    with in_network(network_a):
        [job] = Job.objects.all()
        assert job.actor_label == "clock" and job.title == ""


@pytest.mark.django_db
def test_the_product_expires_personal_data_every_night(network_a: Network, system: Actor) -> None:
    assert "privacy.expire" in {one.work for one in timetables()}
    with in_network(network_a):
        old = enqueue(actor=system, work="privacy.expire", arguments={}, title="")
        old.state, old.changed_at = State.DONE, timezone.now() - timedelta(days=31)
        old.save()
        enqueue(actor=system, work="privacy.expire", arguments={}, title="")
        assert run_waiting() == 1
        [now] = Job.objects.all()
        assert (now.state, now.reason) == (State.DONE, "")
