"""Writes to groups and their members."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from knotenpunkt.activities.groups.models import Function, Group, GroupKind, Member
from knotenpunkt.activities.groups.queries import all_members
from knotenpunkt.activities.groups.wording import HEADER, name_of, row_of
from knotenpunkt.foundation.accounts.actors import Actor
from knotenpunkt.foundation.accounts.rights import Right
from knotenpunkt.foundation.audit.actions import Changes, assign, record, store
from knotenpunkt.foundation.core.personal_data import Expired
from knotenpunkt.foundation.core.spoken import number
from knotenpunkt.registers.areas.models import Region
from knotenpunkt.registers.partners.models import Contact, Organisation
from knotenpunkt.registers.partners.rules import months_ago
from knotenpunkt.tools.lists.files import Written, write_file

# So long one still sees who spoke for a former member.
REMEMBERED_MONTHS = 36


@dataclass(frozen=True, slots=True)
class GroupDraft:
    """What is written down about a group."""

    name: str
    kind: GroupKind = GroupKind.WORKING
    purpose: str = ""
    region: Region | None = None
    is_public: bool = False
    started_on: date | None = None
    internal_note: str = ""


@transaction.atomic
def save_group(*, actor: Actor, draft: GroupDraft, group: Group | None = None) -> Group:
    """Create a group, or change one. ValidationError when the name is missing or taken."""
    actor.must(Right.EDIT_REGISTERS)
    target = group or Group()
    if Group.objects.filter(name=draft.name).exclude(pk=target.pk).exists():
        raise _taken()
    changes = assign(target, {**asdict(draft), "region": draft.region})
    try:
        with transaction.atomic():
            store(target, changes)
    except IntegrityError as problem:  # the button was pressed twice
        raise _taken() from problem
    if changes or group is None:
        _record(actor, "groups.change" if group else "groups.create", target, changes)
    return target


def _taken() -> ValidationError:
    return ValidationError({"name": _("There is one of this name already.")})


@transaction.atomic
def end_group(*, actor: Actor, group: Group, on: date) -> Group:
    """It works no longer as of that day; its members stay written down."""
    if group.started_on is not None and on < group.started_on:
        raise ValidationError({"ended_on": _("It would end before it began.")})
    return _set_end(actor, group, on, "groups.end")


@transaction.atomic
def reopen_group(*, actor: Actor, group: Group) -> Group:
    """It works again."""
    return _set_end(actor, group, None, "groups.reopen")


def _set_end(actor: Actor, group: Group, on: date | None, deed: str) -> Group:
    actor.must(Right.EDIT_REGISTERS)
    changes = assign(group, {"ended_on": on})
    store(group, changes)
    if changes:
        _record(actor, deed, group, changes)
    return group


def _record(actor: Actor, deed: str, group: Group, changes: Changes) -> None:
    record(actor=actor, deed=deed, on=group, title=group.name, changes=changes)


@transaction.atomic
def add_member(
    *,
    actor: Actor,
    group: Group,
    organisation: Organisation,
    contact: Contact | None = None,
    function: Function = Function.MEMBER,
    since: date | None = None,
) -> Member:
    """An organisation joins, spoken for by one of its contacts.

    ValidationError when it is in already, by this contact or without one.
    """
    actor.must(Right.EDIT_REGISTERS)
    _hold(group)
    member = Member(group=group, organisation=organisation)
    _refuse_stranger(organisation, contact)
    _refuse_twice(member, contact)
    changes = assign(member, {"contact": contact, "function": function, "since": since})
    store(member, changes)
    _record_member(actor, "groups.add_member", member)
    return member


@transaction.atomic
def change_member(
    *,
    actor: Actor,
    member: Member,
    function: Function,
    contact: Contact | None,
    since: date | None,
) -> Member:
    """Another function, or somebody else speaks for the organisation."""
    actor.must(Right.EDIT_REGISTERS)
    _hold(member.group)
    _refuse_stranger(member.organisation, contact)
    if member.until is None:
        _refuse_twice(member, contact)
    if since is not None and member.until is not None and member.until < since:
        raise ValidationError({"since": _("It would end before it began.")})
    changes = assign(member, {"function": function, "contact": contact, "since": since})
    store(member, changes)
    if changes:
        _record_member(actor, "groups.change_member", member, changes)
    return member


@transaction.atomic
def end_membership(*, actor: Actor, member: Member, until: date) -> Member:
    """`until` is the last day in the group. Nothing is deleted."""
    actor.must(Right.EDIT_REGISTERS)
    if member.since is not None and until < member.since:
        raise ValidationError({"until": _("It would end before it began.")})
    return _set_until(actor, member, until, "groups.end_member")


@transaction.atomic
def resume_membership(*, actor: Actor, member: Member) -> Member:
    """It did not end after all. ValidationError when they joined anew meanwhile."""
    actor.must(Right.EDIT_REGISTERS)
    _hold(member.group)
    _refuse_twice(member, member.contact)
    return _set_until(actor, member, None, "groups.resume_member")


def _set_until(actor: Actor, member: Member, until: date | None, deed: str) -> Member:
    changes = assign(member, {"until": until})
    store(member, changes)
    if changes:
        _record_member(actor, deed, member, changes)
    return member


def _hold(group: Group) -> None:
    """Of two who add the same member at once, the later one sees what the first one did."""
    Group.objects.select_for_update().get(pk=group.pk)


def _refuse_stranger(organisation: Organisation, contact: Contact | None) -> None:
    if contact is not None and contact.organisation_id != organisation.pk:
        raise ValidationError({"contact": _("This contact belongs to another organisation.")})


def _refuse_twice(member: Member, contact: Contact | None) -> None:
    """Whoever will still be in tomorrow is in."""
    still = Q(until=None) | Q(until__gt=timezone.localdate())
    rows = Member.objects.filter(still, group=member.group, organisation=member.organisation)
    if rows.filter(contact=contact).exclude(pk=member.pk).exists():
        raise ValidationError({"contact": _("They are in this group already.")})


def _record_member(actor: Actor, deed: str, member: Member, changes: Changes | None = None) -> None:
    """Sealed with the key of whoever speaks for the organisation; keys of records are left out."""
    contact = member.contact
    told = {name: pair for name, pair in (changes or {}).items() if name != "contact"}
    record(
        actor=actor,
        deed=deed,
        on=member.group,
        title=f"{member.group.name}: {name_of(member)}",
        changes=told,
        person=(contact.person_id or contact.pk) if contact else None,
    )


@transaction.atomic
def export_members(*, actor: Actor, group: Group, form: str) -> Written:
    """The members of today as a file, CSV or XLSX. Contacts leave the house: it is recorded.

    LookupError for another form.
    """
    actor.must(Right.EDIT_REGISTERS)
    rows = list(all_members(group).filter(Q(until=None) | Q(until__gte=timezone.localdate())))
    written = write_file(form, [str(one) for one in HEADER], map(row_of, rows))
    told = ngettext("%(n)s member as %(form)s", "%(n)s members as %(form)s", written.rows)
    count = told % {"n": number(written.rows), "form": form.upper()}
    record(actor=actor, deed="groups.export", on=group, title=f"{group.name}: {count}")
    return written


@transaction.atomic
def forget_speaker(rows: list[Member]) -> int:
    """Only that the organisation was a member stays. Returns how many."""
    for one in rows:
        one.contact = None
        one.save(update_fields=["contact"])
    return len(rows)


def forget_former(*, today: date) -> Expired:
    """Take the people out of memberships that ended long ago."""
    before = months_ago(today, REMEMBERED_MONTHS)
    rows = list(Member.objects.filter(until__lte=before).exclude(contact=None))
    return Expired("people who spoke for members of groups", forget_speaker(rows))
