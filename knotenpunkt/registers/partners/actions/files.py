"""Writes to the files of an organisation."""

from __future__ import annotations

from django.db import transaction

from knotenpunkt.foundation.accounts.actors import Actor
from knotenpunkt.foundation.audit.actions import record
from knotenpunkt.registers.partners.actions.keeping import must_keep
from knotenpunkt.registers.partners.models import Organisation, PartnerFile
from knotenpunkt.registers.partners.rules import may_see_internal
from knotenpunkt.tools.files.actions import drop_file, keep_file


@transaction.atomic
def add_file(
    *,
    actor: Actor,
    organisation: Organisation,
    title: str,
    name: str,
    content_type: str,
    content: bytes,
    for_coordination: bool = True,
) -> PartnerFile:
    """Keep a file with an organisation. What kind of file it is, was looked at before.

    What a provider adds is theirs to see, whatever is asked.
    """
    must_keep(actor, organisation)
    kept = keep_file(name=name, content_type=content_type, content=content)
    link = PartnerFile(organisation=organisation, file=kept, title=title)
    link.for_coordination = for_coordination and may_see_internal(actor)
    link.save(force_insert=True)
    record(
        actor=actor,
        deed="partners.add_file",
        on=organisation,
        title=organisation.name,
        changes={"file": [None, title]},
    )
    return link


@transaction.atomic
def remove_file(*, actor: Actor, link: PartnerFile) -> None:
    """Delete a file for ever."""
    must_keep(actor, link.organisation)
    record(
        actor=actor,
        deed="partners.remove_file",
        on=link.organisation,
        title=link.organisation.name,
        changes={"file": [link.title, None]},
    )
    file_id = link.file_id
    link.delete()
    drop_file(file_id)
