"""What becomes of a queued job: done, tried again, given up, stopped, taken over."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.db import OperationalError
from django.utils import timezone

from knotenpunkt.foundation.accounts.actors import ANYONE, Actor, Person, System
from knotenpunkt.foundation.accounts.models import Membership
from knotenpunkt.foundation.accounts.queries import actor_for
from knotenpunkt.foundation.accounts.rights import Right
from knotenpunkt.foundation.audit.actions import record
from knotenpunkt.foundation.audit.models import Entry
from knotenpunkt.foundation.networks.models import Network
from knotenpunkt.foundation.networks.scope import current_network_id, in_network
from knotenpunkt.tools.jobs import leases, registry, rules
from knotenpunkt.tools.jobs.actions import NotNow, enqueue, stop, try_again
from knotenpunkt.tools.jobs.models import Job, State
from knotenpunkt.tools.jobs.queries import followed_job, job_about
from knotenpunkt.tools.jobs.registry import Running, Stopped, Unworkable
from knotenpunkt.tools.jobs.worker import run_waiting
from tests.conftest import Cast

pytestmark = pytest.mark.django_db
SECRET = "Wanda Weg, 0171 3920001"


def registered(run: Callable[..., None], **how: Any) -> None:
    registry.work("test", **how)(run)


def queued(actor: Actor, **more: Any) -> Job:
    return enqueue(actor=actor, work="test", arguments={}, title="Etwas", **more)


def worked(job: Job) -> Job:
    """The job after everything that is due was worked off."""
    run_waiting()
    job.refresh_from_db()
    return job


def due(job: Job) -> None:
    """The pause is over."""
    job.run_at = timezone.now()
    job.save()


def test_work_runs_once_inside_its_network(
    system: Actor, network_a: Network, network_b: Network
) -> None:
    seen = []
    registered(lambda job: seen.append((current_network_id(), job.network.slug, job.attempt)))
    for network in (network_a, network_b):
        with in_network(network):
            queued(system)
    assert run_waiting() == 2
    assert sorted(slug for _id, slug, _attempt in seen) == ["mitte", "peine"]
    assert {one for one, _slug, _attempt in seen} == {network_a.pk, network_b.pk}
    assert run_waiting() == 0


def test_the_arguments_go_when_the_work_is_done(inside_a: Network, system: Actor) -> None:
    seen = []
    registered(lambda job, *, name: seen.append(name))
    job = enqueue(actor=system, work="test", arguments={"name": SECRET}, title="")
    worked(job)
    assert (seen, job.state, job.arguments) == ([SECRET], State.DONE, {})


def test_the_same_key_is_the_same_job(inside_a: Network, system: Actor) -> None:
    registered(lambda job: None)
    first, second = queued(system, key="x"), queued(system, key="x")
    assert first.pk == second.pk
    assert queued(system, key="y").pk != first.pk
    worked(first)
    assert queued(system, key="x").state == State.DONE
    assert queued(system).pk != queued(system).pk


def test_work_for_later_waits(inside_a: Network, system: Actor) -> None:
    registered(lambda job: None)
    job = queued(system, run_at=timezone.now() + timedelta(hours=1))
    assert worked(job).state == State.WAITING


def test_an_unknown_work_cannot_be_queued(inside_a: Network, system: Actor) -> None:
    with pytest.raises(KeyError):
        enqueue(actor=system, work="gibt.es.nicht", arguments={}, title="")


def test_two_works_cannot_have_one_name() -> None:
    registered(lambda job: None)
    with pytest.raises(ValueError, match="test"):
        registered(lambda job: None)


def test_the_actor_has_the_rights_of_now(cast: Cast, network_a: Network) -> None:
    seen: list[Actor] = []
    registered(lambda job: seen.append(job.actor))
    with in_network(network_a):
        for actor in (actor_for(cast.ede), System("clock"), ANYONE):
            queued(actor)
        run_waiting()
        person, clock, anyone = seen
        assert isinstance(person, Person) and person.user == cast.ede
        assert clock == System("clock")
        assert not anyone.may(Right.OPEN_DESK)
        job = queued(actor_for(cast.ede))
        Membership.objects.filter(user=cast.ede).delete()
        worked(job)
        assert not seen[-1].may(Right.OPEN_DESK)


def test_what_fails_is_tried_again_after_growing_pauses(inside_a: Network, system: Actor) -> None:
    registered(_fails, attempts=3)
    job = queued(system)
    pauses = []
    for attempt in (1, 2, 3):
        before = timezone.now()
        worked(job)
        assert job.attempt == attempt
        if attempt < 3:
            assert job.state == State.WAITING
            pauses.append((job.run_at - before).total_seconds())
            due(job)
    assert job.state == State.FAILED and run_waiting() == 0
    assert 7 < pauses[0] < 13 and 31 < pauses[1] < 49
    assert job.reason.startswith("Im Programm steckt ein Fehler")


def _fails(job: Running) -> None:
    raise ZeroDivisionError(SECRET)


def test_pauses_grow_to_an_hour_and_differ() -> None:
    pauses = [rules.pause_after(attempt).total_seconds() for attempt in range(1, 40)]
    assert max(pauses) <= 3600 * 1.2 and min(pauses[10:]) >= 3600 * 0.8
    assert len({round(rules.pause_after(3).total_seconds(), 3) for _ in range(20)}) > 10


def test_what_failed_has_done_nothing(inside_a: Network, system: Actor) -> None:
    def half(job: Running) -> None:
        record(actor=job.actor, deed="test.half", on=job.network, title="x")
        raise ZeroDivisionError

    registered(half)
    worked(queued(system))
    assert not Entry.objects.filter(deed="test.half").exists()


@pytest.mark.parametrize(
    ("problem", "told", "again"),
    [
        (PermissionDenied(SECRET), "Wer das angestoßen hat", False),
        (OperationalError(SECRET), "Die Datenbank", True),
        (ConnectionRefusedError(SECRET), "Ein anderer Rechner", True),
        (OSError(28, SECRET), "Auf dem Server war nicht genug Platz", True),
        (MemoryError(SECRET), "Auf dem Server war nicht genug Platz", True),
        (KeyError(SECRET), "Im Programm steckt ein Fehler", True),
        (Unworkable("Die Datei ist leer."), "Die Datei ist leer.", False),
        (Unworkable("Später.", again=True), "Später.", True),
    ],
    ids=lambda value: type(value).__name__,
)
def test_the_reason_is_told_in_plain_words(
    problem: Exception,
    told: str,
    again: bool,
    inside_a: Network,
    system: Actor,
    caplog: pytest.LogCaptureFixture,
) -> None:
    def fails(job: Running) -> None:
        raise problem

    registered(fails)
    job = worked(queued(system))
    assert job.reason.startswith(told)
    assert (job.state == State.WAITING) == again
    assert "in fails" in caplog.text and type(problem).__name__ in caplog.text
    assert str(job.pk) in caplog.text
    assert "Wanda" not in caplog.text and "0171" not in caplog.text


def test_a_coordinator_tries_again_and_it_is_on_record(cast: Cast, network_a: Network) -> None:
    registered(_fails, attempts=1)
    with in_network(network_a):
        petra, birgit = actor_for(cast.petra), actor_for(cast.birgit)
        job = worked(queued(petra))
        with pytest.raises(PermissionDenied):
            try_again(actor=birgit, job=job)
        job = try_again(actor=petra, job=job)
        assert (job.state, job.attempt, job.reason) == (State.WAITING, 0, "")
        with pytest.raises(NotNow):
            try_again(actor=petra, job=job)
        assert Entry.objects.filter(deed="jobs.try_again", object_id=job.pk).count() == 1


def test_a_waiting_job_is_stopped_at_once(inside_a: Network, system: Actor) -> None:
    registered(lambda job: None)
    job = stop(actor=system, job=queued(system))
    assert job.state == State.STOPPED and run_waiting() == 0
    with pytest.raises(NotNow):
        stop(actor=system, job=job)
    assert worked(try_again(actor=system, job=job)).state == State.DONE


def test_running_work_is_stopped_at_its_next_word(inside_a: Network, system: Actor) -> None:
    def long(job: Running) -> None:
        record(actor=job.actor, deed="test.long", on=job.network, title="x")
        stop(actor=system, job=Job.objects.get(pk=job.id))
        try:
            job.progress(1, 2)
        except Exception:  # what goes on after errors does not go on after this
            pytest.fail("Stopped must pass by")

    registered(long, own_transactions=False)
    job = queued(system)
    # Inside the transaction of the work the wish to stop would be rolled back with it.
    with pytest.raises(Stopped):
        long(_running(leases.claim()))
    job.refresh_from_db()
    assert job.stop_asked


def _running(job: Job | None) -> Running:
    from knotenpunkt.tools.jobs.holding import HeldHere

    assert job is not None
    return Running(job.pk, job.network, System("test"), job.attempt, {}, HeldHere(job))


def test_progress_and_memory_are_kept(inside_a: Network, system: Actor) -> None:
    memories = []

    def steps(job: Running) -> None:
        memories.append(dict(job.memory))
        job.remember(step=job.attempt)
        job.progress(3, 7, "Zeilen werden geprüft")
        if job.attempt == 1:
            raise ZeroDivisionError

    registered(steps, own_transactions=True)
    job = queued(system)
    worked(job)
    assert (job.done, job.total, job.text) == (3, 7, "Zeilen werden geprüft")
    due(job)
    worked(job)
    assert memories == [{}, {"step": 1}] and job.state == State.DONE and job.memory == {}


def test_a_job_whose_worker_is_gone_is_taken_over(inside_a: Network, system: Actor) -> None:
    registered(lambda job: None, attempts=2)
    job = queued(system)
    for attempt, state in ((1, State.WAITING), (2, State.FAILED)):
        assert leases.claim()
        assert leases.return_lost() == 0
        job.refresh_from_db()
        job.lease_until = timezone.now() - timedelta(seconds=1)
        job.save()
        assert leases.return_lost() == 1
        job.refresh_from_db()
        assert (job.state, job.attempt) == (state, attempt)
        job.run_at = timezone.now()
        job.save()
    assert job.reason == "Die Arbeit wurde unterbrochen."


def test_who_lost_the_job_writes_nothing(inside_a: Network, system: Actor) -> None:
    registered(lambda job: None)
    queued(system)
    slow = leases.claim()
    assert slow is not None
    Job.objects.get(pk=slow.pk)
    slow.lease_until = timezone.now()
    slow.save()
    leases.return_lost()
    due(Job.objects.get(pk=slow.pk))
    quick = leases.claim()
    assert quick is not None and quick.pk == slow.pk
    assert leases.extend(slow, done=9) is None
    assert not leases.finish(slow) and not leases.end_failed(slow, "fault")
    assert not leases.hand_back(slow) and not leases.end_stopped(slow)
    assert leases.extend(quick, done=1) and leases.finish(quick)
    quick.refresh_from_db()
    assert (quick.state, quick.done) == (State.DONE, 1)


def test_what_an_overtaken_worker_did_is_undone(inside_a: Network, system: Actor) -> None:
    def overtaken(job: Running) -> None:
        record(actor=job.actor, deed="test.overtaken", on=job.network, title="x")
        row = Job.objects.get(pk=job.id)
        row.token = uuid4()  # as another worker's claim leaves it
        row.save()

    registered(overtaken)
    job = worked(queued(system))
    assert job.state == State.RUNNING  # rolled back with the rest
    assert not Entry.objects.filter(deed="test.overtaken").exists()


def test_the_latest_job_about_a_record(cast: Cast, network_a: Network, network_b: Network) -> None:
    registered(lambda job: None, followed_by=Right.IMPORT)
    about = uuid4()
    with in_network(network_a):
        petra, ede, birgit = (actor_for(one) for one in (cast.petra, cast.ede, cast.birgit))
        queued(petra, about=about)
        job = queued(petra, about=about)
        found = job_about(ede, about)
        assert found is not None and found.pk == job.pk
        assert job_about(ede, uuid4()) is None
        assert followed_job(ede, job.pk) == job  # may import, so may watch
        with pytest.raises(PermissionDenied):
            followed_job(birgit, job.pk)
        with pytest.raises(PermissionDenied):
            job_about(ANYONE, about)
    with in_network(network_b):
        assert job_about(actor_for(cast.carla), about) is None
