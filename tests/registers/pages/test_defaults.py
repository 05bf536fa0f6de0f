from __future__ import annotations

import pytest

from knotenpunkt.foundation.core.languages import OTHERS
from knotenpunkt.foundation.networks.models import LANDS
from knotenpunkt.registers.pages import defaults
from knotenpunkt.registers.pages.markup import PLACEHOLDER
from knotenpunkt.registers.pages.models import PageKind
from knotenpunkt.registers.pages.queries import _names

KNOWN = {"network", "short_name", *_names()}


@pytest.mark.parametrize("language", ["de", "en"])
def test_every_page_has_a_template_in_both_languages(language: str) -> None:
    kinds = [page.kind for page in defaults.page_templates() if page.language == language]
    assert sorted(kinds) == sorted(PageKind.values)


@pytest.mark.parametrize(
    "page", defaults.page_templates(), ids=lambda page: f"{page.kind}.{page.language}"
)
def test_templates_use_known_placeholders_and_headings(page: defaults.PageTemplate) -> None:
    assert page.title and not page.title.startswith("#")
    assert set(PLACEHOLDER.findall(page.body)) <= KNOWN
    assert "# " in page.body


def test_the_languages_ask_for_the_same() -> None:
    asked: dict[str, list[set[str]]] = {}
    for page in defaults.page_templates():
        asked.setdefault(page.kind, []).append(set(PLACEHOLDER.findall(page.body)))
    assert all(german == english for german, english in asked.values())


@pytest.mark.parametrize("language", [code for code in OTHERS if code != "en"])
def test_every_help_number_is_named_in_every_language(language: str) -> None:
    german = {said for one in defaults.help_numbers() for said in (one.label, one.note)}
    assert defaults.help_words(language).keys() == german
    assert all(defaults.help_words(language).values())


@pytest.mark.parametrize("land", sorted(LANDS.values()))
def test_every_land_has_its_offices(land: str) -> None:
    offices = defaults.offices(land)
    assert "](https://" in offices.data_protection
    assert offices.accessibility


def test_an_unknown_land_has_none() -> None:
    assert defaults.offices("") == defaults.Offices()


def test_the_numbers_that_help_at_once() -> None:
    numbers = [number.number for number in defaults.help_numbers()]
    assert numbers == [
        "112", "110", "116 117", "116 111", "0800 111 0550", "116 016", "0800 404 0020",
        "0800 111 0111",
    ]  # fmt: skip


def test_numbers_are_named_in_english_too() -> None:
    for number in defaults.help_numbers():
        number.clean_fields(exclude=["network"])
        assert number.label_en and number.note_en
