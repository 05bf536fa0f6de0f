"""What history says about a person can be read until their key is thrown away, and never after."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from knotenpunkt.foundation.accounts.actors import Actor
from knotenpunkt.foundation.audit import privacy
from knotenpunkt.foundation.audit.actions import one_write, record
from knotenpunkt.foundation.audit.keys import (
    forget_key,
    join_keys,
    key_of,
    open_all,
    opened_for,
    part_keys,
    seal_all,
    sealed_for,
    with_merged,
)
from knotenpunkt.foundation.audit.models import Entry, PersonKey
from knotenpunkt.foundation.audit.queries import latest, opened
from knotenpunkt.foundation.core import personal_data
from knotenpunkt.foundation.core.sealing import Unreadable, seal
from knotenpunkt.foundation.networks.models import Network
from knotenpunkt.foundation.networks.scope import all_networks, in_network

pytestmark = pytest.mark.django_db
MIRA, OLE = uuid4(), uuid4()


def _on_record(actor: Actor, network: Network) -> None:
    record(
        actor=actor,
        deed="partners.change_person",
        on=network,
        title="Mira Müller",
        changes={"family_name": ["Meier", "Müller"]},
        person=MIRA,
    )


def test_old_and_new_of_a_person_can_be_read(inside_a: Network, system: Actor) -> None:
    _on_record(system, inside_a)
    entry = latest(system, limit=1)[0]
    assert (entry.title, entry.is_erased) == ("Mira Müller", False)
    assert entry.changes == {"family_name": ["Meier", "Müller"]}


def test_the_database_holds_no_word_of_it(inside_a: Network, system: Actor) -> None:
    _on_record(system, inside_a)
    row = Entry.objects.values("title", "changes", "sealed").get()
    assert (row["title"], row["changes"]) == ("", {})
    assert "Müller".encode() not in bytes(row["sealed"])


def test_without_the_key_it_says_erased(inside_a: Network, system: Actor) -> None:
    _on_record(system, inside_a)
    record(actor=system, deed="x.y", on=inside_a, title="Haus")
    assert forget_key(MIRA)
    assert not forget_key(MIRA)
    after, before = latest(system, limit=2)
    assert (before.title, before.changes, before.is_erased) == ("gelöscht", {}, True)
    assert (after.title, after.is_erased) == ("Haus", False)


def test_who_was_merged_is_known_by_all_former_ids(inside_a: Network) -> None:
    first, stranger = uuid4(), uuid4()
    join_keys(former=first, to=OLE)
    join_keys(former=OLE, to=MIRA)
    key_of(stranger)
    assert with_merged([MIRA]) == {MIRA, OLE, first}
    assert with_merged([first]) == {first}
    part_keys(OLE)
    assert with_merged([MIRA]) == {MIRA}


def test_a_batch_is_sealed_in_a_fixed_number_of_queries(inside_a: Network, system: Actor) -> None:
    def queries(people: int) -> int:
        with (
            CaptureQueriesContext(
                connection,
            ) as captured,
            one_write(),
        ):
            for _one in range(people):
                record(actor=system, deed="x.y", on=inside_a, title="Name", person=uuid4())
        return len(captured)

    assert queries(2) == queries(40)
    assert {one.title for one in opened(Entry.objects.all())} == {"Name"}
    assert PersonKey.objects.count() == 42


def test_opening_asks_once(inside_a: Network, system: Actor) -> None:
    for person in (MIRA, OLE, uuid4()):
        record(actor=system, deed="x.y", on=inside_a, title="Name", person=person)
    found = list(Entry.objects.all())
    with CaptureQueriesContext(connection) as captured:
        assert [one.title for one in opened(found)] == ["Name"] * 3
    assert len(captured) == 1


def test_what_is_sealed_for_one_does_not_open_for_another(inside_a: Network) -> None:
    sealed = sealed_for(MIRA, "Mira Müller")
    key_of(OLE)
    assert opened_for(MIRA, sealed) == "Mira Müller"
    for person, value in ((OLE, sealed), (MIRA, sealed[:-1]), (MIRA, seal("x", about="y"))):
        with pytest.raises(Unreadable):
            opened_for(person, value)


def test_after_an_erasure_a_new_key_does_not_open_the_old(inside_a: Network) -> None:
    sealed = sealed_for(MIRA, "Mira Müller")
    forget_key(MIRA)
    assert opened_for(MIRA, sealed) is None
    sealed_for(MIRA, "anew")
    with pytest.raises(Unreadable):
        opened_for(MIRA, sealed)


def test_after_a_merge_one_erasure_reaches_both(inside_a: Network) -> None:
    sealed = sealed_for(OLE, "Ole")
    join_keys(former=OLE, to=MIRA)
    assert opened_for(OLE, sealed) == "Ole"
    assert forget_key(MIRA)
    assert opened_for(OLE, sealed) is None


def test_after_an_undone_merge_each_has_their_own_again(inside_a: Network) -> None:
    sealed = sealed_for(OLE, "Ole")
    join_keys(former=OLE, to=MIRA)
    part_keys(OLE)
    key_of(MIRA)
    forget_key(MIRA)
    assert opened_for(OLE, sealed) == "Ole"


def test_nothing_needs_no_key(inside_a: Network) -> None:
    assert seal_all([(MIRA, ""), (OLE, "x")])[0] == b""
    assert open_all([(MIRA, b""), (OLE, sealed_for(OLE, "x"))]) == ["", "x"]
    assert [key.person_id for key in PersonKey.objects.all()] == [OLE]


def test_the_key_lies_wrapped(inside_a: Network) -> None:
    key = key_of(MIRA)
    assert key == key_of(MIRA)
    assert key not in bytes(PersonKey.objects.get().wrapped)


def test_of_two_keys_for_one_person_one_is_refused(inside_a: Network) -> None:
    key_of(MIRA)
    with pytest.raises(IntegrityError), transaction.atomic():
        PersonKey.objects.create(person_id=MIRA, wrapped=b"x")


def test_another_network_has_no_such_key(
    inside_a: Network, network_b: Network, system: Actor
) -> None:
    sealed = sealed_for(MIRA, "Mira")
    with all_networks("test"), in_network(network_b):
        assert opened_for(MIRA, sealed) is None
        assert not forget_key(MIRA)
    assert opened_for(MIRA, sealed) == "Mira"


def test_an_erasure_throws_the_key_away_and_an_export_opens(
    inside_a: Network, system: Actor
) -> None:
    _on_record(system, inside_a)
    person = personal_data.Person(
        kind="partners.Person", ids=frozenset([MIRA]), networks=frozenset([inside_a.pk])
    )
    assert privacy.export(person)[0]["changes"] == {"family_name": ["Meier", "Müller"]}
    assert privacy.erase(person) == 1
    assert not PersonKey.objects.exists()
    assert privacy.export(person)[0]["changes"] == {}
