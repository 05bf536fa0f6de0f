"""Decisions about notes."""

from __future__ import annotations

from datetime import date, timedelta

from knotenpunkt.activities.notes.models import Note
from knotenpunkt.foundation.accounts.actors import Actor
from knotenpunkt.foundation.accounts.rights import Right

WEEK = timedelta(days=7)


def may_change(actor: Actor, note: Note) -> bool:
    """A note belongs to who wrote it; who coordinates keeps order among all of them."""
    is_own = note.author_id is not None and note.author_id == actor.user_id
    return actor.may(Right.WRITE_NOTES) and (is_own or actor.may(Right.CHANGE_NETWORK))


def reminder(choice: str, chosen: date | None, today: date) -> date | None:
    """The day that somebody chose: "today", "tomorrow", "week", "date", or "" for none."""
    days = {"today": today, "tomorrow": today + timedelta(days=1), "week": today + WEEK}
    return chosen if choice == "date" else days.get(choice)
