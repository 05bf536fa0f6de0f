"""Taking the list of what is confirmed and what is due out of the house."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from knotenpunkt.activities.upkeep import wording
from knotenpunkt.activities.upkeep.queries.states import Stand
from knotenpunkt.foundation.accounts.actors import Actor
from knotenpunkt.foundation.accounts.rights import Right
from knotenpunkt.foundation.audit.actions import record
from knotenpunkt.foundation.networks.scope import current_network
from knotenpunkt.registers.partners.models import Organisation
from knotenpunkt.tools.lists.files import Written, write_file


def export_entries(
    *, actor: Actor, rows: Sequence[Organisation], found: Mapping[UUID, Stand], form: str
) -> Written:
    """These organisations as a file, CSV or XLSX, with where they stand; names no contact."""
    actor.must(Right.EDIT_REGISTERS)
    head = [
        _("Partner"), _("Body"), _("Region"), pgettext("of entries", "State"),
        _("Last confirmed"), _("Due on"),
    ]  # fmt: skip
    written = write_file(form, head, (_row(one, found[one.pk]) for one in rows))
    network = current_network()
    told = {"rows": [None, written.rows]}
    record(actor=actor, deed="upkeep.export", on=network, title=network.name, changes=told)
    return written


def _row(one: Organisation, stand: Stand) -> list[str]:
    return [
        one.name,
        one.body.name if one.body else "",
        ", ".join(link.region.name for link in one.region_links.all()),
        str(wording.STATES[stand.state]),
        f"{stand.confirmed_on:%d.%m.%Y}" if stand.confirmed_on else "",
        f"{stand.due_on:%d.%m.%Y}" if stand.due_on else "",
    ]
