"""Writes to the library."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from knotenpunkt.foundation.accounts.actors import Actor, System
from knotenpunkt.foundation.accounts.rights import Right
from knotenpunkt.foundation.audit.actions import assign, record, store
from knotenpunkt.foundation.networks.scope import current_network
from knotenpunkt.registers.library.models import (
    Adoption,
    How,
    Material,
    MaterialProfession,
    Stand,
    Version,
)
from knotenpunkt.registers.library.rules import may_adopt_for
from knotenpunkt.registers.partners.models import Contact, Organisation, Profession
from knotenpunkt.tools.files.actions import keep_file
from knotenpunkt.tools.files.content import DOCX, JPEG, ODT, PDF, PNG, PPTX, XLSX, checked
from knotenpunkt.tools.lists.files import Written, write_file

ALLOWED = {PDF, PNG, JPEG, DOCX, ODT, XLSX, PPTX}


@dataclass(frozen=True, slots=True)
class Handed:
    """A file as it was handed in."""

    name: str
    content: bytes


@transaction.atomic
def save_material(
    *,
    actor: Actor,
    material: Material | None = None,
    professions: Collection[Profession] | None = None,
    **values: Any,
) -> Material:
    """Bring in a material (title and kind are needed) or change the given fields of one."""
    actor.must(Right.EDIT_REGISTERS)
    target = material or Material()
    changes = assign(target, values)
    store(target, changes)
    if professions is not None and _set_professions(target, professions):
        changes["professions"] = [None, sorted(str(one) for one in professions)]
    if changes or material is None:
        deed = "library.change" if material else "library.create"
        record(actor=actor, deed=deed, on=target, title=target.title, changes=changes)
    return target


def _set_professions(material: Material, wanted: Collection[Profession]) -> bool:
    known = {row.profession_id: row for row in material.profession_links.all()}
    new = {one.pk: one for one in wanted}
    for pk in known.keys() - new.keys():
        known[pk].delete()
    MaterialProfession.objects.bulk_create(
        MaterialProfession(material=material, profession=one)
        for pk, one in new.items()
        if pk not in known
    )
    return known.keys() != new.keys()


@transaction.atomic
def publish_version(
    *,
    actor: Actor,
    material: Material,
    changed: str = "",
    text: str = "",
    handed: Handed | None = None,
    on: date | None = None,
) -> Version:
    """The next version: a file, a text, or both. All partners are behind until they adopt it.

    ValidationError for a file whose content is no document, and for nothing at all.
    """
    actor.must(Right.EDIT_REGISTERS)
    if handed is None and not text.strip():
        raise ValidationError(_("Please add a file or a text."))
    file = None
    if handed is not None:
        kind = checked(handed.name, handed.content, ALLOWED)
        file = keep_file(name=handed.name, content_type=kind, content=handed.content)
    # Of two who publish at once the second gets the next number.
    Material.objects.select_for_update().get(pk=material.pk)
    last = Version.objects.filter(material=material).aggregate(last=Max("number"))["last"] or 0
    version = Version(material=material, number=last + 1, file=file)
    told = {"changed": changed, "text": text, "published_on": on or timezone.localdate()}
    changes = assign(version, told)
    version.save(force_insert=True)
    changes["version"] = [last or None, version.number]
    record(actor=actor, deed="library.publish", on=material, title=material.title, changes=changes)
    return version


@transaction.atomic
def withdraw_material(*, actor: Actor, material: Material) -> Material:
    """It holds no longer; who adopted it stays on record."""
    return save_material(actor=actor, material=material, withdrawn_on=timezone.localdate())


@transaction.atomic
def bring_back(*, actor: Actor, material: Material) -> Material:
    """It holds again."""
    return save_material(actor=actor, material=material, withdrawn_on=None)


@transaction.atomic
def record_adoption(
    *,
    actor: Actor,
    version: Version,
    organisation: Organisation,
    stand: str = Stand.ADOPTED,
    how: str = How.DESK,
    contact: Contact | None = None,
    on: date | None = None,
) -> Adoption:
    """A partner has seen a version, or adopted it: said at the desk, on the telephone, by link.

    By a personal link `actor` is a System and `contact` the holder of the link, of that
    organisation. Adopted is not taken back by seen.
    """
    _must_speak_for(actor, organisation, contact)
    rows = Adoption.objects.filter(version=version, organisation=organisation)
    known: Adoption | None = rows.first()
    if known is not None and (known.stand == stand or known.stand == Stand.ADOPTED):
        return known
    adoption = known or Adoption(version=version, organisation=organisation)
    told = {"stand": stand, "how": how, "on": on or timezone.localdate(), "contact": contact}
    changes = assign(adoption, told)
    store(adoption, changes)
    record(
        actor=actor,
        deed=f"library.{stand}",
        on=version.material,
        title=f"{organisation.name}: {version.material.title}",
        changes={"version": [None, version.number], "how": [None, how]},
    )
    return adoption


def _must_speak_for(actor: Actor, organisation: Organisation, contact: Contact | None) -> None:
    if contact is not None and contact.organisation_id != organisation.pk:
        raise PermissionDenied
    if isinstance(actor, System) or may_adopt_for(actor, organisation.pk):
        return
    raise PermissionDenied(Right.EDIT_REGISTERS)


@transaction.atomic
def record_adoptions(
    *, actor: Actor, version: Version, those: Sequence[Organisation], how: str = How.TELEPHONE
) -> int:
    """Several partners have adopted a version; how many were new."""
    actor.must(Right.EDIT_REGISTERS)
    rows = Adoption.objects.filter(version=version, organisation__in=those, stand=Stand.ADOPTED)
    known = set(rows.values_list("organisation_id", flat=True))
    new = [one for one in those if one.pk not in known]
    for one in new:
        record_adoption(actor=actor, version=version, organisation=one, how=how)
    return len(new)


@transaction.atomic
def take_adoption_back(*, actor: Actor, adoption: Adoption) -> None:
    """It was written down by mistake."""
    if not may_adopt_for(actor, adoption.organisation_id):
        raise PermissionDenied(Right.EDIT_REGISTERS)
    material = adoption.version.material
    record(
        actor=actor,
        deed="library.take_back",
        on=material,
        title=f"{adoption.organisation.name}: {material.title}",
        changes={"version": [adoption.version.number, None]},
    )
    adoption.delete()


@transaction.atomic
def export_stand(
    *, actor: Actor, header: Sequence[str], rows: Iterable[Sequence[str]], form: str, title: str
) -> Written:
    """Write who has which version into a file. LookupError for a form other than CSV and XLSX."""
    actor.must(Right.EDIT_REGISTERS)
    written = write_file(form, header, rows)
    record(actor=actor, deed="library.export", on=current_network(), title=title)
    return written
