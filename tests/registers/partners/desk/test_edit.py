"""The forms of partners: they keep what was typed, say what is wrong, and tell two people apart."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from knotenpunkt.foundation.audit.models import Entry
from knotenpunkt.foundation.audit.queries import opened
from knotenpunkt.foundation.networks.models import Network
from knotenpunkt.foundation.networks.scope import in_network
from knotenpunkt.registers.partners.actions import save_contact
from knotenpunkt.registers.partners.models import Contact, Organisation, Person, Release
from tests.conftest import Cast
from tests.factories import SYSTEM
from tests.registers.partners.desk.conftest import LIST, PEOPLE, Partners

pytestmark = pytest.mark.django_db


def filled(client: Client, page: str) -> dict[str, Any]:
    """What a browser would send back of a form that nobody changed."""
    context = client.get(page).context
    form, data = context["form"], {"gesehen": context["seen"]}
    for field in form:
        value = field.value()
        if value not in (None, "", False):
            data[field.html_name] = "on" if value is True else value
    if "sheet" in context:
        phones = context["sheet"].phones
        data[phones.count_name] = len(phones)
        for row in phones:
            data |= {one.html_name: one.value() for one in row if one.value()}
    return data


class TestOrganisation:
    """The form of an organisation."""

    def test_a_new_one_with_its_place_tags_and_body(
        self, petra: Client, partners: Partners, inside_a: Network
    ) -> None:
        answer = petra.post(f"{LIST}neu/", {
            "name": "  Kita   Sonnenblume ", "level": "facility", "kind": "childcare",
            "body": "verein brückenweg e.V.", "street": "Uferweg 4", "postal_code": "04720",
            "new_tags": "Presse, Kita-Runde", "regions": [str(partners.annaberg.pk)],
            "joined_on": "2026-01-15", "website": "kita.example.org",
        })  # fmt: skip
        made = Organisation.objects.get(name="Kita Sonnenblume")
        assert answer["Location"] == f"{LIST}{made.pk}/"
        assert (made.body, made.kind) == (partners.body, "childcare")
        assert made.place is not None
        assert (made.place.town, made.website) == ("Döbeln", "https://kita.example.org")
        assert {link.tag.name for link in made.tag_links.all()} == {"Presse", "Kita-Runde"}
        assert [link.region for link in made.region_links.all()] == [partners.annaberg]

    def test_a_hole_in_the_network_fills_the_form(self, petra: Client, partners: Partners) -> None:
        page = f"{LIST}neu/?art=family_court&region={partners.annaberg.pk}"
        form = petra.get(page).context["form"]
        assert form["kind"].value() == "family_court"
        assert form["regions"].value() == [str(partners.annaberg.pk)]

    @pytest.mark.parametrize(
        ("sent", "told"),
        [
            ({"name": ""}, "Bitte schreiben Sie den Namen."),
            ({"kind": ""}, "Dieses Feld ist zwingend erforderlich."),
            ({"postal_code": "00000"}, "Diese Postleitzahl gibt es nicht."),
            ({"body": "Unbekannter Träger"}, "Diesen Träger kennen wir noch nicht."),
            ({"joined_on": "2099-01-01"}, "Dieser Tag kommt erst noch."),
            ({"website": "x y"}, "Bitte prüfen Sie die Adresse der Website."),
            ({"new_tags": "x" * 90}, "Bitte höchstens 30 Schlagworte"),
            ({"name": "Null\0"}, "Nullzeichen"),
        ],
    )
    def test_what_is_wrong_is_said_and_what_was_typed_is_kept(
        self, petra: Client, partners: Partners, sent: dict[str, str], told: str
    ) -> None:
        data = {"name": "Neu", "level": "facility", "kind": "childcare",
                "description": "Ein langer Text"} | sent  # fmt: skip
        answer = petra.post(f"{LIST}neu/", data)
        page = answer.content.decode()
        assert answer.status_code == 422
        assert told in page
        assert "Ein langer Text" in page
        assert 'id="fehler"' in page

    def test_an_own_kind_of_another_kind_does_not_fit(
        self, petra: Client, partners: Partners
    ) -> None:
        data = {"name": "Neu", "level": "facility", "kind": "childcare",
                "sub_kind": str(partners.practice.sub_kind_id)}  # fmt: skip
        page = petra.post(f"{LIST}neu/", data).content.decode()
        assert "„Kinderarztpraxis“ gehört zu einer anderen Art: Gesundheitsberuf" in page

    def test_saving_without_a_change_writes_nothing(
        self, petra: Client, partners: Partners, inside_a: Network
    ) -> None:
        page = f"{LIST}{partners.house.pk}/bearbeiten/"
        before = Entry.objects.count()
        assert petra.post(page, filled(petra, page)).status_code == 302
        assert Entry.objects.count() == before

    def test_two_people_at_once_lose_nothing(
        self, petra: Client, cast: Cast, partners: Partners, inside_a: Network
    ) -> None:
        page = f"{LIST}{partners.house.pk}/bearbeiten/"
        mine = filled(petra, page)
        ede = Client()
        ede.force_login(cast.ede)
        theirs = filled(ede, page)
        ede.post(page, theirs | {"description": "Von Ede", "street": "Edeweg 1"})
        answer = petra.post(page, mine | {"description": "Von Petra", "website": "x.example.org"})
        assert answer.status_code == 409
        (clash,) = answer.context["clashes"]
        assert (list(clash.mine), list(clash.theirs)) == (["Von Petra"], ["Von Ede"])
        chosen = {"fassung-description": f"meine:{clash.mark}"}
        sent = mine | {"description": "Von Petra", "website": "x.example.org"} | chosen
        assert petra.post(page, sent).status_code == 302
        fresh = Organisation.objects.select_related("place").get(pk=partners.house.pk)
        assert (fresh.description, fresh.website) == ("Von Petra", "https://x.example.org")
        assert fresh.place is not None
        assert fresh.place.street == "Edeweg 1"

    def test_a_provider_changes_what_is_theirs_and_no_more(
        self, frida: Client, partners: Partners, inside_a: Network
    ) -> None:
        page = f"{LIST}{partners.house.pk}/bearbeiten/"
        assert set(frida.get(page).context["form"].fields) == {
            "name", "venue", "street", "postal_code", "town", "website", "description",
        }  # fmt: skip
        frida.post(page, filled(frida, page) | {
            "description": "Von Frida", "kind": "police", "internal_note": "x", "new_tags": "x",
        })  # fmt: skip
        fresh = Organisation.objects.get(pk=partners.house.pk)
        assert (fresh.description, fresh.kind) == ("Von Frida", "family_education")
        assert fresh.internal_note == ""

    def test_what_was_typed_comes_back_after_a_lost_session(
        self, client: Client, cast: Cast, partners: Partners
    ) -> None:
        page = f"{LIST}neu/"
        host = {"HTTP_REFERER": f"http://testserver{page}"}
        client.post(page, {"name": "Fast verloren", "level": "facility"}, **host)
        client.force_login(cast.petra)
        assert "Fast verloren" in client.get(page).content.decode()

    def test_leaving_says_what_follows_and_is_refused_while_families_find_it(
        self, petra: Client, partners: Partners, inside_a: Network
    ) -> None:
        page = f"{LIST}{partners.practice.pk}/ausgeschieden/"
        assert "2 Personen und Stellen bleiben dort notiert" in petra.get(page).content.decode()
        petra.post(page, {"since": "2026-03-01"})
        assert str(Organisation.objects.get(pk=partners.practice.pk).left_on) == "2026-03-01"
        petra.post(f"{LIST}{partners.practice.pk}/wieder-dabei/")
        assert Organisation.objects.get(pk=partners.practice.pk).left_on is None
        Organisation.objects.filter(pk=partners.practice.pk).update(is_public=True)
        answer = petra.post(page, {"since": "2026-03-01"})
        assert "Familien finden noch Angebote" in answer.content.decode()
        assert Organisation.objects.get(pk=partners.practice.pk).left_on is None


class TestPerson:
    """The form of a person, and their leaving."""

    def test_a_new_person_is_asked_where_they_work(
        self, petra: Client, partners: Partners, inside_a: Network
    ) -> None:
        data = {"salutation": "Frau", "title": "Dr. med.", "given_name": "Anna-Lena",
                "family_name": "von der Heide-Müller", "new_tags": "Presse"}  # fmt: skip
        answer = petra.post(f"{PEOPLE}neu/", data)
        made = Person.objects.get(family_name="von der Heide-Müller")
        assert made.full_name == "Dr. med. Anna-Lena von der Heide-Müller"
        assert answer["Location"] == f"{PEOPLE}{made.pk}/aufgabe/"
        where = petra.get(f"{answer['Location']}?organisation=Familienhaus Lindenbrücke")
        assert where["Location"] == f"{LIST}{partners.house.pk}/kontakte/neu/?person={made.pk}"

    def test_a_new_name_stands_with_the_roles_too(
        self, petra: Client, partners: Partners, inside_a: Network
    ) -> None:
        page = f"{PEOPLE}{partners.jana.pk}/bearbeiten/"
        petra.post(page, filled(petra, page) | {"family_name": "Wiesner-Tauber"})
        names = set(Contact.objects.filter(person=partners.jana).values_list("name", flat=True))
        assert names == {"Jana Wiesner-Tauber"}

    def test_history_keeps_old_and_new_sealed_for_the_person(
        self, petra: Client, partners: Partners, inside_a: Network
    ) -> None:
        page = f"{PEOPLE}{partners.jana.pk}/bearbeiten/"
        petra.post(page, filled(petra, page) | {"internal_note": "Nur vormittags"})
        entry = Entry.objects.filter(kind="partners.Person").latest("at")
        assert (entry.title, entry.changes) == ("", {})
        assert opened([entry])[0].changes["internal_note"] == ["", "Nur vormittags"]
        assert (
            "Nur vormittags" in petra.get(f"{PEOPLE}{partners.jana.pk}/verlauf/").content.decode()
        )

    def test_leaving_ends_all_roles_and_says_so_before(
        self, petra: Client, partners: Partners, inside_a: Network
    ) -> None:
        page = f"{PEOPLE}{partners.jana.pk}/ausgeschieden/"
        shown = petra.get(page).content.decode()
        assert "2 Aufgaben enden" in shown
        assert "Dann ist dort niemand mehr benannt" not in shown  # the office of the body stays
        today = timezone.localdate()
        petra.post(page, {"since": today.isoformat()})
        roles = Contact.objects.filter(person=partners.jana)
        assert {role.until for role in roles} == {today - timedelta(days=1)}
        assert not any(role.is_current for role in roles)
        petra.post(f"{PEOPLE}{partners.jana.pk}/wieder-dabei/")
        roles = Contact.objects.filter(person=partners.jana)
        assert {role.until for role in roles} == {None}
        assert Person.objects.get(pk=partners.jana.pk).left_on is None


class TestRole:
    """Somebody at an organisation, with each way and its ground."""

    def new(self, client: Client, partners: Partners, **sent: str) -> Any:
        data = {"tun": "speichern", "nummern-zahl": "0", "name_audience": "professionals",
                "name_ground": "task", "email_audience": "professionals", "email_ground": "task",
                "email_purpose": "general"}  # fmt: skip
        return client.post(f"{LIST}{partners.house.pk}/kontakte/neu/", data | sent)

    def test_a_known_person_with_a_consent_for_the_telephone(
        self, petra: Client, partners: Partners, inside_a: Network
    ) -> None:
        answer = self.new(petra, partners, **{
            "who": "bekannt", "person": "Böttcher, Hanne", "function": "Elterncafé",
            "since": "2024-01-01", "nummern-zahl": "1", "nummern-0-shown": "0174 1234567",
            "nummern-0-form": "mobile", "nummern-0-purpose": "families",
            "nummern-0-audience": "public", "nummern-0-ground": "consent:writing",
            "wording": "Unterschrift vom 1. März, Ordner 4",
        })  # fmt: skip
        assert answer.status_code == 302
        role = Contact.objects.get(person=partners.lone)
        assert (role.name, role.function, role.organisation) == (
            "Hanne Böttcher", "Elterncafé", partners.house)  # fmt: skip
        phone = role.phones.get()
        assert (phone.form, phone.audience, phone.dialled) == ("mobile", "public", "+491741234567")
        proof = Release.objects.get(phone=phone)
        assert (proof.ground, proof.given) == ("consent", "writing")
        assert "Ordner 4" in proof.wording
        named = Release.objects.get(contact=role, field="name")
        assert (named.audience, named.ground) == ("professionals", "task")

    def test_a_new_person_and_an_office(
        self, petra: Client, partners: Partners, inside_a: Network
    ) -> None:
        self.new(petra, partners, who="neu", given_name="Tuğba", family_name="Aydın")
        assert Contact.objects.get(name="Tuğba Aydın").person == Person.objects.get(
            family_name="Aydın")  # fmt: skip
        self.new(petra, partners, who="stelle", function="Sekretariat")
        assert Contact.objects.get(function="Sekretariat").person is None

    @pytest.mark.parametrize(
        ("sent", "told"),
        [
            ({"who": "bekannt", "person": "Niemand"}, "So heißt hier niemand."),
            ({"who": "neu"}, "Bitte schreiben Sie den Nachnamen."),
            ({"who": "stelle", "email": "kaputt"}, "Bitte prüfen Sie die E-Mail-Adresse."),
            ({"who": "stelle", "nummern-zahl": "1", "nummern-0-shown": "abc",
              "nummern-0-form": "phone", "nummern-0-purpose": "general",
              "nummern-0-audience": "public", "nummern-0-ground": "task"},
             "keine Telefonnummer"),
        ],
    )  # fmt: skip
    def test_what_is_wrong_is_said(
        self, petra: Client, partners: Partners, sent: dict[str, str], told: str
    ) -> None:
        answer = self.new(petra, partners, **sent)
        assert answer.status_code == 422
        assert told in answer.content.decode()

    def test_of_several_people_with_one_name_one_is_chosen(
        self, petra: Client, partners: Partners, inside_a: Network
    ) -> None:
        second = Person(family_name="Böttcher", given_name="Hanne", name_key="boettcher hanne")
        second.save()
        answer = self.new(petra, partners, who="bekannt", person="Böttcher, Hanne")
        assert "Wen meinen Sie?" in answer.content.decode()
        self.new(petra, partners, who="bekannt", person="Böttcher, Hanne",
                 person_pick=str(second.pk))  # fmt: skip
        assert Contact.objects.filter(person=second).count() == 1

    def test_a_row_more_keeps_what_was_typed(self, petra: Client, partners: Partners) -> None:
        data = {"tun": "nummern-dazu", "nummern-zahl": "1", "nummern-0-shown": "halb getippt",
                "who": "neu", "family_name": "Angefangen"}  # fmt: skip
        page = petra.post(f"{LIST}{partners.house.pk}/kontakte/neu/", data).content.decode()
        assert "halb getippt" in page
        assert 'name="nummern-1-shown"' in page
        assert "Angefangen" in page

    def test_a_hidden_way_ends_its_release(
        self, petra: Client, partners: Partners, inside_a: Network
    ) -> None:
        page = f"{LIST}{partners.house.pk}/kontakte/{partners.lead.pk}/"
        open_ = filled(petra, page) | {"tun": "speichern", "email_audience": "public"}
        assert petra.post(page, open_).status_code == 302
        hidden = filled(petra, page) | {"tun": "speichern", "email_audience": "internal"}
        assert petra.post(page, hidden).status_code == 302
        fresh = Contact.objects.get(pk=partners.lead.pk)
        assert fresh.email_audience == "internal"
        valid = Release.objects.filter(contact=fresh, field="email", ended_at=None)
        assert [one.audience for one in valid] == ["internal"]
        assert Release.objects.filter(contact=fresh, field="email").count() == 2

    def test_ending_a_role_leaves_the_others(
        self, petra: Client, partners: Partners, inside_a: Network
    ) -> None:
        page = f"{LIST}{partners.house.pk}/kontakte/{partners.lead.pk}/beenden/"
        assert "Andere Aufgaben der Person gehen weiter." in petra.get(page).content.decode()
        petra.post(page, {"since": timezone.localdate().isoformat()})
        held = [one for one in Contact.objects.filter(person=partners.jana) if one.is_current]
        assert [one.organisation for one in held] == [partners.practice]
        portrait = petra.get(f"{LIST}{partners.house.pk}/").content.decode()
        assert "2 frühere Kontakte" in portrait

    def test_a_contact_that_families_see_is_not_removed(
        self, petra: Client, partners: Partners, inside_a: Network
    ) -> None:
        save_contact(actor=SYSTEM, organisation=partners.house, contact=partners.lead,
                     is_public=True)  # fmt: skip
        page = f"{LIST}{partners.house.pk}/kontakte/{partners.lead.pk}/entfernen/"
        petra.post(page)
        assert Contact.objects.filter(pk=partners.lead.pk).exists()

    def test_two_at_once_on_a_role(
        self, petra: Client, partners: Partners, network_a: Network
    ) -> None:
        page = f"{LIST}{partners.house.pk}/kontakte/{partners.lead.pk}/"
        mine = filled(petra, page) | {"tun": "speichern", "function": "Meine Fassung"}
        with in_network(network_a):
            save_contact(actor=SYSTEM, organisation=partners.house, contact=partners.lead,
                         function="Fremde Fassung")  # fmt: skip
        answer = petra.post(page, mine)
        assert answer.status_code == 409
        assert [one.field for one in answer.context["clashes"]] == ["function"]


def test_how_often_somebody_is_asked_stands_in_german(petra: Client, partners: Partners) -> None:
    for page in (f"{LIST}neu/", f"{PEOPLE}{partners.jana.pk}/bearbeiten/"):
        text = petra.get(page).content.decode()
        assert "wie im Netzwerk üblich (alle 12 Monate)" in text, page
        assert "jeden Monat" in text and "every" not in text
