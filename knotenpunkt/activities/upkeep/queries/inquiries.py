"""Who was asked, and who is to be called."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Prefetch, Q, QuerySet
from django.utils import timezone

from knotenpunkt.activities.upkeep.models import Call, Inquiry, Part, Stage
from knotenpunkt.foundation.accounts.actors import Actor
from knotenpunkt.foundation.accounts.rights import Right
from knotenpunkt.foundation.audit.keys import open_all
from knotenpunkt.registers.areas.models import Region, RegionCoordinator
from knotenpunkt.registers.partners.models import Contact


@dataclass(frozen=True, slots=True)
class Said:
    """A call, with what was noted."""

    call: Call
    note: str


def inquiries() -> QuerySet[Inquiry]:
    """All, with what a page shows of them."""
    parts = Part.objects.select_related("organisation__body", "organisation__place")
    rows: QuerySet[Inquiry] = Inquiry.objects.select_related(
        "contact__organisation", "contact__person"
    ).prefetch_related(
        Prefetch("parts", parts.prefetch_related("organisation__region_links__region")),
        "contact__phones",
        Prefetch("calls", Call.objects.select_related("by")),
    )
    return rows


def to_call(
    actor: Actor, today: date | None = None, region_id: UUID | None = None
) -> list[Inquiry]:
    """The telephone list: whose day has come, those first who wait longest."""
    actor.must(Right.EDIT_REGISTERS)
    day = today or timezone.localdate()
    rows = inquiries().filter(Q(call_again_on=None) | Q(call_again_on__lte=day), stage=Stage.CALL)
    return _of_region(rows, region_id)


def count_to_call(actor: Actor, day: date) -> int:
    """How many calls wait today."""
    actor.must(Right.EDIT_REGISTERS)
    rows = Inquiry.objects.filter(Q(call_again_on=None) | Q(call_again_on__lte=day))
    return int(rows.filter(stage=Stage.CALL).count())


def to_call_later(actor: Actor, region_id: UUID | None = None) -> list[Inquiry]:
    """Those who shall be called again on a later day."""
    actor.must(Right.EDIT_REGISTERS)
    rows = inquiries().filter(stage=Stage.CALL, call_again_on__gt=timezone.localdate())
    return _of_region(rows.order_by("call_again_on"), region_id)


def _of_region(rows: QuerySet[Inquiry], region_id: UUID | None) -> list[Inquiry]:
    if region_id is not None:
        parts = Part.objects.filter(organisation__region_links__region=region_id)
        rows = rows.filter(pk__in=parts.values("inquiry"))
    return list(rows)


def get_inquiry(actor: Actor, inquiry_id: UUID) -> Inquiry:
    """One of them; Inquiry.DoesNotExist."""
    actor.must(Right.EDIT_REGISTERS)
    return inquiries().get(pk=inquiry_id)


def said(calls: Sequence[Call]) -> list[Said]:
    """What was noted of these calls; "" of an erased person."""
    notes = open_all([(one.key_id, bytes(one.note)) for one in calls])
    return [Said(one, note or "") for one, note in zip(calls, notes, strict=True)]


def own_regions(actor: Actor) -> list[Region]:
    """The regions that this member looks after as a sub-coordinator."""
    rows = RegionCoordinator.objects.filter(user_id=actor.user_id).select_related("region")
    return [row.region for row in rows.order_by("region__position", "region__name")]


def regions() -> list[Region]:
    """All regions of the network."""
    return list(Region.objects.all())


def open_inquiry_of(contact: Contact) -> Inquiry | None:
    """What this contact is asked at the moment."""
    rows: QuerySet[Inquiry] = Inquiry.objects.filter(contact=contact, closed_at=None)
    return rows.first()
