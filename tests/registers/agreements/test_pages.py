"""Agreements and completeness as somebody at the desk meets them."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable
from datetime import timedelta
from io import BytesIO, StringIO
from typing import Any

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from knotenpunkt.foundation.networks.models import Network
from knotenpunkt.foundation.networks.scope import in_network
from knotenpunkt.registers.agreements.actions import add_parties, decide_not_needed
from knotenpunkt.registers.agreements.models import Agreement, NotNeeded
from knotenpunkt.registers.areas.models import Region
from knotenpunkt.registers.partners.actions import save_contact
from knotenpunkt.registers.partners.models import PartnerKind
from knotenpunkt.tools.mail.models import Message
from tests.factories import SYSTEM
from tests.registers.agreements.conftest import TODAY, Making

LIST, WHOLE = "/mitte/desk/vereinbarungen/", "/mitte/desk/vollstaendigkeit/"
PDF = b"%PDF-1.7\n1 0 obj\nendobj\n%%EOF\n"


@pytest.fixture
def at(petra: Client, inside_a: Network) -> Callable[..., Any]:
    """Ask for a page, or send a form, from outside the network's scope: at("list", post={…})."""

    def asked(path: str, post: dict[str, Any] | None = None) -> Any:
        return petra.get(path) if post is None else petra.post(path, post)

    return asked


def entered(**changes: Any) -> dict[str, Any]:
    """A form as somebody fills it in."""
    return {
        "kind": "cooperation",
        "title": "Grundsätze",
        "signed_on": "2024-05-02",
        "valid_until": "2027-12-31",
        "remind_months": "3",
        "note": "",
    } | changes


def test_an_agreement_is_added_with_its_paper(at: Callable[..., Any]) -> None:
    file = SimpleUploadedFile("Grundsätze – unterschrieben.pdf", PDF)
    answer = at(f"{LIST}neu/", entered(file=file))
    agreement = Agreement.objects.get()
    assert answer.url == f"{LIST}{agreement.pk}/unterschriften/"
    paper = agreement.papers.get()
    told = at(f"{LIST}{agreement.pk}/datei/{paper.pk}/")
    assert told.content == PDF and told["Content-Type"] == "application/pdf"
    assert told["Content-Disposition"].startswith("attachment;")


def test_a_bad_file_keeps_what_was_typed_and_nothing_is_stored(at: Callable[..., Any]) -> None:
    file = SimpleUploadedFile("Vertrag.pdf", b"MZ program")
    page = at(f"{LIST}neu/", entered(title="Ein Titel", file=file)).content.decode()
    assert "„Vertrag.pdf“ gehört nicht zu diesen Arten" in page
    assert "Ein Titel" in page and not Agreement.objects.exists()


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"title": ""}, "Bitte schreiben Sie den Titel."),
        ({"signed_on": "2999-01-01"}, "Dieser Tag liegt noch in der Zukunft."),
        ({"valid_until": "2020-01-01"}, "bevor sie geschlossen wurde"),
        ({"kind": "friendship"}, "Bitte wählen Sie"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(
    at: Callable[..., Any], changes: dict[str, str], said: str
) -> None:
    answer = at(f"{LIST}neu/", entered(**changes))
    assert answer.status_code == 200 and not Agreement.objects.exists()
    if "kind" not in changes:
        assert said in answer.content.decode()


def test_ticked_partners_are_shown_before_they_count(
    at: Callable[..., Any], principles: Agreement, partner: Making
) -> None:
    one, other = partner("Schule am Bach"), partner("Schule am Wald")
    path = f"{LIST}{principles.pk}/unterschriften/eintragen/?wahl={one.pk}&wahl={other.pk}"
    shown = at(path)
    assert [*shown.context["names"]] == ["Schule am Bach", "Schule am Wald"]
    assert not principles.parties.exists()
    at(path, {"gesehen": shown.context["mark"], "signed_on": f"{TODAY():%Y-%m-%d}"})
    assert principles.parties.count() == 2


def test_others_than_were_seen_do_not_count(
    at: Callable[..., Any], principles: Agreement, partner: Making
) -> None:
    one, other = partner("Schule am Bach"), partner("Schule am Wald")
    base = f"{LIST}{principles.pk}/unterschriften/eintragen/?wahl="
    mark = at(f"{base}{one.pk}").context["mark"]
    answer = at(f"{base}{other.pk}", {"gesehen": mark, "signed_on": f"{TODAY():%Y-%m-%d}"})
    assert answer.context["changed_meanwhile"] and not principles.parties.exists()


def test_all_that_the_filters_leave_sign_at_once(
    at: Callable[..., Any], principles: Agreement, partner: Making
) -> None:
    for n in range(60):
        partner(f"Kita {n}", kind="childcare")
    partner("Polizei", kind="police")
    path = f"{LIST}{principles.pk}/unterschriften/eintragen/?art=childcare&alle=ja"
    at(path, {"gesehen": at(path).context["mark"], "signed_on": f"{TODAY():%Y-%m-%d}"})
    assert principles.parties.count() == 60


def test_the_list_parts_what_holds_from_what_is_over(
    at: Callable[..., Any], principles: Agreement, partner: Making
) -> None:
    add_parties(actor=SYSTEM, agreement=principles, organisations=[partner("Haus Linde")],
                on=TODAY())  # fmt: skip
    shown = at(f"{LIST}?q=linde").context["shown"]
    assert [row.cells[0].text for row in shown.rows] == ["Grundsätze der Zusammenarbeit"]
    assert not at(f"{LIST}?stand=vorbei").context["shown"].rows
    at(f"{LIST}{principles.pk}/beenden/", {"ended_on": f"{TODAY():%Y-%m-%d}", "end_reason": ""})
    assert at(f"{LIST}?stand=vorbei").context["shown"].rows


def test_the_page_of_an_agreement_says_what_happened(
    at: Callable[..., Any], principles: Agreement, partner: Making
) -> None:
    house = partner("Haus Linde")
    add_parties(actor=SYSTEM, agreement=principles, organisations=[house], on=TODAY())
    page = at(f"{LIST}{principles.pk}/").content.decode()
    assert "Partner haben unterschrieben" in page and "noch 12 Monate" in page
    party = principles.parties.get()
    at(f"{LIST}{principles.pk}/partner/{party.pk}/entfernen/", {})
    assert not principles.parties.exists()


def test_the_first_page_tells_what_ends_soon(at: Callable[..., Any], principles: Agreement) -> None:
    assert "Eine Vereinbarung endet bald" not in at("/mitte/desk/").content.decode()
    soon = f"{TODAY() + timedelta(days=20):%Y-%m-%d}"
    at(f"{LIST}{principles.pk}/bearbeiten/", entered(valid_until=soon))
    assert "Eine Vereinbarung endet bald" in at("/mitte/desk/").content.decode()


def test_completeness_says_each_field_in_words(
    at: Callable[..., Any], north: Region, south: Region, partner: Making
) -> None:
    partner("Schule am Bach", regions=[north])
    page = at(WHOLE)
    [schools] = [row for row in page.context["rows"] if row.kind == "Schule"]
    assert [(one.number, one.state, one.words) for one in schools.fields] == [
        ("1", "nobody", "0 von 1"), ("0", "gap", "fehlt"),
    ]  # fmt: skip
    assert "Schule, Süd: Niemand ist dabei." in page.content.decode()
    assert schools.fields[1].url == f"{WHOLE}school/?region={south.pk}"


@pytest.mark.parametrize(
    "asked", ["", "schutzauftrag", "fuehrungszeugnisse", "dabei", "bestaetigt"]
)
def test_each_question_has_its_page(at: Callable[..., Any], partner: Making, asked: str) -> None:
    partner("Schule", confirmed_on=TODAY())
    current = [tab for tab in at(f"{WHOLE}?zeigt={asked}").context["tabs"] if tab["current"]]
    assert len(current) == 1


def test_a_gap_offers_who_could_come(
    at: Callable[..., Any], north: Region, south: Region, partner: Making
) -> None:
    there = partner("Nordschule", regions=[north])
    waiting = partner("Nur im Register", regions=[south], joined_on=None)
    path = f"{WHOLE}school/?region={south.pk}"
    told = [(one.name, one.action) for one in at(path).context["candidates"]]
    assert told == [("Nur im Register", "Ist jetzt dabei"), ("Nordschule", "Arbeitet auch hier")]
    for house in (waiting, there):
        at(f"{WHOLE}school/dazu/?region={south.pk}", {"partner": str(house.pk)})
    assert {one.name for one in at(path).context["field"].partners} == {
        "Nur im Register", "Nordschule",
    }  # fmt: skip


def test_a_new_partner_comes_with_kind_and_region(at: Callable[..., Any], north: Region) -> None:
    url = at(f"{WHOLE}family_court/?region={north.pk}").context["new_url"]
    assert url == f"/mitte/desk/partner/neu/?art=family_court&region={north.pk}"
    form = at(url).content.decode()
    assert re.search(r'<option value="family_court"\s+selected', form)
    assert re.search(rf'value="{north.pk}"[^>]*\s(checked|selected)', form)


def test_nobody_needed_wants_a_reason(at: Callable[..., Any], north: Region) -> None:
    path = f"{WHOLE}family_court/nicht-noetig/?region={north.pk}"
    assert "Bitte schreiben Sie warum" in at(path, {"reason": " "}).content.decode()
    at(path, {"reason": "sitzt in Chemnitz"})
    assert NotNeeded.objects.get().region == north
    at(f"{WHOLE}family_court/doch-noetig/?region={north.pk}", {})
    assert not NotNeeded.objects.exists()


def test_an_invitation_goes_as_it_was_read(
    at: Callable[..., Any], partner: Making, settings: Any
) -> None:
    settings.EMAIL_HOST = "localhost"
    house = partner("Polizeirevier", kind="police", joined_on=None)
    path = f"{WHOLE}police/einladen/{house.pk}/"
    assert "Keine E-Mail-Adresse bekannt" in at(path).content.decode()
    contact = save_contact(actor=SYSTEM, organisation=house, email="revier@example.org")
    form = at(path).context["form"]
    told = {"to": str(contact.pk), "subject": form["subject"].value(), "text": "Kommen Sie gern!"}
    at(path, told)
    assert Message.objects.get().about == house.pk
    [candidate] = at(f"{WHOLE}police/").context["candidates"]
    assert "eingeladen am" in candidate.note


def test_nobody_else_than_the_contacts_is_written_to(
    at: Callable[..., Any], partner: Making
) -> None:
    house, other = partner("Revier", kind="police"), partner("Andere", kind="police")
    save_contact(actor=SYSTEM, organisation=house, email="revier@example.org")
    foreign = save_contact(actor=SYSTEM, organisation=other, email="andere@example.org")
    told = {"to": str(foreign.pk), "subject": "Hallo", "text": "Hallo"}
    at(f"{WHOLE}police/einladen/{house.pk}/", told)
    assert not Message.objects.exists()


def test_the_table_names_nobody(
    at: Callable[..., Any], north: Region, partner: Making, principles: Agreement
) -> None:
    house = partner("=Schule am Bach", regions=[north])
    add_parties(actor=SYSTEM, agreement=principles, organisations=[house], on=TODAY())
    decide_not_needed(actor=SYSTEM, kind=PartnerKind.FAMILY_COURT, region=north,
                      reason="=1+1", on=TODAY())  # fmt: skip
    answer = at(f"{WHOLE}tabelle/?form=csv")
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    rows = {row["Art des Partners"]: row for row in csv.DictReader(StringIO(text), delimiter=";")}
    assert rows["Schule"]["Partner"] == "1" and rows["Schule"]["Unterschrieben"] == "1"
    assert rows["Schule"]["Die erste endet am"] == f"{principles.valid_until:%Y-%m-%d}"
    assert "am Bach" not in text
    assert not rows["Familiengericht"]["Grund"].startswith("=")


def test_the_paper_is_accessible(
    at: Callable[..., Any], north: Region, south: Region, partner: Making,
    accessible: Callable[[bytes], None],
) -> None:  # fmt: skip
    partner("Schule", regions=[north])
    decide_not_needed(actor=SYSTEM, kind=PartnerKind.FAMILY_COURT, region=north,
                      reason="sitzt in 漢 und ☀", on=TODAY())  # fmt: skip
    answer = at(f"{WHOLE}papier/")
    assert answer["Content-Type"] == "application/pdf"
    accessible(answer.content)


def test_the_paper_is_german_and_has_a_title(at: Callable[..., Any], partner: Making) -> None:
    partner("Schule")
    with pikepdf.open(BytesIO(at("/mitte/en/desk/vollstaendigkeit/papier/").content)) as paper:
        assert str(paper.Root.Lang) == "de"
        with paper.open_metadata() as told:
            assert told["dc:title"] == "Ist unser Netzwerk vollständig?"


def test_another_network_meets_nothing(
    client: Client, cast: Any, network_a: Network, network_b: Network
) -> None:
    with in_network(network_b):
        foreign = Agreement(kind="other", title="Fremd", signed_on=TODAY())
        foreign.save()
    client.force_login(cast.petra)
    for rest in ("", "bearbeiten/", "beenden/", "unterschriften/"):
        assert client.get(f"{LIST}{foreign.pk}/{rest}").status_code == 404


def test_from_a_portrait_the_partner_comes_along(at: Callable[..., Any], partner: Making) -> None:
    house = partner("Haus Linde")
    page = f"{LIST}neu/?partner={house.pk}"
    assert "Mit: Haus Linde." in at(page).content.decode()
    answer = at(page, entered())
    agreement = Agreement.objects.get()
    assert answer.url == f"{LIST}{agreement.pk}/unterschriften/eintragen/?wahl={house.pk}"
    assert "Haus Linde" in at(answer.url).content.decode()
    assert at(f"{LIST}neu/?partner=unsinn").status_code == 200
