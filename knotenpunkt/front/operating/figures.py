"""The text of /metrics: what the processes counted, and counts from the database."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from django.db import DatabaseError, connections
from django.db.models import Count, Min, QuerySet, Sum
from django.utils import timezone
from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from knotenpunkt.foundation.accounts.models import EventKind, SecurityEvent
from knotenpunkt.foundation.core.measures import counted
from knotenpunkt.foundation.networks.scope import all_networks
from knotenpunkt.registers.offers.models import Offer, Status
from knotenpunkt.tools.imports.models import Run
from knotenpunkt.tools.jobs.models import Job, State
from knotenpunkt.tools.mail.models import Message
from knotenpunkt.tools.mail.models import State as MailState

PREFIX = "knotenpunkt_"
ROWS = ("created", "updated", "unchanged", "rejected")


def text() -> bytes:
    """Everything, in the text format of Prometheus."""
    together = CollectorRegistry()
    together.register(_Database())
    return bytes(generate_latest(counted()) + generate_latest(together))


class _Database(Collector):
    """Asked at each scrape. Where the database does not answer, that is the figure."""

    def collect(self) -> Iterator[Metric]:
        try:
            with all_networks("figures for monitoring"):
                found = list(_families())
        except DatabaseError:
            found = []
        yield _single("database_up", "Whether the database answers", float(bool(found)))
        yield from found


def _families() -> Iterator[Metric]:
    yield _single("database_bytes", "Size of the database", _database_bytes())
    yield _by("offers_published", "Published offers", ["network"], _published_offers())
    yield _by("jobs", "Jobs by state", ["state"], _states(Job.objects.all(), State.values))
    mails = _states(Message.objects.all(), MailState.values)
    yield _by("mails", "Mails by state", ["state"], mails)
    yield _single("oldest_waiting_job_seconds", "How long the oldest job is due", _oldest_due())
    yield _by("account_events", "What happened to accounts", ["kind"], _account_events())
    yield _by("import_rows", "Rows of imports since the beginning", ["result"], _import_rows())


def _published_offers() -> Iterator[tuple[tuple[str, ...], float]]:
    counted = (
        Offer.objects.filter(status=Status.PUBLISHED)
        .order_by()
        .values_list("network__slug")
        .annotate(Count("pk"))
    )
    for slug, count in counted:
        yield (slug,), count


def _states(rows: QuerySet[Any], states: Sequence[str]) -> Iterator[tuple[tuple[str, ...], float]]:
    counted = dict(rows.order_by().values_list("state").annotate(Count("pk")))
    for state in states:
        yield (state,), counted.get(state, 0)


def _account_events() -> Iterator[tuple[tuple[str, ...], float]]:
    counted = dict(SecurityEvent.objects.order_by().values_list("kind").annotate(Count("pk")))
    for kind in EventKind.values:
        yield (kind,), counted.get(kind, 0)


def _oldest_due() -> float:
    now = timezone.now()
    due = Job.objects.filter(state=State.WAITING, run_at__lte=now).order_by()
    oldest = due.aggregate(oldest=Min("run_at"))["oldest"]
    return (now - oldest).total_seconds() if oldest else 0.0


def _import_rows() -> Iterator[tuple[tuple[str, ...], float]]:
    totals = Run.objects.order_by().aggregate(**{name: Sum(name) for name in ROWS})
    for name in ROWS:
        yield (name,), totals[name] or 0


def _database_bytes() -> float:
    connection = connections["default"]
    if connection.vendor != "postgresql":
        file = Path(connection.settings_dict["NAME"])
        return float(sum(part.stat().st_size for part in file.parent.glob(f"{file.name}*")))
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_database_size(current_database())")
        return float(cursor.fetchone()[0])


def _single(name: str, meaning: str, value: float) -> Metric:
    return GaugeMetricFamily(PREFIX + name, meaning, value=value)


def _by(name: str, meaning: str, labels: list[str], values: Any) -> Metric:
    family = GaugeMetricFamily(PREFIX + name, meaning, labels=labels)
    for of, value in values:
        family.add_metric(list(of), value)
    return family
