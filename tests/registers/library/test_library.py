from __future__ import annotations

import zipfile
from io import BytesIO
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from knotenpunkt.foundation.accounts.actors import Person, System
from knotenpunkt.foundation.accounts.rights import Role
from knotenpunkt.foundation.networks.models import Network
from knotenpunkt.registers.library import queries
from knotenpunkt.registers.library.actions import (
    Handed,
    publish_version,
    record_adoption,
    save_material,
    take_adoption_back,
    withdraw_material,
)
from knotenpunkt.registers.library.badge import VARIANTS, WIDTHS
from knotenpunkt.registers.library.models import Adoption, How, Material, Stand
from knotenpunkt.registers.partners.actions import PhoneDraft, represent, save_contact, save_person
from knotenpunkt.registers.partners.models import Audience, Organisation, Profession
from tests.conftest import Cast
from tests.factories import SYSTEM, make_offer, make_organisation

pytestmark = pytest.mark.django_db
PAPER = b"%PDF-1.4\ntrailer<<>>\n%%EOF"
LIBRARY = "/mitte/desk/bibliothek/"


@pytest.fixture
def procedure(inside_a: Network) -> Material:
    """With one version."""
    one = save_material(actor=SYSTEM, title="Ablauf bei Sorge", kind="procedure")
    publish_version(actor=SYSTEM, material=one, handed=Handed("ablauf.pdf", PAPER))
    return queries.get_material(SYSTEM, one.pk)


@pytest.fixture
def house(inside_a: Network) -> Organisation:
    return make_organisation("Kita Kieselsteine")


def new_version(material: Material, **values: Any) -> Material:
    publish_version(actor=SYSTEM, material=material, text="neu", **values)
    return queries.get_material(SYSTEM, material.pk)


def test_versions_are_counted_and_the_newest_holds(procedure: Material) -> None:
    again = new_version(procedure, changed="Schritt 3")
    assert [one.number for one in again.versions.all()] == [2, 1]
    assert again.newest and again.newest.changed == "Schritt 3"


@pytest.mark.parametrize("content", [b"", b"MZ\x90\x00", b"<html><script>", b"%PDF-1.4 cut off"])
def test_the_content_of_a_file_decides(procedure: Material, content: bytes) -> None:
    with pytest.raises(ValidationError):
        publish_version(actor=SYSTEM, material=procedure, handed=Handed("ablauf.pdf", content))
    assert procedure.versions.count() == 1


def test_a_version_needs_a_file_or_a_text(procedure: Material) -> None:
    with pytest.raises(ValidationError):
        publish_version(actor=SYSTEM, material=procedure, text="  ")


def test_who_adopted_the_old_version_is_behind(procedure: Material, house: Organisation) -> None:
    assert procedure.newest
    record_adoption(actor=SYSTEM, version=procedure.newest, organisation=house)
    assert queries.behind(SYSTEM) == []
    again = new_version(procedure)
    told = queries.behind(SYSTEM)
    assert [(one.organisation, one.has) for one in told] == [(house, 1)]
    assert queries.counts(SYSTEM, again) == queries.Counts(current=0, behind=1, never=0)
    assert again.newest
    record_adoption(actor=SYSTEM, version=again.newest, organisation=house)
    assert queries.behind(SYSTEM) == []
    assert queries.counts(SYSTEM, again) == queries.Counts(current=1, behind=0, never=0)


def test_a_reader_calls_nobody_by_a_number_for_the_coordination(
    client: Client, cast: Cast, procedure: Material, house: Organisation
) -> None:
    assert procedure.newest
    save_contact(actor=SYSTEM, organisation=house, name="Ina Innen", phones=[
        PhoneDraft("0171 5555555", audience=Audience.INTERNAL),
        PhoneDraft("030 23125 822", audience=Audience.PROFESSIONALS),
    ])  # fmt: skip
    record_adoption(actor=SYSTEM, version=procedure.newest, organisation=house)
    new_version(procedure)
    for user, shown in ((cast.birgit, "030 23125 822"), (cast.petra, "0171 5555555")):
        client.force_login(user)
        for page in ("erinnern/", f"{procedure.pk}/stand/"):
            told = client.get(f"{LIBRARY}{page}").content.decode()
            assert shown in told
            assert ("0171 5555555" in told) is (user == cast.petra)


def test_seen_is_not_adopted_and_does_not_take_it_back(
    procedure: Material, house: Organisation
) -> None:
    version = procedure.newest
    assert version
    for stand in (Stand.SEEN, Stand.ADOPTED, Stand.SEEN):
        record_adoption(actor=SYSTEM, version=version, organisation=house, stand=stand)
    assert [row.stand for row in Adoption.objects.all()] == [Stand.ADOPTED]
    take_adoption_back(actor=SYSTEM, adoption=Adoption.objects.get())
    assert not Adoption.objects.exists()


def test_a_provider_speaks_for_their_own_house_only(
    cast: Cast, procedure: Material, house: Organisation
) -> None:
    frida, version = Person(cast.frida, Role.PROVIDER), procedure.newest
    assert version
    with pytest.raises(PermissionDenied):
        record_adoption(actor=frida, version=version, organisation=house)
    represent(actor=SYSTEM, user=cast.frida, organisations=[house])
    assert record_adoption(actor=frida, version=version, organisation=house).stand == Stand.ADOPTED


def test_the_holder_of_a_link_speaks_for_their_own_house_only(
    procedure: Material, house: Organisation
) -> None:
    link, version = System("personal link"), procedure.newest
    contact = save_contact(actor=SYSTEM, organisation=house, name="Anna Eins")
    assert version
    assert [one.is_done for one in queries.for_holder(contact)] == [False]
    record_adoption(actor=link, version=version, organisation=house, contact=contact, how=How.LINK)
    assert [one.is_done for one in queries.for_holder(contact)] == [True]
    with pytest.raises(PermissionDenied):
        record_adoption(actor=link, version=version, contact=contact,
                        organisation=make_organisation("Anderes Haus"))  # fmt: skip


def test_materials_of_other_professions_are_not_asked_for(
    inside_a: Network, house: Organisation
) -> None:
    midwife, teacher = Profession(name="Hebamme"), Profession(name="Lehrkraft")
    midwife.save()
    teacher.save()
    for title, professions in (("Alle", []), ("Nur Hebammen", [midwife])):
        one = save_material(actor=SYSTEM, title=title, kind="form", professions=professions)
        publish_version(actor=SYSTEM, material=one, text="x")
    told = {}
    for profession in (midwife, teacher):
        person = save_person(actor=SYSTEM, family_name="Eins", profession=profession)
        contact = save_contact(actor=SYSTEM, organisation=house, person=person, name="Eins")
        told[profession.name] = [one.material.title for one in queries.for_holder(contact)]
    assert told == {"Hebamme": ["Alle", "Nur Hebammen"], "Lehrkraft": ["Alle"]}


def test_a_provider_adopts_at_the_desk(
    client: Client, cast: Cast, procedure: Material, house: Organisation
) -> None:
    represent(actor=SYSTEM, user=cast.frida, organisations=[house])
    client.force_login(cast.frida)
    assert "noch nicht übernommen" in client.get(LIBRARY).content.decode()
    page = f"{LIBRARY}{procedure.pk}/"
    assert "Fassung 1 gesehen und übernommen" in client.get(page).content.decode()
    client.post(f"{page}uebernehmen/", {"organisation": house.pk})
    assert Adoption.objects.get().how == How.DESK
    assert "übernommen am" in client.get(LIBRARY).content.decode()
    other = make_organisation("Anderes Haus")
    assert client.post(f"{page}uebernehmen/", {"organisation": other.pk}).status_code == 404


def test_the_coordination_writes_down_what_was_said_on_the_telephone(
    client: Client, cast: Cast, procedure: Material, house: Organisation
) -> None:
    client.force_login(cast.petra)
    stand = f"{LIBRARY}{procedure.pk}/stand/"
    assert house.name in client.get(f"{stand}?stand=nie").content.decode()
    assert house.name in client.get(f"{stand}eintragen/", {"wahl": str(house.pk)}).content.decode()
    client.post(f"{stand}eintragen/", {"wahl": house.pk})
    assert Adoption.objects.get().how == How.TELEPHONE
    assert house.name in client.get(f"{stand}?stand=aktuell").content.decode()
    answer = client.post(f"{stand}speichern/", {"form": "csv"})
    assert house.name in b"".join(answer.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]


def test_bringing_one_in_from_the_first_page_to_the_file(
    client: Client, cast: Cast, inside_a: Network
) -> None:
    client.force_login(cast.ede)
    sent = client.post(f"{LIBRARY}neu/", {"title": "Übergabe", "kind": "form"})
    one = Material.objects.get()
    assert sent["Location"] == f"{LIBRARY}{one.pk}/neue-fassung/"
    file = SimpleUploadedFile("übergabe.pdf", PAPER, "text/html")
    client.post(sent["Location"], {"file": file})
    answer = client.get(f"{LIBRARY}{one.pk}/fassung/1/")
    assert (answer.content, answer["Content-Type"]) == (PAPER, "application/pdf")
    assert answer["Content-Disposition"].startswith("attachment")
    bad = client.post(sent["Location"], {"file": SimpleUploadedFile("x.pdf", b"MZ"), "text": "T"})
    assert bad.status_code == 200 and one.versions.count() == 1


def test_only_what_is_public_stands_on_the_public_page(client: Client, procedure: Material) -> None:
    leaflet = save_material(actor=SYSTEM, title="Faltblatt", kind="leaflet", is_public=True)
    publish_version(actor=SYSTEM, material=leaflet, handed=Handed("blatt.pdf", PAPER))
    page = client.get("/mitte/bibliothek/").content.decode()
    assert "Faltblatt" in page and "Ablauf bei Sorge" not in page
    assert client.get(f"/mitte/bibliothek/{leaflet.pk}/datei/").content == PAPER
    assert client.get(f"/mitte/bibliothek/{procedure.pk}/datei/").status_code == 404
    withdraw_material(actor=SYSTEM, material=leaflet)
    assert "Faltblatt" not in client.get("/mitte/bibliothek/").content.decode()
    assert client.get(f"/mitte/bibliothek/{leaflet.pk}/datei/").status_code == 404


def test_the_badge_comes_in_all_forms_and_sizes(
    client: Client, cast: Cast, network_a: Network
) -> None:
    client.force_login(cast.frida)
    answer = client.get(f"{LIBRARY}zeichen/paket.zip")
    with zipfile.ZipFile(BytesIO(answer.content)) as archive:
        names = archive.namelist()
        assert len(names) == 1 + len(VARIANTS) * (1 + len(WIDTHS))
        picture = archive.read("netzwerkpartner-quer-480.png")
        assert picture.startswith(b"\x89PNG") and int.from_bytes(picture[16:20], "big") == 480
        told = archive.read("LIES-MICH.txt").decode("utf-8-sig")
    assert "Netzwerk Mitte" in told and "/mitte/bibliothek/netzwerkpartner/" in told
    drawing = client.get(f"{LIBRARY}zeichen/quer.svg").content
    # The words are outlines, so that they look alike without our fonts.
    assert b"<text" not in drawing and b"<script" not in drawing


def test_the_mark_stands_on_offers_of_partners_only(client: Client, inside_a: Network) -> None:
    from datetime import date, timedelta

    from knotenpunkt.registers.partners.actions import save_organisation

    house = make_organisation("Haus Partner")
    offer = make_offer("Krabbelgruppe", provider=house)
    page = f"/mitte/angebote/{offer.pk}/"
    assert "Netzwerkpartner" not in client.get(page).content.decode()
    yesterday = date.today() - timedelta(days=1)
    save_organisation(actor=SYSTEM, organisation=house, joined_on=yesterday)
    assert "Netzwerkpartner" in client.get(page).content.decode()
    assert "Netzwerkpartner" in client.get("/mitte/angebote/?q=krabbelgruppe").content.decode()
    save_organisation(actor=SYSTEM, organisation=house, left_on=yesterday)
    assert "Netzwerkpartner" not in client.get(page).content.decode()
