"""Writes of tags, releases, involvement and confirmations."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from knotenpunkt.foundation.accounts.actors import Actor
from knotenpunkt.foundation.accounts.rights import Right
from knotenpunkt.foundation.audit.actions import record
from knotenpunkt.registers.partners.actions.keeping import must_keep
from knotenpunkt.registers.partners.actions.organisations import save_organisation
from knotenpunkt.registers.partners.actions.people import save_person
from knotenpunkt.registers.partners.models import (
    Audience,
    Contact,
    Given,
    Ground,
    Involvement,
    Organisation,
    Person,
    Phone,
    Release,
    ReleasedField,
    Tag,
    Tagging,
)


@transaction.atomic
def set_tags(*, actor: Actor, partner: Organisation | Person, names: Collection[str]) -> None:
    """Put exactly these tags on a partner; new words become tags of the network."""
    actor.must(Right.EDIT_REGISTERS)
    wanted = {name.strip() for name in names if name.strip()}
    before = {link.tag.name: link for link in partner.tag_links.select_related("tag")}
    if before.keys() == wanted:
        return
    for name, link in before.items():
        if name not in wanted:
            link.delete()
    for name in sorted(wanted - before.keys()):
        tag, _is_new = Tag.objects.get_or_create(name=name)
        Tagging(tag=tag, **_on(partner)).save()
    title = partner.name if isinstance(partner, Organisation) else ""
    changes = {"tags": [sorted(before), sorted(wanted)]}
    record(actor=actor, deed=_deed(partner), on=partner, title=title, changes=changes)


@transaction.atomic
def release(
    *,
    actor: Actor,
    contact: Contact,
    field: ReleasedField,
    audience: Audience,
    ground: Ground,
    given: Given | None = None,
    wording: str = "",
    phone: Phone | None = None,
) -> Release:
    """Say for whom one way of a contact is shown, and keep what proves it.

    ValidationError for a number without its telephone, and for a consent that nothing proves.
    """
    must_keep(actor, contact.organisation)
    if (field == ReleasedField.PHONE) is (phone is None):
        raise ValidationError({"phone": _("Please say which number is meant.")})
    if ground == Ground.CONSENT and given is None:
        raise ValidationError({"given": _("Please say how the consent was given.")})
    former = contact.releases.filter(field=field, phone=phone, ended_at=None)
    for one in former:
        one.ended_at = timezone.now()
        one.save(update_fields=["ended_at"])
    _shown_for(contact, field, phone, audience)
    new = Release(
        contact=contact,
        field=field,
        phone=phone,
        audience=audience,
        ground=ground,
        given=given or "",
        wording=wording,
        by_label=actor.label[:200],
    )
    new.save(force_insert=True)
    record(
        actor=actor,
        deed="partners.release",
        on=contact,
        title=contact.organisation.name,
        changes={field.value: ["", audience.value]},
    )
    return new


def take_part(
    *,
    actor: Actor,
    organisation: Organisation,
    kind: str,
    title: str,
    on: date,
    person: Person | None = None,
    source_id: UUID | None = None,
) -> Involvement:
    """Write down that a partner took part in something; the same source counts once."""
    actor.must(Right.EDIT_REGISTERS)
    told = Involvement.objects.filter(organisation=organisation, person=person, source_id=source_id)
    known: Involvement | None = told.first() if source_id else None
    if known:
        return known
    fact = Involvement(
        organisation=organisation, person=person, kind=kind, title=title, on=on, source_id=source_id
    )
    fact.save(force_insert=True)
    record(actor=actor, deed="partners.take_part", on=organisation, title=organisation.name)
    return fact


def no_part(
    *,
    actor: Actor,
    organisation: Organisation,
    source_id: UUID,
    person: Person | None = None,
) -> None:
    """Take back that a partner took part: what said so is not true any more."""
    actor.must(Right.EDIT_REGISTERS)
    told = Involvement.objects.filter(organisation=organisation, person=person, source_id=source_id)
    if told.delete()[0]:
        record(actor=actor, deed="partners.no_part", on=organisation, title=organisation.name)


def confirm(*, actor: Actor, partner: Organisation | Person, on: date | None = None) -> None:
    """Somebody said that this is still true."""
    day = on or timezone.localdate()
    if isinstance(partner, Organisation):
        save_organisation(actor=actor, organisation=partner, confirmed_on=day)
    else:
        save_person(actor=actor, person=partner, confirmed_on=day)


def _shown_for(
    contact: Contact, field: ReleasedField, phone: Phone | None, audience: Audience
) -> None:
    if phone is not None:
        phone.audience = audience
        phone.save(update_fields=["audience"])
        return
    column = "name_audience" if field == ReleasedField.NAME else "email_audience"
    setattr(contact, column, audience)
    contact.save(update_fields=[column])


def _on(partner: Organisation | Person) -> dict[str, Organisation | Person]:
    return {"organisation" if isinstance(partner, Organisation) else "person": partner}


def _deed(partner: Organisation | Person) -> str:
    return "partners.change" if isinstance(partner, Organisation) else "partners.change_person"
