"""Taking out what is missing and what was spent, as files for spreadsheets."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from knotenpunkt.activities.campaigns.models import Campaign
from knotenpunkt.activities.campaigns.queries.costs import costs, missing
from knotenpunkt.activities.campaigns.wording.money import plain_euros
from knotenpunkt.foundation.accounts.actors import Actor
from knotenpunkt.foundation.accounts.rights import Right
from knotenpunkt.foundation.audit.actions import record
from knotenpunkt.tools.lists.files import Written, write_file


def export_missing(*, actor: Actor, campaign: Campaign, form: str) -> Written:
    """What to order again, one row for each material; CSV or XLSX."""
    actor.must(Right.RUN_CAMPAIGNS)
    head = [
        _("Material"), _("Packs wanted beyond what was given"), _("Orders"), _("Packs in stock"),
        _("Packs to order"), _("Pieces"), _("Cost in euros"),
    ]  # fmt: skip
    rows = [
        [
            one.material.name, str(one.packs), str(one.orders), str(one.left), str(one.to_buy),
            str(one.pieces), plain_euros(one.cents),
        ]
        for one in missing(actor, campaign)
    ]  # fmt: skip
    return _written(actor, campaign, form, head, rows)


def export_costs(*, actor: Actor, campaign: Campaign, form: str) -> Written:
    """What was spent, one row for each material with its Förderbereich; CSV or XLSX."""
    actor.must(Right.RUN_CAMPAIGNS)
    head = [
        _("Funding area"), _("Material"), _("Packs given"), _("Packs handed over"),
        _("Cost of a pack in euros"), _("Cost in euros"),
    ]  # fmt: skip
    rows = [
        [
            area.area.value, one.material.name, str(one.given), str(one.handed_over),
            plain_euros(one.material.pack_cents), plain_euros(one.cents),
        ]
        for area in costs(actor, campaign)
        for one in area.costs
    ]  # fmt: skip
    return _written(actor, campaign, form, head, rows)


def _written(
    actor: Actor, campaign: Campaign, form: str, head: Sequence[str], rows: Sequence[Sequence[str]]
) -> Written:
    written = write_file(form, head, rows)
    told = {"rows": [None, written.rows]}
    record(
        actor=actor, deed="campaigns.export_costs", on=campaign, title=campaign.title, changes=told
    )
    return written
