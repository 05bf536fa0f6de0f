"""What the clock starts: one run for each network and day, however many workers look."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from knotenpunkt.foundation.accounts.actors import System
from knotenpunkt.foundation.networks.models import Network
from knotenpunkt.foundation.networks.scope import all_networks, in_network
from knotenpunkt.tools.jobs.actions import enqueue
from knotenpunkt.tools.jobs.models import Job
from knotenpunkt.tools.jobs.registry import Timetable, timetables

CLOCK = System("clock")


def queue_due() -> int:
    """Queue what was due last and has not been queued; how many jobs that were.

    After days without a worker only the last run of each is made up for. A network that did not
    exist at that time has missed nothing.
    """
    now = timezone.now()
    due = {one: one.due(now) for one in timetables()}
    networks = list(Network.objects.all())
    known = _known(due)
    missing = [
        (network, one, moment)
        for one, moment in due.items()
        for network in networks
        if moment > network.created_at and (network.pk, one.work, _key(moment)) not in known
    ]
    for network, one, moment in missing:
        with in_network(network):
            enqueue(actor=CLOCK, work=one.work, arguments={}, title="", key=_key(moment))
    return len(missing)


def _known(due: dict[Timetable, datetime]) -> set[tuple[object, str, str]]:
    keys = {_key(moment) for moment in due.values()}
    with all_networks("see what the clock has started"):
        rows = Job.objects.filter(key__in=keys).values_list("network_id", "work", "key")
        return set(rows)


def _key(moment: datetime) -> str:
    """One for each day of the installation's own time."""
    return f"clock {timezone.localtime(moment):%Y-%m-%d}"
