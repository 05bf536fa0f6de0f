"""Writes to responsibilities."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from knotenpunkt.foundation.accounts.actors import Actor
from knotenpunkt.foundation.accounts.rights import Right
from knotenpunkt.foundation.audit.actions import Changes, assign, record, store
from knotenpunkt.foundation.core.spoken import number
from knotenpunkt.foundation.networks.scope import current_network
from knotenpunkt.registers.areas.models import Region
from knotenpunkt.registers.offers.models import Topic
from knotenpunkt.registers.partners.models import Contact
from knotenpunkt.registers.responsibilities.exporting import header, rows
from knotenpunkt.registers.responsibilities.models import (
    ForWhom,
    Responsibility,
    ResponsibilityRegion,
    ResponsibilityTopic,
)
from knotenpunkt.tools.lists.files import Written, write_file


@transaction.atomic
def save_responsibility(
    *,
    actor: Actor,
    contact: Contact | None = None,
    responsibility: Responsibility | None = None,
    topics: Collection[Topic] | None = None,
    regions: Collection[Region] | None = None,
    **values: Any,
) -> Responsibility:
    """Say who answers for what (contact and for_whom are needed), or change what is given.

    Families then see what the contact released to everybody, so it needs the right to publish.
    ValidationError, by field, when a value cannot be stored.
    """
    actor.must(Right.EDIT_REGISTERS)
    target = responsibility or Responsibility(contact=contact)
    if values.get("for_whom", target.for_whom) != ForWhom.PROFESSIONALS:
        actor.must(Right.PUBLISH)
    if target.contact.is_internal:
        raise ValidationError(_("This contact is never shown. Please choose another one."))
    changes = assign(target, values)
    store(target, changes)
    changes |= _replace(target, ResponsibilityTopic, "topic", topics)
    changes |= _replace(target, ResponsibilityRegion, "region", regions)
    if changes or responsibility is None:
        deed = "responsibilities.change" if responsibility else "responsibilities.create"
        _record(actor, deed, target, changes)
    return target


@transaction.atomic
def add_responsibilities(
    *, actor: Actor, contacts: Sequence[Contact], **values: Any
) -> list[Responsibility]:
    """The same for several contacts at once."""
    return [save_responsibility(actor=actor, contact=one, **values) for one in contacts]


@transaction.atomic
def remove_responsibilities(*, actor: Actor, those: Sequence[Responsibility]) -> int:
    """They answer for it no longer; how many there were."""
    actor.must(Right.EDIT_REGISTERS)
    for one in those:
        _record(actor, "responsibilities.remove", one, {})
        one.delete()
    return len(those)


@transaction.atomic
def export_responsibilities(*, actor: Actor, those: QuerySet[Responsibility], form: str) -> Written:
    """Write these into a file of this form, CSV or XLSX. LookupError for another form."""
    actor.must(Right.EDIT_REGISTERS)
    written = write_file(form, header(), rows(those))
    told = ngettext("%(n)s line as %(form)s", "%(n)s lines as %(form)s", written.rows)
    record(
        actor=actor,
        deed="responsibilities.export",
        on=current_network(),
        title=told % {"n": number(written.rows), "form": form.upper()},
    )
    return written


def _replace(
    target: Responsibility,
    link: type[ResponsibilityTopic] | type[ResponsibilityRegion],
    name: str,
    wanted: Collection[Topic] | Collection[Region] | None,
) -> Changes:
    """Let exactly these hang on it; what changed, by name."""
    if wanted is None:
        return {}
    known = {getattr(row, f"{name}_id"): row for row in link.objects.filter(responsibility=target)
             .select_related(name)}  # fmt: skip
    new = {one.pk: one for one in wanted}
    if known.keys() == new.keys():
        return {}
    for pk in known.keys() - new.keys():
        known[pk].delete()
    link.objects.bulk_create(
        link(responsibility=target, **{name: one}) for pk, one in new.items() if pk not in known
    )
    before = sorted(str(getattr(row, name)) for row in known.values())
    return {f"{name}s": [before, sorted(map(str, new.values()))]}


def _record(actor: Actor, deed: str, one: Responsibility, changes: Changes) -> None:
    """Under the organisation's name: who the person is, their own record says."""
    title = one.contact.organisation.name
    record(actor=actor, deed=deed, on=one, title=title, changes=changes)
