"""Groups: who is in them since when, who was, and what stays of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from threading import Thread

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connections
from django.db.models import QuerySet
from django.test import Client
from django.utils import timezone

from knotenpunkt.activities.groups import actions, privacy, queries
from knotenpunkt.activities.groups.actions import GroupDraft
from knotenpunkt.activities.groups.models import Function, Group, GroupKind, Member
from knotenpunkt.foundation.accounts.actors import Person
from knotenpunkt.foundation.accounts.rights import Role
from knotenpunkt.foundation.audit.models import Entry
from knotenpunkt.foundation.networks.models import Network
from knotenpunkt.foundation.networks.scope import in_network
from knotenpunkt.registers.partners.actions import save_contact
from knotenpunkt.registers.partners.models import Contact, Organisation
from knotenpunkt.registers.partners.privacy import find_contact
from tests.conftest import Cast
from tests.factories import SYSTEM, make_organisation

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
LIST = "/mitte/desk/gruppen/"


@pytest.fixture
def inside(cast: Cast, network_a: Network) -> Iterator[Network]:
    with in_network(network_a):
        yield network_a


@pytest.fixture
def petra(cast: Cast) -> Person:
    return Person(cast.petra, Role.COORDINATOR)


@pytest.fixture
def at_desk(client: Client, cast: Cast) -> Client:
    client.force_login(cast.petra)
    return client


def group(name: str = "AG Frühe Hilfen") -> Group:
    return actions.save_group(actor=SYSTEM, draft=GroupDraft(name))


def house(name: str = "Haus Linde") -> Organisation:
    return make_organisation(name)


def contact(organisation: Organisation, name: str = "Mira Müller") -> Contact:
    return save_contact(actor=SYSTEM, organisation=organisation, name=name, phones=[])


def join(one: Group, organisation: Organisation, **values: object) -> Member:
    return actions.add_member(actor=SYSTEM, group=one, organisation=organisation, **values)  # type: ignore[arg-type]


def test_a_group_is_kept_changed_ended_and_goes_on(inside: Network, petra: Person) -> None:
    draft = GroupDraft("AG Netze", GroupKind.STEERING, purpose="Abstimmen", started_on=TODAY)
    one = actions.save_group(actor=petra, draft=draft)
    assert (one.kind, one.is_active) == (GroupKind.STEERING, True)
    actions.end_group(actor=petra, group=one, on=TODAY)
    assert not one.is_active
    actions.reopen_group(actor=petra, group=one)
    assert one.is_active
    with pytest.raises(ValidationError):
        actions.end_group(actor=petra, group=one, on=TODAY - timedelta(days=1))
    deeds = set(Entry.objects.filter(object_id=one.pk).values_list("deed", flat=True))
    assert deeds == {"groups.create", "groups.end", "groups.reopen"}


def test_no_two_groups_of_one_name(inside: Network) -> None:
    group("AG Eins")
    with pytest.raises(ValidationError):
        group("AG Eins")


def test_who_only_reads_changes_nothing(inside: Network, cast: Cast) -> None:
    birgit = Person(cast.birgit, Role.READER)
    one = group()
    assert queries.groups(birgit).get() == one
    with pytest.raises(PermissionDenied):
        actions.save_group(actor=birgit, draft=GroupDraft("Nein"))
    with pytest.raises(PermissionDenied):
        actions.add_member(actor=birgit, group=one, organisation=house())
    with pytest.raises(PermissionDenied):
        queries.groups(Person(cast.frida, Role.PROVIDER))


def test_leaders_stand_first_and_former_members_apart(inside: Network) -> None:
    one = group()
    for name, function in (("A", Function.MEMBER), ("B", Function.LEAD), ("C", Function.DEPUTY)):
        join(one, house(name), function=function)
    gone = join(one, house("D"), since=TODAY - timedelta(days=9))
    actions.end_membership(actor=SYSTEM, member=gone, until=TODAY - timedelta(days=1))
    assert [row.organisation.name for row in queries.members(one)] == ["B", "C", "A"]
    assert [row.organisation.name for row in queries.former_members(one)] == ["D"]


def test_the_last_day_still_counts_and_can_be_taken_back(inside: Network) -> None:
    member = join(group(), house())
    actions.end_membership(actor=SYSTEM, member=member, until=TODAY)
    assert queries.members(member.group) == [member]
    actions.resume_membership(actor=SYSTEM, member=member)
    assert member.until is None


def test_nobody_is_in_twice_but_may_come_back(inside: Network) -> None:
    one, linde = group(), house()
    mira = contact(linde)
    member = join(one, linde, contact=mira)
    with pytest.raises(ValidationError):
        join(one, linde, contact=mira)
    actions.end_membership(actor=SYSTEM, member=member, until=TODAY)
    again = join(one, linde, contact=mira)
    assert again.pk != member.pk
    with pytest.raises(ValidationError):
        actions.resume_membership(actor=SYSTEM, member=member)


def test_only_own_people_speak_for_an_organisation(inside: Network) -> None:
    with pytest.raises(ValidationError):
        join(group(), house("A"), contact=contact(house("B")))


def test_whoever_speaks_for_the_members_is_written_to(inside: Network) -> None:
    one, named, unnamed, left = group(), house("A"), house("B"), house("C")
    mira, other = contact(named, "Mira"), contact(named, "Other")
    first, second = contact(unnamed, "First"), contact(unnamed, "Second")
    former, successor = contact(left, "Former"), contact(left, "Successor")
    for organisation, speaker in ((named, mira), (unnamed, None), (left, former)):
        join(one, organisation, contact=speaker)
    save_contact(actor=SYSTEM, organisation=left, contact=former, until=TODAY - timedelta(days=1))
    found = set(Contact.objects.filter(queries.contacts_of_group(one.pk, TODAY)))
    assert found == {mira, first, second, former, successor} and other not in found


def test_members_of_another_day_do_not_count(inside: Network) -> None:
    one = group()
    late = contact(house("Late"), "Late")
    join(one, late.organisation, contact=late, since=TODAY + timedelta(days=1))
    meant = queries.contacts_of_group
    assert not Contact.objects.filter(meant(one.pk, TODAY))
    assert Contact.objects.filter(meant(one.pk, TODAY + timedelta(days=1))).get() == late


def test_history_names_people_sealed(inside: Network) -> None:
    linde = house()
    join(group(), linde, contact=contact(linde))
    entry = Entry.objects.get(deed="groups.add_member")
    assert entry.title == "" and b"Mira" not in bytes(entry.sealed)


def test_a_person_sees_their_groups_and_leaves_without_a_trace(inside: Network) -> None:
    linde = house()
    mira = contact(linde)
    member = join(group(), linde, contact=mira, function=Function.LEAD)
    person = find_contact(str(mira.pk))
    assert person is not None
    told = privacy.export(person)
    assert (told[0]["group"], told[0]["organisation"]) == ("AG Frühe Hilfen", "Haus Linde")
    assert privacy.erase(person) == 1
    member.refresh_from_db()
    assert member.contact is None and member.organisation == linde


def test_words_that_name_somebody_are_shown_to_an_editor(inside: Network) -> None:
    draft = GroupDraft("AG", internal_note="Mira Müller lädt ein")
    actions.save_group(actor=SYSTEM, draft=draft)
    person = find_contact(str(contact(house()).pk))
    assert person is not None and len(privacy.mentions(person)) == 1


def test_who_left_long_ago_is_forgotten(inside: Network) -> None:
    linde, one = house(), group()
    old = join(one, linde, contact=contact(linde, "Old"), since=date(2020, 1, 1))
    actions.end_membership(actor=SYSTEM, member=old, until=date(2022, 1, 1))
    new = join(one, linde, contact=contact(linde, "New"))
    told = actions.forget_former(today=date(2026, 1, 1))
    assert told.count == 1
    old.refresh_from_db()
    new.refresh_from_db()
    assert old.contact is None and new.contact is not None


def test_adding_by_search_works_without_a_script(at_desk: Client, network_a: Network) -> None:
    with in_network(network_a):
        one, linde = group(), house()
        contact(linde)
    url = f"{LIST}{one.pk}/mitglieder/neu/"
    page = at_desk.get(url, {"q": "mueller linde"}).content.decode()
    assert "Mira Müller – Haus Linde" in page
    with in_network(network_a):
        key = f"{linde.pk}:{linde.contacts.get().pk}"
    sent = {"wer": key, "function": "lead", "since": "2026-01-31"}
    answer = at_desk.post(f"{url}?q=mueller", sent)
    assert answer.status_code == 302
    again = at_desk.post(f"{url}?q=mueller", sent)
    assert again.status_code == 422
    page = at_desk.get(f"{LIST}{one.pk}/").content.decode()
    assert "Mira Müller" in page and "Leitung" in page and "31. Jan. 2026" in page


def test_what_was_typed_stays_when_something_is_missing(at_desk: Client) -> None:
    answer = at_desk.post(f"{LIST}neu/", {"name": "", "kind": "working", "purpose": "Bleibt"})
    assert answer.status_code == 422 and "Bleibt" in answer.content.decode()


def test_leaving_is_said_with_a_way_back(at_desk: Client, network_a: Network) -> None:
    with in_network(network_a):
        member = join(group(), house())
        path = f"{LIST}{member.group_id}/mitglieder/{member.pk}/"
    answer = at_desk.post(f"{path}beenden/", {"until": "2026-01-31"}, follow=True)
    assert f"{path}wieder-dabei/" in answer.content.decode()
    at_desk.post(f"{path}wieder-dabei/")
    with in_network(network_a):
        assert Member.objects.get().until is None


def test_the_list_of_members_leaves_the_house_on_record(
    at_desk: Client, network_a: Network
) -> None:
    with in_network(network_a):
        linde, one = house(), group()
        join(one, linde, contact=contact(linde, "=Mira"))
    answer = at_desk.post(f"{LIST}{one.pk}/liste/", {"form": "csv"})
    told = b"".join(answer).decode("utf-8-sig")
    assert "Haus Linde" in told and ";=Mira" not in told
    with in_network(network_a):
        assert Entry.objects.filter(deed="groups.export").exists()


def test_of_two_who_save_the_same_name_at_once_the_later_is_told_so(
    inside: Network, monkeypatch: pytest.MonkeyPatch
) -> None:
    group("AG")
    monkeypatch.setattr(QuerySet, "exists", lambda _rows: False)  # not yet there when it looked
    with pytest.raises(ValidationError, match="Namen"):
        group("AG")
    assert Group.objects.count() == 1


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_whoever_is_added_twice_at_once_is_in_once(cast: Cast, network_a: Network) -> None:
    with in_network(network_a):
        ours, linde = group(), house()
    refused: list[ValidationError] = []

    def add() -> None:
        try:
            with in_network(network_a):
                actions.add_member(actor=SYSTEM, group=ours, organisation=linde)
        except ValidationError as problem:
            refused.append(problem)
        finally:
            connections.close_all()

    with in_network(network_a):
        actions.add_member(actor=SYSTEM, group=ours, organisation=linde)
        other = Thread(target=add)
        other.start()
        other.join(0.5)
    other.join()
    with in_network(network_a):
        assert Member.objects.count() == 1 and len(refused) == 1
