"""Reads of imports."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Max, QuerySet

from knotenpunkt.foundation.accounts.actors import Actor
from knotenpunkt.foundation.accounts.rights import Right
from knotenpunkt.tools.imports.models import Link, Profile, Run, Step, Upload


def links_of(actor: Actor, *, source: str, kind: str) -> list[Link]:
    """Everything that a source has brought of one kind."""
    actor.must(Right.IMPORT)
    return list(Link.objects.filter(source=source, kind=kind))


def profile_named(actor: Actor, *, kind: str, name: str) -> Profile | None:
    """The remembered profile, or None."""
    actor.must(Right.IMPORT)
    found: Profile | None = Profile.objects.filter(kind=kind, name=name).first()
    return found


def profiles(actor: Actor, *, kind: str) -> list[Profile]:
    """All remembered profiles, the one that was changed last first."""
    actor.must(Right.IMPORT)
    return list(Profile.objects.filter(kind=kind).order_by("-changed_at"))


def external_ids(kind: str, object_ids: Iterable[UUID]) -> dict[UUID, str]:
    """The id that each record has in its source; records without one are left out."""
    rows = Link.objects.filter(kind=kind, object_id__in=list(object_ids)).exclude(external_id="")
    return dict(rows.values_list("object_id", "external_id"))


def get_upload(actor: Actor, *, kind: str, upload_id: UUID) -> Upload:
    """One upload with its tables and report; Upload.DoesNotExist."""
    actor.must(Right.IMPORT)
    found: Upload = Upload.objects.select_related("run").get(kind=kind, pk=upload_id)
    return found


def open_uploads(actor: Actor, *, kind: str) -> QuerySet[Upload]:
    """Uploads that have not been imported yet, the last one first, without their tables."""
    actor.must(Right.IMPORT)
    rows: QuerySet[Upload] = Upload.objects.filter(kind=kind, run=None)
    return rows.exclude(state=Upload.State.REFUSED).defer("tables", "report")


def runs(actor: Actor, *, kind: str) -> QuerySet[Run]:
    """All imports, the last one first."""
    actor.must(Right.IMPORT)
    rows: QuerySet[Run] = Run.objects.filter(kind=kind)
    return rows


def sources(kind: str) -> list[str]:
    """Where lists of this kind have come from."""
    rows = Run.objects.filter(kind=kind).order_by().values_list("source", flat=True)
    return sorted(rows.distinct())


def upload_of(run: Run) -> Upload | None:
    """What a run was handed in as, while that is kept; without its tables."""
    found: Upload | None = run.uploads.defer("tables", "report").first()
    return found


def get_run(actor: Actor, *, kind: str, run_id: UUID) -> Run:
    """One import; Run.DoesNotExist."""
    return runs(actor, kind=kind).get(pk=run_id)


def last_position(run: Run) -> int:
    """The number of the last step of a run; 0 where there is none yet."""
    last = Step.objects.filter(run=run).aggregate(last=Max("position"))["last"]
    return int(last or 0)


def steps_of(run: Run) -> list[Step]:
    """All steps of a run in their order."""
    return list(Step.objects.filter(run=run).order_by("position"))


def links_of_run(run: Run) -> list[Link]:
    """The links that a run has added or changed last."""
    return list(Link.objects.filter(run=run))
