"""What happens when, as a picture: one bar for each part of a campaign. Places are per cent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from knotenpunkt.activities.campaigns.models import Campaign
from knotenpunkt.activities.campaigns.queries.overview import Figures
from knotenpunkt.activities.campaigns.wording.campaigns import period
from knotenpunkt.foundation.core.spoken import full_date, number, short_date

DAY = timedelta(days=1)
# A bar of one day can still be seen.
NARROWEST = 1.2
# From here on, what a bar says stands before it.
LATE = 62
# What the short name of a month needs, also on a telephone.
ROOM = 10
# The picture ends so long after the campaign; what comes later stands at its edge.
AFTERWARDS = timedelta(days=45)


@dataclass(frozen=True, slots=True)
class Week:
    """How many join-ins begin in a week, as a small column."""

    x: str
    width: str
    y: str
    height: str


@dataclass(frozen=True, slots=True)
class Bar:
    """One part: its name, its days, what is told about it. `when`: past, now, future.

    What begins after the picture has no bar: an arrow stands at the edge.
    """

    label: str
    x: str
    width: str
    when: str
    note: str
    days: str
    note_x: str
    note_ends: bool
    is_beyond: bool
    weeks: Sequence[Week] = ()


@dataclass(frozen=True, slots=True)
class Mark:
    """The beginning of a month, or today; without a label where it has no room."""

    x: str
    label: str


@dataclass(frozen=True, slots=True)
class Timeline:
    """The whole picture; `told` says it in one sentence."""

    bars: Sequence[Bar]
    months: Sequence[Mark]
    today: Mark | None
    today_ends: bool
    told: str


@dataclass(frozen=True, slots=True)
class Part:
    """What a bar is made of, before it has a place."""

    label: str
    first: date
    last: date
    note: str
    weeks: Sequence[tuple[str, int]] = ()


@dataclass(frozen=True, slots=True)
class Scale:
    """From the first to the last day of the picture."""

    first: date
    last: date

    def place(self, day: date) -> float:
        """Per cent of the width at which a day begins."""
        whole = (self.last - self.first).days + 1
        return 100 * (day - self.first).days / whole


def timeline(campaign: Campaign, told: Figures, today: date) -> Timeline:
    """The picture of one campaign."""
    parts = _parts(campaign, told)
    first = min(part.first for part in parts)
    scale = Scale(first.replace(day=1), campaign.ends_on + AFTERWARDS)
    is_inside = scale.first <= today <= scale.last
    here = scale.place(today)
    return Timeline(
        bars=[_bar(part, scale, today) for part in parts],
        months=_months(scale),
        today=Mark(_per_cent(here), _("today, %(day)s") % {"day": date_format(today, _("j F"))})
        if is_inside
        else None,
        today_ends=here > LATE,
        told=_("Timeline of “%(title)s”: %(parts)s.")
        % {
            "title": campaign.title,
            "parts": "; ".join(f"{one.label} {period(one.first, one.last)}" for one in parts),
        },
    )


def _parts(campaign: Campaign, told: Figures) -> list[Part]:
    found = [*_writing(campaign, told), *_ordering(campaign, told)]
    found.append(
        Part(
            _("Actions and festivals"), campaign.starts_on, campaign.ends_on,
            ngettext("%(n)s reported", "%(n)s reported", told.join_ins)
            % {"n": number(told.join_ins)} if told.join_ins else "",
            told.weeks,
        )
    )  # fmt: skip
    after = campaign.ends_on + DAY
    found.append(Part(_("Thanks and report"), after, after + 13 * DAY, ""))
    if campaign.order_until is not None:
        gone = _forgotten_on(campaign)
        found.append(Part(_("Deleting of order data"), gone, gone, full_date(gone)))
    return found


def _forgotten_on(campaign: Campaign) -> date:
    ended = timezone.localdate(campaign.ended_at) if campaign.ended_at else campaign.ends_on
    return ended + timedelta(days=campaign.forget_days)


def _writing(campaign: Campaign, told: Figures) -> list[Part]:
    if campaign.writes_on is None:
        return []
    last = campaign.writes_on + 13 * DAY
    if campaign.order_until is not None:
        last = min(last, max(timezone.localdate(campaign.order_until), campaign.writes_on))
    note = (
        ngettext("%(n)s written to", "%(n)s written to", told.written) % {"n": number(told.written)}
        if told.written
        else ""
    )
    return [Part(pgettext("campaign", "Writing"), campaign.writes_on, last, note)]


def _ordering(campaign: Campaign, told: Figures) -> list[Part]:
    if campaign.order_until is None:
        return []
    last = timezone.localdate(campaign.order_until)
    first = min(campaign.writes_on or campaign.starts_on, last)
    note = _("until %(day)s") % {"day": date_format(last, _("j F"))}
    if told.orders:
        came = ngettext("%(n)s order", "%(n)s orders", told.orders) % {"n": number(told.orders)}
        note = f"{note}, {came}"
    found = [Part(pgettext("campaign", "Ordering"), first, last, note)]
    if campaign.gives_from:
        until = max(campaign.gives_until or campaign.gives_from, campaign.gives_from)
        handed = told.packs_handed_over
        note = (
            ngettext("%(n)s pack given out", "%(n)s packs given out", handed)
            % {"n": number(handed)}
            if handed
            else ""
        )
        found.append(Part(_("Giving out material"), campaign.gives_from, until, note))
    return found


def _bar(part: Part, scale: Scale, today: date) -> Bar:
    is_beyond = part.first > scale.last
    start = 100.0 if is_beyond else min(scale.place(part.first), 100 - NARROWEST)
    width = max(min(scale.place(part.last + DAY), 100) - start, NARROWEST)
    is_late = start + width > LATE
    when = "past" if part.last < today else "future" if part.first > today else "now"
    return Bar(
        label=part.label, x=_per_cent(start), width=_per_cent(width), when=when, note=part.note,
        days=_days(part), note_x=_per_cent(start if is_late else start + width),
        note_ends=is_late, is_beyond=is_beyond, weeks=_weeks(part, scale),
    )  # fmt: skip


def _days(part: Part) -> str:
    return short_date(part.first) if part.first == part.last else period(part.first, part.last)


def _weeks(part: Part, scale: Scale) -> list[Week]:
    most = max((count for _day, count in part.weeks), default=0)
    if not most:
        return []
    found = []
    for day, count in part.weeks:
        start = max(date.fromisoformat(day), part.first)
        end = min(date.fromisoformat(day) + 7 * DAY, part.last + DAY)
        height = 100 * count / most
        width = scale.place(end) - scale.place(start)
        found.append(
            Week(_per_cent(scale.place(start)), _per_cent(width * 0.86), _per_cent(100 - height),
                 _per_cent(height))
        )  # fmt: skip
    return found


def _months(scale: Scale) -> list[Mark]:
    found, day = [], scale.first
    while day <= scale.last:
        place = scale.place(day)
        label = date_format(day, "M") if place <= 100 - ROOM else ""
        found.append(Mark(_per_cent(place), label))
        day = (day + 31 * DAY).replace(day=1)
    return found


def _per_cent(value: float) -> str:
    """As SVG reads it, whatever the language of the page."""
    return f"{value:.2f}%"
