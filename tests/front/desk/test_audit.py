"""The change log: who changed and who opened what, in words; found by person, kind, time, word."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from knotenpunkt.activities.inbox import actions as inbox
from knotenpunkt.activities.notes.actions import NoteDraft, write_note
from knotenpunkt.foundation.accounts.actors import ANYONE, Actor, Person
from knotenpunkt.foundation.accounts.rights import Role
from knotenpunkt.foundation.audit.actions import record
from knotenpunkt.foundation.networks.models import Network
from knotenpunkt.foundation.networks.scope import in_network
from knotenpunkt.front.desk import audit
from knotenpunkt.registers.agreements.actions import add_parties, save_agreement
from knotenpunkt.registers.offers.actions import save_offer
from knotenpunkt.registers.partners.actions import save_contact, save_person
from knotenpunkt.registers.partners.actions.facts import confirm
from knotenpunkt.registers.partners.duplicates.actions.deciding import merge
from knotenpunkt.tools.imports.actions.runs import finish_run, start_run
from knotenpunkt.tools.imports.actions.steps import note_undone
from knotenpunkt.tools.imports.report import Counts
from tests.conftest import Cast
from tests.factories import make_offer, make_organisation

pytestmark = pytest.mark.django_db
LOG = "/mitte/desk/verlauf/"


@pytest.fixture
def ede(cast: Cast) -> Person:
    return Person(cast.ede, Role.EDITOR)


def lines(client: Client, cast: Cast, **query: str) -> list[audit.Line]:
    client.force_login(cast.petra)
    found: list[audit.Line] = client.get(LOG, query).context["lines"]
    return found


def test_old_and_new_stand_in_words(
    client: Client, cast: Cast, network_a: Network, ede: Person
) -> None:
    with in_network(network_a):
        offer = make_offer("Krabbelgruppe", summary="Für Eltern mit Baby", costs="free")
        save_offer(actor=ede, offer=offer, summary="Für Väter mit Baby", costs="fee")
    line = lines(client, cast)[0]
    assert (line.who, line.what, line.title) == ("Ede", "Angebot geändert", "Krabbelgruppe")
    assert line.url == f"/mitte/desk/angebote/{offer.pk}/"
    html = client.get(LOG).content.decode()
    assert "<del>Eltern</del>" in html and "<ins>Väter</ins>" in html
    assert "<del>kostenlos</del>" in html and "<ins>kostet etwas</ins>" in html


def test_what_is_typed_is_shown_as_text(
    client: Client, cast: Cast, network_a: Network, ede: Person
) -> None:
    with in_network(network_a):
        make_offer("<script>alert(1)</script>")
        record(
            actor=ede, deed="x.y", on=network_a, title="<b>x</b>", changes={"name": ["<i>", "&"]}
        )
    lines(client, cast)
    html = client.get(LOG).content.decode()
    assert "<script>alert" not in html and "<b>x</b>" not in html and "<i>" not in html


def test_other_records_are_said_in_words_too(
    client: Client, cast: Cast, network_a: Network, system: Actor
) -> None:
    changes: dict[str, Any] = {
        "role": ["reader", "editor"], "is_public": [False, True], "total": 12, "operator": [],
        "gone_field": [None, ["a", "b"]], "answer_days": [2, 3],
    }  # fmt: skip
    with in_network(network_a):
        record(actor=system, deed="networks.change", on=network_a, title="Netz", changes=changes)
    (line,) = [one for one in lines(client, cast) if one.title == "Netz"]
    said = {one.label: (list(one.gone), list(one.came), one.note) for one in line.changes}
    assert said["Rolle"] == (["Lesen"], ["Redaktion"], "")
    assert said["Für Familien sichtbar"] == (["nein"], ["ja"], "")
    assert said["Werktage bis zum Rückruf"] == (["2"], ["3"], "")
    assert said["Betreiber"][:2] == ([], []) and said["Betreiber"][2]
    assert said["gone_field"] == ([], ["a", "b"], "")
    assert line.changed.endswith("und 2 weitere")


def test_fields_and_days_of_partners_and_agreements_are_said_as_people_say_them(
    client: Client, cast: Cast, network_a: Network, ede: Person
) -> None:
    with in_network(network_a):
        house = make_organisation("Haus Linde")
        confirm(actor=ede, partner=house, on=date(2026, 3, 9))
        agreement = save_agreement(
            actor=ede, kind="cooperation", title="Grundsätze", signed_on=date(2026, 3, 9)
        )
        add_parties(actor=ede, agreement=agreement, organisations=[house], on=date(2026, 3, 9))
    said = {
        (line.title, one.label): list(one.came) for line in lines(client, cast)
        for one in line.changes
    }  # fmt: skip
    assert said["Haus Linde", "Zuletzt bestätigt"] == ["9. März 2026"]
    assert said["Grundsätze", "Partner"] == ["Haus Linde"]
    assert said["Grundsätze", "Geschlossen am"] == ["9. März 2026"]


def test_what_an_import_did_is_said_in_words(
    client: Client, cast: Cast, network_a: Network, ede: Person
) -> None:
    with in_network(network_a):
        run = start_run(actor=ede, kind="offers", file_name="k.csv", source="k", profile="")
        finish_run(actor=ede, run=run, counts=Counts(created=6, rejected=1))
        counts = {"removed": 5, "restored": 0, "stayed": 1}
        note_undone(actor=ede, run=run, counts=counts, kept=[])
    undone, done = lines(client, cast)
    assert [(one.label, list(one.came)) for one in undone.changes] == [
        ("So gelassen", ["1"]), ("Wieder entfernt", ["5"]), ("Wieder wie vorher", ["0"]),
    ]  # fmt: skip
    said = {one.label: list(one.came) for one in done.changes}
    assert said["Neu"] == ["6"] and said["Abgelehnt"] == ["1"] and said["Quelle"] == ["k"]
    assert not {"counts", "created"} & set(said)


def test_a_deed_on_what_has_no_name_is_said_once(
    client: Client, cast: Cast, network_a: Network, ede: Person
) -> None:
    with in_network(network_a):
        record(actor=ede, deed="offers.undo_import", on=network_a, title="", changes={})
    client.force_login(cast.petra)
    page = client.get(LOG).content.decode()
    assert page.count("Entfernt, weil das Einlesen rückgängig gemacht wurde") == 1


def test_found_by_person_kind_time_and_words(
    client: Client, cast: Cast, network_a: Network, ede: Person
) -> None:
    with in_network(network_a):
        make_offer("Krabbelgruppe")
        write_note(actor=ede, draft=NoteDraft("Mira", "x"))
    assert {one.who for one in lines(client, cast, wer=str(cast.ede.pk))} == {"Ede"}
    assert [one.what for one in lines(client, cast, was="notizen")] == ["Notiz geschrieben"]
    assert {one.title for one in lines(client, cast, was="angebote")} == {"Krabbelgruppe"}
    assert {one.title for one in lines(client, cast, q="KRABBEL")} == {"Krabbelgruppe"}
    assert lines(client, cast, seit="1")
    assert lines(client, cast, q="gibtesnicht") == []
    assert "Alles anzeigen" in client.get(LOG, {"q": "gibtesnicht"}).content.decode()


@pytest.mark.parametrize("typed", ["Linda", "MUELLER linda", "müller"])
def test_what_is_sealed_for_a_person_is_found_by_the_name(
    client: Client, cast: Cast, network_a: Network, system: Actor, typed: str
) -> None:
    with in_network(network_a):
        house = make_organisation("Haus Linde")
        linda = save_person(actor=system, given_name="Linda", family_name="Müller")
        save_contact(actor=system, organisation=house, person=linda, name="Linda Müller")
        save_person(actor=system, given_name="Ole", family_name="Brandt")
    assert {one.title for one in lines(client, cast, q=typed)} == {
        "Linda Müller", "Linda Müller, Haus Linde",
    }  # fmt: skip
    assert lines(client, cast, q=typed, teil="gelesen") == []


def test_offices_and_those_who_were_merged_are_found_by_name_too(
    client: Client, cast: Cast, network_a: Network, system: Actor
) -> None:
    with in_network(network_a):
        save_contact(actor=system, organisation=make_organisation("Amt"), name="Büro Hebammen")
        twin, linda = (
            save_person(actor=system, given_name=given, family_name="Weber")
            for given in ("Lin", "Linda")
        )
        merge(actor=system, survivor=linda, absorbed=twin, chosen={})
    assert [one.title for one in lines(client, cast, q="buero hebammen")] == ["Büro Hebammen, Amt"]
    assert "Lin Weber" in {one.title for one in lines(client, cast, q="Linda Weber")}


def test_nobody_is_found_by_the_name_of_another_network(
    client: Client, cast: Cast, network_b: Network, system: Actor
) -> None:
    with in_network(network_b):
        save_person(actor=system, given_name="Linda", family_name="Müller")
    assert lines(client, cast, q="Linda") == []


@pytest.mark.parametrize("query", [{"wer": "x"}, {"was": "x"}, {"seit": "-1"}, {"seite": "x"}])
def test_nonsense_filters_nothing(
    client: Client, cast: Cast, network_a: Network, query: dict[str, str], ede: Person
) -> None:
    with in_network(network_a):
        write_note(actor=ede, draft=NoteDraft("Mira", "x"))
    assert lines(client, cast, **query)


def test_who_opened_what_is_shown(
    client: Client, cast: Cast, network_a: Network, ede: Person
) -> None:
    with in_network(network_a):
        draft = inbox.CallDraft(phone="+493731555010", name="Anna")
        concern = inbox.ask_for_call(actor=ANYONE, network=network_a, draft=draft)
        concern = inbox.take(actor=ede, concern_id=concern.pk)
        inbox.open_concern(actor=ede, concern=concern)
    (read,) = lines(client, cast, teil="gelesen")
    assert (read.who, read.what, read.title) == ("Ede", "Geöffnet", "Rückruf: Allgemeine Frage")
    assert read.url == f"/mitte/desk/anliegen/{concern.pk}/"
    assert lines(client, cast, teil="gelesen", was="notizen") == []


def test_no_note_and_no_number_stands_in_it(
    client: Client, cast: Cast, network_a: Network, ede: Person
) -> None:
    with in_network(network_a):
        write_note(actor=ede, draft=NoteDraft("Mira Müller", "ruft zurück"))
        draft = inbox.CallDraft(phone="+493731555010", name="Anna", text="Baby schreit")
        inbox.ask_for_call(actor=ANYONE, network=network_a, draft=draft)
    lines(client, cast)
    for path in (LOG, f"{LOG}?teil=gelesen"):
        html = client.get(path).content.decode()
        assert not [one for one in ("Mira", "zurück<", "555010", "Anna", "schreit") if one in html]


def test_another_networks_deeds_are_not_shown(
    client: Client, cast: Cast, network_b: Network, system: Actor
) -> None:
    with in_network(network_b):
        make_offer("Peiner Treff")
    assert not [one for one in lines(client, cast) if one.title == "Peiner Treff"]


def test_the_number_of_queries_does_not_grow(
    client: Client, cast: Cast, network_a: Network, ede: Person
) -> None:
    def asked(**query: str) -> int:
        client.force_login(cast.petra)
        with CaptureQueriesContext(connection) as queries:
            client.get(LOG, query)
        return len(queries)

    def more(count: int) -> None:
        with in_network(network_a):
            for number in range(count):
                offer = make_offer(f"Angebot {number}")
                save_offer(actor=ede, offer=offer, summary=f"Satz {number}")

    more(1)
    asked()
    few = asked()
    more(15)
    assert asked() == few


def test_pages_keep_the_filters(client: Client, cast: Cast, network_a: Network) -> None:
    with in_network(network_a):
        for number in range(audit.PAGE + 1):
            record(actor=ANYONE, deed="x.y", on=network_a, title=f"Seite {number}")
    client.force_login(cast.petra)
    response: Any = client.get(LOG, {"was": "netzwerk", "seite": "2"})
    assert len(response.context["lines"]) == 1
    assert response.context["paging"].previous_url == "?was=netzwerk&seite=1"
