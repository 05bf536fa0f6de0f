"""What the queue starts for offers."""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext_lazy as _

from knotenpunkt.foundation.accounts.rights import Right
from knotenpunkt.registers.offers.bulk.actions import OFFERS
from knotenpunkt.registers.offers.importing import actions
from knotenpunkt.registers.offers.imports.undoing.undo import TooLate, undo_import
from knotenpunkt.tools.jobs.registry import Running, Unworkable, work
from knotenpunkt.tools.lists.many.doing import queued


@work(actions.READ, title=_("Reading a list"), followed_by=Right.IMPORT)
def read_list(job: Running, *, upload: str, language: str) -> None:
    """A large file is read beside the pages."""
    actions.read_list(actor=job.actor, upload_id=UUID(upload), language=language)


@work(actions.CHECK, title=_("Checking a list"), own_transactions=True, followed_by=Right.IMPORT)
def check_list(job: Running, *, upload: str, language: str) -> None:
    """The dry run of an import."""
    actions.check_list(
        actor=job.actor,
        network=job.network,
        upload_id=UUID(upload),
        language=language,
        progress=job.progress,
    )


@work(
    actions.IMPORT,
    title=_("Import of a list"),
    attempts=5,
    own_transactions=True,
    followed_by=Right.IMPORT,
)
def import_list(
    job: Running, *, upload: str, language: str, draft: bool, withdraw_missing: bool
) -> None:
    """The import itself, batch by batch."""
    actions.import_list(
        actor=job.actor,
        network=job.network,
        upload_id=UUID(upload),
        language=language,
        progress=job.progress,
        draft=draft,
        withdraw_missing=withdraw_missing,
        confirm=job.lease.confirm,
    )


queued(OFFERS)


@work(
    actions.UNDO,
    title=_("Undoing an import"),
    attempts=5,
    own_transactions=True,
    followed_by=Right.IMPORT,
)
def undo_list(job: Running, *, run: str) -> None:
    """An import is taken back, batch by batch."""
    try:
        undo_import(
            actor=job.actor,
            network=job.network,
            run_id=UUID(run),
            progress=job.progress,
            confirm=job.lease.confirm,
        )
    except TooLate as reason:
        raise Unworkable(str(reason)) from reason
