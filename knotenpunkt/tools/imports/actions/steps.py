"""The steps of a run: kept for thirty days, gone once they were taken back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta

from django.utils import timezone

from knotenpunkt.foundation.accounts.actors import Actor
from knotenpunkt.foundation.accounts.rights import Right
from knotenpunkt.foundation.audit.actions import record
from knotenpunkt.foundation.core.personal_data import Expired, deleted
from knotenpunkt.tools.imports.models import Link, Run, Step

KEPT = timedelta(days=30)
BATCH = 500


def save_steps(steps: Iterable[Step]) -> None:
    """Keep what a run did, in few statements, because imports are long."""
    Step.objects.bulk_create(steps, batch_size=BATCH)


def drop_steps(steps: Iterable[Step]) -> None:
    """These were taken back, or never will be."""
    Step.objects.filter(pk__in=[step.pk for step in steps]).delete()


def restore_link(link: Link, before: Mapping[str, object]) -> None:
    """Let a link say again what it said before a run."""
    for field in ("external_id", "key", "object_id", "values", "original", "run_id"):
        if field in before:
            setattr(link, field, before[field])
    link.save()


def drop_links(links: Iterable[Link]) -> None:
    """The source does not know these records any more."""
    Link.objects.filter(pk__in=[link.pk for link in links]).delete()


def keep_count(*, run: Run, counts: Mapping[str, int], kept: Sequence[Sequence[str]]) -> None:
    """How far taking a run back has come; `kept` names records that stay, as [kind, id]."""
    run.undone = {**counts, "kept": list(kept)}
    run.save(update_fields=["undone"])


def note_undone(
    *, actor: Actor, run: Run, counts: Mapping[str, int], kept: Sequence[Sequence[str]]
) -> None:
    """Note that an import was taken back, and what that did."""
    actor.must(Right.IMPORT)
    run.undone_at = timezone.now()
    run.undone = {**counts, "kept": list(kept)}
    run.save(update_fields=["undone_at", "undone"])
    told = {name: [None, count] for name, count in counts.items()}
    record(actor=actor, deed="imports.undo", on=run, title=run.file_name, changes=told)


def drop_expired_steps() -> Expired:
    """Delete what runs of the network at hand changed thirty days ago."""
    old = Step.objects.filter(run__started_at__lt=timezone.now() - KEPT)
    return deleted("what an import changed, to be undone", old, by="run__started_at")
