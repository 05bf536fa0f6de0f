"""What is stored about somebody is shown, proved, handed out and erased at the desk."""

from __future__ import annotations

import ast
import inspect
import json
from dataclasses import dataclass
from datetime import timedelta
from importlib import import_module
from types import ModuleType
from uuid import UUID

import pytest
from django.test import Client
from django.utils import timezone, translation
from django.utils.html import escape

from knotenpunkt.activities.campaigns.models import Came
from knotenpunkt.activities.inbox.actions import CallDraft, ask_for_call
from knotenpunkt.activities.upkeep.actions.calling import note_call
from knotenpunkt.activities.upkeep.models import Inquiry, Part, Stage
from knotenpunkt.activities.upkeep.models import Outcome as UpkeepOutcome
from knotenpunkt.foundation.accounts.actors import ANYONE, Actor
from knotenpunkt.foundation.audit.actions import record
from knotenpunkt.foundation.audit.models import Entry, PersonKey, Read
from knotenpunkt.foundation.core.spoken import full_date
from knotenpunkt.foundation.networks.addresses import address
from knotenpunkt.foundation.networks.models import Network
from knotenpunkt.foundation.networks.scope import in_network
from knotenpunkt.foundation.privacy import actions
from knotenpunkt.foundation.privacy.models import NightlyDeletion
from knotenpunkt.foundation.privacy.queries import holdings
from knotenpunkt.foundation.privacy.rooms import rooms
from knotenpunkt.front.desk.data_protection.words import FIELDS, LEFT_OUT, VALUES, translated
from knotenpunkt.registers.offers.actions import Belongings, publish_offer, save_offer
from knotenpunkt.registers.partners.actions import (
    PhoneDraft,
    save_contact,
    save_organisation,
    save_person,
)
from knotenpunkt.registers.partners.models import Audience, Contact, Level, Person, Release
from knotenpunkt.tools.files.actions import keep_file
from tests.activities.campaigns.ordering import make_material, order, ordering_campaign
from tests.conftest import Cast

pytestmark = pytest.mark.django_db


@dataclass(frozen=True)
class Linda:
    """Somebody with a role that stands on a public page."""

    person: Person
    contact: Contact
    phone_id: UUID
    offer_path: str
    network: Network

    def path(self, name: str, **kwargs: str) -> str:
        words = kwargs or {"kind": "person", "record_id": str(self.person.pk)}
        return address(self.network, f"desk:{name}", **words)

    def way(self, name: str, field: str) -> str:
        way_id = self.phone_id if field == "phone" else self.contact.pk
        return self.path(name, field=field, way_id=str(way_id))


@pytest.fixture
def linda(network_a: Network, system: Actor) -> Linda:
    with in_network(network_a):
        house = save_organisation(actor=system, level=Level.BODY, name="Haus Linde")
        person = save_person(actor=system, given_name="Linda", family_name="Lindenau")
        contact = save_contact(
            actor=system, organisation=house, person=person, name="Linda Lindenau",
            function="Leiterin", email="linda@example.org",
            phones=[PhoneDraft("03731 100200", "+493731100200")],
        )  # fmt: skip
        offer = save_offer(
            actor=system, provider=house, title="Stillcafé", summary="Ein Kaffee.",
            belongings=Belongings(contacts=(contact,)),
        )  # fmt: skip
        publish_offer(actor=system, offer=offer)
        contact.refresh_from_db()
        path = address(network_a, "offers:detail", offer_id=str(offer.pk))
        return Linda(person, contact, contact.phones.get().pk, path, network_a)


@pytest.fixture
def petra(cast: Cast) -> Client:
    client = Client()
    client.force_login(cast.petra)
    return client


@pytest.mark.parametrize("typed", ["lindenau", "Linda L", "linda@example.org", "03731 100200"])
def test_somebody_is_found_by_what_one_knows(linda: Linda, petra: Client, typed: str) -> None:
    page = petra.get(address(linda.network, "desk:privacy"), {"q": typed}).content.decode()
    assert str(linda.person.pk) in page
    assert "Haus Linde" in page


def test_members_and_families_are_found_too(linda: Linda, petra: Client) -> None:
    with in_network(linda.network):
        draft = CallDraft(phone="+493731555030", name="Anna")
        ask_for_call(actor=ANYONE, network=linda.network, draft=draft)
    where = address(linda.network, "desk:privacy")
    assert "/anliegen/" in petra.get(where, {"q": "03731 555030"}).content.decode()
    assert "birgit@example.org" in petra.get(where, {"q": "birgit"}).content.decode()
    assert "Niemand mit diesem Namen" in petra.get(where, {"q": "Nobody"}).content.decode()


def test_who_ordered_without_a_record_is_found_told_and_erased(linda: Linda, petra: Client) -> None:
    with in_network(linda.network):
        placed = order(None, (make_material(ordering_campaign()), 1), came=Came.TELEPHONE)
    where = address(linda.network, "desk:privacy")
    found = petra.get(where, {"q": "anna@example.org"}).content.decode()
    page = f"/desk/datenschutz/bestellung/{placed.pk}/"
    assert page in found and "Anna Ungebunden" in found
    assert petra.get(f"/mitte{page}").status_code == 200
    assert petra.get(f"/mitte{page}auskunft/").status_code == 200
    assert petra.get(f"/mitte{page}loeschen/").status_code == 200


def test_a_person_of_another_network_is_not_there(linda: Linda, cast: Cast) -> None:
    carla = Client()
    carla.force_login(cast.carla)
    there = linda.path("privacy_person").replace("/mitte/", "/peine/")
    assert carla.get(there).status_code == 404
    assert (
        carla.get(linda.way("privacy_release", "email").replace("mitte", "peine")).status_code
        == 404
    )
    found = carla.get("/peine/desk/datenschutz/", {"q": "Lindenau"}).content.decode()
    assert str(linda.person.pk) not in found


def test_the_page_says_who_sees_which_field(linda: Linda, petra: Client) -> None:
    page = petra.get(linda.path("privacy_person")).content.decode()
    for told in ("linda@example.org", "03731 100200", "Dieser Kontakt steht auf öffentlichen"):
        assert told in page


def test_a_consent_is_proved_and_its_withdrawal_works_at_once(linda: Linda, petra: Client) -> None:
    form = {"audience": "public", "ground": "consent", "given": "telephone",
            "wording": "Ja, meine Mailadresse darf ins Netz."}  # fmt: skip
    assert petra.post(linda.way("privacy_release", "email"), form).status_code == 302
    page = petra.get(linda.path("privacy_person")).content.decode()
    assert "Ja, meine Mailadresse darf ins Netz." in page
    assert "festgehalten von Petra" in page
    assert "linda@example.org" in Client().get(linda.offer_path).content.decode()

    said = petra.post(linda.way("privacy_withdraw", "email"), {"given": "writing"})
    assert said.status_code == 302
    public = Client().get(linda.offer_path).content.decode()
    assert "linda@example.org" not in public
    assert "03731 100200" in public
    page = petra.get(linda.path("privacy_person")).content.decode()
    assert "Einwilligung widerrufen" in page
    with in_network(linda.network):
        withdrawn, consent = Release.objects.filter(field="email").order_by("-since")
        assert (consent.ended_at is not None, consent.wording[:3]) == (True, "Ja,")
        assert (withdrawn.audience, withdrawn.given) == (Audience.INTERNAL, "writing")


@pytest.mark.parametrize(("field", "value"), [("phone", "03731 100200"), ("name", "Linda Linde")])
def test_every_way_can_be_withdrawn(linda: Linda, petra: Client, field: str, value: str) -> None:
    assert value in Client().get(linda.offer_path).content.decode()
    petra.post(linda.way("privacy_withdraw", field), {"given": "link"})
    assert value not in Client().get(linda.offer_path).content.decode()


def test_a_consent_without_proof_is_refused(linda: Linda, petra: Client) -> None:
    form = {"audience": "public", "ground": "consent", "given": "", "wording": ""}
    answer = petra.post(linda.way("privacy_release", "email"), form)
    assert "Bitte halten Sie fest, wozu die Person Ja gesagt hat." in answer.content.decode()
    with in_network(linda.network):
        assert not Release.objects.exists()


def test_information_is_given_in_three_forms_and_each_is_logged(
    linda: Linda, petra: Client
) -> None:
    page = petra.get(linda.path("privacy_information")).content.decode()
    assert "Lindenau" in page and "Stillcafé" in page
    told = json.loads(petra.get(linda.path("privacy_json")).content)
    assert told["partners"][0]["family_name"] == "Lindenau"
    paper = petra.get(linda.path("privacy_pdf"))
    assert (paper["Content-Type"], paper.content[:4]) == ("application/pdf", b"%PDF")
    with in_network(linda.network):
        assert Read.objects.filter(object_id=linda.contact.pk).count() == 3


def test_every_field_of_an_information_speaks_german(linda: Linda, petra: Client) -> None:
    """A key that has no word would stand there as it is called in the code."""
    page = petra.get(linda.path("privacy_information")).content.decode()
    labels = {part.split("</dt>")[0] for part in page.split("<dt>")[1:]}
    assert labels
    assert not [label for label in labels if "_" in label or label == label.lower()]


def test_what_upkeep_asked_is_told_in_german(linda: Linda, petra: Client, system: Actor) -> None:
    with in_network(linda.network):
        asked = Inquiry.objects.create(
            contact=linda.contact, stage=Stage.CALL, asked_at=timezone.now(),
            to_call_since=timezone.now(), reminded_at=timezone.now(),
        )  # fmt: skip
        Part.objects.create(inquiry=asked, organisation=linda.contact.organisation)
        note_call(actor=system, inquiry_id=asked.pk, outcome=UpkeepOutcome.NOT_REACHED, note="zu")
    page = petra.get(linda.path("privacy_information")).content.decode()
    for told in ("Auf der Telefonliste seit", "<dd>anrufen</dd>", "<dd>nicht erreicht</dd>"):
        assert told in page
    labels = {part.split("</dt>")[0] for part in page.split("<dt>")[1:]}
    assert not [one for one in labels if "_" in one or one == one.lower()]


def _keys_told(module: ModuleType) -> set[str]:
    """The keys of what an app hands out, as far as they stand in its code."""
    found = set[str]()
    for part in ast.parse(inspect.getsource(module)).body:
        name = getattr(part, "name", "")
        if not (name in ("export", "_of_account") or name.startswith("_told")):
            continue
        for node in ast.walk(part):
            if isinstance(node, ast.Dict):
                found |= {str(one.value) for one in node.keys if isinstance(one, ast.Constant)}
            elif isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "values":
                found |= {str(one.value) for one in node.args if isinstance(one, ast.Constant)}
            elif isinstance(node, ast.Assign) and isinstance(node.value, ast.Tuple):
                found |= {
                    str(one.value) for one in node.value.elts if isinstance(one, ast.Constant)
                }
    return found


def test_whatever_an_app_hands_out_has_a_german_word() -> None:
    told = {
        f"{room.app}.{key}"
        for room in rooms()
        for key in _keys_told(import_module(room.export.__module__))
        if key not in LEFT_OUT and key not in FIELDS
    }
    assert not told
    with translation.override("de"):
        assert not [str(word) for word in FIELDS.values() if str(word) == str(word).lower()]
    with translation.override("de"):
        raw = {
            (name, value)
            for name, words in VALUES.items()
            for value, word in words.items()
            if str(word) == str(value) or "_" in str(word)
        }
    assert not raw


def test_nothing_is_erased_before_somebody_is_sure(linda: Linda, petra: Client) -> None:
    page = petra.get(linda.path("privacy_erase")).content.decode()
    assert "Register der Partner" in page and "Art. 32 DSGVO" in page
    answer = petra.post(linda.path("privacy_erase"), {})
    assert "Bitte bestätigen Sie" in answer.content.decode()
    with in_network(linda.network):
        assert Person.objects.filter(pk=linda.person.pk).exists()


def test_an_erasure_leaves_a_receipt_that_names_nobody(
    linda: Linda, petra: Client, system: Actor
) -> None:
    with in_network(linda.network):
        record(
            actor=system, deed="partners.change_person", on=linda.person, title="Linda Lindenau",
            changes={"family_name": ["Linde", "Lindenau"]}, person=linda.person.pk,
        )  # fmt: skip
        save_organisation(actor=system, level=Level.BODY, name="Praxis Linda Lindenau")
    log = address(linda.network, "desk:audit")
    assert "Lindenau" in petra.get(log).content.decode()
    done = petra.post(linda.path("privacy_erase"), {"sure": "on"})
    assert done.status_code == 302
    receipt = petra.get(done["Location"]).content.decode()
    assert "Register der Partner" in receipt and "Art. 5" in receipt
    assert "Lindenau" not in receipt
    assert petra.get(linda.path("privacy_person")).status_code == 404
    assert "linda@example.org" not in Client().get(linda.offer_path).content.decode()
    with in_network(linda.network):
        assert not PersonKey.objects.filter(person_id=linda.person.pk).exists()
        assert "Lindenau" not in str(Entry.objects.get(deed="privacy.erase").changes)
    shown = petra.get(log).content.decode()
    assert "gelöscht" in shown and done["Location"] in shown
    assert "Linda Lindenau" not in shown.replace("Praxis Linda Lindenau", "")


def test_each_night_says_what_it_deleted(linda: Linda, petra: Client, system: Actor) -> None:
    with in_network(linda.network):
        keep_file(
            name="a.csv", content_type="text/csv", content=b"x",
            until=timezone.now() - timedelta(days=1),
        )  # fmt: skip
        actions.expire()
        actions.expire()
        assert [one.count for one in NightlyDeletion.objects.order_by("run_at")] == [1, 0]
    page = petra.get(address(linda.network, "desk:privacy_nights")).content.decode()
    assert "nichts war abgelaufen" in page
    assert full_date(timezone.localdate()) in page


def test_what_we_store_says_every_holding(linda: Linda, petra: Client) -> None:
    page = petra.get(address(linda.network, "desk:privacy_data")).content.decode()
    for _app, holding in holdings():
        assert escape(translated(holding).term) in page
