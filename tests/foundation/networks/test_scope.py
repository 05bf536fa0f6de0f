"""A query without a network raises; inside one, nothing of another is seen or touched."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.db.models import Count

from knotenpunkt.foundation.networks.models import Network
from knotenpunkt.foundation.networks.scope import (
    OutsideNetwork,
    ReadOnlyScope,
    WrongNetwork,
    all_networks,
    current_network,
    in_network,
    published_everywhere,
)
from knotenpunkt.registers.partners.models import Contact, Level, Organisation

pytestmark = pytest.mark.django_db


def organisation(name: str, **values: object) -> Organisation:
    return Organisation.objects.create(level=Level.BODY, name=name, **values)


def test_reading_and_writing_outside_every_network_raises(network_a: Network) -> None:
    with pytest.raises(OutsideNetwork):
        Organisation.objects.count()
    with pytest.raises(OutsideNetwork):
        Organisation(level=Level.BODY, name="x", network=network_a).save()
    with pytest.raises(OutsideNetwork):
        Organisation._base_manager.first()


def test_a_network_sees_only_its_own(network_a: Network, network_b: Network) -> None:
    with in_network(network_a):
        mine = organisation("Haus A")
    with in_network(network_b):
        organisation("Haus B")
        assert [row.name for row in Organisation.objects.all()] == ["Haus B"]
        assert not Organisation.objects.filter(pk=mine.pk).update(name="taken")
        with pytest.raises(Organisation.DoesNotExist):
            mine.refresh_from_db()


def test_a_record_of_another_network_cannot_be_saved_deleted_or_moved(
    network_a: Network, network_b: Network
) -> None:
    with in_network(network_a):
        mine = organisation("Haus A")
    with in_network(network_b):
        with pytest.raises(WrongNetwork):
            mine.save()
        with pytest.raises(WrongNetwork):
            mine.delete()
        with pytest.raises(WrongNetwork):
            Organisation.objects.bulk_update([mine], ["name"])
        with pytest.raises(WrongNetwork):
            Organisation.objects.update(network=network_b)


def test_forward_keys_and_uniqueness_stay_inside(network_a: Network, network_b: Network) -> None:
    with in_network(network_a):
        contact = Contact.objects.create(organisation=organisation("Haus A"))
        contact = Contact.objects.get(pk=contact.pk)
    with in_network(network_b), pytest.raises(Organisation.DoesNotExist):
        assert contact.organisation


def test_records_of_two_networks_are_not_tied(network_a: Network, network_b: Network) -> None:
    with in_network(network_a):
        theirs = organisation("Haus A", is_public=True)
        contact = Contact.objects.create(organisation=theirs)
    with in_network(network_b):
        ours = organisation("Haus B")
        for write in (
            lambda: Contact.objects.create(organisation=theirs),
            lambda: Contact.objects.bulk_create([Contact(organisation=theirs)]),
            lambda: organisation("Kita B", body=theirs),
        ):
            with pytest.raises(WrongNetwork):
                write()
        ours.body = theirs
        for change in (ours.save, lambda: Organisation.objects.bulk_update([ours], ["body"])):
            with pytest.raises(WrongNetwork):
                change()
        assert Contact.objects.create(organisation=organisation("Haus")).organisation_id
    with all_networks("a test"), pytest.raises(WrongNetwork):
        contact.organisation = Organisation.objects.get(pk=ours.pk)
        contact.save()


def test_a_question_is_answered_only_where_it_was_asked(
    network_a: Network, network_b: Network
) -> None:
    with in_network(network_a):
        organisation("Haus A", is_public=True)
        asked = Organisation.objects.order_by("name")
        assert [row.name for row in asked.all()] == ["Haus A"]
    again = asked.all()
    ways = (
        lambda: list(asked.all()),
        lambda: list(asked.iterator()),
        lambda: list(asked.values_list("name")),
        lambda: asked.all()[:1].get(),
        lambda: asked.count(),
        lambda: asked.exists(),
        lambda: asked.distinct().aggregate(Count("pk")),
        lambda: asked.first(),
        lambda: list(asked.union(again)),
        lambda: asked.update(name="x"),
        lambda: asked.order_by().delete(),
        lambda: bool(again),
    )
    for way in ways:
        with pytest.raises(OutsideNetwork):
            way()
    for other in (in_network(network_b), published_everywhere(), all_networks("a test")):
        with other:
            for way in ways:
                with pytest.raises((WrongNetwork, ReadOnlyScope)):
                    way()
            with pytest.raises((WrongNetwork, OutsideNetwork)):
                list(Contact.objects.filter(organisation__in=asked))
    with in_network(network_a):
        assert [way() for way in ways[:6]][-1] is True


def test_bulk_created_rows_join_the_network(inside_a: Network) -> None:
    Organisation.objects.bulk_create([Organisation(level=Level.BODY, name="x")])
    assert Organisation.objects.get().network_id == inside_a.pk


def test_one_network_is_not_entered_from_within_another(
    network_a: Network, network_b: Network
) -> None:
    with in_network(network_a):
        with pytest.raises(WrongNetwork), in_network(network_b):
            pass
        with in_network(network_a):
            assert current_network() == network_a


def test_published_everywhere_reads_what_is_public_and_nothing_else(
    network_a: Network, network_b: Network
) -> None:
    with in_network(network_a):
        shown = organisation("public", is_public=True)
        organisation("internal")
    with in_network(network_b), published_everywhere():
        assert [row.name for row in Organisation.objects.all()] == ["public"]
        for write in (shown.save, shown.delete, Organisation.objects.all().delete):
            with pytest.raises(ReadOnlyScope):
                write()
        with pytest.raises(ReadOnlyScope):
            Organisation.objects.update(name="x")


def test_a_table_without_a_public_face_is_never_public(network_a: Network) -> None:
    from knotenpunkt.foundation.audit.models import Entry

    with published_everywhere(), pytest.raises(OutsideNetwork):
        Entry.objects.first()


def test_all_networks_is_named_and_sees_everything(network_a: Network, network_b: Network) -> None:
    for network in (network_a, network_b):
        with in_network(network):
            organisation(network.slug)
    with all_networks("a test"):
        assert Organisation.objects.count() == 2


@pytest.mark.parametrize("slug", ["static", "en", "api", "desk", "Ümlaut", "-x", "a b", ""])
def test_a_network_cannot_take_an_address_of_the_product(db: None, slug: str) -> None:
    from knotenpunkt.foundation.networks.actions import create_network

    with pytest.raises(ValidationError):
        create_network(slug=slug, name="x")


@pytest.mark.parametrize("key", ["1", "145220001", "abc", "99", ""])
def test_an_area_key_is_checked(db: None, key: str) -> None:
    from knotenpunkt.foundation.networks.actions import create_network

    with pytest.raises(ValidationError):
        create_network(slug="x", name="x", area_keys=[key])


def test_area_keys_stay_text(db: None) -> None:
    from knotenpunkt.foundation.networks.actions import create_network

    network = create_network(slug="x", name="x", area_keys=["03157"])
    network.refresh_from_db()
    assert network.area_keys == ["03157"]
    assert network.land == "NI"
