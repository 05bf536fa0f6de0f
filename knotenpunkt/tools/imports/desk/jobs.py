"""The work of one kind of list, as the queue starts it."""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext_lazy as _

from knotenpunkt.foundation.accounts.rights import Right
from knotenpunkt.tools.imports.desk import steps
from knotenpunkt.tools.imports.desk.registers import ListDesk
from knotenpunkt.tools.imports.undoing import TooLate
from knotenpunkt.tools.jobs.registry import Running, Unworkable, work


def register(desk: ListDesk) -> None:
    """Let the queue read, check, import and undo lists of this kind. Call it in `jobs.py`."""
    _register_reading(desk)
    _register_checking(desk)
    _register_importing(desk)
    _register_undoing(desk)


def _register_reading(desk: ListDesk) -> None:
    @work(desk.reading, title=_("Reading a list"), followed_by=Right.IMPORT)
    def read_list(job: Running, *, upload: str, language: str) -> None:
        steps.read_list(desk, actor=job.actor, upload_id=UUID(upload), language=language)


def _register_checking(desk: ListDesk) -> None:
    @work(
        desk.checking,
        title=_("Checking a list"),
        own_transactions=True,
        followed_by=Right.IMPORT,
    )
    def check_list(job: Running, *, upload: str, language: str) -> None:
        steps.check_list(
            desk,
            actor=job.actor,
            network=job.network,
            upload_id=UUID(upload),
            language=language,
            progress=job.progress,
        )


def _register_importing(desk: ListDesk) -> None:
    @work(
        desk.importing,
        title=_("Import of a list"),
        attempts=5,
        own_transactions=True,
        followed_by=Right.IMPORT,
    )
    def import_list(
        job: Running, *, upload: str, language: str, draft: bool, withdraw_missing: bool
    ) -> None:
        steps.import_list(
            desk,
            actor=job.actor,
            network=job.network,
            upload_id=UUID(upload),
            language=language,
            progress=job.progress,
            draft=draft,
            withdraw_missing=withdraw_missing,
            confirm=job.lease.confirm,
        )


def _register_undoing(desk: ListDesk) -> None:
    @work(
        desk.undoing,
        title=_("Undoing an import"),
        attempts=5,
        own_transactions=True,
        followed_by=Right.IMPORT,
    )
    def undo_list(job: Running, *, run: str) -> None:
        try:
            desk.undo(job.actor, job.network, UUID(run), job.progress, job.lease.confirm)
        except TooLate as reason:
            raise Unworkable(str(reason)) from reason
