"""Reads of groups."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from knotenpunkt.activities.groups.models import Function, Group, Member
from knotenpunkt.activities.groups.rules import is_in, works
from knotenpunkt.foundation.accounts.actors import Actor
from knotenpunkt.foundation.accounts.rights import Right
from knotenpunkt.registers.partners.models import Contact, Organisation, Person
from knotenpunkt.registers.partners.rules import holds_role

ORDER = list(Function.values)


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


def active_groups(today: date) -> list[Group]:
    """The groups that work today, by name."""
    return list(Group.objects.filter(works(today)))


def _all_members() -> QuerySet[Member]:
    rows: QuerySet[Member] = Member.objects.select_related(
        "group", "organisation__body", "organisation__place", "contact__person"
    )
    return rows


def _in_order(rows: QuerySet[Member]) -> list[Member]:
    told = rows.order_by("organisation__name_key", "contact__name")
    return sorted(told, key=lambda one: ORDER.index(one.function))
