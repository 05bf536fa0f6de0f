"""Two entries become one, with all that leads to them, and are parted again."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.apps import apps
from django.db.models import JSONField, UUIDField
from django.test import Client
from django.utils import timezone

from knotenpunkt.activities.mailings.models import Circular, Print, Recipient
from knotenpunkt.foundation.accounts.actions import invite
from knotenpunkt.foundation.accounts.actors import System
from knotenpunkt.foundation.accounts.rights import Role
from knotenpunkt.foundation.audit.keys import forget_key
from knotenpunkt.foundation.networks.models import Network, NetworkModel
from knotenpunkt.foundation.networks.scope import in_network
from knotenpunkt.registers.areas.actions import save_region
from knotenpunkt.registers.partners.actions import (
    PhoneDraft,
    release,
    save_contact,
    save_organisation,
    save_person,
    set_regions,
    set_tags,
    take_part,
)
from knotenpunkt.registers.partners.duplicates import queries
from knotenpunkt.registers.partners.duplicates.actions import merge, not_same, undo_merge
from knotenpunkt.registers.partners.duplicates.actions.deciding import (
    CannotBeUndone,
    drop_old_moves,
)
from knotenpunkt.registers.partners.duplicates.following import FOLLOWING, STAYING, references
from knotenpunkt.registers.partners.duplicates.naming import NAMING, SILENT, parted, renamed
from knotenpunkt.registers.partners.models import (
    Audience,
    Contact,
    Ground,
    Involvement,
    Merge,
    NotSame,
    Organisation,
    Person,
    Phone,
    Release,
    ReleasedField,
    Serves,
    Tag,
    Tagging,
)
from knotenpunkt.tools.imports.models import Link, Run
from tests.conftest import Cast

pytestmark = pytest.mark.django_db(transaction=True)
ACTOR = System("tests")
# Every foreign key that leads to partners or to what hangs on them, looked at: each of these rows
# may simply lead to whoever remains. A new one is looked at the same way, then named here.
LOOKED_AT = {
    "campaigns.CampaignContact.contact", "campaigns.Host.organisation",
    "campaigns.JoinIn.contact", "campaigns.JoinIn.organisation", "campaigns.Order.contact",
    "campaigns.Order.organisation", "groups.Member.contact", "groups.Member.organisation",
    "mailings.Consent.contact", "mailings.Recipient.contact", "mailings.Recipient.organisation",
    "agreements.Party.organisation", "library.Adoption.organisation", "notes.Note.contact",
    "notes.Note.organisation", "offers.Offer.provider", "offers.OfferContact.contact",
    "partners.Contact.organisation", "partners.Contact.person",
    "partners.Involvement.organisation", "partners.Involvement.person",
    "partners.Organisation.body", "partners.PartnerFile.organisation",
    "partners.Phone.contact", "partners.Release.contact", "partners.Release.phone",
    "partners.Representative.organisation", "partners.Serves.organisation",
    "partners.Tagging.organisation", "partners.Tagging.person",
    "responsibilities.Responsibility.contact", "upkeep.Inquiry.contact", "upkeep.Part.organisation",
    "upkeep.Proposal.contact", "upkeep.Proposal.organisation",
}  # fmt: skip


def _organisation(name: str, **values: Any) -> Organisation:
    return save_organisation(actor=ACTOR, level="facility", name=name, **values)


def _states() -> dict[str, list[Any]]:
    """Every row of the network but history, as it stands."""
    beside = {"audit.Entry", "audit.PersonKey", "partners.Merge", "search.Version"}
    return {
        model._meta.label: sorted(
            str(sorted(row.items())) for row in model._default_manager.order_by().values()
        )
        for model in apps.get_models()
        if issubclass(model, NetworkModel) and model._meta.label not in beside
    }


def test_all_that_leads_to_partners_was_looked_at() -> None:
    ours = {
        f"{table._meta.label}.{column}"
        for model in (Organisation, Person, Contact, Phone)
        for table, column in references(model)
        if table._meta.get_field(column).is_relation
    }
    assert not ours - LOOKED_AT, (
        "A new foreign key leads to partners. See that its rows may lead to whoever remains of a "
        f"merge (unique constraints are seen to), then name it in LOOKED_AT: {ours - LOOKED_AT}"
    )


def test_every_id_without_a_foreign_key_follows_or_stays() -> None:
    loose = {
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        if model.__module__.startswith("knotenpunkt.")
        for field in model._meta.concrete_fields
        if isinstance(field, UUIDField) and not field.primary_key and not field.is_relation
        if field.name not in FOLLOWING | STAYING
    }
    assert not loose, (
        "Say in duplicates/following.py whether these columns of ids follow who remains of a merge "
        f"(they say whose something is) or stay: {sorted(loose)}"
    )


def test_every_column_of_json_names_ids_or_is_silent() -> None:
    unseen = {
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        if model.__module__.startswith("knotenpunkt.")
        for field in model._meta.concrete_fields
        if isinstance(field, JSONField) and field.name not in NAMING | SILENT
    }
    assert not unseen, (
        "Say in duplicates/naming.py whether ids of partners, or of rows that a merge brings "
        f"together, stand in these columns: {sorted(unseen)}"
    )


@pytest.mark.parametrize(
    ("told", "after"),
    [
        ({"a": 1, "old": {"x": "y"}, "b": 2}, {"a": 1, "new": {"x": "y"}, "b": 2}),
        ({"a": 1, "old": 2, "new": 3}, {"a": 1, "new": 3}),
        (["a", "old", "b"], ["a", "new", "b"]),
        (["old", "new"], ["new"]),
        ([["a", "why"], ["old", "why"]], [["a", "why"], ["new", "why"]]),
    ],
)
def test_an_id_in_json_is_exchanged_and_comes_back(told: Any, after: Any) -> None:
    found, before = renamed(told, "old", "new")
    assert found == after
    assert parted(found, before, "new") == told
    assert parted(type(told)(), before, "new") is None  # emptied since


@pytest.fixture
def pair(network_a: Network) -> tuple[Organisation, Organisation]:
    """Two entries of one house, with much that hangs on both."""
    with in_network(network_a):
        one, other = _organisation("Familienhaus Lindenbrücke"), _organisation("Fam.-Haus Linde")
        body = save_organisation(actor=ACTOR, level="body", name="Wegwarte")
        save_organisation(actor=ACTOR, organisation=one, body=body)
        region = save_region(actor=ACTOR, name="Döbeln", kind="former_county")
        for house, mail in ((one, "haus@example.org"), (other, "post@example.org")):
            set_tags(actor=ACTOR, partner=house, names={"iseF", house.name})
            set_regions(actor=ACTOR, organisation=house, regions=[region])
            save_contact(
                actor=ACTOR,
                organisation=house,
                email=mail,
                phones=[PhoneDraft("030 23125014", "+493023125014"), PhoneDraft(f"1{mail[0]}")],
            )
            take_part(
                actor=ACTOR,
                organisation=house,
                kind="meeting",
                title="Treffen",
                on=date(2026, 1, 2),
            )
        jana = save_person(actor=ACTOR, family_name="Wiesner", given_name="Jana")
        for house in (one, other):
            save_contact(actor=ACTOR, organisation=house, person=jana, name="Jana Wiesner")
        run = Run(kind="partners", file_name="a", source="a", started_at=timezone.now())
        run.save()
        Link(source="a", kind="organisation", key="k", object_id=other.pk, run=run).save()
    return one, other


def test_everything_follows_and_nothing_is_said_twice(
    pair: tuple[Organisation, Organisation], network_a: Network
) -> None:
    one, other = pair
    with in_network(network_a):
        merge(actor=ACTOR, survivor=one, absorbed=other, chosen={"internal_note": "neu"})
        assert not Organisation.objects.filter(pk=other.pk).exists()
        one.refresh_from_db()
        assert one.internal_note == "neu"
        assert {t.tag.name for t in one.tag_links.all()} == {
            "iseF",
            "Familienhaus Lindenbrücke",
            "Fam.-Haus Linde",
        }
        assert Serves.objects.count() == 1 and Tagging.objects.count() == 3
        assert one.involvements.count() == Involvement.objects.count() == 2
        assert Link.objects.get().object_id == one.pk
        assert one.contacts.filter(person__family_name="Wiesner").count() == 1
        office = one.contacts.get(person=None)
        assert {phone.shown for phone in office.phones.all()} == {"030 23125014", "1h", "1p"}


def test_of_two_merges_at_once_the_later_finds_one_gone(
    pair: tuple[Organisation, Organisation], network_a: Network
) -> None:
    one, other = pair
    with in_network(network_a):
        seen_by_another = Organisation.objects.get(pk=one.pk), Organisation.objects.get(pk=other.pk)
        merge(actor=ACTOR, survivor=one, absorbed=other, chosen={})
        for survivor, absorbed in (seen_by_another, seen_by_another[::-1]):
            with pytest.raises(Organisation.DoesNotExist):
                merge(actor=ACTOR, survivor=survivor, absorbed=absorbed, chosen={})
        assert Merge.objects.count() == 1


def test_a_pair_that_is_gone_meanwhile_is_not_found(
    pair: tuple[Organisation, Organisation],
    network_a: Network,
    client: Client,
    cast: Cast,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    one, other = pair
    url = f"/mitte/desk/partner/doppelte/einrichtungen/{one.pk}/{other.pk}/"
    client.force_login(cast.petra)
    assert client.get(url).status_code == 200
    with in_network(network_a):
        merge(actor=ACTOR, survivor=one, absorbed=other, chosen={})
    monkeypatch.setattr(queries, "get_pair", lambda *_asked: (one, other))
    assert client.post(url).status_code == 404


def test_undo_restores_exactly(pair: tuple[Organisation, Organisation], network_a: Network) -> None:
    one, other = pair
    with in_network(network_a):
        before = _states()
        done = merge(
            actor=ACTOR, survivor=one, absorbed=other, chosen={"name": "Neuer Name", "body": None}
        )
        assert _states() != before
        assert undo_merge(actor=ACTOR, merge=done) == 0
        after = _states()
        assert {t: rows for t, rows in after.items() if rows != before[t]} == {}
        with pytest.raises(CannotBeUndone):
            undo_merge(actor=ACTOR, merge=done)


def test_what_was_changed_since_stays(
    pair: tuple[Organisation, Organisation], network_a: Network
) -> None:
    one, other = pair
    with in_network(network_a):
        done = merge(actor=ACTOR, survivor=one, absorbed=other, chosen={"name": "Neuer Name"})
        save_organisation(actor=ACTOR, organisation=one, name="Von Hand")
        undo_merge(actor=ACTOR, merge=done)
        one.refresh_from_db()
        assert one.name == "Von Hand"
        assert Organisation.objects.filter(pk=other.pk).exists()


def _two_people() -> tuple[Person, Person]:
    house = _organisation("Haus")
    people = []
    for given, mail in (("Jana", "jana@example.org"), ("J.", "wiesner@example.org")):
        one = save_person(actor=ACTOR, family_name="Wiesner", given_name=given)
        role = save_contact(actor=ACTOR, organisation=house, person=one, name=str(one), email=mail)
        release(
            actor=ACTOR,
            contact=role,
            field=ReleasedField.EMAIL,
            audience=Audience.PROFESSIONALS,
            ground=Ground.TASK,
        )
        people.append(one)
    return people[0], people[1]


def test_people_become_one_with_one_role_each_and_come_apart(network_a: Network) -> None:
    with in_network(network_a):
        jana, j = _two_people()
        before = _states()
        done = merge(actor=ACTOR, survivor=jana, absorbed=j, chosen={"title": "Dr."})
        role = jana.roles.get()
        assert role.email == "jana@example.org" and Release.objects.count() == 2
        told = str(done.moves)
        assert not any(word in told for word in ("Wiesner", "wiesner@", "jana@"))
        undo_merge(actor=ACTOR, merge=done)
        assert {t for t, rows in _states().items() if rows != before[t]} == set()


def test_letters_and_what_is_filled_into_them_follow_and_come_back(network_a: Network) -> None:
    with in_network(network_a):
        jana, j = _two_people()
        own = {str(one.roles.get().pk): {"dank": f"an {one.given_name}"} for one in (j, jana)}
        circular = Circular(title="Dank", own_values={**own, "other": {"dank": "allen"}})
        circular.save()
        rows = [Recipient(circular=circular, contact=one.roles.get(), way="letter")
                for one in (jana, j)]  # fmt: skip
        for row in rows:
            row.save()
        paper = Print(circular=circular, recipients=sorted(str(row.pk) for row in rows),
                      missing=[[str(rows[1].pk), "Anschrift"]])  # fmt: skip
        paper.save()
        before = _states()
        done = merge(actor=ACTOR, survivor=jana, absorbed=j, chosen={})
        circular.refresh_from_db()
        paper.refresh_from_db()
        assert circular.own_values == {
            str(jana.roles.get().pk): {"dank": "an Jana"}, "other": {"dank": "allen"}
        }  # fmt: skip
        assert paper.recipients == [str(rows[0].pk)]
        assert paper.missing == [[str(rows[0].pk), "Anschrift"]]
        assert "an J." not in str(done.moves)
        undo_merge(actor=ACTOR, merge=done)
        assert {t for t, told in _states().items() if told != before[t]} == set()


def test_an_invitation_leads_to_the_house_that_remains(
    pair: tuple[Organisation, Organisation], network_a: Network
) -> None:
    one, other = pair
    with in_network(network_a):
        invited, _key = invite(actor=ACTOR, email="f@example.org", name="F", role=Role.PROVIDER,
                               organisation_ids=[other.pk])  # fmt: skip
        merge(actor=ACTOR, survivor=one, absorbed=other, chosen={})
        invited.refresh_from_db()
        assert invited.organisation_ids == [str(one.pk)]


def test_undo_ends_at_erasure_and_after_thirty_days(network_a: Network) -> None:
    with in_network(network_a):
        done = merge(actor=ACTOR, **dict(zip(("survivor", "absorbed"), _two_people(), strict=True)),
                     chosen={})  # fmt: skip
        forget_key(done.survivor_id)
        with pytest.raises(CannotBeUndone, match=r"erased|gelöscht"):
            undo_merge(actor=ACTOR, merge=done)
        a, b = _organisation("A"), _organisation("B")
        old = merge(actor=ACTOR, survivor=a, absorbed=b, chosen={})
        old.at = timezone.now() - timedelta(days=31)
        old.save(update_fields=["at"])
        with pytest.raises(CannotBeUndone, match="30"):
            undo_merge(actor=ACTOR, merge=old)
        assert drop_old_moves() == 1
        assert Merge.objects.get(pk=old.pk).moves == []


def test_a_facility_takes_up_its_own_body(network_a: Network) -> None:
    with in_network(network_a):
        body = save_organisation(actor=ACTOR, level="body", name="Verein Haus Wiesenpfad")
        house = _organisation("Haus Wiesenpfad", body=body)
        done = merge(actor=ACTOR, survivor=house, absorbed=body, chosen={})
        house.refresh_from_db()
        assert house.body is None
        undo_merge(actor=ACTOR, merge=done)
        house.refresh_from_db()
        assert house.body_id == body.pk


def test_told_apart_is_remembered_once(network_a: Network) -> None:
    with in_network(network_a):
        a, b = _organisation("A"), _organisation("B")
        not_same(actor=ACTOR, kind="organisation", one=a, other=b)
        not_same(actor=ACTOR, kind="organisation", one=b, other=a)
        assert NotSame.objects.count() == 1 and Tag.objects.count() == 0
