"""Writes to organisations."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.db import transaction

from knotenpunkt.foundation.accounts.actors import Actor
from knotenpunkt.foundation.accounts.rights import Right
from knotenpunkt.foundation.audit.actions import assign, record, store
from knotenpunkt.registers.areas.models import Region
from knotenpunkt.registers.partners.actions.keeping import must_keep
from knotenpunkt.registers.partners.models import Organisation, Serves
from knotenpunkt.registers.partners.queries import name_key


@transaction.atomic
def save_organisation(
    *, actor: Actor, organisation: Organisation | None = None, **values: Any
) -> Organisation:
    """Create an organisation (level and name are needed) or change the given fields of one."""
    if organisation is None:
        actor.must(Right.EDIT_REGISTERS)
    else:
        must_keep(actor, organisation)
    target = organisation or Organisation()
    if "name" in values:
        values["name_key"] = name_key(values["name"])
    changes = assign(target, values)
    if not changes:
        return target
    store(target, changes)
    deed = "partners.change" if organisation else "partners.create"
    changes.pop("name_key", None)  # follows from the name and says nothing more
    record(actor=actor, deed=deed, on=target, title=target.name, changes=changes)
    return target


@transaction.atomic
def set_regions(*, actor: Actor, organisation: Organisation, regions: Collection[Region]) -> None:
    """Let an organisation serve exactly these regions; none means the whole network."""
    must_keep(actor, organisation)
    wanted = {region.pk: region for region in regions}
    links = organisation.region_links.select_related("region")
    before = {link.region_id: link for link in links}
    if before.keys() == wanted.keys():
        return
    for link in before.values():
        if link.region_id not in wanted:
            link.delete()
    Serves.objects.bulk_create(
        Serves(organisation=organisation, region=region)
        for key, region in wanted.items()
        if key not in before
    )
    names = [sorted(link.region.name for link in before.values())]
    names.append(sorted(region.name for region in wanted.values()))
    record(
        actor=actor,
        deed="partners.change",
        on=organisation,
        title=organisation.name,
        changes={"regions": names},
    )
