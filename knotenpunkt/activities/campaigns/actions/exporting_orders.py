"""Taking orders out as a file for spreadsheets."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from knotenpunkt.activities.campaigns.models import Campaign
from knotenpunkt.foundation.accounts.actors import Actor
from knotenpunkt.foundation.accounts.rights import Right
from knotenpunkt.foundation.audit.actions import record
from knotenpunkt.tools.lists.files import Written, write_file


def export_orders(
    *,
    actor: Actor,
    campaign: Campaign,
    header: Sequence[str],
    rows: Iterable[Sequence[str]],
    form: str,
) -> Written:
    """Write orders with names and addresses into a file; LookupError for another form."""
    actor.must(Right.RUN_CAMPAIGNS)
    written = write_file(form, header, rows)
    record(actor=actor, deed="campaigns.export_orders", on=campaign, title=campaign.title)
    return written
