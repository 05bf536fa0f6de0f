"""Runs, the links that they leave, and remembered profiles."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils import timezone

from knotenpunkt.foundation.accounts.actors import Actor
from knotenpunkt.foundation.accounts.rights import Right
from knotenpunkt.foundation.audit.actions import record
from knotenpunkt.tools.imports.models import Link, Profile, Run
from knotenpunkt.tools.imports.profiles import ProfileDraft
from knotenpunkt.tools.imports.report import Counts

BATCH = 500
COUNTED = ("created", "updated", "unchanged", "warnings", "rejected")


def start_run(*, actor: Actor, kind: str, file_name: str, source: str, profile: str) -> Run:
    """Note that an import begins."""
    actor.must(Right.IMPORT)
    run = Run(
        kind=kind,
        file_name=file_name[:255],
        source=source,
        profile=profile,
        actor_label=actor.label[:200],
        started_at=timezone.now(),
    )
    run.save()
    return run


def finish_run(*, actor: Actor, run: Run, counts: Counts) -> None:
    """Note what an import did."""
    run.created, run.updated, run.unchanged = counts.created, counts.updated, counts.unchanged
    run.warnings, run.rejected = counts.warnings, counts.rejected
    run.finished_at = timezone.now()
    run.save()
    told: dict[str, list[Any]] = {name: [None, getattr(run, name)] for name in COUNTED}
    told["source"] = [None, run.source]
    record(actor=actor, deed="imports.run", on=run, title=run.file_name, changes=told)


def save_links(*, created: Iterable[Link], changed: Iterable[Link]) -> None:
    """Keep what was imported; new links in few statements, because imports are long."""
    Link.objects.bulk_create(created, batch_size=BATCH)
    fields = ["external_id", "key", "object_id", "values", "original", "run"]
    Link.objects.bulk_update(list(changed), fields, batch_size=100)


def remember_profile(*, actor: Actor, kind: str, draft: ProfileDraft) -> Profile:
    """Keep a mapping under its name; the same name replaces the former one."""
    actor.must(Right.IMPORT)
    kept: dict[str, Any] = draft.as_json()
    profile = Profile.objects.filter(kind=kind, name=draft.name).first() or Profile(
        kind=kind, name=draft.name
    )
    if profile.mapping == kept:
        return profile
    profile.source, profile.mapping = draft.source, kept
    profile.save()
    record(actor=actor, deed="imports.remember_profile", on=profile, title=profile.name)
    return profile
