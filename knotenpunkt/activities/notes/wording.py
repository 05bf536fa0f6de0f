"""How notes are said: who wrote them when, and when they remind."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from knotenpunkt.activities.notes.queries import OpenNote
from knotenpunkt.activities.notes.rules import may_change
from knotenpunkt.foundation.accounts.actors import Actor
from knotenpunkt.foundation.core import spoken


@dataclass(frozen=True, slots=True)
class Shown:
    """A note as the list shows it."""

    id: str
    who: str
    text: str
    origin: str
    reminder: str
    is_due: bool
    is_done: bool
    is_changeable: bool


def shown(actor: Actor, one: OpenNote, today: date) -> Shown:
    """A note in words."""
    note = one.note
    return Shown(
        id=str(note.pk),
        who=one.who,
        text=one.text,
        origin=_origin(one),
        reminder=reminder(note.remind_on, today) if not note.is_done else "",
        is_due=not note.is_done and note.remind_on is not None and note.remind_on <= today,
        is_done=note.is_done,
        is_changeable=may_change(actor, note),
    )


def _origin(one: OpenNote) -> str:
    """ "Petra Lindner, heute, 9.30 Uhr"."""
    when = spoken.moment(one.note.created_at)
    author = one.note.author.name if one.note.author else ""
    return f"{author}, {when}" if author else when


def reminder(day: date | None, today: date) -> str:
    """ "erinnert heute", "erinnert am Mi, 25. November"; "" when it never does."""
    if day is None:
        return ""
    if day == today:
        return _("reminds today")
    said = spoken.day_name(day, today)
    told = _("reminded on %(day)s") if day < today else _("reminds on %(day)s")
    return told % {"day": said}
