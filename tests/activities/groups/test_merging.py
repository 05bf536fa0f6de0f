"""Two entries become one that were in the same group, or were written to by the same circular."""

from __future__ import annotations

from datetime import date

import pytest

from knotenpunkt.activities.groups.actions import (
    GroupDraft,
    add_member,
    end_membership,
    save_group,
)
from knotenpunkt.activities.groups.models import Function, Group, Member
from knotenpunkt.activities.mailings.models import Circular, Recipient, Way
from knotenpunkt.registers.partners.actions import save_contact, save_person
from knotenpunkt.registers.partners.duplicates.actions.deciding import merge, undo_merge
from knotenpunkt.registers.partners.models import Contact, Organisation, Person
from tests.factories import SYSTEM, make_organisation

pytestmark = pytest.mark.usefixtures("inside_a")


def role(person: Person, house: Organisation) -> Contact:
    return save_contact(
        actor=SYSTEM, organisation=house, name=person.full_name, person=person, phones=[]
    )


def twins() -> tuple[Person, Person, Group]:
    """Mira twice at one house, both in one group, and both in it before."""
    house, group = make_organisation("Haus Linde"), save_group(actor=SYSTEM, draft=GroupDraft("AG"))
    people = [
        save_person(actor=SYSTEM, given_name="Mira", family_name=name)
        for name in ("Müller", "Mueller")
    ]
    for person, function in zip(people, (Function.LEAD, Function.MEMBER), strict=True):
        speaker = role(person, house)
        for until in (date(2024, 1, 1), None):
            member = add_member(
                actor=SYSTEM, group=group, organisation=house, contact=speaker, function=function
            )
            if until:
                end_membership(actor=SYSTEM, member=member, until=until)
    return people[0], people[1], group


def test_one_of_two_memberships_remains_and_former_ones_stay() -> None:
    first, second, group = twins()
    merge(actor=SYSTEM, survivor=first, absorbed=second, chosen={})
    rows = Member.objects.filter(group=group)
    assert rows.get(until=None).function == Function.LEAD
    assert rows.exclude(until=None).count() == 2


def test_taken_back_both_are_in_again() -> None:
    first, second, group = twins()
    done = merge(actor=SYSTEM, survivor=first, absorbed=second, chosen={})
    undo_merge(actor=SYSTEM, merge=done)
    assert Member.objects.filter(group=group, until=None).count() == 2


def test_both_were_written_to_by_one_circular() -> None:
    first, second, _group = twins()
    circular = Circular.objects.create(title="Einladung")
    for contact in Contact.objects.filter(person__in=[first, second]):
        Recipient.objects.create(circular=circular, contact=contact, way=Way.MAIL)
    merge(actor=SYSTEM, survivor=first, absorbed=second, chosen={})
    assert Recipient.objects.get(circular=circular).contact in first.roles.all()
