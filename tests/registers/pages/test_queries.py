from __future__ import annotations

import pytest
from django.utils import translation
from pytest_django import DjangoAssertNumQueries

from knotenpunkt.foundation.networks.models import Network
from knotenpunkt.registers.pages.actions import prepare_pages
from knotenpunkt.registers.pages.models import HelpNumber, LegalPage
from knotenpunkt.registers.pages.queries import help_numbers, legal_page


@pytest.fixture
def prepared(inside_a: Network) -> Network:
    inside_a.operator = "Landkreis Demo"
    inside_a.operator_address = "Weg 1\n09599 Freiberg"
    inside_a.contact_name = "Frau Demo"
    inside_a.contact_phone = "030 23125 000"
    inside_a.contact_email = "demo@example.org"
    inside_a.save()
    prepare_pages(inside_a)
    return inside_a


def test_numbers_come_in_order_and_can_be_dialled(
    prepared: Network, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(1):
        lines = help_numbers("de")
    assert [line.tel for line in lines[:5]] == ["112", "110", "116117", "116111", "08001110550"]
    assert lines[4].label == "Elterntelefon"


def test_numbers_are_named_in_english(prepared: Network) -> None:
    assert help_numbers("en")[1].label == "Police"
    HelpNumber.objects.filter(number="110").update(label_en="", note_en="")
    assert help_numbers("en")[1].label == "Polizei"


def test_numbers_are_named_in_every_language_of_families(prepared: Network) -> None:
    police = {language: help_numbers(language)[1].label for language in ("tr", "ar", "vi", "uk")}
    assert police == {"tr": "Polis", "ar": "الشرطة", "vi": "Cảnh sát", "uk": "Поліція"}
    assert help_numbers("de-x-leicht")[4].label == "Eltern-Telefon"


def test_what_a_network_calls_its_own_number_is_not_translated_by_others(
    prepared: Network,
) -> None:
    HelpNumber.objects.filter(number="110").update(label="Wache Süd", label_en="South station")
    said = {language: help_numbers(language)[1].label for language in ("tr", "en", "de-x-leicht")}
    assert said == {"tr": "South station", "en": "South station", "de-x-leicht": "Wache Süd"}


def test_a_page_is_filled_with_what_the_network_says(prepared: Network) -> None:
    page = legal_page(prepared, "imprint", "de")
    assert page is not None
    assert "Landkreis Demo<br>Weg 1<br>09599 Freiberg" in page.html
    assert '<a href="tel:03023125000">030 23125 000</a>' in page.html
    assert '<a href="mailto:demo@example.org">demo@example.org</a>' in page.html
    assert "{{" not in page.html


def test_the_offices_are_those_of_the_land(prepared: Network) -> None:
    privacy, accessible = (
        legal_page(prepared, kind, "de") for kind in ("privacy", "accessibility")
    )
    assert privacy is not None and "www.datenschutz.sachsen.de" in privacy.html
    assert accessible is not None and "Archivstraße 1" in accessible.html


def test_what_is_missing_is_marked(prepared: Network) -> None:
    with translation.override("de"):
        page = legal_page(prepared, "contact", "de")
    assert page is not None
    assert "<mark>bitte ergänzen: wann jemand erreichbar ist</mark>" in page.html


def test_a_missing_language_falls_back_to_german(prepared: Network) -> None:
    english = legal_page(prepared, "imprint", "en")
    assert english is not None and english.language == "en"
    LegalPage.objects.filter(kind="imprint", language="en").delete()
    german = legal_page(prepared, "imprint", "en")
    assert german is not None and (german.language, german.title) == ("de", "Impressum")


def test_no_page_is_none(inside_a: Network) -> None:
    assert legal_page(inside_a, "imprint", "de") is None
