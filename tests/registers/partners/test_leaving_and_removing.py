"""Nobody is lost by leaving, and nothing is removed that somebody still needs."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from knotenpunkt.foundation.accounts.actors import ANYONE, Actor
from knotenpunkt.foundation.networks.models import Network
from knotenpunkt.registers.offers.actions import withdraw_offer
from knotenpunkt.registers.partners.actions import (
    come_back,
    leave,
    leave_network,
    remove_organisation,
    remove_person,
    save_contact,
    save_person,
)
from knotenpunkt.registers.partners.actions.removing import StillNeeded, hanging_on
from knotenpunkt.registers.partners.models import Contact, Organisation, Person
from knotenpunkt.registers.partners.rules import has_left, is_due, is_here
from tests.factories import make_offer, make_organisation

pytestmark = pytest.mark.django_db


def test_a_person_who_leaves_later_is_still_there_today(inside_a: Network, system: Actor) -> None:
    jana = save_person(actor=system, family_name="Wiesner")
    role = save_contact(actor=system, organisation=make_organisation(), person=jana)
    later = timezone.localdate() + timedelta(days=20)
    leave(actor=system, person=jana, since=later)
    role.refresh_from_db()
    assert role.is_current
    assert role.until == later - timedelta(days=1)
    assert Person.objects.filter(is_here(timezone.localdate())).count() == 1
    assert Person.objects.filter(has_left(later)).count() == 1


def test_coming_back_takes_up_only_what_ended_then(inside_a: Network, system: Actor) -> None:
    jana, today = save_person(actor=system, family_name="Wiesner"), timezone.localdate()
    house = make_organisation()
    long_ago = save_contact(actor=system, organisation=house, person=jana, until=date(2020, 1, 1))
    held = save_contact(actor=system, organisation=house, person=jana, function="heute")
    leave(actor=system, person=jana, since=today)
    assert come_back(actor=system, person=jana) == [held]
    long_ago.refresh_from_db()
    assert long_ago.until == date(2020, 1, 1)


def test_only_who_keeps_the_register_says_who_left(inside_a: Network, system: Actor) -> None:
    jana = save_person(actor=system, family_name="Wiesner")
    with pytest.raises(PermissionDenied):
        leave(actor=ANYONE, person=jana, since=timezone.localdate())


def test_an_organisation_with_offers_stays(inside_a: Network, system: Actor) -> None:
    offer = make_offer("Stillcafé")
    house = Organisation.objects.get()
    with pytest.raises(ValidationError):
        leave_network(actor=system, organisation=house, since=timezone.localdate())
    with pytest.raises(StillNeeded):
        remove_organisation(actor=system, organisation=house)
    withdraw_offer(actor=system, offer=offer)
    house.refresh_from_db()
    assert dict(hanging_on(house).holds) == {"offers.Offer": 1}
    with pytest.raises(StillNeeded):
        remove_organisation(actor=system, organisation=house)


def test_what_hangs_on_an_organisation_is_counted_and_goes(
    inside_a: Network, system: Actor
) -> None:
    house = make_organisation("Doppelt angelegt")
    save_contact(actor=system, organisation=house, name="x")
    assert hanging_on(house).goes["partners.Contact"] == 1
    remove_organisation(actor=system, organisation=house)
    assert not Organisation.objects.exists()
    assert not Contact.objects.exists()


def test_a_person_whom_families_see_stays(inside_a: Network, system: Actor) -> None:
    jana = save_person(actor=system, family_name="Wiesner")
    role = save_contact(actor=system, organisation=make_organisation(), person=jana, is_public=True)
    with pytest.raises(StillNeeded):
        remove_person(actor=system, person=jana)
    save_contact(actor=system, organisation=role.organisation, contact=role, is_public=False)
    remove_person(actor=system, person=jana)
    assert not Person.objects.exists()


@pytest.mark.parametrize(
    ("confirmed", "months", "is_so"),
    [
        (None, None, True),
        (date(2026, 1, 31), None, False),
        (date(2025, 10, 31), None, True),
        (date(2026, 6, 30), 3, True),
        (date(2026, 9, 30), 3, False),
        (date(2025, 1, 31), 24, False),
        (date(2025, 10, 31), 7, True),
    ],
)
def test_when_an_entry_is_due(
    inside_a: Network, system: Actor, confirmed: date | None, months: int | None, is_so: bool
) -> None:
    make_organisation(confirmed_on=confirmed, confirm_months=months)
    due = Organisation.objects.filter(is_due(date(2026, 11, 22), 12))
    assert due.exists() is is_so
