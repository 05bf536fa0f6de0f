"""What the queue starts for offers."""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext as _

from knotenpunkt.foundation.accounts.rights import Right
from knotenpunkt.registers.offers.bulk.actions import OFFERS
from knotenpunkt.registers.offers.importing.desk import DESK
from knotenpunkt.registers.offers.translating.actions.arriving import (
    TAKE_IN,
    TRANSLATE,
    take_in,
    translate,
)
from knotenpunkt.tools.imports.desk.jobs import register
from knotenpunkt.tools.jobs.registry import Running, Unworkable, work
from knotenpunkt.tools.lists.many.doing import queued
from knotenpunkt.tools.translations.services import ServiceProblem, service

register(DESK)
queued(OFFERS)


@work(TAKE_IN, attempts=3, own_transactions=True, followed_by=Right.IMPORT)
def take_in_texts(job: Running, *, run: str) -> None:
    """Texts in other languages that a file brought."""
    take_in(job=job, run_id=UUID(run))


@work(TRANSLATE, attempts=3, own_transactions=True, followed_by=Right.IMPORT)
def translate_texts(job: Running, *, run: str) -> None:
    """Texts that somebody asked the translation service for."""
    found = service()
    if found is None:
        raise Unworkable(_("No translation service is set up any more."))
    try:
        translate(job=job, run_id=UUID(run), service=found)
    except ServiceProblem as problem:
        raise Unworkable(str(problem), again=problem.again) from problem
