"""A list that comes for the first time, as messy as they come."""

from __future__ import annotations

import io
import json
from datetime import date, time
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from knotenpunkt.foundation.accounts.actors import ANYONE
from knotenpunkt.foundation.audit.models import Entry
from knotenpunkt.foundation.networks.models import Network
from knotenpunkt.foundation.networks.scope import in_network
from knotenpunkt.registers.areas.models import Precision
from knotenpunkt.registers.offers.imports import keys
from knotenpunkt.registers.offers.imports.drafts.rows import draft
from knotenpunkt.registers.offers.imports.drafts.shapes import Rejected, Sheet
from knotenpunkt.registers.offers.imports.fields import FIELDS, VOCABULARY
from knotenpunkt.registers.offers.imports.importer import import_offers
from knotenpunkt.registers.offers.imports.topics import TopicIndex
from knotenpunkt.registers.offers.models import Offer, Schedule, Status
from knotenpunkt.registers.partners.models import Contact, Level, Organisation
from knotenpunkt.tools.imports.columns import Field
from knotenpunkt.tools.imports.models import Link, Profile, Run
from knotenpunkt.tools.imports.report import Outcome
from knotenpunkt.tools.imports.tables import Row, Table, UnreadableFile
from knotenpunkt.tools.search.models import Entry as Findable
from tests.registers.offers.imports.conftest import Importing
from tests.registers.offers.imports.lists import HEAD, LINE, codes, one, workbook

pytestmark = pytest.mark.django_db


def test_a_row_arrives_whole(bring: Importing, network_a: Network) -> None:
    result = bring(HEAD + LINE)
    assert result.counts.last_line.startswith("created=1 updated=0 unchanged=0")
    assert codes(result) == ["leading_zero", "unknown_provider"]
    with in_network(network_a):
        offer = Offer.objects.get()
        assert (offer.title, offer.provider.name) == ("Elterncafé", "Wegwarte e. V.")
        assert (offer.status, offer.costs, offer.age_from, offer.age_to) == (
            "published",
            "free",
            0,
            36,
        )
        assert offer.checked_on is None
        assert [time.weekday for time in offer.schedules.all()] == [0, 1, 2, 3, 4]
        place = offer.at_places.get().place
        assert (place.street, place.postal_code, place.precision) == (
            "Körnerweg 8", "09599", Precision.POSTAL_CODE,
        )  # fmt: skip
        contact = offer.contacts.get()
        assert contact.email == "cafe@example.org"
        assert [phone.shown for phone in contact.phones.all()] == ["03731 12345", "0172 1234567"]
        assert Findable.objects.filter(object_id=offer.pk).exists()
        assert offer.provider.is_public and contact.is_public


@pytest.mark.parametrize("encoding", ["cp1252", "utf-8-sig", "utf-16"])
def test_encodings(bring: Importing, network_a: Network, encoding: str) -> None:
    bring((HEAD + LINE).encode(encoding))
    assert one(network_a).title == "Elterncafé"


def test_rows_without_a_title_are_rejected_and_nothing_else(bring: Importing) -> None:
    result = bring(HEAD + LINE + ";Verein;;;;;;;;\nNur Titel;;;;;;;;;\n;;;;;;;;;\n")
    assert (result.counts.created, result.counts.rejected, result.exit_code) == (2, 1, 1)
    rejected = [row for row in result.report.rows if row.outcome is Outcome.REJECTED]
    assert [(row.number, bool(row.reason)) for row in rejected] == [(3, True)]
    assert "no_provider" in codes(result)


@pytest.mark.parametrize("line", ["9;Summe;;;42", "Gesamt;;;;42", ";Anzahl: 42;;;"])
def test_totals_are_no_offers(bring: Importing, line: str) -> None:
    result = bring(f"Nr;Angebot;Träger;Ort;Plätze\n1;Treff;Verein;Freiberg;42\n{line}\n")
    assert (result.counts.created, result.counts.rejected) == (1, 1)
    assert result.report.rows[1].reason == "Das ist eine Summenzeile und kein Angebot."


@pytest.mark.parametrize(
    ("head", "cells", "told"),
    [("Datum;Uhrzeit", "12.03.2026;15-17 Uhr", ("once", date(2026, 3, 12), None, 15, 17)),
     ("Datum;Uhrzeit", "2026-03-12;15:00", ("once", date(2026, 3, 12), None, 15, None)),
     ("Datum;von;bis", "12.03.2026;15:00;17:00", ("once", date(2026, 3, 12), None, 15, 17)),
     ("Datum/Uhrzeit", "12.03.2026 15 Uhr", ("once", date(2026, 3, 12), None, 15, None)),
     ("Beginn", "2026-03-12 15:00", ("once", date(2026, 3, 12), None, 15, None)),
     ("Beginn;Ende", "2026-03-12 15:00;2026-03-12 17:00",
      ("once", date(2026, 3, 12), None, 15, 17)),
     ("Beginn;Uhrzeit", "12.03.2026;15 Uhr", ("once", date(2026, 3, 12), None, 15, None)),
     ("Tag;Uhrzeit", "letzter Freitag im Monat;15 Uhr", ("monthly", None, -1, 15, None)),
     ("Termine", "jeden 2. Di im Monat 10 Uhr", ("monthly", None, 2, 10, None))],
)  # fmt: skip
def test_single_and_monthly_times(
    bring: Importing, network_a: Network, head: str, cells: str, told: tuple[Any, ...]
) -> None:
    text = f"Angebot;Träger;{head}\nTreff;Verein;{cells}\n"
    assert codes(bring(text)) == ["no_address", "unknown_provider"]
    with in_network(network_a):
        one_time = Schedule.objects.get()
    end = one_time.ends_at.hour if one_time.ends_at else None
    found = one_time.frequency, one_time.day, one_time.nth, one_time.starts_at.hour, end
    assert found == told
    assert bring(text).counts.unchanged == 1


def test_a_date_beside_weekdays_is_told(bring: Importing, network_a: Network) -> None:
    result = bring("Angebot;Träger;Datum;Zeiten\nTreff;Verein;1.3.2026;Mo 8-12 Uhr\n")
    assert "date_not_taken" in codes(result)
    with in_network(network_a):
        assert Schedule.objects.get().weekday == 0


def test_a_workbook_knows_dates_and_times(bring: Importing, network_a: Network) -> None:
    lines = [["Angebot", "Datum", "Uhrzeit"], ["Treff", date(2026, 3, 12), time(15, 30)]]
    bring(workbook(Liste=lines), "liste.xlsx")
    with in_network(network_a):
        row = Schedule.objects.get()
    assert (row.frequency, row.day, row.starts_at) == ("once", date(2026, 3, 12), time(15, 30))


def test_doubtful_values_arrive_with_a_warning(bring: Importing) -> None:
    line = "GrÃ¶ÃŸe;Verein;Weg 1;99999;Nirgends;0371;quatsch;ab und zu;Erwachsene;auf Anfrage\n"
    result = bring(HEAD + line)
    assert result.counts.created == 1
    assert codes(result) == sorted(
        ["broken_letters", "unknown_provider", "unknown_postal_code", "only_area_code", "no_mail",
         "times_as_text", "not_an_age", "unknown_costs"]
    )  # fmt: skip
    assert all(remark.field for row in result.report.rows for remark in row.remarks)


def test_a_dry_run_reports_the_same_and_keeps_nothing(bring: Importing, network_a: Network) -> None:
    text = HEAD + LINE + LINE + ";;;09599;;;;;;\n"
    tried = bring(text, dry_run=True, profile="neu")
    with in_network(network_a):
        assert not Offer.objects.exists() and not Organisation.objects.exists()
        assert not Run.objects.exists() and not Profile.objects.exists()
        assert not Findable.objects.exists() and not Entry.objects.exists()
    done = bring(text, profile="neu")
    assert tried.counts == done.counts
    assert tried.report.rows == done.report.rows


def test_drafts_are_not_public(bring: Importing, network_a: Network) -> None:
    bring(HEAD + LINE, draft=True)
    offer = one(network_a)
    assert offer.status == Status.DRAFT
    assert not offer.provider.is_public
    with in_network(network_a):
        assert not Contact.objects.get().is_public
        assert not Findable.objects.exists()


def test_a_checked_date_comes_only_from_the_file(bring: Importing, network_a: Network) -> None:
    bring("Angebot;Träger;zuletzt geprüft\nA;V;1.5.2024\n")
    assert str(one(network_a).checked_on) == "2024-05-01"


def test_sheets_with_different_columns(bring: Importing, network_a: Network) -> None:
    book = Workbook()
    book.active.title = "Kitas"
    for line in (
        ["Liste der Kitas"],
        [],
        ["Name", "Träger", "PLZ", "Krippenplätze"],
        ["Haus A", "Stadt", 9599, 12],
    ):
        book.active.append(line)
    other = book.create_sheet("Beratung")
    for line in (
        ["Titel", "Anbieter", "Tel", "Thema"],
        ["Schuldnerberatung", "Caritas", "03731 1234", "Schulden; Mond"],
    ):
        other.append(line)
    notes = book.create_sheet("Hinweise")
    for line in (["Diese Liste wird gepflegt von"], ["Frau Beispiel"]):
        notes.append(line)
    target = io.BytesIO()
    book.save(target)
    result = bring(target.getvalue(), "liste.xlsx")
    assert (result.counts.created, result.counts.rejected) == (2, 0)
    assert any("Hinweise" in note for note in result.notes)
    with in_network(network_a):
        assert Offer.objects.get(kind="childcare").capacity == 12
        advice = Offer.objects.get(kind="counselling")
        assert [topic.key for topic in advice.topics.all()] == ["schulden"]
    assert "unknown_topic" in codes(result)


def test_unrecognised_columns_are_told_and_kept(bring: Importing, network_a: Network) -> None:
    result = bring("Angebot;Träger;Lieblingsfarbe\nA;V;grün\n")
    assert any("Lieblingsfarbe" in line for line in result.mapping_lines())
    with in_network(network_a):
        assert Link.objects.get(kind="offer").original["Lieblingsfarbe"] == "grün"
    assert [note for note in result.report.notes if "Lieblingsfarbe" in note]


@pytest.mark.parametrize(
    ("column", "field"),
    [("Straße und Hausnr.", "address"), ("Strasse + Nr", "address"), ("Str./Hausnr.", "address"),
     ("Telefon / Mobil", "phones"), ("Träger/Anbieter", "body"), ("PLZ & Stadt", "town_line"),
     ("Uhrzeit", "times")],
)  # fmt: skip
def test_ordinary_names_of_columns(column: str, field: str) -> None:
    mapping = VOCABULARY.recognise(Table("", (column,), (Row(2, {column: "x"}),)))
    assert mapping.columns == {field: (column,)}


def test_nothing_recognised_is_unreadable(bring: Importing) -> None:
    with pytest.raises(UnreadableFile):
        bring("foo;bar\n1;2\n")


def test_only_those_who_may_import_can(network_a: Network, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(HEAD + LINE)
    with pytest.raises(PermissionDenied):
        import_offers(actor=ANYONE, network=network_a, path=path)


def test_progress_ends_with_all_rows(bring: Importing) -> None:
    told: list[tuple[int, int]] = []
    bring(HEAD + LINE * 3, progress=lambda done, total: told.append((done, total)))
    assert told[-1] == (3, 3)


def test_nothing_reaches_another_network(bring: Importing, network_b: Network) -> None:
    bring(HEAD + LINE)
    with in_network(network_b):
        assert not Offer.objects.exists() and not Link.objects.exists()


SERVICE: dict[str, Any] = {
    "id": "5f9c8d5e-0000-4000-8000-000000000001",
    "name": "Familienberatung",
    "status": "active",
    "minimum_age": 0,
    "maximum_age": 3,
    "assured_date": "2024-05-01",
    "organization": {"id": "o1", "name": "Verein", "description": "Wir helfen.", "website": "https://v.example"},
    "service_at_locations": [{"location": {"latitude": 50.91, "longitude": 13.34, "addresses": [
        {"address_1": "Weg 1", "city": "Freiberg", "postal_code": "09599"}]}}],
}  # fmt: skip


def test_hsds_services(bring: Importing, network_a: Network) -> None:
    closed = SERVICE | {"id": "2", "name": "Früher", "status": "defunct"}
    page = {"contents": [SERVICE, closed], "total_pages": 1}
    result = bring(json.dumps(page), "services.json")
    assert (result.counts.created, codes(result)) == (2, ["not_active"])
    with in_network(network_a):
        offer = Offer.objects.get(title="Familienberatung")
        assert (offer.age_from, offer.age_to, str(offer.checked_on)) == (0, 36, "2024-05-01")
        assert offer.at_places.get().place.precision == Precision.EXACT
        assert offer.provider.description == "Wir helfen."
        assert Offer.objects.get(title="Früher").status == Status.DRAFT
    renamed = SERVICE | {"organization": {"id": "o1", "name": "Verein Freiberg"}}
    assert bring(json.dumps([renamed, closed]), "services.json").counts.updated == 1
    with in_network(network_a):
        assert Organisation.objects.get(level=Level.BODY).name == "Verein Freiberg"


CELLS = st.one_of(
    st.none(),
    st.sampled_from(["", "Kita", "7768", "0371", "=1", "GrÃ¶ÃŸe", "Mo-Fr 8-12", "0-3 Jahre", "ja"]),
    st.text(max_size=25),
    st.integers(-10, 10**12),
    st.floats(allow_nan=True),
    st.booleans(),
)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(values=st.dictionaries(st.sampled_from(FIELDS), CELLS, max_size=14))
def test_every_row_becomes_a_draft_or_is_rejected(
    network_a: Network, values: dict[Field, Any]
) -> None:
    named = {
        field.names[0] if field.names else "Gruppe 0-3": cell for field, cell in values.items()
    }
    table = Table("", tuple(named), (Row(2, named),))
    mapping = VOCABULARY.recognise(table)
    sheet = Sheet(mapping, TopicIndex([]), has_ids=False, is_childcare=False)
    try:
        told = draft(table.rows[0], sheet)
    except Rejected:
        return
    assert told.title and len(told.title) <= 300
    assert json.dumps(told.offer) and json.dumps(told.place) and json.dumps(told.contact)
    assert keys.row_key(told)
