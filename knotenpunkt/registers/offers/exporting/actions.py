"""Saving offers as a file: contacts leave the house with it, so the audit tells of it."""

from __future__ import annotations

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from knotenpunkt.foundation.accounts.actors import Actor
from knotenpunkt.foundation.accounts.rights import Right
from knotenpunkt.foundation.audit.actions import record
from knotenpunkt.foundation.core.spoken import number
from knotenpunkt.foundation.networks.scope import current_network
from knotenpunkt.registers.offers.exporting.rows import FIELDS, header, rows
from knotenpunkt.registers.offers.models import Offer
from knotenpunkt.tools.lists.files import Written, write_file


@transaction.atomic
def export_offers(*, actor: Actor, offers: QuerySet[Offer], form: str, narrowed: str) -> Written:
    """Write these offers into a file of this form, CSV or XLSX.

    `narrowed` is the query string of the list that they come from. LookupError for another form.
    """
    actor.must(Right.EDIT_REGISTERS)
    written = write_file(form, header(), rows(offers))
    told = ngettext("%(n)s offer as %(form)s", "%(n)s offers as %(form)s", written.rows)
    personal = [field.name for field in FIELDS if field.is_personal]
    record(
        actor=actor,
        deed="offers.export",
        on=current_network(),
        title=told % {"n": number(written.rows), "form": form.upper()},
        changes={
            "list": [None, narrowed or _("all")],
            "personal": [None, ", ".join(personal)],
        },
    )
    return written
