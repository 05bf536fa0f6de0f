"""Reads of the library."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Max, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.utils import timezone

from knotenpunkt.foundation.accounts.actors import Actor
from knotenpunkt.foundation.accounts.rights import Right
from knotenpunkt.registers.library.models import (
    Adoption,
    Material,
    MaterialProfession,
    Stand,
    Version,
)
from knotenpunkt.registers.partners.models import Contact, Organisation, Profession
from knotenpunkt.registers.partners.queries import organisations, represented_by


def materials(actor: Actor) -> QuerySet[Material]:
    """What members may use; what is withdrawn, who keeps the library still sees.

    Everybody else: what is public.
    """
    rows: QuerySet[Material] = Material.objects.all()
    if not actor.may(Right.OPEN_DESK):
        rows = rows.filter(is_public=True)
    if not actor.may(Right.EDIT_REGISTERS):
        rows = rows.filter(withdrawn_on=None, versions__isnull=False).distinct()
    return rows


def completed(rows: QuerySet[Material]) -> QuerySet[Material]:
    """With versions and professions, in a fixed number of queries."""
    return rows.prefetch_related(
        Prefetch("versions", Version.objects.select_related("file").defer("file__content")),
        Prefetch("profession_links", MaterialProfession.objects.select_related("profession")),
    )


def get_material(actor: Actor, material_id: UUID) -> Material:
    """One with its versions; Material.DoesNotExist for what this actor may not see."""
    return completed(materials(actor)).get(pk=material_id)


def professions() -> list[Profession]:
    """The professional groups of the network at hand."""
    return list(Profession.objects.all())


def own_organisations(actor: Actor) -> list[Organisation]:
    """The organisations that a provider speaks for."""
    rows = organisations(actor).filter(pk__in=represented_by(actor))
    return list(rows.order_by("name"))


def stands(
    actor: Actor, organisation_ids: Iterable[UUID], material_ids: Iterable[UUID]
) -> dict[tuple[UUID, UUID], Adoption]:
    """(organisation, material) → the newest version that was seen or adopted there."""
    rows = Adoption.objects.filter(
        organisation__in=list(organisation_ids), version__material__in=list(material_ids)
    )
    told = rows.select_related("version").order_by("version__number")
    return {(row.organisation_id, row.version.material_id): row for row in told}


def partners_with_stand(actor: Actor, material: Material) -> QuerySet[Organisation]:
    """Every organisation that is still there, with the newest number that it adopted (`has`),
    and whether it has seen a newer one (`has_seen`). For those who read the register."""
    actor.must(Right.READ_INTERNAL)
    own = Adoption.objects.filter(organisation=OuterRef("pk"), version__material=material)
    seen = own.order_by().values("organisation").annotate(last=Max("version__number"))
    adopted = seen.filter(stand=Stand.ADOPTED)
    rows = organisations(actor).filter(
        Q(left_on=None) | Q(left_on__gt=timezone.localdate()),
    )
    if wanted := [link.profession_id for link in material.profession_links.all()]:
        rows = rows.filter(_with_profession(wanted))
    return rows.annotate(
        has=Subquery(adopted.values("last")), has_seen=Subquery(seen.values("last"))
    )


def _with_profession(wanted: Sequence[UUID]) -> Q:
    working = Contact.objects.filter(
        Q(until=None) | Q(until__gte=timezone.localdate()), person__profession__in=wanted
    )
    adopting = Adoption.objects.filter(version__material__profession_links__profession__in=wanted)
    return Q(pk__in=working.order_by().values("organisation")) | Q(
        pk__in=adopting.order_by().values("organisation")
    )


@dataclass(frozen=True, slots=True)
class Counts:
    """How many partners are up to date with a material, behind, and never had it."""

    current: int
    behind: int
    never: int


def counts(actor: Actor, material: Material) -> Counts:
    """For those who read the register."""
    newest = material.newest.number if material.newest else 0
    told = partners_with_stand(actor, material).aggregate(
        current=Count("pk", filter=Q(has=newest)),
        behind=Count("pk", filter=Q(has__lt=newest)),
        never=Count("pk", filter=Q(has=None)),
    )
    return Counts(**told)


def adopted(actor: Actor, material: Material) -> int:
    """How many partners adopted the newest version, and are behind once there is another one."""
    actor.must(Right.READ_INTERNAL)
    if material.newest is None:
        return 0
    rows = Adoption.objects.filter(version=material.newest, stand=Stand.ADOPTED)
    return int(rows.count())


@dataclass(frozen=True, slots=True)
class Behind:
    """A partner that adopted an earlier version of something."""

    organisation: Organisation
    material: Material
    has: int
    newest: Version


def behind(actor: Actor) -> list[Behind]:
    """Who works with an old version: the list of those to remind, by material."""
    actor.must(Right.READ_INTERNAL)
    newest = {one.pk: one.newest for one in completed(materials(actor).filter(withdrawn_on=None))}
    rows = (
        Adoption.objects.filter(stand=Stand.ADOPTED, version__material__in=newest.keys())
        .select_related("version__material", "organisation__place")
        .prefetch_related("organisation__contacts__phones")
        .order_by("version__number")
    )
    last = {(row.version.material_id, row.organisation_id): row for row in rows}
    found = []
    for (material_id, _house), row in last.items():
        best = newest[material_id]
        if best and row.version.number < best.number and not row.organisation.left_on:
            found.append(Behind(row.organisation, row.version.material, row.version.number, best))
    return sorted(found, key=lambda one: (one.material.title, one.organisation.name))


@dataclass(frozen=True, slots=True)
class Pending:
    """A material for the house of a contact: its newest version, and what was adopted there."""

    material: Material
    version: Version
    adoption: Adoption | None

    @property
    def is_done(self) -> bool:
        """Whether the newest version was adopted."""
        taken = self.adoption
        return bool(taken and taken.version_id == self.version.pk and taken.stand == Stand.ADOPTED)


def for_holder(contact: Contact) -> list[Pending]:
    """What the personal page of a contact shows: everything meant for their profession.

    What holds and is not adopted yet comes first.
    """
    rows = Material.objects.filter(withdrawn_on=None, versions__isnull=False).distinct()
    profession = contact.person.profession_id if contact.person else None
    mine = Q(profession_links__isnull=True) | Q(profession_links__profession=profession)
    told = list(completed(rows.filter(mine)))
    taken = {
        row.version.material_id: row
        for row in Adoption.objects.filter(organisation_id=contact.organisation_id)
        .select_related("version")
        .order_by("version__number")
    }
    found = [
        Pending(one, newest, taken.get(one.pk))
        for one in told
        if (newest := one.newest) is not None
    ]
    return sorted(found, key=lambda one: (one.is_done, one.material.title))


def version_of(material: Material, number: int) -> Version:
    """One version of a material; Version.DoesNotExist."""
    rows: QuerySet[Version] = Version.objects.select_related("file").defer("file__content")
    return rows.get(material=material, number=number)
