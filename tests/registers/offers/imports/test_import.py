"""Lists of offers, as messy as they come, on their way into the register."""

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

from knotenpunkt.foundation.accounts.actors import ANYONE, System
from knotenpunkt.foundation.audit.models import Entry
from knotenpunkt.foundation.networks.models import Network
from knotenpunkt.foundation.networks.scope import in_network
from knotenpunkt.registers.areas.models import Place, Precision
from knotenpunkt.registers.offers.actions import save_offer, withdraw_offer
from knotenpunkt.registers.offers.imports import keys
from knotenpunkt.registers.offers.imports.drafts.rows import draft
from knotenpunkt.registers.offers.imports.drafts.shapes import Rejected, Sheet
from knotenpunkt.registers.offers.imports.fields import FIELDS, VOCABULARY
from knotenpunkt.registers.offers.imports.importer import ImportResult, import_offers
from knotenpunkt.registers.offers.imports.topics import TopicIndex
from knotenpunkt.registers.offers.models import Offer, Schedule, Status
from knotenpunkt.registers.partners.actions import save_organisation
from knotenpunkt.registers.partners.models import Contact, Level, Organisation
from knotenpunkt.tools.imports.columns import Field
from knotenpunkt.tools.imports.models import Link, Profile, Run
from knotenpunkt.tools.imports.report import Outcome
from knotenpunkt.tools.imports.tables import Row, Table, UnreadableFile
from knotenpunkt.tools.search.models import Entry as Findable
from tests.registers.offers.imports.conftest import Importing

pytestmark = pytest.mark.django_db

HEAD = "Angebot;Träger;Straße;PLZ;Ort;Telefon;E-Mail;Öffnungszeiten;Alter;Kosten\n"
LINE = (
    "Elterncafé;Wegwarte e. V.;Körnerweg 8;9599;Freiberg;03731 12345 oder 0172 1234567;"
    "cafe@example.org;Mo-Fr 8-12 Uhr;0-3 Jahre;kostenlos\n"
)


def codes(result: ImportResult) -> list[str]:
    return sorted(remark.code for row in result.report.rows for remark in row.remarks)


def one(network: Network) -> Offer:
    with in_network(network):
        offer: Offer = Offer.objects.select_related("provider").get()
    return offer


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


def test_the_same_file_again_changes_nothing(bring: Importing, network_a: Network) -> None:
    bring(HEAD + LINE)
    with in_network(network_a):
        before = Entry.objects.exclude(deed="imports.run").count()
    result = bring(HEAD + LINE)
    assert result.counts.last_line == "created=0 updated=0 unchanged=1 warnings=1 rejected=0"
    with in_network(network_a):
        assert Entry.objects.exclude(deed="imports.run").count() == before
        assert Run.objects.count() == 2


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


def test_equal_rows_are_both_kept_and_told(bring: Importing, network_a: Network) -> None:
    result = bring(HEAD + LINE + LINE)
    assert result.counts.created == 2
    assert codes(result).count("doubled_row") == 1
    assert bring(HEAD + LINE + LINE).counts.unchanged == 2


def test_bodies_are_shared_facilities_are_not(bring: Importing, network_a: Network) -> None:
    text = (
        "Kita;Träger;Adresse;PLZ\n"
        "Engelsby;Hilfe e.V.;Weg 1;24943\n"
        "Engelsby;HILFE  e. V.;Weg 1;24943\n"
        "Engelsby;Andere gGmbH;Weg 1;24943\n"
    )
    result = bring(text, "kitas.csv")
    assert result.counts.created == 3
    with in_network(network_a):
        assert Organisation.objects.filter(level=Level.BODY).count() == 2
        assert Organisation.objects.filter(level=Level.FACILITY).count() == 3
        assert Offer.objects.filter(kind="childcare", topics__key="kita").count() == 3
    assert bring(text, "kitas.csv").counts.unchanged == 3


def test_several_offers_may_name_one_facility(bring: Importing, network_a: Network) -> None:
    text = (
        "Angebot;Einrichtung;Träger;Straße;PLZ\n"
        "Krabbelgruppe;Haus Sonne;Verein;Weg 1;09599\n"
        "Elterncafé;Haus Sonne;Verein;Weg 1;09599\n"
        "Elterncafé;Haus Sonne;Verein;Weg 2;09599\n"
    )
    assert bring(text).counts.created == 3
    with in_network(network_a):
        assert Organisation.objects.filter(level=Level.FACILITY).count() == 2
        assert Offer.objects.count() == 3
    assert bring(text).counts.unchanged == 3


IDS = "ID;Angebot;Träger;PLZ;Beschreibung\n"


def test_an_id_finds_a_row_whose_words_changed(bring: Importing, network_a: Network) -> None:
    bring(IDS + "7;Alt;Verein;09599;x\n8;Anderes;Verein;09599;y\n")
    result = bring(IDS + "8;Anderes;Verein;09599;y\n7;Neu;Verein;04720;z\n")
    assert (result.counts.updated, result.counts.unchanged, result.counts.created) == (1, 1, 0)
    with in_network(network_a):
        offer = Offer.objects.get(title="Neu")
        place = offer.at_places.get().place
        assert (offer.description, place.postal_code, place.town) == ("z", "04720", "Döbeln")
        assert Link.objects.get(external_id="7", kind="offer").object_id == offer.pk


@pytest.mark.parametrize("name", ["lfd. Nr.", "Nr.", "Zeile", "#", "OBJECTID"])
def test_running_numbers_are_no_ids(bring: Importing, name: str) -> None:
    head = f"{name};Angebot;Träger;PLZ\n"
    bring(head + "1;A;Verein;09599\n2;B;Verein;09599\n")
    result = bring(head + "1;B;Verein;09599\n2;C;Verein;09599\n")
    assert (result.counts.created, result.counts.unchanged) == (1, 1)


def test_a_bare_number_that_does_not_count_is_an_id(bring: Importing) -> None:
    bring("Nr.;Angebot;Träger\nK-17;A;Verein\nK-04;B;Verein\n")
    assert bring("Nr.;Angebot;Träger\nK-17;A2;Verein\nK-04;B;Verein\n").counts.updated == 1


def test_an_id_in_two_rows_identifies_nothing(bring: Importing) -> None:
    text = IDS + "7;A;Verein;09599;x\n7;B;Verein;09599;y\n"
    result = bring(text)
    assert result.counts.created == 2
    assert codes(result).count("doubled_id") == 2
    assert bring(text).counts.unchanged == 2


def test_ids_belong_to_their_source(bring: Importing) -> None:
    bring(IDS + "7;A;Verein;09599;x\n", source="eins")
    assert bring(IDS + "7;B;Verein;09599;x\n", source="zwei").counts.created == 1
    assert (
        bring(IDS + "7;A;Verein;09599;x\n", "andere_2025.csv", source="eins").counts.unchanged == 1
    )


def test_next_years_file_is_the_same_source(bring: Importing) -> None:
    bring(HEAD + LINE, "angebote_2024.csv")
    assert bring(HEAD + LINE, "angebote_2025.csv").counts.unchanged == 1


def test_what_was_changed_by_hand_stays_and_is_told(bring: Importing, network_a: Network) -> None:
    bring(IDS + "7;Alt;Verein;09599;x\n")
    with in_network(network_a):
        save_offer(actor=System("hand"), offer=Offer.objects.get(), title="Von Hand")
    assert bring(IDS + "7;Alt;Verein;09599;x\n").counts.unchanged == 1
    result = bring(IDS + "7;Neu;Verein;09599;y\n")
    assert result.counts.updated == 1
    kept = [r for row in result.report.rows for r in row.remarks if r.code == "changed_by_hand"]
    assert [(r.original, r.cleaned) for r in kept] == [("Neu", "Von Hand")]
    offer = one(network_a)
    assert (offer.title, offer.description) == ("Von Hand", "y")


def test_what_was_withdrawn_by_hand_stays_withdrawn(bring: Importing, network_a: Network) -> None:
    bring(HEAD + LINE)
    with in_network(network_a):
        withdraw_offer(actor=System("hand"), offer=Offer.objects.get())
    bring(HEAD + LINE)
    assert one(network_a).status == Status.WITHDRAWN


def test_vanished_rows_are_told_and_withdrawn_only_when_asked(
    bring: Importing, network_a: Network
) -> None:
    both, rest = IDS + "7;A;V;09599;x\n8;B;V;09599;y\n", IDS + "7;A;V;09599;x\n"
    bring(both)
    result = bring(rest)
    assert [row.outcome for row in result.report.rows] == [Outcome.UNCHANGED, Outcome.VANISHED]
    assert result.counts.rows == 1
    with in_network(network_a):
        assert Offer.objects.get(title="B").status == Status.PUBLISHED
    assert bring(rest, withdraw_missing=True).report.rows[1].outcome is Outcome.WITHDRAWN
    with in_network(network_a):
        offer = Offer.objects.get(title="B")
        assert offer.status == Status.WITHDRAWN
        assert not Findable.objects.filter(object_id=offer.pk).exists()
    assert len(bring(rest).report.rows) == 1
    assert bring(both).counts.updated == 1
    with in_network(network_a):
        assert Offer.objects.get(title="B").status == Status.PUBLISHED


def test_a_row_that_lost_its_title_has_not_vanished(bring: Importing, network_a: Network) -> None:
    bring(IDS + "7;A;V;09599;x\n8;B;V;09599;y\n")
    result = bring(IDS + "7;A;V;09599;x\n8;;V;09599;y\n", withdraw_missing=True)
    assert [row.outcome for row in result.report.rows] == [Outcome.UNCHANGED, Outcome.REJECTED]


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


def test_a_known_body_is_used_and_not_overwritten(bring: Importing, network_a: Network) -> None:
    with in_network(network_a):
        body = save_organisation(
            actor=System("hand"),
            level=Level.BODY,
            name="Wegwarte e.V.",
            website="https://w.example",
        )
    result = bring(HEAD + LINE)
    assert "unknown_provider" not in codes(result)
    assert one(network_a).provider_id == body.pk


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


def test_profiles_are_remembered_and_used(
    bring: Importing, network_a: Network, tmp_path: Path
) -> None:
    profile = tmp_path / "kreis.json"
    profile.write_text(
        json.dumps(
            {"columns": {"title": "Spalte1", "body": "Spalte2"}, "fixed": {"town": "Freiberg"}}
        )
    )
    bring("Spalte1;Spalte2\nA;V\n", "x.csv", profile=str(profile))
    result = bring("Spalte1;Spalte2\nA;V\nB;V\n", "y.csv", profile="kreis")
    assert (result.counts.created, result.counts.unchanged, result.source) == (1, 1, "kreis")
    with in_network(network_a):
        assert Place.objects.filter(town="Freiberg").count() == 2


def test_a_profile_that_nobody_knows_is_told(bring: Importing) -> None:
    text = "Angebot;Träger\nA;V\n"
    tried = bring(text, profile="kries", dry_run=True)
    assert "Das Profil „kries“ ist neu und würde gemerkt. " in tried.mapping_lines()[-1]
    done = bring(text, profile="kries")
    assert done.mapping_lines()[-1] == (
        "Das Profil „kries“ ist neu und wurde gemerkt."
        " Kennungen und Schlüssel gehören zu einer neuen Quelle: kries."
    )
    assert not any("kries" in line for line in bring(text, profile="kries").mapping_lines())
    named = bring(text, profile="anders", source="kries")
    assert named.mapping_lines()[-1] == "Das Profil „anders“ ist neu und wurde gemerkt."


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


# The real lists


def test_flensburg(real_files: Path, network_a: Network) -> None:
    path = real_files / "flensburg_kitas_2024.csv"
    first = import_offers(actor=System("test"), network=network_a, path=path)
    assert (first.counts.created, first.counts.rejected, first.exit_code) == (70, 0, 0)
    with in_network(network_a):
        assert Offer.objects.filter(title="Engelsby").count() == 3
        assert Offer.objects.filter(title="KiTa Marienallee").count() == 2
        assert Organisation.objects.filter(level=Level.FACILITY).count() == 70
        schools = Organisation.objects.filter(name__startswith="Dansk Skoleforening")
        assert [body.facilities.count() for body in schools] == [14]
        assert Offer.objects.get(title="Kinderhaus").capacity == 60
        assert Place.objects.filter(town="Flensburg").count() >= 69
        assert Schedule.objects.values("offer").distinct().count() == 70
    again = import_offers(actor=System("test"), network=network_a, path=path)
    assert (again.counts.unchanged, again.counts.rows) == (70, 70)


def test_chemnitz(real_files: Path, network_a: Network) -> None:
    path = real_files / "chemnitz_Kitas_ohne_Tagespflege.geojson"
    first = import_offers(actor=System("test"), network=network_a, path=path)
    assert (first.counts.created, first.counts.rejected) == (176, 0)
    with in_network(network_a):
        assert Offer.objects.filter(topics__key="hort").count() == 70
        assert Offer.objects.filter(topics__key="kita").count() == 118
        assert Organisation.objects.filter(level=Level.BODY).count() == 37
        assert not Place.objects.exclude(precision=Precision.EXACT).exists()
        assert Link.objects.filter(kind="offer").exclude(external_id="").count() == 176
        assert set(Place.objects.values_list("step_free", flat=True)) == {"yes", "no"}
    again = import_offers(actor=System("test"), network=network_a, path=path)
    assert (again.counts.unchanged, again.counts.warnings) == (176, first.counts.warnings)


def workbook(**sheets: list[list[Any]]) -> bytes:
    book = Workbook()
    book.remove(book.active)
    for name, lines in sheets.items():
        sheet = book.create_sheet(name)
        for line in lines:
            sheet.append(line)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def test_offers_refer_to_a_list_of_organisations(bring: Importing, network_a: Network) -> None:
    content = workbook(
        Angebote=[
            ["ID", "Angebot", "Organisations-ID", "Anbieter", "PLZ"],
            ["a", "Krabbelgruppe", 1, None, "09599"],
            ["b", "Elterncafé", None, "Familienzentrum  Mitte", "09599"],
            ["c", "Beratung", 99, None, "09599"],
            ["d", "Kurs", None, "Nirgends gGmbH", "09599"],
        ],
        Organisationen=[
            ["ID", "Name", "Träger", "PLZ", "Telefon"],
            [1, "Haus Sonne", "Verein e. V.", "09599", "03731 12345"],
            [2, "Familienzentrum Mitte", None, "04720", None],
            [3, None, None, None, None],
        ],
    )
    result = bring(content, "liste.xlsx")
    assert (result.counts.created, result.counts.rejected) == (6, 1)
    assert codes(result) == ["unknown_provider", "unknown_provider"]
    with in_network(network_a):
        first = Offer.objects.get(title="Krabbelgruppe").provider
        assert (first.full_name, first.place.town) == ("Haus Sonne, Verein e. V.", "Freiberg")
        assert first.contacts.get().phones.get().shown == "03731 12345"
        assert Offer.objects.get(title="Elterncafé").provider.place.town == "Döbeln"
        assert Offer.objects.get(title="Kurs").provider.name == "Nirgends gGmbH"
        assert Organisation.objects.count() == 5
    again = bring(content, "liste.xlsx")
    assert (again.counts.unchanged, again.counts.updated, again.counts.created) == (6, 0, 0)
    moved = content_with_other_phone()
    assert bring(moved, "liste.xlsx").counts.updated == 1


def content_with_other_phone() -> bytes:
    return workbook(
        Angebote=[["ID", "Angebot", "Organisations-ID"], ["a", "Krabbelgruppe", 1]],
        Organisationen=[
            ["ID", "Name", "Träger", "PLZ", "Telefon"],
            [1, "Haus Sonne", "Verein e. V.", "09599", "03731 54321"],
        ],
    )


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
