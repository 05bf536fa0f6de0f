"""What the night does for entries that shall stay true."""

from __future__ import annotations

from datetime import time

from django.utils.translation import gettext_lazy as _

from knotenpunkt.activities.upkeep.actions.asking import ask_due, remind, take_returned, tidy
from knotenpunkt.activities.upkeep.actions.rounds import WORK as ROUND
from knotenpunkt.activities.upkeep.actions.rounds import run_round
from knotenpunkt.activities.upkeep.actions.settling import keep_standings
from knotenpunkt.activities.upkeep.actions.silence import step_back
from knotenpunkt.activities.upkeep.queries.states import rhythm
from knotenpunkt.foundation.accounts.actors import System
from knotenpunkt.foundation.accounts.rights import Right
from knotenpunkt.tools.jobs.registry import Running, timetable, work

CLOCK = System("upkeep clock")
WORK = "upkeep.night"


@work(WORK, attempts=3, own_transactions=True, title=_("Is this still true?"))
def night(job: Running) -> None:
    """Ask, remind, hand over to the telephone; each step by itself, each repeatable."""
    with job.one_transaction():
        tidy(actor=CLOCK)
        take_returned(actor=CLOCK)
        if rhythm().is_on:
            remind(actor=CLOCK)
    with job.one_transaction():
        ask_due(actor=CLOCK)
    with job.one_transaction():
        step_back(actor=CLOCK)
        keep_standings()


timetable(WORK, daily=time(5, 20))


@work(ROUND, attempts=3, own_transactions=True, followed_by=Right.EDIT_REGISTERS)
def ask_round(job: Running, *, organisations: list[str]) -> None:
    """A round that somebody started."""
    run_round(job=job, organisations=organisations)
