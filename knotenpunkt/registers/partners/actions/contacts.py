"""Writes to contacts: roles of people, offices, and their numbers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from knotenpunkt.foundation.accounts.actors import Actor
from knotenpunkt.foundation.accounts.rights import Right
from knotenpunkt.foundation.audit.actions import Changes, assign, record, store
from knotenpunkt.registers.partners.actions.keeping import keeps, must_keep
from knotenpunkt.registers.partners.actions.organisations import save_organisation
from knotenpunkt.registers.partners.models import (
    Audience,
    Contact,
    Organisation,
    Phone,
    Purpose,
    WayForm,
)


@dataclass(frozen=True, slots=True)
class PhoneDraft:
    """A number as it is shown, and as it is dialled (E.164, "" if uncertain).

    Form, purpose and audience are left as they are where None is given.
    """

    shown: str
    dialled: str = ""
    note: str = ""
    form: WayForm | None = None
    purpose: Purpose | None = None
    audience: Audience | None = None


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
    must_keep(actor, organisation if contact is None else contact.organisation)
    target = contact or Contact(organisation=organisation)
    changes = assign(target, values)
    store(target, changes)
    changes |= _phones(target, phones, is_new=contact is None)
    if changes or contact is None:
        deed = "partners.change_contact" if contact else "partners.create_contact"
        put_on_record(actor, deed, target, changes)
    return target


def put_on_record(actor: Actor, deed: str, contact: Contact, changes: Changes) -> None:
    """Old and new values may be kept: they are sealed with the key of the person."""
    name = contact.organisation.name
    title = f"{contact.name}, {name}" if contact.name else name
    record(
        actor=actor,
        deed=deed,
        on=contact,
        title=title,
        changes=changes,
        person=contact.person_id or contact.pk,
    )


def _phones(contact: Contact, drafts: Sequence[PhoneDraft] | None, *, is_new: bool) -> Changes:
    """Replace the numbers, where some are given; old and new as people read them."""
    if drafts is None:
        return {}
    before = [] if is_new else list(contact.phones.all())
    if not _replace_phones(contact, before, drafts):
        return {}
    return {"phones": [[_read(one) for one in before], [_read(one) for one in drafts]]}


def _read(phone: Phone | PhoneDraft) -> str:
    return f"{phone.shown} ({phone.note})" if phone.note else phone.shown


@transaction.atomic
def end_role(*, actor: Actor, contact: Contact, on: date | None = None) -> Contact:
    """Somebody no longer has this role; it stays in the history and is shown to nobody."""
    day = on or timezone.localdate()
    return save_contact(
        actor=actor,
        organisation=contact.organisation,
        contact=contact,
        until=day,
        is_public=False,
    )


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
        if one.is_public is not is_public and keeps(actor, one):
            save_organisation(actor=actor, organisation=one, is_public=is_public)
    for contact in contacts:
        if contact.is_public is not is_public and keeps(actor, contact.organisation):
            save_contact(
                actor=actor,
                organisation=contact.organisation,
                contact=contact,
                is_public=is_public,
            )


def _replace_phones(
    contact: Contact, before: Sequence[Phone], drafts: Sequence[PhoneDraft]
) -> bool:
    """Make the numbers these, in this order. A number that stays keeps its row and its releases."""
    known = {_number(one): one for one in before}
    wanted = {_number(draft): draft for draft in drafts}
    for number in known.keys() - wanted.keys():
        known[number].delete()
    new = [
        Phone(contact=contact, **_told(draft, position))
        for position, (number, draft) in enumerate(wanted.items())
        if number not in known
    ]
    Phone.objects.bulk_create(new)
    moved = [
        _change_phone(known[number], _told(draft, position))
        for position, (number, draft) in enumerate(wanted.items())
        if number in known
    ]
    return bool(new) or any(moved) or not known.keys() <= wanted.keys()


def _number(one: Phone | PhoneDraft) -> str:
    return one.dialled or one.shown


def _told(draft: PhoneDraft, position: int) -> dict[str, Any]:
    more = {"form": draft.form, "purpose": draft.purpose, "audience": draft.audience}
    given = {name: value for name, value in more.items() if value is not None}
    told = {"shown": draft.shown, "dialled": draft.dialled, "note": draft.note}
    return told | given | {"position": position}


def _change_phone(phone: Phone, values: dict[str, Any]) -> bool:
    """Whether this changed anything."""
    changed = [name for name, value in values.items() if getattr(phone, name) != value]
    for name in changed:
        setattr(phone, name, values[name])
    if changed:
        phone.save(update_fields=changed)
    return bool(changed)
