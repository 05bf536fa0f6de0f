"""Reads of agreements."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import Count, F, Max, Q, QuerySet

from knotenpunkt.foundation.accounts.actors import Actor
from knotenpunkt.foundation.accounts.models import Membership, User
from knotenpunkt.foundation.accounts.rights import Right, Role
from knotenpunkt.foundation.audit.models import Entry
from knotenpunkt.registers.agreements.models import Agreement, AgreementKind, Paper, Party
from knotenpunkt.registers.agreements.rules import ends_soon, holds, may_see
from knotenpunkt.registers.areas.models import Region
from knotenpunkt.registers.partners.models import Contact, Organisation, Serves
from knotenpunkt.tools.lists.matching import says
from knotenpunkt.tools.mail.models import MailKind, Message


def agreements(actor: Actor) -> QuerySet[Agreement]:
    """All agreements of the network at hand; PermissionDenied for those who may not read them."""
    if not may_see(actor):
        raise PermissionDenied(Right.READ_INTERNAL)
    rows: QuerySet[Agreement] = Agreement.objects.all()
    return rows


def get_agreement(actor: Actor, agreement_id: UUID) -> Agreement:
    """One agreement; Agreement.DoesNotExist, or PermissionDenied as `agreements` says."""
    return agreements(actor).get(pk=agreement_id)


def counted(rows: QuerySet[Agreement]) -> QuerySet[Agreement]:
    """With `signed`, how many partners signed each."""
    return rows.annotate(signed=Count("parties"))


def parties(actor: Actor, agreement: Agreement) -> QuerySet[Party]:
    """Who signed, by name; PermissionDenied as `agreements` says."""
    agreements(actor)
    rows: QuerySet[Party] = agreement.parties.select_related("organisation__body")
    return rows


def named(words: Sequence[str]) -> Q:
    """Agreements of which each word stands in the title, or in the name of one who signed."""
    found = Q()
    for word in words:
        houses = Party.objects.filter(says(F("organisation__name"), word)).values("agreement_id")
        found &= says(F("title"), word) | Q(pk__in=houses)
    return found


def have_signed(agreement: Agreement) -> Q:
    """The organisations that stand behind an agreement."""
    return Q(pk__in=Party.objects.filter(agreement=agreement).values("organisation_id"))


def working_in(region_id: str) -> Q:
    """The organisations that work there or in a part of it, and those that work everywhere."""
    here = Serves.objects.filter(Q(region_id=region_id) | Q(region__parent_id=region_id))
    return Q(pk__in=here.values("organisation_id")) | Q(region_links=None)


def papers(actor: Actor, agreement: Agreement) -> QuerySet[Paper]:
    """The files of an agreement without their content; PermissionDenied as `agreements` says."""
    agreements(actor)
    rows: QuerySet[Paper] = agreement.papers.select_related("file").defer("file__content")
    return rows


def not_left(today: date) -> QuerySet[Organisation]:
    """The organisations of the register that have not left."""
    rows: QuerySet[Organisation] = Organisation.objects.filter(_stays(today))
    return rows


def joined(today: date) -> QuerySet[Organisation]:
    """Who is in: joined and not left; a facility joins with its body. As `is_partner` says."""
    with_body = Q(body__joined_on__lte=today) & _stays(today, "body__")
    rows: QuerySet[Organisation] = not_left(today).filter(Q(joined_on__lte=today) | with_body)
    return rows


def _stays(today: date, prefix: str = "") -> Q:
    return Q(**{f"{prefix}left_on": None}) | Q(**{f"{prefix}left_on__gt": today})


def possible_parties(actor: Actor, today: date) -> QuerySet[Organisation]:
    """Who can sign; PermissionDenied for those who do not keep the register."""
    actor.must(Right.EDIT_REGISTERS)
    return not_left(today).select_related("body")


def regions() -> list[Region]:
    """All regions of the network at hand, in their order."""
    return list(Region.objects.all())


def principles_of_cooperation(actor: Actor, today: date) -> Agreement | None:
    """The agreement of § 3 (3) KKG that holds: of several the one that most have signed."""
    rows = agreements(actor).filter(holds(today), kind=AgreementKind.COOPERATION)
    most_first = rows.annotate(size=Count("parties")).order_by("-size", "-signed_on")
    found: Agreement | None = most_first.first()
    return found


def to_remind(today: date) -> QuerySet[Agreement]:
    """Which agreements end soon, the first to end first."""
    rows: QuerySet[Agreement] = Agreement.objects.filter(ends_soon(today)).order_by("valid_until")
    return rows


def of_partner(actor: Actor, organisation: Organisation) -> list[Party]:
    """What a partner signed, or its body for it, the latest first: for the partner's portrait."""
    agreements(actor)
    ids = [one for one in (organisation.pk, organisation.body_id) if one is not None]
    rows = Party.objects.filter(organisation_id__in=ids).select_related("agreement", "organisation")
    return list(rows.order_by("-signed_on"))


def valid_parties(today: date, kind: str) -> Iterable[dict[str, Any]]:
    """Who signed an agreement of this kind that holds: organisation, and until when."""
    rows = Party.objects.filter(holds(today, "agreement__"), agreement__kind=kind)
    columns = "organisation_id", "signed_on", "agreement__valid_until", "agreement__ended_on"
    found: Iterable[dict[str, Any]] = rows.order_by().values(*columns)
    return found


def who_coordinates() -> list[User]:
    """Whom the clock tells what ends."""
    rows = Membership.objects.filter(role=Role.COORDINATOR, user__is_active=True)
    return [membership.user for membership in rows.select_related("user")]


def addressees(actor: Actor, organisation: Organisation, today: date) -> list[Contact]:
    """Whom of an organisation, or of its body, one can write to; who answers for it comes first."""
    actor.must(Right.EDIT_REGISTERS)
    ids = [one for one in (organisation.pk, organisation.body_id) if one is not None]
    rows = Contact.objects.filter(organisation_id__in=ids).exclude(email="")
    rows = rows.select_related("organisation").order_by("-answers_inquiries", "position", "pk")
    held = [one for one in rows if one.is_held_on(today)]
    return sorted(held, key=lambda one: one.organisation_id != organisation.pk)


def invited(organisation_ids: Collection[UUID]) -> dict[UUID, datetime]:
    """When which of these organisations was last invited."""
    mails = Message.objects.filter(about__in=organisation_ids, kind=MailKind.INVITATION)
    return dict(mails.order_by().values_list("about").annotate(last=Max("created_at")))


def history(actor: Actor, agreement: Agreement, *, limit: int) -> list[Entry]:
    """What happened to an agreement, the last first; PermissionDenied as `agreements` says."""
    agreements(actor)
    return list(Entry.objects.filter(kind=agreement._meta.label, object_id=agreement.pk)[:limit])
