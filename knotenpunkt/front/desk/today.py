"""The first page of the desk in words: greeting, figures, what happened last."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from knotenpunkt.foundation.accounts.actors import Person
from knotenpunkt.foundation.accounts.rights import Right
from knotenpunkt.foundation.audit.models import Entry
from knotenpunkt.foundation.audit.queries import latest
from knotenpunkt.foundation.core import spoken
from knotenpunkt.front.desk.deeds import doer, said
from knotenpunkt.registers.offers.models import Status
from knotenpunkt.registers.offers.queries import offers

SHOWN_DEEDS = 10
FIGURES = {
    Status.PUBLISHED: gettext_lazy("Published offers"),
    Status.DRAFT: gettext_lazy("Drafts"),
    Status.WITHDRAWN: gettext_lazy("Withdrawn offers"),
}
MORNING_ENDS, EVENING_BEGINS, NIGHT_ENDS = 11, 18, 5


@dataclass(frozen=True, slots=True)
class Figure:
    """One number with its name."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Cell:
    """One field of the table of deeds; `label` names it on the phone."""

    text: str
    label: str = ""
    note: str = ""
    numeric: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """One deed."""

    cells: Sequence[Cell]


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the table of deeds."""

    label: str
    numeric: bool = False


def greeting(name: str, now: datetime) -> str:
    """By the time of day where the network is."""
    hour = timezone.localtime(now).hour
    if NIGHT_ENDS <= hour < MORNING_ENDS:
        return _("Good morning, %(name)s") % {"name": name}
    if MORNING_ENDS <= hour < EVENING_BEGINS:
        return _("Good day, %(name)s") % {"name": name}
    return _("Good evening, %(name)s") % {"name": name}


def day_and_role(actor: Person, today: date) -> str:
    """ "Mittwoch, 6. Mai 2026. Ihre Rolle im Netzwerk: Koordination."."""
    return _("%(weekday)s, %(date)s. Your role in this network: %(role)s.") % {
        "weekday": spoken.weekday_name(today.weekday()),
        "date": spoken.full_date(today),
        "role": actor.role.label,
    }


def offer_figures(actor: Person) -> list[Figure]:
    """How many offers stand where; who does not read drafts is told of published ones only."""
    counted = dict(offers(actor).order_by().values_list("status").annotate(Count("pk")))
    seen = list(FIGURES) if actor.may(Right.READ_INTERNAL) else [Status.PUBLISHED]
    return [Figure(str(FIGURES[status]), _number(counted.get(status, 0))) for status in seen]


def _number(value: int) -> str:
    return number_format(value, use_l10n=True, force_grouping=True)


def deed_columns() -> list[Column]:
    """The head of the table of deeds."""
    return [Column(_("What")), Column(_("Who")), Column(_("When"), numeric=True)]


def deed_rows(actor: Person, now: datetime) -> list[Row]:
    """The last deeds, for those who may read the audit; empty for all others."""
    if not actor.may(Right.READ_AUDIT):
        return []
    today = timezone.localdate(now)
    return [_row(entry, today) for entry in latest(actor, limit=SHOWN_DEEDS)]


def _row(entry: Entry, today: date) -> Row:
    return Row(
        [
            Cell(entry.title, note=said(entry.deed)),
            Cell(doer(entry.actor_label), label=_("Who")),
            Cell(_moment(entry.at, today), label=_("When"), numeric=True),
        ]
    )


def _moment(at: datetime, today: date) -> str:
    local = timezone.localtime(at)
    return _("%(day)s at %(clock)s") % {
        "day": spoken.day_name(local.date(), today),
        "clock": spoken.clock(local.time()),
    }
