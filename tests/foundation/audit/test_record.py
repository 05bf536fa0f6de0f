"""Each deed is on record with old and new, once, and stays as it was written."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from knotenpunkt.foundation.accounts.actors import ANYONE, Actor
from knotenpunkt.foundation.audit.actions import one_write
from knotenpunkt.foundation.audit.models import ChangedHistory, Entry
from knotenpunkt.foundation.audit.queries import opened
from knotenpunkt.foundation.networks.models import Network
from knotenpunkt.registers.partners.actions import PhoneDraft, save_contact, save_organisation
from knotenpunkt.registers.partners.models import Level

pytestmark = pytest.mark.django_db


def test_old_and_new_stand_in_the_audit(inside_a: Network, system: Actor) -> None:
    house = save_organisation(actor=system, level=Level.BODY, name="Haus")
    save_organisation(actor=system, organisation=house, name="Haus Linde")
    save_organisation(actor=system, organisation=house, name="Haus Linde")
    changed, created = Entry.objects.all()[:2]
    assert (created.deed, changed.deed) == ("partners.create", "partners.change")
    assert changed.changes == {"name": ["Haus", "Haus Linde"]}
    assert Entry.objects.count() == 2


def test_the_database_keeps_no_copy_of_a_person(inside_a: Network, system: Actor) -> None:
    house = save_organisation(actor=system, level=Level.BODY, name="Haus")
    save_contact(
        actor=system,
        organisation=house,
        name="Mira Beispiel",
        email="mira@example.org",
        phones=[PhoneDraft(shown="030 23125 001")],
    )
    stored = str(list(Entry.objects.values()))
    assert "Mira" not in stored
    assert "23125" not in stored
    told = str([one.changes for one in opened(Entry.objects.all())])
    assert "Mira Beispiel" in told and "030 23125 001" in told


def test_what_is_written_is_not_changed(inside_a: Network, system: Actor) -> None:
    save_organisation(actor=system, level=Level.BODY, name="Haus")
    entry = Entry.objects.get()
    entry.title = "something else"
    entries = Entry.objects.all()
    for rewriting in (
        entry.save,
        entry.delete,
        entries.delete,
        lambda: entries.update(title="x"),
        lambda: entries.filter(pk=entry.pk).order_by().update(at=entry.at),
        lambda: Entry.objects.bulk_update([entry], ["title"]),
        lambda: Entry.objects.update_or_create(pk=entry.pk, defaults={"title": "x"}),
        lambda: Entry.objects.bulk_create(
            [entry], update_conflicts=True, unique_fields=["id"], update_fields=["title"]
        ),
        lambda: entries.erased(deed="x"),
        lambda: entries.erased(title="", at=entry.at),
    ):
        with pytest.raises(ChangedHistory):
            rewriting()
    with pytest.raises(IntegrityError), transaction.atomic():
        Entry(pk=entry.pk, deed="x", kind="x", object_id=entry.pk, title="x").save()
    assert Entry.objects.get().title == "Haus"


def test_an_erasure_empties_what_named_a_person(inside_a: Network, system: Actor) -> None:
    save_organisation(actor=system, level=Level.BODY, name="Haus")
    assert Entry.objects.all().erased(actor_label="", title="") == 1
    assert Entry.objects.get().title == ""


def test_a_batch_is_written_at_the_end_and_not_at_all_when_it_fails(
    inside_a: Network, system: Actor
) -> None:
    with one_write():
        save_organisation(actor=system, level=Level.BODY, name="Haus")
        assert not Entry.objects.exists()
    assert Entry.objects.count() == 1
    with pytest.raises(ZeroDivisionError), one_write():
        save_organisation(actor=system, level=Level.BODY, name="Haus 2")
        raise ZeroDivisionError
    assert Entry.objects.count() == 1


def test_who_lacks_the_right_changes_nothing(inside_a: Network) -> None:
    from django.core.exceptions import PermissionDenied

    with pytest.raises(PermissionDenied):
        save_organisation(actor=ANYONE, level=Level.BODY, name="Haus")
    assert not Entry.objects.exists()
