"""The lists of partners at the desk: what they find, in which order, and for whom."""

from __future__ import annotations

import csv
import io

import pytest
from django.test import Client
from openpyxl import load_workbook

from knotenpunkt.foundation.audit.models import Entry
from knotenpunkt.foundation.networks.models import Network
from knotenpunkt.foundation.networks.scope import in_network
from knotenpunkt.registers.areas.models import RegionCoordinator
from knotenpunkt.registers.partners.models import Tag
from tests.conftest import Cast
from tests.registers.partners.desk.conftest import LIST, PEOPLE, Names, Partners

pytestmark = pytest.mark.django_db
COURT, GONE, BODY = "Amtsgericht Döbeln", "Alter Verein", "Verein Brückenweg e. V."
HOUSE, PRACTICE = "Familienhaus Lindenbrücke", "Ärztehaus am Markt"
EVERY = [PRACTICE, GONE, COURT, HOUSE, BODY]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", EVERY),
        ("sort=-name", EVERY[::-1]),
        ("sort=-bestaetigt", [BODY, HOUSE, PRACTICE, COURT, GONE]),
        ("sort=-gesehen", [HOUSE]),
        ("sort=ort", [HOUSE, PRACTICE]),
        ("stand=dabei", [PRACTICE, COURT, HOUSE, BODY]),
        ("stand=faellig", [PRACTICE, COURT]),
        ("stand=ohne-kontakt", [COURT]),
        ("stand=ausgeschieden", [GONE]),
        ("art=family_court", [COURT]),
        ("ebene=body", [GONE, BODY]),
        ("traeger=bruckenweg", [HOUSE, BODY]),
        ("q=lindenbruecke", [HOUSE]),
        ("q=wiesner", [PRACTICE, HOUSE]),
        ("q=lenkungskreis", [HOUSE]),
        ("q=04720", [HOUSE]),
        ("q=aerztehaus+freiberg", [PRACTICE]),
        ("bestaetigt=nie", [GONE, COURT]),
        ("bestaetigt=3", [HOUSE, BODY]),
        ("bestaetigt=nicht-12", [PRACTICE]),
        ("gesehen=12", [HOUSE]),
        ("gesehen=nie&stand=dabei", [PRACTICE, COURT, BODY]),
        ("partner=ja", [COURT, HOUSE, BODY]),
        ("partner=nein", [PRACTICE, GONE]),
        ("ohne-ort=ja", [GONE, COURT, BODY]),
        ("region=alle&stand=dabei", [PRACTICE, COURT, BODY]),
    ],
)
def test_which_organisations_are_found(names: Names, query: str, expected: list[str]) -> None:
    found = names(query)
    assert found[: len(expected)] == expected
    assert len(found) == len(expected) or "sort=" in query


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ["Böttcher, Hanne", "Kirsanow, Oleg", "Öztürk, Dr. med. Mira", "Wiesner, Jana"]),
        ("stand=ohne-aufgabe", ["Böttcher, Hanne", "Kirsanow, Oleg"]),
        ("stand=faellig", ["Böttcher, Hanne", "Kirsanow, Oleg", "Öztürk, Dr. med. Mira"]),
        ("q=ozturk", ["Öztürk, Dr. med. Mira"]),
        ("q=leitung", ["Wiesner, Jana"]),
        ("bei=lindenbrucke", ["Wiesner, Jana"]),
        ("wird-gefragt=ja", ["Wiesner, Jana"]),
        ("ohne-mail=ja", ["Böttcher, Hanne", "Kirsanow, Oleg"]),
        ("art=health_profession", ["Öztürk, Dr. med. Mira", "Wiesner, Jana"]),
        ("gesehen=12", ["Wiesner, Jana"]),
    ],
)
def test_which_people_are_found(names: Names, query: str, expected: list[str]) -> None:
    assert names(query, PEOPLE) == expected


def test_by_tag_own_kind_profession_and_region(names: Names, partners: Partners) -> None:
    with in_network(partners.house.network):
        tag = Tag.objects.get()
    assert names(f"schlagwort={tag.pk}") == [HOUSE]
    assert names(f"unterart={partners.practice.sub_kind_id}") == [PRACTICE]
    assert names(f"region={partners.annaberg.pk}") == [HOUSE]
    assert names(f"region={partners.annaberg.pk}", PEOPLE) == ["Wiesner, Jana"]
    assert names(f"beruf={partners.mira.profession_id}", PEOPLE) == ["Öztürk, Dr. med. Mira"]


def test_who_named_no_region_counts_where_it_lies(
    names: Names, partners: Partners, network_a: Network
) -> None:
    with in_network(network_a):
        partners.annaberg.postal_codes = ["09599"]
        partners.annaberg.save(update_fields=["postal_codes"])
    assert names(f"region={partners.annaberg.pk}") == [PRACTICE, HOUSE]


def test_my_region_comes_first_for_who_looks_after_one(
    petra: Client, cast: Cast, partners: Partners, network_a: Network
) -> None:
    def options() -> list[str]:
        field = petra.get(LIST).context["shown"].form.fields["region"]
        return [str(label) for _value, label in field.choices]

    assert not [one for one in options() if one.startswith("Meine Region")]
    with in_network(network_a):
        RegionCoordinator.objects.create(region=partners.annaberg, user=cast.petra)
    assert options()[1] == "Meine Region: Altkreis Annaberg"
    rows = petra.get(f"{LIST}?region=meine").context["shown"].rows
    assert [row.cells[0].text for row in rows] == [HOUSE]


def test_readers_see_all_and_change_nothing(client: Client, cast: Cast, partners: Partners) -> None:
    client.force_login(cast.birgit)
    answer = client.get(LIST)
    page = answer.content.decode()
    assert answer.context["shown"].total == 5
    for action in ('name="wahl"', "Exportieren", "Organisation anlegen", "Liste einlesen"):
        assert action not in page
    assert "wiesner@example.org" in client.get(PEOPLE).content.decode()
    assert "03431 55014" not in client.get(PEOPLE).content.decode()


def test_providers_see_only_their_own(frida: Client, partners: Partners) -> None:
    rows = frida.get(LIST).context["shown"].rows
    assert [row.cells[0].text for row in rows] == [HOUSE]
    people = frida.get(PEOPLE).context["shown"].rows
    assert [row.cells[0].text for row in people] == ["Kirsanow, Oleg", "Wiesner, Jana"]
    jana = people[1].cells[1]
    assert jana.text == HOUSE  # and not the practice where she works too


def test_a_file_holds_exactly_the_list_and_the_audit_tells_of_it(
    petra: Client, partners: Partners, inside_a: Network
) -> None:
    answer = petra.post(f"{LIST}speichern/?art=family_education", {"form": "csv"})
    text = b"".join(answer).decode("utf-8-sig")  # type: ignore[call-overload]
    rows = list(csv.DictReader(io.StringIO(text), delimiter=";"))
    assert [(row["Organisation"], row["Träger"], row["Regionen"]) for row in rows] == [
        (HOUSE, BODY, "Altkreis Annaberg")
    ]
    assert rows[0]["Ansprechpartner"] == "Jana Wiesner"
    assert rows[0]["Telefon"] == "03431 55014"
    entry = Entry.objects.get(deed="partners.export")
    assert entry.changes["list"] == [None, "art=family_education"]
    assert "E-Mail" in entry.changes["personal"][1]


def test_people_are_saved_with_each_of_their_roles(petra: Client, partners: Partners) -> None:
    answer = petra.post(f"{PEOPLE}speichern/", {"form": "xlsx"})
    sheet = load_workbook(io.BytesIO(b"".join(answer))).active  # type: ignore[call-overload]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]
    assert [(row[4], row[6]) for row in rows] == [
        ("Böttcher", None),
        ("Kirsanow", None),
        ("Öztürk", PRACTICE),
        ("Wiesner", PRACTICE),
        ("Wiesner", HOUSE),
    ]


def test_cells_of_a_file_are_no_formulas(
    petra: Client, partners: Partners, network_a: Network
) -> None:
    with in_network(network_a):
        partners.house.name = "=1+1"
        partners.house.save(update_fields=["name"])
    answer = petra.post(f"{LIST}speichern/?art=family_education", {"form": "csv"})
    assert ";'=1+1;" in b"".join(answer).decode("utf-8-sig")  # type: ignore[call-overload]


def test_an_empty_register_says_how_to_begin(petra: Client, network_a: Network) -> None:
    page = petra.get(LIST).content.decode()
    assert "Noch kein Partner" in page


@pytest.mark.parametrize(("page", "art"), [("", "einrichtungen"), ("personen/", "personen")])
def test_the_lists_lead_to_double_entries(client: Client, cast: Cast, page: str, art: str) -> None:
    there = f'href="/mitte/desk/partner/doppelte/?art={art}"'
    for user, leads in ((cast.petra, True), (cast.birgit, False)):
        client.force_login(user)
        assert (there in client.get(f"/mitte/desk/partner/{page}").content.decode()) is leads


def test_a_provider_without_people_reads_how_they_come_in(
    client: Client, cast: Cast, network_a: Network
) -> None:
    client.force_login(cast.frida)
    text = client.get(PEOPLE).content.decode()
    assert "Noch keine Person" in text and "Noch kein Partner" not in text
