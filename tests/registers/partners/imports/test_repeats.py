"""Rows that tell of the same person or office once more are one record, whichever way they come."""

from __future__ import annotations

from typing import Any

import pytest

from knotenpunkt.foundation.networks.models import Network
from knotenpunkt.foundation.networks.scope import in_network
from knotenpunkt.registers.partners.imports.work import BATCH
from knotenpunkt.registers.partners.models import Contact, Organisation, Person
from tests.registers.partners.imports.conftest import Bring

pytestmark = pytest.mark.django_db(transaction=True)

OFFICE = "Einrichtung;Telefon\n"
JUGENDAMT = "Jugendamt;03731 799\n"
PEOPLE = "Einrichtung;Ansprechpartner;Funktion;Telefon;E-Mail\n"
ANNA = "Kita Käfer;Anna Müller;Leitung;030 23125014;anna@example.org\n"


def _outcomes(result: Any) -> list[str]:
    return [str(row.outcome) for row in result.report.rows]


def _numbers(network: Network) -> list[str]:
    with in_network(network):
        return [one.shown for one in Contact.objects.get().phones.all()]


def _remarks(result: Any) -> list[tuple[str, str, str]]:
    return [
        (one.code, one.original, one.cleaned) for row in result.report.rows for one in row.remarks
    ]


@pytest.mark.parametrize("dry_run", [True, False], ids=["dry", "real"])
@pytest.mark.parametrize(
    "told", [OFFICE + JUGENDAMT * 2, PEOPLE + ANNA * 2, "Einrichtung\nJugendamt\nJugendamt\n"]
)
def test_the_same_row_twice_is_one_record(
    bring: Bring, network_a: Network, told: str, dry_run: bool
) -> None:
    result = bring(told, dry_run=dry_run)
    assert _outcomes(result) == ["created", "unchanged"] and not _remarks(result)
    with in_network(network_a):
        assert Organisation.objects.count() == (0 if dry_run else 1)
        assert Contact.objects.count() <= 1


def test_further_numbers_are_added_and_stay_at_the_next_import(
    bring: Bring, network_a: Network
) -> None:
    told = OFFICE + JUGENDAMT + "Jugendamt;03731 7991234\n"
    assert _outcomes(bring(told)) == ["created", "updated"]
    assert _numbers(network_a) == ["03731 799", "03731 7991234"]
    assert _outcomes(bring(told)) == ["unchanged", "unchanged"]
    assert _numbers(network_a) == ["03731 799", "03731 7991234"]


def test_across_batches(bring: Bring, network_a: Network) -> None:
    between = "".join(f"Kita Nr {place};\n" for place in range(2 * BATCH))
    told = OFFICE + JUGENDAMT + between + JUGENDAMT + "Jugendamt;03731 7991234\n"
    first = bring(told).counts
    assert (first.created, first.updated, first.unchanged) == (1 + 2 * BATCH, 1, 1)
    assert bring(told).counts.unchanged == 3 + 2 * BATCH == first.rows
    with in_network(network_a):
        assert Contact.objects.filter(organisation__name="Jugendamt").count() == 1


def test_what_is_otherwise_is_told_with_the_row_where_it_stands(
    bring: Bring, network_a: Network
) -> None:
    again = ANNA.replace("Leitung", "Vertretung").replace("anna@", "mueller@")
    result = bring(PEOPLE + ANNA + again)
    assert _outcomes(result) == ["created", "unchanged"]
    assert _remarks(result) == [
        ("told_before", "Vertretung", "Leitung"),
        ("told_before", "mueller@example.org", "anna@example.org"),
    ]
    assert "2" in result.report.rows[1].remarks[0].reason
    with in_network(network_a):
        assert Contact.objects.get().email == "anna@example.org"


def test_what_was_left_open_is_filled(bring: Bring, network_a: Network) -> None:
    result = bring(PEOPLE + "Kita Käfer;Anna Müller;;;\n" + ANNA)
    assert _outcomes(result) == ["created", "updated"] and not _remarks(result)
    with in_network(network_a):
        role = Contact.objects.get()
        assert (role.function, role.email) == ("Leitung", "anna@example.org")


def test_twice_in_one_row(bring: Bring, network_a: Network) -> None:
    head = "Einrichtung;Ansprechpartner 1;Telefon 1;Ansprechpartner 2;Telefon 2\n"
    bring(head + "Kita Käfer;Anna Müller;030 23125014;Anna Müller;030 23125015\n")
    assert _numbers(network_a) == ["030 23125014", "030 23125015"]


def test_a_note_stays_with_its_own_person(bring: Bring, network_a: Network) -> None:
    head = "Einrichtung;Ansprechpartner;Bemerkung\n"
    bring(head + "Kita Käfer;Anna Müller;\nKita Käfer;Ute Arndt;\nKita Käfer;Ute Arndt;nur früh\n")
    with in_network(network_a):
        notes = dict(Person.objects.values_list("given_name", "internal_note"))
    assert notes == {"Anna": "", "Ute": "nur früh"}


def test_two_cards_of_one_person(bring: Bring, network_a: Network) -> None:
    card = (
        "BEGIN:VCARD\r\nVERSION:3.0\r\nN:Arndt;Ute;;;\r\nORG:Praxis Zweiglein;Empfang\r\n"
        "TEL:03731 2312{}\r\nEND:VCARD\r\n"
    )
    result = bring(card.format("5") + card.format("6"), "kontakte.vcf")
    assert _outcomes(result) == ["created", "updated"]
    with in_network(network_a):
        role = Contact.objects.get()
        assert (role.organisation.full_name, role.function) == ("Praxis Zweiglein", "Empfang")
        assert role.phones.count() == 2


def test_a_card_with_nothing_but_a_name(bring: Bring, network_a: Network) -> None:
    card = "BEGIN:VCARD\r\nVERSION:3.0\r\n{}\r\nEND:VCARD\r\n"
    other = card.format("N:Roth;Jens;;;\r\nORG:Wegwarte e. V.;Kita Käfer")
    result = bring(card.format("FN:Ute Arndt") + other, "kontakte.vcf")
    assert result.counts.created == 2
    with in_network(network_a):
        assert Person.objects.get(family_name="Arndt").roles.get().organisation.name == "Ute Arndt"
        kita = Organisation.objects.get(name="Kita Käfer")
        assert kita.body is not None and kita.body.name == "Wegwarte e. V."
