"""Who was asked, and who is to be called."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.utils import timezone

from knotenpunkt.activities.upkeep.models import Call, Inquiry, Part, Reason, Stage
from knotenpunkt.activities.upkeep.queries.contacts import responsible_contacts
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
    return _of_region(inquiries().filter(_on_list(day)), region_id)


def count_to_call(actor: Actor, day: date) -> int:
    """How many calls wait today."""
    actor.must(Right.EDIT_REGISTERS)
    return int(Inquiry.objects.filter(_on_list(day)).count())


def count_called_about(actor: Actor, day: date) -> int:
    """How many partners these calls are about."""
    actor.must(Right.EDIT_REGISTERS)
    calls = Inquiry.objects.filter(_on_list(day))
    return int(Part.objects.filter(inquiry__in=calls, is_open=True).count())


def _on_list(day: date) -> Q:
    """To be called on that day, about somebody who is still in the register."""
    is_due = Q(call_again_on=None) | Q(call_again_on__lte=day)
    return is_due & _about_somebody() & Q(stage=Stage.CALL)


def _about_somebody() -> Q:
    """What it asked about can be removed, or taken back with the list that brought it."""
    return Q(Exists(Part.objects.filter(inquiry=OuterRef("pk"))))


def to_call_later(actor: Actor, region_id: UUID | None = None) -> list[Inquiry]:
    """Those who shall be called again on a later day."""
    actor.must(Right.EDIT_REGISTERS)
    day = timezone.localdate()
    rows = inquiries().filter(_about_somebody(), stage=Stage.CALL, call_again_on__gt=day)
    return _of_region(rows.order_by("call_again_on"), region_id)


def _of_region(rows: QuerySet[Inquiry], region_id: UUID | None) -> list[Inquiry]:
    if region_id is not None:
        parts = Part.objects.filter(organisation__region_links__region=region_id)
        rows = rows.filter(pk__in=parts.values("inquiry"))
    return passed_on(list(rows))


def passed_on(rows: list[Inquiry]) -> list[Inquiry]:
    """The same, each with whoever answers today where the one who was asked is gone; not saved.

    Without anybody the contact is None and the reason says so.
    """
    gone = [one for one in rows if one.is_open and not _is_there(one.contact)]
    answering = responsible_contacts([part.organisation for one in gone for part in _parts(one)])
    for one in gone:
        found = (answering[part.organisation.pk] for part in _parts(one))
        one.contact = next(filter(None, found), None)
        one.reason = _reason(one.contact)
    return rows


def _is_there(contact: Contact | None) -> bool:
    return contact is not None and contact.is_current


def _parts(inquiry: Inquiry) -> list[Part]:
    return [part for part in inquiry.parts.all() if part.is_open]


def _reason(contact: Contact | None) -> str:
    """Why they are called; "" when they have just become the one who answers."""
    if contact is None:
        return Reason.NOBODY
    return "" if contact.email else Reason.NO_MAIL


def get_inquiry(actor: Actor, inquiry_id: UUID) -> Inquiry:
    """One of them; Inquiry.DoesNotExist."""
    actor.must(Right.EDIT_REGISTERS)
    return passed_on([inquiries().get(pk=inquiry_id)])[0]


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
