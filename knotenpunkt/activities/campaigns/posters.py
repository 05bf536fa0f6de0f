"""What the poster of a join-in says."""

from __future__ import annotations

from django.conf import settings
from django.utils import timezone, translation

from knotenpunkt.activities.campaigns.messages.join_ins import page_address
from knotenpunkt.activities.campaigns.models import JoinIn
from knotenpunkt.activities.campaigns.printing.posters import Poster
from knotenpunkt.activities.campaigns.queries.finding import days_of
from knotenpunkt.activities.campaigns.wording.join_ins import for_whom
from knotenpunkt.foundation.core import spoken
from knotenpunkt.tools.documents.pictures import Picture
from knotenpunkt.tools.files.queries import content_of


def poster_of(one: JoinIn) -> Poster:
    """In German, whatever language the page is read in: it hangs where everybody reads it."""
    with translation.override(settings.LANGUAGE_CODE):
        when, time = _when(one)
        return Poster(
            campaign=one.campaign.title,
            title=one.title,
            when=when,
            time=time,
            where=_where(one),
            url=page_address(one),
            for_whom=one.for_whom or for_whom(one),
            entry=one.entry,
            host=one.organisation.name if one.organisation else "",
            description=one.description,
            picture=_picture(one),
            is_open=one.is_open,
        )


def _when(one: JoinIn) -> tuple[str, str]:
    starts = timezone.localtime(one.starts_at)
    ends = timezone.localtime(one.ends_at) if one.ends_at else None
    days = days_of(one)
    first = f"{spoken.weekday_name(days[0].weekday())}, {spoken.full_date(days[0])}"
    if len(days) == 1:
        return first, spoken.time_span(starts.time(), ends.time() if ends else None)
    last = f"{spoken.weekday_name(days[-1].weekday())}, {spoken.full_date(days[-1])}"
    return f"{first} – {last}", spoken.time_span(starts.time(), None)


def _where(one: JoinIn) -> tuple[str, ...]:
    place = one.place
    if place is None:
        return ()
    return tuple(filter(None, (place.venue, place.street, place.postal_town)))


def _picture(one: JoinIn) -> Picture | None:
    if not one.picture_id:
        return None
    return Picture(content_of(one.picture_id), alt=one.picture_alt, credit=one.picture_credit)
