"""Writes to partners."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from knotenpunkt.foundation.accounts.actors import Actor
from knotenpunkt.foundation.accounts.models import User
from knotenpunkt.foundation.accounts.rights import Right
from knotenpunkt.foundation.audit.actions import assign, record, store, without_values
from knotenpunkt.registers.partners.models import Contact, Organisation, Phone, Representative
from knotenpunkt.registers.partners.queries import name_key, represented_by

PERSONAL_FIELDS = ("name", "email", "phones")


@dataclass(frozen=True, slots=True)
class PhoneDraft:
    """A number as it is shown, and as it is dialled (E.164, "" if uncertain)."""

    shown: str
    dialled: str = ""
    note: str = ""


@transaction.atomic
def save_organisation(
    *, actor: Actor, organisation: Organisation | None = None, **values: Any
) -> Organisation:
    """Create an organisation (level and name are needed) or change the given fields of one."""
    if organisation is None:
        actor.must(Right.EDIT_REGISTERS)
    else:
        _must_keep(actor, organisation)
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
def save_contact(
    *,
    actor: Actor,
    organisation: Organisation,
    contact: Contact | None = None,
    phones: Sequence[PhoneDraft] | None = None,
    **values: Any,
) -> Contact:
    """Create or change a contact; `phones`, when given, replaces all its numbers."""
    _must_keep(actor, organisation if contact is None else contact.organisation)
    target = contact or Contact(organisation=organisation)
    changes = assign(target, values)
    store(target, changes)
    if phones is not None and _replace_phones(target, phones, is_new=contact is None):
        changes["phones"] = []
    if changes or contact is None:
        deed = "partners.change_contact" if contact else "partners.create_contact"
        kept = without_values(changes, PERSONAL_FIELDS)
        record(actor=actor, deed=deed, on=target, title=organisation.name, changes=kept)
    return target


def show(
    *, actor: Actor, organisations: Iterable[Organisation], contacts: Iterable[Contact] = ()
) -> None:
    """Something of these is published: let everyone see them. Internal contacts stay hidden."""
    _show(actor, organisations, (one for one in contacts if not one.is_internal), is_public=True)


def hide(
    *, actor: Actor, organisations: Iterable[Organisation], contacts: Iterable[Contact] = ()
) -> None:
    """Nothing is published any more that these stand for."""
    _show(actor, organisations, contacts, is_public=False)


@transaction.atomic
def _show(
    actor: Actor,
    organisations: Iterable[Organisation],
    contacts: Iterable[Contact],
    *,
    is_public: bool,
) -> None:
    # A provider changes what is published already, and only what is theirs.
    if not actor.may(Right.EDIT_OWN_ENTRIES):
        actor.must(Right.PUBLISH)
    for one in organisations:
        if one.is_public is not is_public and _keeps(actor, one):
            save_organisation(actor=actor, organisation=one, is_public=is_public)
    for contact in contacts:
        if contact.is_public is not is_public and _keeps(actor, contact.organisation):
            save_contact(
                actor=actor,
                organisation=contact.organisation,
                contact=contact,
                is_public=is_public,
            )


def _must_keep(actor: Actor, organisation: Organisation) -> None:
    if not _keeps(actor, organisation):
        raise PermissionDenied(Right.EDIT_REGISTERS)


def _keeps(actor: Actor, organisation: Organisation) -> bool:
    """Those who keep the register keep all, a provider what is theirs."""
    if actor.may(Right.EDIT_REGISTERS):
        return True
    return actor.may(Right.EDIT_OWN_ENTRIES) and organisation.pk in represented_by(actor)


def _replace_phones(contact: Contact, drafts: Sequence[PhoneDraft], *, is_new: bool) -> bool:
    known = [] if is_new else contact.phones.all()
    before = [(phone.shown, phone.dialled, phone.note) for phone in known]
    if before == [(draft.shown, draft.dialled, draft.note) for draft in drafts]:
        return False
    if before:
        contact.phones.all().delete()
    Phone.objects.bulk_create(
        Phone(contact=contact, position=position, shown=d.shown, dialled=d.dialled, note=d.note)
        for position, d in enumerate(drafts)
    )
    return True


@transaction.atomic
def represent(*, actor: Actor, user: User, organisations: Sequence[Organisation]) -> None:
    """Let a provider keep the entries of exactly these organisations (none: no longer any)."""
    actor.must(Right.INVITE_PEOPLE)
    wanted = {one.pk: one for one in organisations}
    kept = Representative.objects.select_related("organisation").filter(user=user)
    for former in kept:
        if former.organisation_id not in wanted:
            _on_record(actor, "partners.stop_representing", former.organisation, user)
            former.delete()
    for one in wanted.values():
        _row, is_new = Representative.objects.get_or_create(user=user, organisation=one)
        if is_new:
            _on_record(actor, "partners.represent", one, user)


def _on_record(actor: Actor, deed: str, organisation: Organisation, user: User) -> None:
    record(actor=actor, deed=deed, on=organisation, title=f"{organisation.name}: {user.name}")
