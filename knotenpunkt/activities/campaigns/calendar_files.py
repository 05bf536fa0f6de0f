"""Join-ins as iCalendar."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from knotenpunkt.activities.campaigns.models import JoinIn
from knotenpunkt.foundation.core.calendars import new_calendar, new_event, written


def calendar(rows: Iterable[JoinIn], address: Callable[[JoinIn], str], name: str = "") -> bytes:
    """The dates of these; `address` gives the whole address of the page of one."""
    return written(
        new_calendar(name),
        [
            new_event(
                uid=str(one.pk),
                changed_at=one.changed_at,
                starts=one.starts_at,
                ends=one.ends_at,
                title=one.title,
                text=_text(one, address(one)),
                url=address(one),
                location=one.place.one_line if one.place else "",
            )
            for one in rows
        ],
    )


def _text(one: JoinIn, address: str) -> str:
    house = one.organisation.name if one.organisation else ""
    return "\n\n".join(filter(None, (one.description, house, one.entry, address)))
