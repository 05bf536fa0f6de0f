"""A list that comes again: what is known again, what changed, and what stays."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from knotenpunkt.foundation.accounts.actors import System
from knotenpunkt.foundation.audit.models import Entry
from knotenpunkt.foundation.networks.models import Network
from knotenpunkt.foundation.networks.scope import in_network
from knotenpunkt.registers.areas.models import Place, Precision
from knotenpunkt.registers.offers.actions import save_offer, withdraw_offer
from knotenpunkt.registers.offers.imports.importer import import_offers
from knotenpunkt.registers.offers.models import Offer, Schedule, Status
from knotenpunkt.registers.partners.actions import save_organisation
from knotenpunkt.registers.partners.models import Level, Organisation
from knotenpunkt.tools.imports.models import Link, Run
from knotenpunkt.tools.imports.report import Outcome
from knotenpunkt.tools.search.models import Entry as Findable
from tests.registers.offers.imports.conftest import Importing
from tests.registers.offers.imports.lists import HEAD, IDS, LINE, codes, one, workbook

pytestmark = pytest.mark.django_db


def test_the_same_file_again_changes_nothing(bring: Importing, network_a: Network) -> None:
    bring(HEAD + LINE)
    with in_network(network_a):
        before = Entry.objects.exclude(deed="imports.run").count()
    result = bring(HEAD + LINE)
    assert result.counts.last_line == "created=0 updated=0 unchanged=1 warnings=1 rejected=0"
    with in_network(network_a):
        assert Entry.objects.exclude(deed="imports.run").count() == before
        assert Run.objects.count() == 2


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
