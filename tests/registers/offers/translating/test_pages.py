"""The pages of texts at the desk and of a translated offer, as a browser gets them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from knotenpunkt.foundation.networks.models import Network
from knotenpunkt.foundation.networks.scope import in_network
from knotenpunkt.registers.offers.actions import save_offer
from knotenpunkt.registers.offers.models import Offer, OfferText, TextRun, TextState
from knotenpunkt.registers.offers.translating.actions.writing import save_text
from knotenpunkt.registers.offers.translating.drafts import TextDraft
from knotenpunkt.tools.jobs.worker import run_waiting
from knotenpunkt.tools.translations import formats
from knotenpunkt.tools.translations.services import LibreTranslate
from tests.conftest import Cast
from tests.factories import SYSTEM, make_offer
from tests.registers.offers.desk.sent import fields_of

pytestmark = pytest.mark.django_db(transaction=True)
DESK = "/mitte/desk/angebote/"
ARABIC = TextDraft("ar", "مقهى الرضاعة", "حليب وحديث.", "تفضلي بالجلوس.")


@pytest.fixture
def offer(network_a: Network, cast: Cast) -> Offer:
    with in_network(network_a):
        return make_offer("Stillcafé", summary="Milch und Gespräche.", description="Kommen Sie.")


@pytest.fixture
def petra(client: Client, cast: Cast, offer: Offer) -> Iterator[Client]:
    client.force_login(cast.petra)
    yield client


def page_of(client: Client, offer: Offer, code: str = "ar") -> dict[str, list[str]]:
    return fields_of(client.get(f"{DESK}{offer.pk}/sprachen/{code}/").content.decode())


def sent(client: Client, offer: Offer, code: str = "ar", **changed: Any) -> Any:
    fields = page_of(client, offer, code) | {name: [value] for name, value in changed.items()}
    return client.post(f"{DESK}{offer.pk}/sprachen/{code}/", fields)


def stored(network: Network) -> OfferText:
    with in_network(network):
        text: OfferText = OfferText.objects.select_related("checked_by").get()
        return text


def test_a_text_is_written_and_checked(petra: Client, offer: Offer, network_a: Network) -> None:
    assert sent(petra, offer, title="مقهى", tun="speichern").status_code == 302
    assert stored(network_a).state == TextState.IMPORTED
    sent(petra, offer, tun="geprueft")
    text = stored(network_a)
    assert text.checked_by is not None
    assert (text.state, text.title, text.checked_by.name) == (TextState.CHECKED, "مقهى", "Petra")
    shown = petra.get(f"{DESK}{offer.pk}/sprachen/").content.decode()
    assert "geprüft von Petra" in shown
    assert '<span lang="ar" dir="rtl">مقهى</span>' in shown


def test_nothing_is_nothing(petra: Client, offer: Offer, network_a: Network) -> None:
    assert sent(petra, offer, tun="speichern").status_code == 422


def test_a_changed_original_is_said_and_nothing_is_lost(
    petra: Client, offer: Offer, network_a: Network
) -> None:
    fields = page_of(petra, offer) | {"title": ["مقهى"], "tun": ["geprueft"]}
    with in_network(network_a):
        save_offer(actor=SYSTEM, offer=Offer.objects.get(), title="Milchcafé")
    address = f"{DESK}{offer.pk}/sprachen/ar/"
    answer = petra.post(address, fields)
    assert answer.status_code == 409
    again = fields_of(answer.content.decode())
    assert again["title"] == ["مقهى"]
    assert petra.post(address, again | {"tun": ["geprueft"]}).status_code == 302
    assert stored(network_a).state == TextState.CHECKED


def test_what_changed_is_shown_in_words(petra: Client, offer: Offer, network_a: Network) -> None:
    with in_network(network_a):
        save_text(actor=SYSTEM, offer=offer, draft=ARABIC, checked=True)
        save_offer(actor=SYSTEM, offer=Offer.objects.get(), summary="Tee und Gespräche.")
    shown = petra.get(f"{DESK}{offer.pk}/sprachen/ar/").content.decode()
    assert "<del>" in shown
    assert "Milch" in shown.partition("<del>")[2].partition("</del>")[0]
    assert "Tee" in shown.partition("<ins>")[2].partition("</ins>")[0]


def test_two_people_at_one_text_choose(petra: Client, offer: Offer, network_a: Network) -> None:
    with in_network(network_a):
        save_text(actor=SYSTEM, offer=offer, draft=ARABIC)
    fields = page_of(petra, offer) | {"title": ["أول"], "tun": ["speichern"]}
    sent(petra, offer, title="ثان", tun="speichern")
    answer = petra.post(f"{DESK}{offer.pk}/sprachen/ar/", fields)
    assert answer.status_code == 409
    assert "ثان" in answer.content.decode()


def test_hints_beside_easy_language_store_nothing(
    petra: Client, offer: Offer, network_a: Network
) -> None:
    address = f"{DESK}{offer.pk}/sprachen/de-x-leicht/"
    fields = page_of(petra, offer, "de-x-leicht") | {
        "description": ["Kommen Sie zur Krabbelgruppe."],
        "tun": ["pruefen"],
    }
    fragment = petra.post(address, fields, headers={"HX-Request": "true"}).content.decode()
    whole = petra.post(address, fields).content.decode()
    for answer in (fragment, whole):
        assert "Krabbel-Gruppe" in answer
    assert "<html" not in fragment
    assert "Kommen Sie zur Krabbelgruppe." in whole  # what was typed is still there
    with in_network(network_a):
        assert not OfferText.objects.exists()
    assert "hinweise" not in petra.get(f"{DESK}{offer.pk}/sprachen/ar/").content.decode()


def test_removing_says_what_it_does_and_can_be_undone(
    petra: Client, offer: Offer, network_a: Network
) -> None:
    with in_network(network_a):
        save_text(actor=SYSTEM, offer=offer, draft=ARABIC)
    address = f"{DESK}{offer.pk}/sprachen/ar/entfernen/"
    assert petra.get(address).status_code == 200
    answer = petra.post(address, follow=True).content.decode()
    assert "/verlauf/" in answer
    with in_network(network_a):
        assert not OfferText.objects.exists()


def test_a_file_goes_round(petra: Client, offer: Offer, network_a: Network) -> None:
    wanted = {"sprache": "ar", "texte": "noetig", "form": "xliff"}
    answer = petra.post(f"{DESK}uebersetzungen/speichern/", wanted)
    data = answer.content.replace(
        b'<target state="needs-translation" />', b"<target>\xd9\x85</target>", 1
    )
    assert data != answer.content
    file = SimpleUploadedFile("back.xlf", data)
    shown = petra.post(f"{DESK}uebersetzungen/einlesen/", {"file": file}, follow=True)
    with in_network(network_a):
        run = TextRun.objects.get()
        assert not OfferText.objects.exists()
    assert "1 Text wird übernommen" in shown.content.decode()
    petra.post(f"{DESK}uebersetzungen/{run.pk}/")
    run_waiting()
    assert stored(network_a).title == "م"
    done = petra.get(f"{DESK}uebersetzungen/{run.pk}/").content.decode()
    assert "1 Text ist übernommen" in done
    petra.post(f"{DESK}uebersetzungen/{run.pk}/rueckgaengig/")
    with in_network(network_a):
        assert not OfferText.objects.exists()


@pytest.mark.parametrize("data", [b"Angebot;Text", b"<!DOCTYPE x><x/>", b""])
def test_a_file_that_cannot_be_read_is_said(petra: Client, data: bytes) -> None:
    file = SimpleUploadedFile("back.xlf", data)
    answer = petra.post(f"{DESK}uebersetzungen/einlesen/", {"file": file})
    assert answer.status_code == 422
    assert answer.context["form"].errors["file"]


def test_the_service_is_asked_only_after_it_was_seen(
    petra: Client, offer: Offer, network_a: Network, monkeypatch: pytest.MonkeyPatch
) -> None:
    room = "knotenpunkt.registers.offers.translating.desk.exchange.service"
    monkeypatch.setattr(room, lambda: LibreTranslate("http://127.0.0.1:1"))
    assert "LibreTranslate" in petra.get(f"{DESK}uebersetzungen/").content.decode()
    answer = petra.post(f"{DESK}uebersetzungen/dienst/", {"sprache": "ar"}, follow=True)
    assert "3 deutsche Texte gehen an LibreTranslate" in answer.content.decode()
    with in_network(network_a):
        assert TextRun.objects.get().applied_at is None


def test_the_matrix_finds_what_is_missing(petra: Client, offer: Offer, network_a: Network) -> None:
    with in_network(network_a):
        save_text(actor=SYSTEM, offer=offer, draft=ARABIC, checked=True)
        make_offer("Krabbelgruppe")
    address = f"{DESK}uebersetzungen/angebote/"
    missing = petra.get(f"{address}?zustand=missing&sprache=ar").content.decode()
    assert "Krabbelgruppe" in missing
    assert "Stillcafé" not in missing
    checked = petra.get(f"{address}?zustand=checked").content.decode()
    assert "Stillcafé" in checked
    assert "Krabbelgruppe" not in checked


def test_the_matrix_asks_no_question_per_offer(
    petra: Client, network_a: Network, django_assert_max_num_queries: Any
) -> None:
    with in_network(network_a):
        for number in range(12):
            save_text(actor=SYSTEM, offer=make_offer(f"Angebot {number}"), draft=ARABIC)
    with django_assert_max_num_queries(25):
        petra.get(f"{DESK}uebersetzungen/angebote/")


def test_an_arabic_page_runs_from_the_right_and_has_its_original(
    client: Client, offer: Offer, network_a: Network
) -> None:
    with in_network(network_a):
        save_text(actor=SYSTEM, offer=offer, draft=ARABIC)
    page = client.get(f"/mitte/ar/angebote/{offer.pk}/").content.decode()
    assert '<html lang="ar" dir="rtl"' in page
    assert "<h1>مقهى الرضاعة</h1>" in page
    original = page.partition('class="kp-translated__original" lang="de" dir="ltr"')[2]
    assert "Milch und Gespräche." in original.partition("</details>")[0]


def test_the_easy_page_has_one_sentence_a_line(
    client: Client, offer: Offer, network_a: Network
) -> None:
    easy = TextDraft("de-x-leicht", description="Kommen Sie.\nWir sind da.")
    with in_network(network_a):
        save_text(actor=SYSTEM, offer=offer, draft=easy, checked=True)
    page = client.get(f"/mitte/de-x-leicht/angebote/{offer.pk}/").content.decode()
    assert 'class="kp-prose kp-easy"' in page
    assert "<p>Kommen Sie.</p><p>Wir sind da.</p>" in page


def test_the_export_is_a_file_of_its_form(petra: Client) -> None:
    wanted = {"sprache": "tr", "texte": "alle", "form": formats.XLSX}
    answer = petra.post(f"{DESK}uebersetzungen/speichern/", wanted)
    assert answer.content.startswith(b"PK")
    assert "texte-tr-" in answer["Content-Disposition"]
    assert (
        petra.post(f"{DESK}uebersetzungen/speichern/", wanted | {"form": "exe"}).status_code == 404
    )
