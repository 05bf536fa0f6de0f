"""What the page of letters shows: how many, who is missing, the files, and the letters."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from knotenpunkt.activities.mailings.actions.printing import LETTERS
from knotenpunkt.activities.mailings.desk.circulars import words
from knotenpunkt.activities.mailings.forms.printing import PostedForm
from knotenpunkt.activities.mailings.merging import name_of
from knotenpunkt.activities.mailings.models import Circular, Print, Recipient
from knotenpunkt.activities.mailings.printing.letters import postal_order
from knotenpunkt.activities.mailings.printing.problems import problem_of_address
from knotenpunkt.activities.mailings.printing.recipients import lines_for
from knotenpunkt.activities.mailings.queries.printing import letters, missing_in, prints
from knotenpunkt.foundation.accounts.actors import Actor
from knotenpunkt.foundation.core import spoken
from knotenpunkt.foundation.core.paging import Paging, paging
from knotenpunkt.foundation.core.tables import Cell, Head, Row
from knotenpunkt.tools.jobs.models import Job
from knotenpunkt.tools.jobs.queries import job_about

ON_A_PAGE = 50


@dataclass(frozen=True, slots=True)
class Envelope:
    """A letter with its address, read once for all that the page says of it."""

    row: Recipient
    lines: Sequence[str]

    @property
    def problem(self) -> str:
        """Why it cannot be printed."""
        return problem_of_address(self.lines)

    @property
    def name(self) -> str:
        """Who gets it."""
        return who(self.row)


@dataclass(frozen=True, slots=True)
class Trouble:
    """Somebody who is missing, why, and where that can be mended."""

    name: str
    reason: str
    url: str


@dataclass(frozen=True, slots=True)
class File:
    """A file that was made, or is being made."""

    made: Print
    title: str
    kept_until: str
    posted: str
    missing: Sequence[Trouble]
    job: Job | None
    form: PostedForm | None

    @property
    def is_there(self) -> bool:
        """Whether it can be downloaded."""
        return self.made.file is not None


def who(row: Recipient) -> str:
    """The name of a recipient, else of their organisation."""
    if row.contact is not None:
        return name_of(row.contact)
    return row.organisation.name if row.organisation else _("(no longer kept)")


def envelopes(actor: Actor, circular: Circular) -> list[Envelope]:
    """All letters of a circular in the order of the post."""
    found = [
        Envelope(row, lines_for(row.contact) if row.contact else ())
        for row in letters(actor, circular)
    ]
    return sorted(found, key=lambda one: postal_order(one.lines))


def figures(found: Sequence[Envelope]) -> list[words.Figure]:
    """How many letters there are, and how many of them are posted."""
    posted = sum(one.row.printed_at is not None for one in found)
    return [
        words.Figure(_("Letters"), spoken.number(len(found))),
        words.Figure(_("Posted"), spoken.number(posted)),
        words.Figure(_("To be posted"), spoken.number(len(found) - posted)),
    ]


def troubles(found: Iterable[Envelope]) -> list[Trouble]:
    """Whose letters cannot be printed as their addresses are today."""
    return [Trouble(one.name, one.problem, _where_to_mend(one.row)) for one in found if one.problem]


def _where_to_mend(row: Recipient | None) -> str:
    if row is None or row.organisation_id is None:
        return ""
    return reverse("partners_desk:organisation", args=[row.organisation_id])


def files(actor: Actor, circular: Circular, posting: tuple[UUID, PostedForm] | None) -> list[File]:
    """The files of a circular; `posting` is the form that was sent for one of them."""
    made = prints(actor, circular)
    missing = missing_in(actor, made)
    return [
        File(
            made=one,
            title=_title(one),
            kept_until=_kept_until(one),
            posted=spoken.full_date(one.posted_on) if one.posted_on else "",
            missing=[
                Trouble(
                    who(gone.row) if gone.row else _("(no longer kept)"), gone.reason,
                    _where_to_mend(gone.row),
                )
                for gone in missing[one.pk]
            ],
            job=_job(actor, one),
            form=_posting(one, posting),
        )
        for one in made
    ]  # fmt: skip


def _title(one: Print) -> str:
    if one.form == LETTERS:
        many = ngettext("%(n)s letter", "%(n)s letters", one.count)
    else:
        many = ngettext("%(n)s address label", "%(n)s address labels", one.count)
    return f"{many % {'n': spoken.number(one.count)}} · {spoken.moment(one.created_at)}"


def _kept_until(one: Print) -> str:
    if one.file is None or one.file.kept_until is None:
        return ""
    return spoken.full_date(timezone.localdate(one.file.kept_until))


def _job(actor: Actor, one: Print) -> Job | None:
    """What makes it, until it is made."""
    if one.file_id or one.count or one.missing:
        return None
    return job_about(actor, one.pk)


def _posting(one: Print, posting: tuple[UUID, PostedForm] | None) -> PostedForm | None:
    if one.form != LETTERS or one.posted_on or not one.recipients:
        return None
    if posting and posting[0] == one.pk:
        return posting[1]
    return PostedForm(auto_id=f"id_{one.pk.hex[:8]}_%s")


@dataclass(frozen=True, slots=True)
class Listed:
    """One page of the letters."""

    columns: Sequence[Head]
    rows: Sequence[Row]
    paging: Paging


def listed(circular: Circular, found: Sequence[Envelope], page: str | None) -> Listed:
    """The letters as a table."""
    shown = Paginator(found, ON_A_PAGE).get_page(page)
    return Listed(
        columns=[Head(_("Recipient")), Head(_("Address")), Head(_("State"))],
        rows=[Row(list(_cells(circular, one))) for one in shown],
        paging=paging(shown, lambda at: f"?seite={at}#briefe"),
    )


def _cells(circular: Circular, one: Envelope) -> Iterator[Cell]:
    url = reverse("mailings:letter", args=[circular.pk, one.row.pk])
    house = one.row.organisation.name if one.row.organisation else ""
    yield Cell(one.name, url=url, note=house if house != one.name else "")
    yield Cell(", ".join(one.lines[-2:]) or "–", _("Address"))
    yield _state(one)


def _state(one: Envelope) -> Cell:
    if one.row.printed_at:
        day = spoken.full_date(timezone.localdate(one.row.printed_at))
        return Cell(_("posted"), _("State"), state="published", note=day)
    if one.problem:
        return Cell(_("cannot be printed"), _("State"), state="missing", note=one.problem)
    return Cell(_("to be posted"), _("State"), state="waiting")


def page(actor: Actor, circular: Circular, wanted: str | None, **forms: Any) -> dict[str, Any]:
    """Everything that the page of letters shows."""
    found = envelopes(actor, circular)
    return {
        "circular": circular,
        "figures": figures(found),
        "count": len(found),
        "troubles": troubles(found),
        "files": files(actor, circular, forms.pop("posting", None)),
        "listed": listed(circular, found, wanted),
        **forms,
    }
