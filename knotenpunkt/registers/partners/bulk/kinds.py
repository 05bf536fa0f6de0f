"""The deeds that can be done to many organisations or people at once."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from knotenpunkt.foundation.accounts.actors import Actor
from knotenpunkt.registers.areas.models import Region
from knotenpunkt.registers.partners.actions import (
    come_back,
    confirm,
    leave,
    leave_network,
    return_to_network,
    save_contact,
    save_organisation,
    save_person,
    set_regions,
    set_tags,
)
from knotenpunkt.registers.partners.models import (
    Contact,
    Organisation,
    Person,
    Profession,
    Serves,
    SubKind,
    Tagging,
)
from knotenpunkt.tools.lists.bulk import BulkKind

CONFIRM, JOIN, LEAVE = "bestaetigt", "aufnehmen", "ausgeschieden"
ADD_TAG, REMOVE_TAG = "schlagwort-dazu", "schlagwort-weg"
ADD_REGION, REMOVE_REGION, SET_KIND = "region-dazu", "region-weg", "art"
SET_PROFESSION = "beruf"
Partner = Organisation | Person


def _day(value: date | None) -> str | None:
    return value.isoformat() if value else None


def _date(value: str | None) -> date | None:
    return date.fromisoformat(value) if value else None


def _confirmed_on(partner: Partner) -> str | None:
    return _day(partner.confirmed_on)


def _confirm(actor: Actor, partner: Partner, _argument: str) -> None:
    confirm(actor=actor, partner=partner)


def _confirmed_today(partner: Partner, _argument: str) -> str:
    is_today = partner.confirmed_on == timezone.localdate()
    return _("carries the date of today already") if is_today else ""


def _restore_confirmed(actor: Actor, partner: Partner, before: str | None) -> None:
    if isinstance(partner, Organisation):
        save_organisation(actor=actor, organisation=partner, confirmed_on=_date(before))
    else:
        save_person(actor=actor, person=partner, confirmed_on=_date(before))


def _tags(partner: Partner) -> list[str]:
    """As they are now."""
    side = "organisation" if isinstance(partner, Organisation) else "person"
    rows = Tagging.objects.filter(**{side: partner}).order_by("tag__name")
    return list(rows.values_list("tag__name", flat=True))


def _shown_tags(partner: Partner) -> list[str]:
    """As they were read together with the partners."""
    return [link.tag.name for link in partner.tag_links.all()]


def _add_tag(actor: Actor, partner: Partner, name: str) -> None:
    set_tags(actor=actor, partner=partner, names=[*_tags(partner), name])


def _has_tag(partner: Partner, name: str) -> str:
    return _("has the tag already") if name in _shown_tags(partner) else ""


def _remove_tag(actor: Actor, partner: Partner, name: str) -> None:
    kept = [one for one in _tags(partner) if one != name]
    set_tags(actor=actor, partner=partner, names=kept)


def _lacks_tag(partner: Partner, name: str) -> str:
    return "" if name in _shown_tags(partner) else _("does not have the tag")


def _restore_tags(actor: Actor, partner: Partner, before: list[str]) -> None:
    set_tags(actor=actor, partner=partner, names=before)


def _regions(organisation: Organisation) -> list[str]:
    rows = Serves.objects.filter(organisation=organisation).order_by("region_id")
    return [str(one) for one in rows.values_list("region_id", flat=True)]


def _shown_regions(organisation: Organisation) -> list[str]:
    return [str(link.region_id) for link in organisation.region_links.all()]


def _add_region(actor: Actor, organisation: Organisation, key: str) -> None:
    _restore_regions(actor, organisation, [*_regions(organisation), key])


def _serves(organisation: Organisation, key: str) -> str:
    return _("works for this region already") if key in _shown_regions(organisation) else ""


def _remove_region(actor: Actor, organisation: Organisation, key: str) -> None:
    kept = [one for one in _regions(organisation) if one != key]
    _restore_regions(actor, organisation, kept)


def _does_not_serve(organisation: Organisation, key: str) -> str:
    regions = _shown_regions(organisation)
    return "" if key in regions else _("does not work for this region")


def _restore_regions(actor: Actor, organisation: Organisation, before: list[str]) -> None:
    rows = list(Region.objects.filter(pk__in=[UUID(one) for one in before]))
    set_regions(actor=actor, organisation=organisation, regions=rows)


def _kind(organisation: Organisation) -> list[str | None]:
    finer = organisation.sub_kind_id
    return [organisation.kind, str(finer) if finer else None]


def _set_kind(actor: Actor, organisation: Organisation, kind: str) -> None:
    """A finer word of another kind does not fit any more."""
    finer = organisation.sub_kind
    kept = finer if finer is not None and finer.kind == kind else None
    save_organisation(actor=actor, organisation=organisation, kind=kind, sub_kind=kept)


def _is_of_kind(organisation: Organisation, kind: str) -> str:
    return _("is of this kind already") if organisation.kind == kind else ""


def _restore_kind(actor: Actor, organisation: Organisation, before: list[str | None]) -> None:
    kind, finer = before
    row = SubKind.objects.filter(pk=finer).first() if finer else None
    save_organisation(actor=actor, organisation=organisation, kind=kind, sub_kind=row)


def _joined_on(organisation: Organisation) -> str | None:
    return _day(organisation.joined_on)


def _join(actor: Actor, organisation: Organisation, _argument: str) -> None:
    save_organisation(actor=actor, organisation=organisation, joined_on=timezone.localdate())


def _joined_already(organisation: Organisation, _argument: str) -> str:
    return _("is a partner already") if organisation.joined_on else ""


def _restore_joined(actor: Actor, organisation: Organisation, before: str | None) -> None:
    save_organisation(actor=actor, organisation=organisation, joined_on=_date(before))


def _left_on(organisation: Organisation) -> str | None:
    return _day(organisation.left_on)


def _leave_network(actor: Actor, organisation: Organisation, _argument: str) -> None:
    leave_network(actor=actor, organisation=organisation, since=timezone.localdate())


def _stays(organisation: Organisation, _argument: str) -> str:
    if organisation.left_on is not None:
        return _("has left already")
    return _("has published offers: withdraw these first") if organisation.is_public else ""


def _restore_left(actor: Actor, organisation: Organisation, before: str | None) -> None:
    if before is None:
        return_to_network(actor=actor, organisation=organisation)
    else:
        save_organisation(actor=actor, organisation=organisation, left_on=_date(before))


def _roles(person: Person) -> dict[str, Any]:
    rows = Contact.objects.filter(person=person).order_by("pk")
    told = {str(one.pk): [_day(one.until), one.answers_inquiries] for one in rows}
    return {"left_on": _day(person.left_on), "roles": told}


def _leave(actor: Actor, person: Person, _argument: str) -> None:
    leave(actor=actor, person=person, since=timezone.localdate())


def _has_left(person: Person, _argument: str) -> str:
    return _("has left already") if person.left_on is not None else ""


def _restore_roles(actor: Actor, person: Person, before: dict[str, Any]) -> None:
    come_back(actor=actor, person=person)
    for contact in Contact.objects.filter(person=person).select_related("organisation"):
        until, asked = before["roles"].get(str(contact.pk), [_day(contact.until), False])
        save_contact(
            actor=actor,
            organisation=contact.organisation,
            contact=contact,
            until=_date(until),
            answers_inquiries=asked,
        )
    save_person(actor=actor, person=person, left_on=_date(before["left_on"]))


def _profession(person: Person) -> str | None:
    return str(person.profession_id) if person.profession_id else None


def _set_profession(actor: Actor, person: Person, key: str) -> None:
    _restore_profession(actor, person, key)


def _has_profession(person: Person, key: str) -> str:
    return _("has this profession already") if str(person.profession_id) == key else ""


def _restore_profession(actor: Actor, person: Person, before: str | None) -> None:
    row = Profession.objects.filter(pk=before).first() if before else None
    save_person(actor=actor, person=person, profession=row)


BOTH = (
    BulkKind(CONFIRM, _confirmed_today, _confirmed_on, _confirm, _restore_confirmed),
    BulkKind(ADD_TAG, _has_tag, _tags, _add_tag, _restore_tags),
    BulkKind(REMOVE_TAG, _lacks_tag, _tags, _remove_tag, _restore_tags),
)
OF_ORGANISATIONS = {
    kind.key: kind
    for kind in (
        *BOTH,
        BulkKind(ADD_REGION, _serves, _regions, _add_region, _restore_regions),
        BulkKind(REMOVE_REGION, _does_not_serve, _regions, _remove_region, _restore_regions),
        BulkKind(SET_KIND, _is_of_kind, _kind, _set_kind, _restore_kind),
        BulkKind(JOIN, _joined_already, _joined_on, _join, _restore_joined),
        BulkKind(LEAVE, _stays, _left_on, _leave_network, _restore_left),
    )
}
OF_PEOPLE = {
    kind.key: kind
    for kind in (
        *BOTH,
        BulkKind(SET_PROFESSION, _has_profession, _profession, _set_profession,
                 _restore_profession),
        BulkKind(LEAVE, _has_left, _roles, _leave, _restore_roles),
    )
}  # fmt: skip
