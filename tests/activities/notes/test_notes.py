"""Notes: written in passing, sealed, found again, done, gone after their term."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from django.utils import timezone

from knotenpunkt.activities.notes import actions, privacy, queries
from knotenpunkt.activities.notes.actions import NoteDraft
from knotenpunkt.activities.notes.forms import NoteForm
from knotenpunkt.activities.notes.models import Note
from knotenpunkt.activities.notes.rules import reminder
from knotenpunkt.foundation.accounts.actors import Actor, Person
from knotenpunkt.foundation.accounts.rights import Role
from knotenpunkt.foundation.networks.models import Network
from knotenpunkt.foundation.networks.scope import in_network
from knotenpunkt.registers.partners.actions import save_contact, save_organisation
from knotenpunkt.registers.partners.models import Level
from knotenpunkt.registers.partners.privacy import find_contact
from tests.conftest import Cast

pytestmark = pytest.mark.django_db
DRAFT = NoteDraft(who="Mira Müller", text="Ruft wegen der Öffnungszeiten zurück")
LIST = "/mitte/desk/notizen/"


@pytest.fixture
def inside(cast: Cast, network_a: Network) -> Iterator[Network]:
    with in_network(network_a):
        yield network_a


@pytest.fixture
def petra(cast: Cast) -> Person:
    return Person(cast.petra, Role.COORDINATOR)


@pytest.fixture
def ede(cast: Cast) -> Person:
    return Person(cast.ede, Role.EDITOR)


def house(system: Actor) -> None:
    """A house with Mira and Ole."""
    linde = save_organisation(actor=system, level=Level.BODY, name="Haus Linde")
    for name in ("Mira Müller", "Ole Brandt"):
        save_contact(actor=system, organisation=linde, name=name)


def test_nothing_of_a_note_is_stored_in_plain(inside: Network, ede: Person) -> None:
    note = actions.write_note(actor=ede, draft=DRAFT)
    actions.change_note(actor=ede, note=note, draft=NoteDraft(who="Mira Müller", text="Erreicht"))
    actions.finish_note(actor=ede, note=note)
    found = ""
    with connection.cursor() as cursor:
        for table in ("notes_note", "audit_entry", "search_entry"):
            cursor.execute(f"SELECT * FROM {table}")  # noqa: S608 - our own names
            rows = cursor.fetchall()
            found += repr([bytes(v) if isinstance(v, memoryview) else v for r in rows for v in r])
    assert not [one for one in ("Mira", "Müller", "Öffnungszeiten", "Erreicht") if one in found]
    assert not [one for one in ("Mira", "Öffnungszeiten") if one in repr((note, DRAFT))]


def test_readers_and_providers_have_no_notes(inside: Network, cast: Cast) -> None:
    for role in (Role.READER, Role.PROVIDER):
        other = Person(cast.birgit, role)
        for deed in (
            lambda other=other: actions.write_note(actor=other, draft=DRAFT),
            lambda other=other: queries.notes(other),
            lambda other=other: queries.partners_like(other, "Haus"),
        ):
            with pytest.raises(PermissionDenied):
                deed()


def test_own_notes_are_changed_by_their_author_and_who_coordinates(
    inside: Network, petra: Person, ede: Person
) -> None:
    of_petra = actions.write_note(actor=petra, draft=DRAFT)
    of_ede = actions.write_note(actor=ede, draft=DRAFT)
    with pytest.raises(PermissionDenied):
        actions.delete_note(actor=ede, note=of_petra)
    with pytest.raises(PermissionDenied):
        actions.change_note(actor=ede, note=of_petra, draft=DRAFT)
    actions.finish_note(actor=petra, note=of_ede)
    assert Note.objects.get(pk=of_ede.pk).is_done


def test_who_is_tied_to_the_partner_that_is_meant(
    inside: Network, ede: Person, system: Actor
) -> None:
    house(system)
    (mira,) = queries.partners_like(ede, "mueller")
    assert mira.label == "Mira Müller, Haus Linde"
    labels = [one.label for one in queries.partners_like(ede, "linde")]
    assert labels == ["Haus Linde"]
    note = actions.write_note(actor=ede, draft=NoteDraft(who=mira.label, text="x"))
    assert (str(note.contact), str(note.organisation)) == ("Mira Müller", "Haus Linde")
    free = actions.write_note(actor=ede, draft=NoteDraft(who="Frau von der Kita", text="x"))
    assert (free.contact, free.organisation) == (None, None)


@pytest.mark.parametrize("words", ["oeffnungszeiten", "MUELLER zurück", "mira", "Öffnungszeiten"])
def test_a_note_is_found_in_any_spelling(inside: Network, ede: Person, words: str) -> None:
    actions.write_note(actor=ede, draft=DRAFT)
    actions.write_note(actor=ede, draft=NoteDraft(who="Ole", text="Anderes"))
    assert [one.who for one in queries.found(queries.notes(ede), words)] == ["Mira Müller"]


@pytest.mark.parametrize(
    ("choice", "day"),
    [("", None), ("today", date(2026, 5, 6)), ("tomorrow", date(2026, 5, 7)),
     ("week", date(2026, 5, 13)), ("date", date(2026, 6, 1)), ("nonsense", None)],
)  # fmt: skip
def test_when_one_is_reminded(choice: str, day: date | None) -> None:
    assert reminder(choice, date(2026, 6, 1), date(2026, 5, 6)) == day


def test_a_day_must_be_chosen_and_lie_ahead() -> None:
    told = {"who": "x", "text": "y", "remind": "date"}
    assert "remind_on" in NoteForm(told).errors
    yesterday = (timezone.localdate() - timedelta(days=1)).isoformat()
    assert "remind_on" in NoteForm(told | {"remind_on": yesterday}).errors
    assert not NoteForm(told | {"remind_on": timezone.localdate().isoformat()}).errors
    # A note whose day has passed can still be changed.
    kept = {"remind_on": timezone.localdate() - timedelta(days=1)}
    assert not NoteForm(told | {"remind_on": yesterday}, initial=kept).errors


def test_reminders_are_due_on_their_day_until_done(
    inside: Network, ede: Person, petra: Person
) -> None:
    today = timezone.localdate()
    late, now, later = (
        actions.write_note(
            actor=ede, draft=NoteDraft("x", "y", remind_on=today + timedelta(days=days))
        )
        for days in (-1, 0, 1)
    )
    assert list(queries.due(ede, today)) == [late, now]
    actions.finish_note(actor=ede, note=late)
    assert list(queries.due(ede, today)) == [now]
    assert not queries.due(petra, today).exists()
    actions.reopen_note(actor=ede, note=late)
    assert list(queries.due(ede, today + timedelta(days=1))) == [late, now, later]


def aged(note: Note, days: int) -> None:
    Note.objects.filter(pk=note.pk).update(created_at=timezone.now() - timedelta(days=days))


def test_old_notes_are_deleted_after_the_term_of_the_network(inside: Network, ede: Person) -> None:
    inside.note_days = 30
    inside.save()
    old, young, waiting = (
        actions.write_note(actor=ede, draft=NoteDraft(name, "x", remind_on=day))
        for name, day in (("old", None), ("young", None), ("waiting", date(2999, 1, 1)))
    )
    aged(old, 31)
    aged(young, 29)
    aged(waiting, 31)
    assert [one.count for one in privacy.expire()] == [1]
    assert {one.who for one in map(queries.opened, Note.objects.all())} == {"young", "waiting"}


def test_an_erased_contact_is_gone_from_notes(inside: Network, ede: Person, system: Actor) -> None:
    house(system)
    actions.write_note(actor=ede, draft=NoteDraft("Mira Müller, Haus Linde", "ruft zurück"))
    actions.write_note(actor=ede, draft=NoteDraft("mira mueller", "noch einmal"))
    actions.write_note(actor=ede, draft=NoteDraft("Ole Brandt", "hat mit Mira Müller gesprochen"))
    person = find_contact("Mira Müller")
    assert person
    assert len(privacy.export(person)) == 2
    assert privacy.erase(person) == 2
    assert len(privacy.mentions(person)) == 1
    assert queries.opened(Note.objects.get()).who == "Ole Brandt"


def test_who_wrote_is_forgotten_with_the_account(inside: Network, cast: Cast, ede: Person) -> None:
    actions.write_note(actor=ede, draft=DRAFT)
    cast.ede.delete()
    assert Note.objects.get().author is None


def test_from_anywhere_and_back_with_undo(client: Client, cast: Cast, network_a: Network) -> None:
    client.force_login(cast.ede)
    page = client.get("/mitte/desk/anliegen/?teil=beantwortet").content.decode()
    assert 'data-shortcut="n"' in page
    assert 'name="back" value="/mitte/desk/anliegen/?teil=beantwortet"' in page
    data = {"who": "Mira", "text": "ruft zurück", "back": "/mitte/desk/anliegen/?teil=beantwortet"}
    response = client.post(f"{LIST}neu/", data, follow=True)
    assert response.redirect_chain == [("/mitte/desk/anliegen/?teil=beantwortet", 302)]
    with in_network(network_a):
        note = Note.objects.get()
    undo = f"{LIST}{note.pk}/loeschen/"
    assert f'href="{undo}"' in response.content.decode()
    assert "ruft zurück" in client.get(undo).content.decode()
    client.post(undo)
    with in_network(network_a):
        assert not Note.objects.exists()


def test_back_leads_to_no_other_site(client: Client, cast: Cast, network_a: Network) -> None:
    client.force_login(cast.ede)
    data = {"who": "x", "text": "y", "back": "https://evil.example/"}
    assert client.post(f"{LIST}neu/", data)["Location"] == "/mitte/desk/"


def test_what_is_missing_comes_back_with_the_rest(
    client: Client, cast: Cast, network_a: Network
) -> None:
    client.force_login(cast.ede)
    response = client.post(
        f"{LIST}neu/", {"who": "", "text": "ruft zurück", "back": "/mitte/desk/"}
    )
    page = response.content.decode()
    assert "mit wem Sie gesprochen haben" in page and ">\nruft zurück</textarea>" in page
    assert 'name="back" value="/mitte/desk/"' in page


def test_the_list_shows_mine_all_and_due(client: Client, cast: Cast, network_a: Network) -> None:
    with in_network(network_a):
        ede, petra = Person(cast.ede, Role.EDITOR), Person(cast.petra, Role.COORDINATOR)
        actions.write_note(actor=ede, draft=NoteDraft("Von Ede", "x"))
        actions.write_note(
            actor=petra, draft=NoteDraft("Von Petra", "<i>y</i>", remind_on=timezone.localdate())
        )
    client.force_login(cast.petra)
    shown = {
        part: [one.who for one in client.get(LIST, {"teil": part}).context["notes"]]
        for part in ("meine", "alle", "faellig")
    }
    assert shown == {
        "meine": ["Von Petra"], "alle": ["Von Petra", "Von Ede"], "faellig": ["Von Petra"]
    }  # fmt: skip
    found = client.get(LIST, {"teil": "alle", "q": "ede"}).context["notes"]
    assert [one.who for one in found] == ["Von Ede"]
    assert "&lt;i&gt;y" in client.get(LIST).content.decode()


def test_done_and_open_again(client: Client, cast: Cast, network_a: Network) -> None:
    with in_network(network_a):
        note = actions.write_note(actor=Person(cast.ede, Role.EDITOR), draft=DRAFT)
    client.force_login(cast.ede)
    page = client.post(f"{LIST}{note.pk}/erledigt/", {"back": LIST}, follow=True).content.decode()
    assert f'href="{LIST}{note.pk}/offen/"' in page
    client.post(f"{LIST}{note.pk}/offen/")
    with in_network(network_a):
        assert not Note.objects.get().is_done


def test_suggestions_are_options(
    client: Client, cast: Cast, network_a: Network, system: Actor
) -> None:
    with in_network(network_a):
        house(system)
    client.force_login(cast.ede)
    page = client.get(f"{LIST}vorschlaege/", {"who": "mue"}).content.decode()
    assert '<option value="Mira Müller, Haus Linde">' in page
    assert "<option" not in client.get(f"{LIST}vorschlaege/", {"who": "   "}).content.decode()


def test_the_list_asks_as_often_for_one_as_for_many(
    client: Client, cast: Cast, network_a: Network, django_assert_max_num_queries: Any
) -> None:
    with in_network(network_a):
        for number in range(30):
            actions.write_note(
                actor=Person(cast.ede, Role.EDITOR), draft=NoteDraft(f"Wer {number}", "x")
            )
    client.force_login(cast.petra)
    with django_assert_max_num_queries(12):
        assert len(client.get(LIST, {"teil": "alle"}).context["notes"]) == 25
