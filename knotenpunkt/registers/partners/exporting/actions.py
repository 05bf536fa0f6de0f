"""Contacts leave the house with a file, so the audit tells of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from knotenpunkt.foundation.accounts.actors import Actor
from knotenpunkt.foundation.accounts.rights import Right
from knotenpunkt.foundation.audit.actions import record
from knotenpunkt.foundation.core.spoken import number
from knotenpunkt.foundation.networks.scope import current_network
from knotenpunkt.registers.partners.exporting.rows import (
    ORGANISATION_FIELDS,
    PEOPLE_FIELDS,
    Field,
    header,
    organisation_rows,
    people_rows,
    personal,
)
from knotenpunkt.registers.partners.models import Organisation, Person
from knotenpunkt.tools.lists.files import Written, write_file


@transaction.atomic
def export_organisations(
    *, actor: Actor, organisations: QuerySet[Organisation], form: str, narrowed: str
) -> Written:
    """Write these organisations into a file of this form, CSV or XLSX.

    `narrowed` is the query string of the list that they come from. LookupError for another form.
    """
    actor.must(Right.EDIT_REGISTERS)
    written = _written(form, ORGANISATION_FIELDS, organisation_rows(organisations))
    told = ngettext(
        "%(n)s organisation as %(form)s", "%(n)s organisations as %(form)s", written.rows
    )
    _on_record(actor, told, written, form, ORGANISATION_FIELDS, narrowed)
    return written


@transaction.atomic
def export_people(*, actor: Actor, people: QuerySet[Person], form: str, narrowed: str) -> Written:
    """The same for people, one row for each role."""
    actor.must(Right.EDIT_REGISTERS)
    written = _written(form, PEOPLE_FIELDS, people_rows(people))
    told = ngettext(
        "%(n)s row of people as %(form)s", "%(n)s rows of people as %(form)s", written.rows
    )
    _on_record(actor, told, written, form, PEOPLE_FIELDS, narrowed)
    return written


def _written(form: str, fields: Sequence[Field], rows: Iterator[list[str]]) -> Written:
    return write_file(form, header(fields), rows)


def _on_record(
    actor: Actor, told: str, written: Written, form: str, fields: Sequence[Field], narrowed: str
) -> None:
    record(
        actor=actor,
        deed="partners.export",
        on=current_network(),
        title=told % {"n": number(written.rows), "form": form.upper()},
        changes={
            "list": [None, narrowed or _("all")],
            "personal": [None, ", ".join(personal(fields))],
        },
    )
