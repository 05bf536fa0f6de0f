"""Contact lists into the register: once, again, beside hand changes, and back out."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest
from openpyxl import Workbook

from knotenpunkt.foundation.audit.keys import forget_key
from knotenpunkt.foundation.networks.models import Network
from knotenpunkt.foundation.networks.scope import in_network
from knotenpunkt.registers.areas.actions import save_region
from knotenpunkt.registers.areas.models import Place
from knotenpunkt.registers.partners.actions import save_contact, save_organisation, save_person
from knotenpunkt.registers.partners.imports.undoing import foresee, undo_import
from knotenpunkt.registers.partners.models import (
    Audience,
    Contact,
    Organisation,
    Person,
    Phone,
    Tag,
)
from knotenpunkt.tools.imports.models import Link, Run, Step
from knotenpunkt.tools.imports.orders import Assigned
from knotenpunkt.tools.imports.report import ALIKE, Outcome
from tests.registers.partners.imports.conftest import ACTOR, Bring
from tests.tools.imports.card_files import FOLDED

pytestmark = pytest.mark.django_db(transaction=True)

HEAD = "Einrichtung;Träger;Straße;PLZ;Ort;Ansprechpartner;Telefon;E-Mail;Verteiler;Bemerkung\n"
KITA = (
    "Kita Sonnenkäfer;Wegwarte e. V.;Uferweg 4 a;04720;Döbeln;Frau Dr. Anna Müller;030 23125014;"
    "mueller@example.org;Steuerungsgruppe;mag keine Anrufe\n"
)
UTE = "Kita Sonnenkäfer;Wegwarte e. V.;Uferweg 4 a;04720;Döbeln;Ute Arndt;030 23125015;;;\n"
AMT = "Jugendamt;;Am Markt 1;09599;Freiberg;Sekretariat;030 23125016;amt@example.org;;\n"
LIST = HEAD + KITA + UTE + AMT


def _only(model: Any, **wanted: Any) -> Any:
    return model.objects.get(**wanted)


def test_a_list_arrives_with_people_ways_and_words(bring: Bring, network_a: Network) -> None:
    result = bring(LIST)
    assert result.counts.last_line == "created=3 updated=0 unchanged=0 warnings=1 rejected=0"
    with in_network(network_a):
        kita = _only(Organisation, name="Kita Sonnenkäfer")
        assert (kita.kind, kita.level, kita.body.name) == (
            "childcare",
            "facility",
            "Wegwarte e. V.",
        )
        assert kita.place.one_line == "Uferweg 4 a, 04720 Döbeln"
        assert [one.tag.name for one in kita.tag_links.all()] == ["Steuerungsgruppe"]
        anna = _only(Person, family_name="Müller")
        assert (anna.salutation, anna.title, anna.given_name) == ("Frau", "Dr.", "Anna")
        assert anna.internal_note == "mag keine Anrufe" and kita.internal_note == ""
        role = anna.roles.get()
        assert (role.organisation, role.name, role.email) == (
            kita,
            "Dr. Anna Müller",
            "mueller@example.org",
        )
        assert not role.is_public and role.email_audience == Audience.INTERNAL
        assert [one.dialled for one in role.phones.all()] == ["+493023125014"]
        office = _only(Contact, organisation__name="Jugendamt")
        assert (office.person, office.function) == (None, "Sekretariat")
        assert Person.objects.count() == 2


def test_the_same_list_again_changes_nothing(bring: Bring, network_a: Network) -> None:
    bring(LIST)
    with in_network(network_a):
        before = (Organisation.objects.count(), Person.objects.count(), Contact.objects.count())
    again = bring(LIST)
    assert again.counts.last_line == "created=0 updated=0 unchanged=3 warnings=0 rejected=0"
    with in_network(network_a):
        now = (Organisation.objects.count(), Person.objects.count(), Contact.objects.count())
        assert now == before


def test_a_changed_list_changes_and_hand_changes_stay(bring: Bring, network_a: Network) -> None:
    bring(LIST)
    with in_network(network_a):
        kita = _only(Organisation, name="Kita Sonnenkäfer")
        role = _only(Contact, person__family_name="Müller")
        save_contact(actor=ACTOR, organisation=kita, contact=role, email="neu@example.org")
    changed = LIST.replace("mueller@example.org", "anders@example.org").replace("4 a", "5")
    result = bring(changed)
    assert result.counts.updated == 1
    remarks = [one for row in result.report.rows for one in row.remarks]
    assert [one.code for one in remarks].count("changed_by_hand") == 1
    with in_network(network_a):
        assert _only(Contact, person__family_name="Müller").email == "neu@example.org"
        assert _only(Organisation, name="Kita Sonnenkäfer").place.street == "Uferweg 5"


def test_what_was_there_by_hand_is_found_again(bring: Bring, network_a: Network) -> None:
    with in_network(network_a):
        kita = save_organisation(actor=ACTOR, level="facility", name="KITA Sonnenkäfer")
        anna = save_person(actor=ACTOR, family_name="Müller", given_name="Anna")
        save_contact(actor=ACTOR, organisation=kita, person=anna, name="Anna Müller")
    result = bring(LIST)
    with in_network(network_a):
        assert Organisation.objects.filter(name__icontains="Sonnenkäfer").count() == 1
        anna.refresh_from_db()
        assert anna.title == "Dr." and anna.roles.get().email == "mueller@example.org"
    assert result.counts.updated == 1


def test_what_a_person_said_is_kept_sealed(bring: Bring, network_a: Network) -> None:
    bring(LIST)
    bring(LIST.replace("mueller@example.org", "anders@example.org"))
    with in_network(network_a):
        links = json.dumps(
            list(Link.objects.values_list("values", "original")), ensure_ascii=False, default=str
        )
        steps = json.dumps(list(Step.objects.values_list("before", flat=True)), default=str)
        for told in ("Müller", "mueller@", "anders@", "23125014", "keine Anrufe", "Arndt"):
            assert told not in links
            assert told not in steps
        assert "Sonnenkäfer" in links
        forget_key(_only(Person, family_name="Müller").pk)
    # Nobody knows any more what was imported of her: the list may fill what is empty.
    assert bring(LIST).counts.rejected == 0


def test_two_rows_of_one_house_are_one_house(bring: Bring, network_a: Network) -> None:
    bring(LIST)
    with in_network(network_a):
        kita = _only(Organisation, name="Kita Sonnenkäfer")
        assert {one.person.family_name for one in kita.contacts.all()} == {"Müller", "Arndt"}


def test_one_person_with_one_mailbox_serves_two_houses(bring: Bring, network_a: Network) -> None:
    other = KITA.replace("Kita Sonnenkäfer", "Hort Am Kanal")
    bring(HEAD + KITA + other)
    with in_network(network_a):
        assert _only(Person, family_name="Müller").roles.count() == 2


def test_regions_come_by_name_and_by_postal_code(bring: Bring, network_a: Network) -> None:
    with in_network(network_a):
        save_region(actor=ACTOR, name="Döbeln", kind="former_county", postal_codes=["04720"])
        save_region(actor=ACTOR, name="Freiberg", kind="former_county")
    told = HEAD.strip() + ";Region\n"
    bring(told + KITA.strip() + ";\n" + AMT.strip() + ";Altkreis Freiberg, Mond\n")
    with in_network(network_a):
        served = {
            one.name: [link.region.name for link in one.region_links.all()]
            for one in Organisation.objects.filter(level="facility")
            | Organisation.objects.filter(name="Jugendamt")
        }
    assert served == {"Kita Sonnenkäfer": ["Döbeln"], "Jugendamt": ["Freiberg"]}


def test_who_left_stays_in_the_history(bring: Bring, network_a: Network) -> None:
    bring(LIST)
    bring(LIST.replace("Ute Arndt", "Ute Arndt (bis 30.06.2024)"))
    with in_network(network_a):
        ute = _only(Person, family_name="Arndt")
        assert str(ute.left_on) == str(ute.roles.get().until) == "2024-06-30"


def test_a_dry_run_asks_who_is_perhaps_there(bring: Bring, network_a: Network) -> None:
    with in_network(network_a):
        place = Place(street="Uferweg 4", postal_code="04720", town="Döbeln")
        place.save()
        there = save_organisation(
            actor=ACTOR, level="facility", name="Kindertagesstätte Sonnenkaefer", place=place
        )
    result = bring(LIST, dry_run=True)
    (row,) = [one for one in result.report.rows if one.alike]
    assert row.alike[0].id == str(there.pk) and row.alike[0].title.startswith("Kindertagesstätte")
    assert "Gleiche" in row.alike[0].why or "Same" in row.alike[0].why
    assert [one.code for one in row.remarks].count(ALIKE) == 1
    with in_network(network_a):
        assert Organisation.objects.count() == 1
    mapping = result.mappings[0]
    same = Assigned({"": mapping}, decisions={("", 2): str(there.pk)})
    assert bring(LIST, assigned=same).report.rows[0].outcome is Outcome.UPDATED
    with in_network(network_a):
        assert Organisation.objects.filter(level="facility").get().pk == there.pk
    assert not any(one.alike for one in bring(LIST, dry_run=True).report.rows)


def test_an_import_goes_back_out_whole(bring: Bring, network_a: Network) -> None:
    bring(LIST)
    with in_network(network_a):
        run = Run.objects.get()
        assert foresee(run).go == ["Jugendamt", "Kita Sonnenkäfer", "Wegwarte e. V."]
    undo_import(actor=ACTOR, network=network_a, run_id=run.pk)
    with in_network(network_a):
        for model in (Organisation, Person, Contact, Phone, Place, Link):
            assert not model.objects.exists(), model


def test_undo_gives_back_what_was_there(bring: Bring, network_a: Network) -> None:
    bring(LIST)
    bring(LIST.replace("mueller@", "anders@").replace("4 a", "5").replace("Dr. ", "Prof. Dr. "))
    with in_network(network_a):
        run = Run.objects.order_by("-started_at").first()
    undo_import(actor=ACTOR, network=network_a, run_id=run.pk)
    with in_network(network_a):
        role = _only(Contact, person__family_name="Müller")
        assert (role.email, role.person.title) == ("mueller@example.org", "Dr.")
        assert role.organisation.place.street == "Uferweg 4 a"
    assert bring(LIST).counts.unchanged == 3


def test_what_somebody_added_since_stays(bring: Bring, network_a: Network) -> None:
    bring(LIST)
    with in_network(network_a):
        kita = _only(Organisation, name="Kita Sonnenkäfer")
        save_contact(actor=ACTOR, organisation=kita, function="Hausmeister")
        run = Run.objects.get()
    done = undo_import(actor=ACTOR, network=network_a, run_id=run.pk).undone
    assert done["stayed"] >= 1
    with in_network(network_a):
        assert _only(Contact, function="Hausmeister").organisation == kita


def test_undo_ends_with_an_erased_person(bring: Bring, network_a: Network) -> None:
    bring(LIST)
    bring(LIST.replace("Dr. ", "Prof. Dr. "))
    with in_network(network_a):
        run = Run.objects.order_by("-started_at").first()
        forget_key(_only(Person, family_name="Müller").pk)
    undo_import(actor=ACTOR, network=network_a, run_id=run.pk)
    with in_network(network_a):
        assert _only(Person, family_name="Müller").title == "Prof. Dr."


def test_vanished_rows_are_told_and_stay(bring: Bring, network_a: Network) -> None:
    bring(LIST)
    result = bring(HEAD + KITA + UTE)
    assert [one.title for one in result.report.rows if one.outcome is Outcome.VANISHED] == [
        "Jugendamt"
    ]
    with in_network(network_a):
        assert Organisation.objects.filter(name="Jugendamt", left_on=None).exists()


def test_several_sheets_of_a_workbook(bring: Bring, network_a: Network) -> None:
    book = Workbook()
    book.active.title = "Kitas"
    for line in (["Einrichtung", "PLZ", "Leitung"], ["Kita A", 4720, "Frau Kern"]):
        book.active.append(line)
    praxen = book.create_sheet("Ärzte")
    for line in (["Name", "Fachrichtung", "Ort"], ["Dr. med. Ute Beier", "Kinderarzt", "Freiberg"]):
        praxen.append(line)
    book.create_sheet("leer")
    target = io.BytesIO()
    book.save(target)
    result = bring(target.getvalue(), "kontakte.xlsx")
    assert result.counts.created == 2
    with in_network(network_a):
        found = dict(Organisation.objects.values_list("name", "kind"))
        assert found == {"Kita A": "childcare", "Dr. med. Ute Beier": "health_profession"}
        assert _only(Person, family_name="Beier").title == "Dr. med."


def test_an_address_book(bring: Bring, network_a: Network) -> None:
    assert bring(FOLDED, "kontakte.vcf").counts.created == 1
    with in_network(network_a):
        found = _only(Person, family_name="von der Heide-Müller")
        role = found.roles.get()
        assert role.organisation.full_name == "Kinderarztpraxis am Markt"
        assert role.function == "Sprechstunde"


def test_tags_are_added_and_never_taken(bring: Bring, network_a: Network) -> None:
    bring(LIST)
    bring(LIST.replace("Steuerungsgruppe", "iseF"))
    with in_network(network_a):
        assert set(Tag.objects.values_list("name", flat=True)) == {"Steuerungsgruppe", "iseF"}
        kita = _only(Organisation, name="Kita Sonnenkäfer")
        assert kita.tag_links.count() == 2
