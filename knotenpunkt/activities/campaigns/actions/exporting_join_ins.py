"""Taking the list of join-ins out of the house. It names houses, no people."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils import timezone
from django.utils.translation import gettext as _

from knotenpunkt.activities.campaigns.models import Campaign, JoinIn, JoinInState
from knotenpunkt.activities.campaigns.wording import join_ins as wording
from knotenpunkt.activities.campaigns.wording.join_ins_desk import STATES
from knotenpunkt.foundation.accounts.actors import Actor
from knotenpunkt.foundation.accounts.rights import Right
from knotenpunkt.foundation.audit.actions import record
from knotenpunkt.tools.lists.files import Written, write_file


def export_join_ins(
    *, actor: Actor, campaign: Campaign, rows: Iterable[JoinIn], form: str
) -> Written:
    """These join-ins as a file, CSV or XLSX. LookupError for another form."""
    actor.must(Right.RUN_CAMPAIGNS)
    head = [
        _("Action"), _("Partner"), _("Day"), _("Begins at"), _("Last day"), _("Ends at"),
        _("Place"), _("Street and number"), _("Postal code"), _("Town"), _("For whom"),
        _("Who may come"), _("Cost and registration"), _("Website"), _("State"), _("Visitors"),
        _("Description"),
    ]  # fmt: skip
    written = write_file(form, head, (_row(one) for one in rows))
    record(
        actor=actor,
        deed="campaigns.export_join_ins",
        on=campaign,
        title=campaign.title,
        changes={"rows": [None, written.rows]},
    )
    return written


def _row(one: JoinIn) -> list[str]:
    starts = timezone.localtime(one.starts_at)
    ends = timezone.localtime(one.ends_at) if one.ends_at else None
    place = one.place
    where = [place.venue, place.street, place.postal_code, place.town] if place else [""] * 4
    return [
        one.title,
        one.organisation.full_name if one.organisation else "",
        f"{starts:%d.%m.%Y}",
        f"{starts:%H:%M}",
        f"{ends:%d.%m.%Y}" if ends and ends.date() != starts.date() else "",
        f"{ends:%H:%M}" if ends else "",
        *where,
        one.for_whom or wording.for_whom(one),
        wording.opening(one),
        one.entry,
        one.website,
        str(STATES[JoinInState(one.state)]),
        "" if one.visitors is None else str(one.visitors),
        one.description,
    ]
