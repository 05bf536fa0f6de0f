"""The handbook keeps up with the product: no page without a chapter, no word that is gone."""

from __future__ import annotations

import re
from functools import cache

import pytest
from babel.messages.pofile import read_po

from knotenpunkt.front.handbook.chapters import HELPS, ORDER, help_for
from knotenpunkt.front.handbook.reading import DATA, LINK, PICTURE, PICTURES, chapters
from scripts.handbook_pictures import MOST_BYTES, SHOTS
from tests.access.stage import TABLE
from tests.house.repository import ROOT

CATALOGUE = ROOT / "knotenpunkt" / "locale" / "de" / "LC_MESSAGES" / "django.po"
WORD_OF_THE_DESK = re.compile(r"\*\*„([^“]+)“\*\*")
ALL_PICTURES = 2_500_000
# Public, or leads on without a page of its own.
NO_DESK = (
    "offers:", "public:", "pages:", "areas:", "networks:", "handbook:", "personal:",
    "desk:sign_out",
)  # fmt: skip
OF_FAMILIES = {
    f"inbox:{name}" for name in ("call", "call_thanks", "call_about", "hint", "hint_thanks")
}


def text_of(key: str) -> str:
    return (DATA / f"{key}.md").read_text(encoding="utf-8")


@cache
def words_of_the_interface() -> frozenset[str]:
    with CATALOGUE.open("rb") as file:
        catalogue = read_po(file, locale="de")
    forms = (one.string for one in catalogue if one.string)
    return frozenset(word for form in forms for word in ([form] if isinstance(form, str) else form))


def test_each_file_is_a_chapter_in_its_place() -> None:
    assert {file.stem for file in DATA.glob("*.md")} == set(ORDER)


def test_each_page_of_the_desk_has_a_chapter() -> None:
    names = {line.name for line in TABLE if not line.name.startswith(NO_DESK)} - OF_FAMILIES
    lost = [name for name in sorted(names) if not help_for(name)[0]]
    assert not lost, f"Say in chapters.HELPS which chapter helps there: {lost}"


def test_each_help_leads_to_a_section_that_is_there() -> None:
    there = {one.key: {section.mark for section in one.sections} | {""} for one in chapters()}
    led = {beginning: help_for(beginning) for beginning in HELPS}
    assert {name: way for name, way in led.items() if way[1] not in there[way[0]]} == {}


def test_each_help_is_needed() -> None:
    names = {line.name for line in TABLE}
    assert [one for one in HELPS if not any(name.startswith(one) for name in names)] == []


@pytest.mark.parametrize("key", ORDER)
def test_links_lead_to_chapters_and_sections(key: str) -> None:
    there = {
        f"{one.key}{mark}"
        for one in chapters()
        for mark in ["", *(f"#{section.mark}" for section in one.sections)]
    }
    assert {f"{chapter}{mark}" for chapter, mark in LINK.findall(text_of(key))} <= there


@pytest.mark.parametrize("key", ORDER)
def test_words_of_buttons_and_menus_are_those_of_the_interface(key: str) -> None:
    named = {" ".join(word.split()) for word in WORD_OF_THE_DESK.findall(text_of(key))}
    gone = named - words_of_the_interface()
    assert not gone, f"The interface says something else by now: {sorted(gone)}"


@pytest.mark.parametrize("key", ORDER)
def test_pictures_are_there_and_described(key: str) -> None:
    pictures = PICTURE.findall(text_of(key))
    assert text_of(key).count("![") == len(pictures) <= 4
    for alt, name in pictures:
        assert len(alt) > 20, f"{name}: say what is to be seen"
        assert (PICTURES / name).stat().st_size <= MOST_BYTES


def test_no_picture_is_left_over() -> None:
    shown = {name for key in ORDER for _alt, name in PICTURE.findall(text_of(key))}
    kept = {file.name for file in PICTURES.glob("*.webp")}
    assert shown == kept == {f"{shot.name}.webp" for shot in SHOTS}
    assert sum(file.stat().st_size for file in PICTURES.glob("*.webp")) < ALL_PICTURES


def test_sections_of_a_chapter_have_marks_of_their_own() -> None:
    for one in chapters():
        marks = [section.mark for section in one.sections]
        assert len(marks) == len(set(marks))
        assert one.title and one.lead.endswith((".", "?"))


def test_the_contents_in_the_repository_name_every_chapter_in_order() -> None:
    contents = ROOT / "docs" / "handbuch.md"
    named = re.findall(r"handbook/data/([a-z-]+)\.md\)", contents.read_text(encoding="utf-8"))
    assert tuple(named) == ORDER
