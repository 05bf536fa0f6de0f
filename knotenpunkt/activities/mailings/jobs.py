"""Circulars that begin by themselves, noting when all their mails are gone, and printing."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from knotenpunkt.activities.mailings.actions.printing import PRINT, Wish, make_print
from knotenpunkt.activities.mailings.actions.sending import (
    SETTLE,
    START,
    settle,
    start_planned,
)
from knotenpunkt.foundation.accounts.rights import Right
from knotenpunkt.tools.jobs.registry import Postponed, Running, Unworkable, work

LOOK_AGAIN = timedelta(seconds=20)


@work(START, attempts=5, title=_("Send a circular"), followed_by=Right.WRITE_TO_MANY)
def begin(job: Running, *, circular: str, at: str) -> None:
    """The moment has come that somebody planned."""
    try:
        start_planned(actor=job.actor, circular_id=UUID(circular), at=datetime.fromisoformat(at))
    except ValidationError as refused:
        raise Unworkable(" ".join(refused.messages), again=False) from refused


@work(SETTLE, attempts=12, title=_("See when all mails of a circular are gone"),
      followed_by=Right.WRITE_TO_MANY)  # fmt: skip
def look(job: Running, *, circular: str) -> None:
    """Look until all are gone."""
    if not settle(circular_id=UUID(circular)):
        raise Postponed(timezone.now() + LOOK_AGAIN)


@work(PRINT, title=_("Print letters and labels"), own_transactions=True,
      followed_by=Right.WRITE_TO_MANY)  # fmt: skip
def print_letters(job: Running, **told: Any) -> None:
    """Make a file of letters or labels."""
    wish = Wish(
        form=told["form"], only_open=told["only_open"], day=date.fromisoformat(told["day"]),
        duplex=told["duplex"], sheet=told["sheet"], start=told["start"],
    )  # fmt: skip
    make_print(job=job, print_id=UUID(told["print"]), wish=wish)
