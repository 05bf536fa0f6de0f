"""Somebody or something is no longer in the network, and back again.

Nothing is lost: roles end with a day and stay in the history, and coming back takes up those that
ended with it.
"""

from __future__ import annotations

from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from knotenpunkt.foundation.accounts.actors import Actor
from knotenpunkt.foundation.accounts.rights import Right
from knotenpunkt.registers.partners.actions.contacts import save_contact
from knotenpunkt.registers.partners.actions.organisations import save_organisation
from knotenpunkt.registers.partners.actions.people import save_person
from knotenpunkt.registers.partners.models import Contact, Organisation, Person
from knotenpunkt.registers.partners.rules import holds_role

ONE_DAY = timedelta(days=1)


@transaction.atomic
def leave(*, actor: Actor, person: Person, since: date) -> list[Contact]:
    """A person is no longer in the network from this day on: all roles end the day before.

    Returns the roles that ended.
    """
    actor.must(Right.EDIT_REGISTERS)
    held = Contact.objects.filter(holds_role(since), person=person).select_for_update(of=("self",))
    ended = [
        stop(actor=actor, contact=one, since=since) for one in held.select_related("organisation")
    ]
    save_person(actor=actor, person=person, left_on=since)
    return ended


@transaction.atomic
def stop(*, actor: Actor, contact: Contact, since: date) -> Contact:
    """A role is no longer held from this day on. ValidationError when it begins later."""
    last = since - ONE_DAY
    if contact.since is not None and last < contact.since:
        last = contact.since
    return save_contact(
        actor=actor,
        organisation=contact.organisation,
        contact=contact,
        until=last,
        answers_inquiries=False,
    )


@transaction.atomic
def come_back(*, actor: Actor, person: Person) -> list[Contact]:
    """A person is in the network again, with the roles that ended when they left."""
    actor.must(Right.EDIT_REGISTERS)
    if person.left_on is None:
        return []
    ended = Contact.objects.filter(person=person, until=person.left_on - ONE_DAY)
    taken_up = [resume(actor=actor, contact=one) for one in ended.select_related("organisation")]
    save_person(actor=actor, person=person, left_on=None)
    return taken_up


@transaction.atomic
def resume(*, actor: Actor, contact: Contact) -> Contact:
    """A role that ended is held again."""
    return save_contact(actor=actor, organisation=contact.organisation, contact=contact, until=None)


@transaction.atomic
def leave_network(*, actor: Actor, organisation: Organisation, since: date) -> Organisation:
    """An organisation is no longer in the network from this day on.

    ValidationError while families still find something of it.
    """
    actor.must(Right.EDIT_REGISTERS)
    if organisation.is_public:
        raise ValidationError(
            _("Families still find offers of “%(name)s”. Please withdraw these first.")
            % {"name": organisation.name}
        )
    return save_organisation(actor=actor, organisation=organisation, left_on=since)


@transaction.atomic
def return_to_network(*, actor: Actor, organisation: Organisation) -> Organisation:
    """It is in the network again."""
    actor.must(Right.EDIT_REGISTERS)
    return save_organisation(actor=actor, organisation=organisation, left_on=None)
