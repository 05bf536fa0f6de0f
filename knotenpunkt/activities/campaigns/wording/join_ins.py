"""Join-ins in words, for everybody."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from knotenpunkt.activities.campaigns.models import AimedAt, JoinIn
from knotenpunkt.activities.campaigns.queries.finding import Found, days_of
from knotenpunkt.design.texts import TextIn
from knotenpunkt.foundation.core import spoken
from knotenpunkt.registers.areas.distances import spoken_distance
from knotenpunkt.registers.offers.wording import german


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture of a join-in in its two widths."""

    url: str
    large_url: str
    alt: TextIn
    credit: TextIn


@dataclass(frozen=True, slots=True)
class Card:
    """One of a list: `campaigns/public/_join_in_card.html`."""

    id: str
    url: str
    title: TextIn
    date: dict[str, object]
    when: str
    where: TextIn
    distance: str
    host: TextIn
    for_whom: str
    is_open: bool
    picture: Picture | None = None


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that matters."""

    icon: str
    label: str
    lines: Sequence[str]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Shown:
    """The whole page of one: `campaigns/public/_join_in.html`."""

    title: TextIn
    kind: str
    facts: Sequence[Fact]
    paragraphs: Sequence[TextIn]
    picture: Picture | None
    host: TextIn
    website: str
    website_shown: str
    is_over: bool = False


def when(join_in: JoinIn, today: date | None = None) -> str:
    """ "Sa, 13. Juni, 14–18 Uhr", or from when to when over several days."""
    today = today or timezone.localdate()
    starts = timezone.localtime(join_in.starts_at)
    first = spoken.day_name(starts.date(), today)
    if join_in.ends_at is None:
        return f"{first}, {spoken.time_span(starts.time(), None)}"
    ends = timezone.localtime(join_in.ends_at)
    if ends.date() == starts.date() or len(days_of(join_in)) == 1:
        return f"{first}, {spoken.time_span(starts.time(), ends.time())}"
    return _("%(first)s to %(last)s") % {
        "first": first, "last": spoken.full_date(days_of(join_in)[-1]),
    }  # fmt: skip


def whole_when(join_in: JoinIn) -> list[str]:
    """The same in lines, with the clock of both days where it lasts several."""
    if len(days_of(join_in)) == 1 or join_in.ends_at is None:
        return [when(join_in)]
    return [
        _("from %(moment)s") % {"moment": spoken.moment(join_in.starts_at)},
        _("until %(moment)s") % {"moment": spoken.moment(join_in.ends_at)},
    ]


def for_whom(join_in: JoinIn) -> str:
    """ "für Familien mit Baby"."""
    return str(AimedAt(join_in.aimed_at).label)


def opening(join_in: JoinIn) -> str:
    """Whether one can simply come."""
    return _("Everybody may come") if join_in.is_open else _("Only for those who are invited")


def card(found: Found) -> Card:
    """One of a list."""
    one, place = found.join_in, found.join_in.place
    first = timezone.localtime(one.starts_at).date()
    return Card(
        id=str(one.pk),
        url=url(one),
        title=german(one.title),
        date=spoken.date_tile(first, timezone.localdate()),
        when=when(one),
        where=german(", ".join(filter(None, (place.venue, place.town))) if place else ""),
        distance=spoken_distance(found.km, place.is_approximate)
        if found.km is not None and place
        else "",
        host=german(one.organisation.name if one.organisation else ""),
        for_whom=for_whom(one),
        is_open=one.is_open,
        picture=picture(one),
    )


def url(join_in: JoinIn) -> str:
    """Its public page."""
    return reverse("campaigns:join_in", args=[join_in.campaign.slug, join_in.pk])


def picture(join_in: JoinIn) -> Picture | None:
    """Its picture at its public address, which changes with what is in it."""
    if not join_in.picture_id or not join_in.small_picture_id:
        return None
    slug = join_in.campaign.slug
    return Picture(
        url=reverse("campaigns:join_in_picture", args=[slug, join_in.small_picture_id]),
        large_url=reverse("campaigns:join_in_picture", args=[slug, join_in.picture_id]),
        alt=german(join_in.picture_alt),
        credit=german(join_in.picture_credit),
    )


def shown(join_in: JoinIn, picture: Picture | None, *, is_over: bool = False) -> Shown:
    """Everything that everybody may know; with the picture at the address that the reader has."""
    return Shown(
        title=german(join_in.title),
        kind=join_in.campaign.title,
        facts=[fact for fact in _facts(join_in) if any(fact.lines)],
        paragraphs=[german(part) for part in join_in.description.split("\n") if part.strip()],
        picture=picture,
        host=german(join_in.organisation.full_name if join_in.organisation else ""),
        website=join_in.website,
        website_shown=urlsplit(join_in.website).netloc.removeprefix("www."),
        is_over=is_over,
    )


def _facts(one: JoinIn) -> list[Fact]:
    place = one.place
    where = [german(place.venue), german(place.street), german(place.postal_town)] if place else []
    return [
        Fact("clock", _("When"), whole_when(one)),
        Fact("pin", _("Where"), [line for line in where if line]),
        Fact("people", _("For whom"), [for_whom(one)], note=german(one.for_whom)),
        Fact("megaphone", _("Who may come"), [opening(one)]),
        Fact("euro", _("Cost and registration"), [german(one.entry)]),
        Fact("house-heart", _("Who invites"), [german(_house(one))]),
    ]


def _house(one: JoinIn) -> str:
    return one.organisation.full_name if one.organisation else ""


def count(n: int) -> str:
    """ "61 Aktionen"."""
    told = ngettext("%(n)s action", "%(n)s actions", n)
    return told % {"n": spoken.number(n)}


def alternative(n: int) -> str:
    """What the map says to somebody who does not see it."""
    told = ngettext(
        "Map with one numbered place; the list below says the same.",
        "Map with %(n)d numbered places; the list below says the same.",
        n,
    )
    return told % {"n": n}
