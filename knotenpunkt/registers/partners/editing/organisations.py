"""An organisation as plain values, and writing what its form says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from knotenpunkt.foundation.accounts.actors import Actor
from knotenpunkt.foundation.accounts.rights import Right
from knotenpunkt.foundation.core.versions import Seen, own_changes
from knotenpunkt.registers.areas.actions import save_place
from knotenpunkt.registers.areas.models import Place, Region
from knotenpunkt.registers.areas.queries import is_used_elsewhere
from knotenpunkt.registers.partners.actions import save_organisation, set_regions, set_tags
from knotenpunkt.registers.partners.editing.organisation_form import ADDRESS
from knotenpunkt.registers.partners.models import Level, Organisation, SubKind
from knotenpunkt.registers.partners.queries import bodies, get_organisation, name_key

PLAIN = ("name", "level", "kind", "website", "description", "internal_note", "joined_on",
         "confirm_months", "approves_changes")  # fmt: skip
APPROVES = {"": None, "yes": True, "no": False}


@dataclass(frozen=True, slots=True)
class OrganisationDraft:
    """What a form says; only the fields that it asked for. `seen` tells two people apart."""

    told: Mapping[str, Any]
    seen: Seen = field(default_factory=Seen)

    def value(self, name: str) -> Any:
        """A field as it is stored."""
        if name == "approves_changes":
            return APPROVES[self.told[name]]
        return self.told[name]

    @property
    def tags(self) -> list[str]:
        """The ticked ones and the new ones."""
        words = [*self.told.get("tags", ()), *self.told.get("new_tags", ())]
        return sorted(dict.fromkeys(words))


def organisation_state(one: Organisation) -> dict[str, Any]:
    """What an organisation says now."""
    address = {name: getattr(one.place, name) if one.place else "" for name in ADDRESS}
    return {
        **{name: _plain(getattr(one, name)) for name in PLAIN},
        **address,
        "body": one.body.name if one.body else "",
        "sub_kind": str(one.sub_kind_id or ""),
        "regions": sorted(str(link.region_id) for link in one.region_links.all()),
        "tags": sorted(link.tag.name for link in one.tag_links.select_related("tag")),
    }


def draft_state(draft: OrganisationDraft) -> dict[str, Any]:
    """What a form says, in the same shape, as far as it asked."""
    told = draft.told
    state = {name: _plain(draft.value(name)) for name in PLAIN if name in told}
    state |= {name: told[name] for name in (*ADDRESS, "body", "sub_kind") if name in told}
    if "regions" in told:
        state["regions"] = sorted(told["regions"])
    if "new_tags" in told:
        state["tags"] = draft.tags
    return state


def initial(one: Organisation | None, usual: Mapping[str, Any]) -> dict[str, Any]:
    """An organisation as its form has it."""
    if one is None:
        return dict(usual)
    told = organisation_state(one)
    approval = next(key for key, value in APPROVES.items() if value is one.approves_changes)
    return told | {"approves_changes": approval, "confirm_months": one.confirm_months or ""}


@transaction.atomic
def keep_organisation(
    *, actor: Actor, draft: OrganisationDraft, organisation: Organisation | None = None
) -> Organisation:
    """Store what a form says. Of one that exists only what the person changed is written.

    ChangedMeanwhile when somebody else changed the same since, ValidationError by field when a
    value cannot be stored.
    """
    if organisation is None:
        return _write(actor, draft, None, set(draft_state(draft)))
    Organisation.objects.select_for_update(of=("self",)).only("pk").get(pk=organisation.pk)
    current = get_organisation(actor, organisation.pk)
    told = draft_state(draft)
    stored = {name: organisation_state(current)[name] for name in told}
    return _write(actor, draft, current, own_changes(told, stored, draft.seen))


def _write(
    actor: Actor, draft: OrganisationDraft, one: Organisation | None, changed: set[str]
) -> Organisation:
    values = {name: draft.value(name) for name in PLAIN if name in changed}
    if changed & {"body", "level"} and "body" in draft.told:
        values["body"] = _body(actor, draft.told)
    if "sub_kind" in changed:
        values["sub_kind"] = SubKind.objects.filter(pk=draft.told["sub_kind"] or None).first()
    if changed & set(ADDRESS):
        values["place"] = _place(actor, one, {name: draft.told[name] for name in ADDRESS})
    saved = save_organisation(actor=actor, organisation=one, **values)
    if "regions" in changed:
        set_regions(actor=actor, organisation=saved, regions=_regions(draft.told["regions"]))
    if "tags" in changed:
        set_tags(actor=actor, partner=saved, names=draft.tags)
    return saved


def _regions(keys: Sequence[str]) -> list[Region]:
    return list(Region.objects.filter(pk__in=[UUID(one) for one in keys]))


def _body(actor: Actor, told: Mapping[str, Any]) -> Organisation | None:
    """The body of that name, or a new one where that was ticked."""
    name = told["body"].strip()
    if not name:
        return None
    known = bodies(actor).filter(name_key=name_key(name)).first()
    if known is not None:
        return known
    if not told["body_new"]:
        raise ValidationError({"body": _(
            "We do not know this body yet. Please choose one from the list, or tick the box below "
            "to add it."
        )})  # fmt: skip
    return save_organisation(actor=actor, level=Level.BODY.value, name=name, kind=told["kind"])


def _place(actor: Actor, one: Organisation | None, address: dict[str, Any]) -> Place | None:
    """A house says the same for everyone in it: only a place that nobody else uses moves."""
    if not any(address.values()):
        return None
    known = one.place if one else None
    if known is None or is_used_elsewhere(known, one) or not actor.may(Right.EDIT_REGISTERS):
        return save_place(actor=actor, **address)
    return save_place(actor=actor, place=known, **address)


def _plain(value: Any) -> Any:
    if isinstance(value, str):
        return value.replace("\r\n", "\n").strip()
    return value.isoformat() if hasattr(value, "isoformat") else value
