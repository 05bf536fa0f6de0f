"""A role as plain values, and writing what its form says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction

from knotenpunkt.foundation.accounts.actors import Actor
from knotenpunkt.foundation.accounts.rights import Right
from knotenpunkt.foundation.core.versions import Seen, own_changes
from knotenpunkt.registers.partners.actions import PhoneDraft, release, save_contact, save_person
from knotenpunkt.registers.partners.editing.role_form import CONSENT, TASK
from knotenpunkt.registers.partners.models import (
    Audience,
    Contact,
    Given,
    Ground,
    Organisation,
    Person,
    Phone,
    Release,
    ReleasedField,
)
from knotenpunkt.registers.partners.queries import get_role
from knotenpunkt.tools.links.actions import revoke

PLAIN = ("function", "since", "until", "name", "name_audience", "email", "email_purpose",
         "email_audience", "answers_inquiries", "is_internal")  # fmt: skip
GROUNDS = ("name_ground", "email_ground")


@dataclass(frozen=True, slots=True)
class RoleDraft:
    """What a form says. `person` is who has the role, `new_person` is to be written down first."""

    told: Mapping[str, Any] = field(repr=False)
    phones: Sequence[PhoneDraft] = field(default=(), repr=False)
    phone_grounds: Sequence[str] = ()
    person: Person | None = None
    new_person: Mapping[str, str] | None = field(default=None, repr=False)
    seen: Seen = field(default_factory=Seen)


def role_state(contact: Contact) -> dict[str, Any]:
    """What is kept of a role now."""
    grounds = grounds_of(contact)
    return {
        **{name: _plain(getattr(contact, name)) for name in PLAIN},
        "name_ground": grounds.get((ReleasedField.NAME, None), TASK),
        "email_ground": grounds.get((ReleasedField.EMAIL, None), TASK),
        "phones": [
            [one.shown, one.note, one.form, one.purpose, one.audience,
             grounds.get((ReleasedField.PHONE, one.pk), TASK)]
            for one in contact.phones.all()
        ],
    }  # fmt: skip


def draft_state(draft: RoleDraft) -> dict[str, Any]:
    """What a form says, in the same shape."""
    state = {name: _plain(draft.told[name]) for name in (*PLAIN, *GROUNDS) if name in draft.told}
    state["phones"] = [
        [one.shown, one.note, one.form, one.purpose, one.audience, ground]
        for one, ground in zip(draft.phones, draft.phone_grounds, strict=True)
    ]
    return state


def initial(contact: Contact) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """A role as its form has it, and the rows of its numbers."""
    state = role_state(contact)
    names = ("shown", "note", "form", "purpose", "audience", "ground")
    return state, [dict(zip(names, one, strict=True)) for one in state["phones"]]


def grounds_of(contact: Contact) -> dict[tuple[str, Any], str]:
    """On which ground each way is shown: field and number → as the form says it."""
    valid = [one for one in contact.releases.all() if one.ended_at is None]
    return {(one.field, one.phone_id): _ground(one) for one in valid}


def _ground(one: Release) -> str:
    return f"{CONSENT}{one.given}" if one.ground == Ground.CONSENT else TASK


@transaction.atomic
def keep_role(
    *,
    actor: Actor,
    organisation: Organisation,
    draft: RoleDraft,
    contact: Contact | None = None,
) -> Contact:
    """Store what a form says, with a release for each way whose circle or ground changed.

    ChangedMeanwhile when somebody else changed the same since, ValidationError by field when a
    value cannot be stored.
    """
    told = draft_state(draft)
    if contact is None:
        return _write(actor, organisation, draft, None, set(told))
    Contact.objects.select_for_update(of=("self",)).only("pk").get(pk=contact.pk)
    current = get_role(actor, organisation, contact.pk)
    stored = {name: role_state(current)[name] for name in told}
    changed = own_changes(told, stored, draft.seen)
    return _write(actor, organisation, draft, current, changed)


def _write(
    actor: Actor,
    organisation: Organisation,
    draft: RoleDraft,
    one: Contact | None,
    changed: set[str],
) -> Contact:
    values = {name: draft.told[name] for name in PLAIN if name in changed and name in draft.told}
    person = _person(actor, draft)
    if one is None:
        values |= {"person": person, "name": values.get("name") or _called(person)}
    elif "name" in values and not values["name"]:
        values["name"] = _called(one.person)
    saved = save_contact(
        actor=actor,
        organisation=organisation,
        contact=one,
        phones=draft.phones if "phones" in changed else None,
        **values,
    )
    _release(actor, get_role(actor, organisation, saved.pk), draft, changed)
    if "email" in changed and actor.may(Right.EDIT_REGISTERS):
        # Whoever reads the former mailbox is no longer the one who is asked.
        revoke(actor=actor, holder=saved.pk)
    return saved


def _called(person: Person | None) -> str:
    return person.full_name if person else ""


def _person(actor: Actor, draft: RoleDraft) -> Person | None:
    if draft.new_person is not None:
        told: dict[str, Any] = dict(draft.new_person)
        return save_person(actor=actor, **told)
    return draft.person


def _release(actor: Actor, contact: Contact, draft: RoleDraft, changed: set[str]) -> None:
    """What is shown to others has a ground that can be proved."""
    for name, field_ in (("name", ReleasedField.NAME), ("email", ReleasedField.EMAIL)):
        if changed & {f"{name}_audience", f"{name}_ground", name} and getattr(contact, name):
            ground = draft.told[f"{name}_ground"]
            audience = Audience(draft.told[f"{name}_audience"])
            _release_one(actor, contact, field_, audience, ground, draft)
    if "phones" in changed:
        by_number = {one.dialled or one.shown: one for one in contact.phones.all()}
        for told, ground in zip(draft.phones, draft.phone_grounds, strict=True):
            phone = by_number[told.dialled or told.shown]
            _release_one(
                actor, contact, ReleasedField.PHONE, Audience(phone.audience), ground, draft, phone
            )


def _release_one(
    actor: Actor,
    contact: Contact,
    field_: ReleasedField,
    audience: Audience,
    ground: str,
    draft: RoleDraft,
    phone: Phone | None = None,
) -> None:
    """A new release where circle or ground differ from the one that holds."""
    key = phone.pk if phone else None
    former = next(
        (one for one in contact.releases.all()
         if one.ended_at is None and (one.field, one.phone_id) == (field_, key)), None,
    )  # fmt: skip
    is_hidden = audience == Audience.INTERNAL
    wanted = TASK if is_hidden else ground
    if former is None and is_hidden:
        return
    if former is not None and (former.audience, _ground(former)) == (audience, wanted):
        return
    is_consent = wanted.startswith(CONSENT)
    release(
        actor=actor,
        contact=contact,
        field=field_,
        audience=audience,
        ground=Ground.CONSENT if is_consent else Ground.TASK,
        given=Given(wanted.removeprefix(CONSENT)) if is_consent else None,
        wording=draft.told.get("wording", "") if is_consent else "",
        phone=phone,
    )


def _plain(value: Any) -> Any:
    return value.isoformat() if hasattr(value, "isoformat") else value
