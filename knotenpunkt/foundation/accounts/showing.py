"""What pages say about accounts: rows of settings, and tables of what happened."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from knotenpunkt.foundation.accounts.models import EventKind, SecurityEvent
from knotenpunkt.foundation.accounts.rights import Role
from knotenpunkt.foundation.core import spoken
from knotenpunkt.foundation.core.tables import Cell, Head, Row

# What may be somebody else's doing stands out.
DOUBTFUL = frozenset({EventKind.WRONG_PASSWORD, EventKind.WRONG_CODE})
OF_ROLES = frozenset({EventKind.INVITED, EventKind.ROLE_CHANGED, EventKind.ROLE_TAKEN})


@dataclass(frozen=True, slots=True)
class Setting:
    """One line of one's account: what it is, how it stands, and what can be done."""

    label: str
    value: str
    note: str = ""
    state: str = ""
    url: str = ""
    action: str = ""


def moment(at: datetime | None) -> str:
    """ "Heute, 9.30 Uhr"; "noch nie" for none."""
    return spoken.moment(at) if at else _("never yet")


def event_columns(*, with_person: bool) -> list[Head]:
    """The head of a table of what happened."""
    who = _("Who") if with_person else _("Network")
    return [Head(_("What happened")), Head(who), Head(_("When"), numeric=True)]


def event_rows(events: Iterable[SecurityEvent], *, with_person: bool) -> list[Row]:
    """One row for each: for its person with the network, for coordinators with the person."""
    return [_event_row(event, with_person) for event in events]


def _event_row(event: SecurityEvent, with_person: bool) -> Row:
    label = _("Who") if with_person else _("Network")
    network = event.network.short_name if not with_person and event.network else "–"
    return Row(
        [
            Cell(event.get_kind_display(), note=_detail(event), state=_state(event)),
            Cell(event.user.name if with_person else network, label=label),
            Cell(moment(event.at), label=_("When"), numeric=True),
        ]
    )


def _state(event: SecurityEvent) -> str:
    return "stale" if event.kind in DOUBTFUL else ""


def _detail(event: SecurityEvent) -> str:
    """Roles are kept by their key and said by their name."""
    if event.kind not in OF_ROLES:
        return event.detail
    known = dict(Role.choices)
    return " → ".join(str(known.get(part, part)) for part in event.detail.split(" → "))
