"""Concerns as rows, tabs and facts: what may be said before anything is opened."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from knotenpunkt.activities.inbox import wording
from knotenpunkt.activities.inbox.models import Concern, Outcome
from knotenpunkt.foundation.core.tables import Cell, Head, Row

STATES = {Outcome.EXPIRED: "missing", Outcome.NOT_REACHED: "stale", Outcome.NONSENSE: "withdrawn"}


@dataclass(frozen=True, slots=True)
class Tab:
    """A part of the list."""

    label: str
    url: str
    count: int | None
    current: bool


@dataclass(frozen=True, slots=True)
class Fact:
    """One line beside a concern, as `design/components/_facts.html` shows it."""

    icon: str
    label: str
    value: str
    note: str = ""


def tabs(*, closed: bool, count: int) -> list[Tab]:
    """What waits, and what was answered; the count of the part that is shown."""
    base = reverse("inbox:list")
    return [
        Tab(_("Still waiting"), base, None if closed else count, not closed),
        Tab(_("Answered"), f"{base}?teil=beantwortet", count if closed else None, closed),
    ]


def waiting_columns() -> list[Head]:
    """The head of the list of what waits."""
    return [
        Head(_("What it is about")),
        Head(_("Response clock")),
        Head(_("When to call")),
        Head(_("Language")),
        Head(_("Who takes care")),
        Head(_("Received"), numeric=True),
    ]


def waiting_row(concern: Concern, now: datetime) -> Row:
    """A row without a word of the family."""
    clock = wording.clock(concern, now)
    state = "stale" if clock.is_late else "waiting" if concern.taken_by_id else "none"
    return Row(
        [
            Cell(wording.title(concern), note=", ".join(_marks(concern)), url=_url(concern)),
            Cell(clock.text, state=state, label=_("Response clock")),
            Cell(wording.daytimes(concern) if concern.is_call else "–", label=_("When to call")),
            Cell(wording.language(concern) or "–", label=_("Language")),
            Cell(
                concern.taken_by.name if concern.taken_by else _("nobody yet"),
                note=wording.attempts(concern),
                label=_("Who takes care"),
            ),
            Cell(wording.moment(concern.received_at, now), label=_("Received"), numeric=True),
        ]
    )


def _marks(concern: Concern) -> Iterator[str]:
    if concern.is_urgent:
        yield _("please call first")
    if concern.is_doubtful:
        yield _("may be advertising")
    if concern.repeated:
        yield _("asked again")


def closed_columns() -> list[Head]:
    """The head of the list of what was answered."""
    return [
        Head(_("What it was about")),
        Head(_("Outcome")),
        Head(_("Received"), numeric=True),
        Head(_("Answered"), numeric=True),
    ]


def closed_row(concern: Concern) -> Row:
    """What figures need, and nothing else is left."""
    now = concern.closed_at or concern.received_at
    state = STATES.get(Outcome(concern.outcome), "published")
    return Row(
        [
            Cell(wording.title(concern), url=_url(concern)),
            Cell(wording.end(concern), state=state, label=_("Outcome")),
            Cell(wording.numeric_date(concern.received_at), label=_("Received"), numeric=True),
            Cell(wording.numeric_date(now), label=_("Answered"), numeric=True),
        ]
    )


def _url(concern: Concern) -> str:
    return reverse("inbox:detail", kwargs={"concern_id": concern.pk})


def facts(concern: Concern, now: datetime) -> list[Fact]:
    """What is known without opening it."""
    return [fact for fact in _facts(concern, now) if fact.value]


def _facts(concern: Concern, now: datetime) -> Iterator[Fact]:
    yield Fact("tag", _("What it is about"), concern.about, ", ".join(_marks(concern)))
    if concern.is_open and concern.is_call:
        yield Fact("clock", _("When to call"), wording.daytimes(concern))
        yield Fact("speech", _("Language"), wording.language(concern))
    yield Fact("calendar", _("Received"), wording.moment(concern.received_at, now))
    if concern.is_open:
        yield Fact("user", _("Who takes care"), _holder(concern), wording.attempts(concern))
        return
    yield Fact("check-circle", _("Outcome"), wording.end(concern), wording.attempts(concern))
    if concern.closed_at:
        yield Fact("calendar", _("Answered"), wording.moment(concern.closed_at, now))


def _holder(concern: Concern) -> str:
    return concern.taken_by.name if concern.taken_by else _("nobody yet")
