"""Reads of groups."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from knotenpunkt.activities.groups.models import Function, Group, Member
from knotenpunkt.activities.groups.rules import is_in
from knotenpunkt.foundation.accounts.actors import Actor
from knotenpunkt.foundation.accounts.rights import Right
from knotenpunkt.registers.partners.models import Contact, Organisation, Person
from knotenpunkt.registers.partners.rules import holds_role, is_here
from knotenpunkt.tools.lists.matching import one_text, says, words_of

ORDER = list(Function.values)
BY_HOUSE = ("organisation__name_key", "-answers_inquiries", "position", "name")
MOST = 15


def groups(actor: Actor) -> QuerySet[Group]:
    """All groups, those that ended, too; PermissionDenied for those who read no internals."""
    actor.must(Right.READ_INTERNAL)
    rows: QuerySet[Group] = Group.objects.select_related("region")
    return rows


def get_group(actor: Actor, group_id: UUID) -> Group:
    """One group; Group.DoesNotExist, PermissionDenied as `groups` says."""
    return groups(actor).get(pk=group_id)


def with_member_count(rows: QuerySet[Group], today: date) -> QuerySet[Group]:
    """With `.member_count`: how many are in today."""
    return rows.annotate(member_count=Count("members", filter=is_in(today, "members__")))


def members(group: Group) -> list[Member]:
    """Who is in it today or will be, those first who lead; one query."""
    today = timezone.localdate()
    return _in_order(_all_members().filter(Q(until=None) | Q(until__gte=today), group=group))


def former_members(group: Group) -> list[Member]:
    """Who was in it, the last first."""
    past = _all_members().filter(group=group, until__lt=timezone.localdate())
    return list(past.order_by("-until", "organisation__name_key"))


def get_member(actor: Actor, group: Group, member_id: UUID) -> Member:
    """One membership of this group, held or former; Member.DoesNotExist."""
    actor.must(Right.READ_INTERNAL)
    found: Member = _all_members().get(pk=member_id, group=group)
    return found


def memberships_of(actor: Actor, partner: Organisation | Person) -> list[Member]:
    """The groups that a partner is in, held ones before former ones.

    Nothing for those who read no internals: groups are not for providers.
    """
    if not actor.may(Right.READ_INTERNAL):
        return []
    side = "organisation" if isinstance(partner, Organisation) else "contact__person"
    rows = _all_members().filter(**{side: partner}).select_related("group")
    today = timezone.localdate()
    told = sorted(rows, key=lambda one: one.group.name)
    return sorted(told, key=lambda one: one.until is not None and one.until < today)


def contacts_of_group(group_id: UUID, on: date) -> Q:
    """Contacts who speak for the members of a group on a day.

    Where nobody is named, or whoever was named has left their role, everybody of the organisation
    does: the audience chooses who is responsible.
    """
    there = Member.objects.filter(is_in(on), group=group_id)
    held = Contact.objects.filter(holds_role(on)).order_by().values("pk")
    named = there.filter(contact__in=held)
    others = there.exclude(contact__in=held)
    return Q(pk__in=named.order_by().values("contact")) | Q(
        organisation__in=others.order_by().values("organisation")
    )


def all_members(group: Group) -> QuerySet[Member]:
    """Everybody who is or was in it, with their ways: two queries."""
    return _all_members().filter(group=group).prefetch_related("contact__phones")


def _all_members() -> QuerySet[Member]:
    rows: QuerySet[Member] = Member.objects.select_related(
        "group", "organisation__body", "organisation__place", "contact__person"
    )
    return rows


@dataclass(frozen=True, slots=True)
class Candidate:
    """Who could join: an organisation, by one of its contacts or without naming one."""

    organisation: Organisation
    contact: Contact | None = None
    is_in: bool = False

    @property
    def key(self) -> str:
        """How it is chosen in a form."""
        return f"{self.organisation.pk}:{self.contact.pk if self.contact else ''}"


def candidates(actor: Actor, group: Group, typed: str) -> list[Candidate]:
    """Partners with all typed words in contact, organisation or place: contacts, then houses."""
    actor.must(Right.EDIT_REGISTERS)
    words = words_of(typed)
    if not words:
        return []
    today = timezone.localdate()
    people = [Candidate(one.organisation, one) for one in _people(words, today)[:MOST]]
    houses = [Candidate(one) for one in _houses(words, today)[: MOST - len(people)]]
    still = Q(until=None) | Q(until__gt=today)
    rows = Member.objects.filter(still, group=group)
    known = set(rows.values_list("organisation_id", "contact_id"))
    return [
        replace(one, is_in=(one.organisation.pk, one.contact.pk if one.contact else None) in known)
        for one in (*people, *houses)
    ]


def _people(words: Iterable[str], today: date) -> QuerySet[Contact]:
    here = Organisation.objects.filter(is_here(today)).order_by()
    rows: QuerySet[Contact] = Contact.objects.filter(
        holds_role(today), organisation__in=here.values("pk")
    )
    for word in words:
        house = says(one_text("organisation__name", "organisation__place__town"), word)
        rows = rows.filter(house | says(one_text("name", "function"), word))
    return rows.select_related("organisation__body", "organisation__place").order_by(*BY_HOUSE)


def _houses(words: Iterable[str], today: date) -> QuerySet[Organisation]:
    rows: QuerySet[Organisation] = Organisation.objects.filter(is_here(today))
    for word in words:
        rows = rows.filter(says(one_text("name", "place__town"), word))
    return rows.select_related("body", "place").order_by("name_key")


def candidate(actor: Actor, group: Group, key: str) -> Candidate | None:
    """The one of that key, from wherever it was chosen; None when it is gone."""
    actor.must(Right.EDIT_REGISTERS)
    house, _colon, person = key.partition(":")
    try:
        organisation = Organisation.objects.get(pk=UUID(house))
        contact = organisation.contacts.get(pk=UUID(person)) if person else None
    except (ValueError, Organisation.DoesNotExist, Contact.DoesNotExist):
        return None
    return Candidate(organisation, contact)


def speakers(member: Member) -> list[Contact]:
    """Who could speak for the organisation today, and who does."""
    held = Q(holds_role(timezone.localdate()), organisation=member.organisation_id)
    rows = Contact.objects.filter(held | Q(pk=member.contact_id))
    return list(rows.order_by("-answers_inquiries", "position", "name"))


def _in_order(rows: QuerySet[Member]) -> list[Member]:
    told = rows.order_by("organisation__name_key", "contact__name")
    return sorted(told, key=lambda one: ORDER.index(one.function))
