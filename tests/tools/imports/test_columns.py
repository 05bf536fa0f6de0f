"""Recognising columns by their names."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knotenpunkt.tools.imports.columns import Field, Vocabulary, Wishes, is_running, missing_columns
from knotenpunkt.tools.imports.profiles import UnfitProfile, read_profile
from knotenpunkt.tools.imports.sources import source_name
from knotenpunkt.tools.imports.tables import Cell, Row, Table

FIELDS = (
    Field("title", "Title", ("Titel", "Name", "Bezeichnung")),
    Field("street", "Street", ("Straße",)),
    Field("code", "Code", ("PLZ", "Postleitzahl", "postal_code")),
    Field("phones", "Phones", ("Telefon", "Telefonnummer", "Mobil"), many=True),
    Field("number", "Number", ("Nr", "Hausnr")),
    Field("address", "Address", ("Adresse",), made_of=(frozenset({"street", "number"}),)),
    Field("house", "House", ("Kita", "Haus")),
    Field("is_kita", "Is a Kita", ("Kita",), flag=True),
    Field("groups", "Groups", many=True, pattern=r"gruppe \d{1,2} \d{1,2}"),
)
WORDS = Vocabulary(FIELDS)


def table(*columns: str, cells: list[Cell] | None = None) -> Table:
    values = dict(zip(columns, cells or [""] * len(columns), strict=True))
    return Table("", columns, (Row(2, values),))


@pytest.mark.parametrize(
    ("column", "field"),
    [("STRASSE", "street"), ("Strasse", "street"), ("straße*", "street"), (" Straße : ", "street"),
     ("Post-Leitzahl", "code"), ("postalCode", "code"), ("POSTAL CODE", "code"),
     ("PLZ (5-stellig)", "code"), ("Telefonnummer der Einrichtung", "phones"),
     ("Postleizahl", "code"), ("StraÃŸe", "street"), ("Gruppe 0-3", "groups"),
     ("Telefon (2)", "phones")],
)  # fmt: skip
def test_many_spellings_are_one_name(column: str, field: str) -> None:
    assert WORDS.recognise(table(column)).columns == {field: (column,)}


@pytest.mark.parametrize(
    ("column", "field"),
    [("Straße und Hausnr.", "address"), ("Strasse + Nr", "address"), ("Straße & Nr.", "address"),
     ("Telefon / Mobil", "phones"), ("Name/Bezeichnung", "title"), ("Titel bzw. Name", "title")],
)  # fmt: skip
def test_names_that_stand_together_are_one_column(column: str, field: str) -> None:
    mapping = WORDS.recognise(table(column))
    assert (mapping.columns, mapping.doubts) == ({field: (column,)}, ())
    assert WORDS.knows(column)


@pytest.mark.parametrize("column", ["Straße / Telefon", "Telefon / Fax", "Titel /", "/", "und"])
def test_names_of_different_things_are_not_mixed(column: str) -> None:
    assert "address" not in WORDS.recognise(table(column)).columns
    assert "phones" not in WORDS.recognise(table(column)).columns


def test_doubtful_names_are_told() -> None:
    assert WORDS.recognise(table("Postleizahl")).doubts
    assert not WORDS.recognise(table("Postleitzahl")).doubts


def test_the_most_telling_of_two_names_wins_and_the_other_is_not_dropped() -> None:
    mapping = WORDS.recognise(table("Bezeichnung", "Titel", "Farbe"))
    assert mapping.columns == {"title": ("Titel",)}
    assert mapping.unknown == ("Bezeichnung", "Farbe")
    assert any("Farbe" in line for line in mapping.lines(FIELDS))


def test_several_columns_can_fill_one_field() -> None:
    wide = table("Mobil", "Telefon", cells=["0172 1", "03731 2"])
    mapping = WORDS.recognise(wide)
    assert mapping.cell(wide.rows[0], "phones") == "03731 2; 0172 1"


def test_a_name_that_can_be_a_flag_is_judged_by_its_values() -> None:
    assert "is_kita" in WORDS.recognise(table("Kita", cells=[1])).columns
    assert "house" in WORDS.recognise(table("Kita", cells=["Sonnenhaus"])).columns


def test_a_profile_goes_first_and_can_switch_off_and_fix() -> None:
    wishes = Wishes({"title": ("Farbe",), "street": ()}, {"code": "09599"})
    told = table("Titel", "Farbe", "Straße", "PLZ", cells=["A", "rot", "Weg", "1"])
    mapping = WORDS.recognise(told, wishes)
    assert mapping.columns == {"title": ("Farbe",)}
    assert mapping.cell(told.rows[0], "code") == "09599"


def test_columns_of_a_profile_that_are_not_there_are_found() -> None:
    wishes = Wishes({"title": ("Farbe", "titel")})
    assert missing_columns([table("Titel")], wishes) == ("Farbe",)


def test_profile_files(tmp_path: Path) -> None:
    path = tmp_path / "kitas.json"
    path.write_text(json.dumps({"columns": {"title": "A", "phones": ["B", "C"], "code": None}}))
    draft = read_profile(path, ["title", "phones", "code"])
    assert draft.name == "kitas"
    assert draft.wishes.columns == {"title": ("A",), "phones": ("B", "C"), "code": ()}
    with pytest.raises(UnfitProfile, match="phones"):
        read_profile(path, ["title", "code"])
    for text in ("{", "[]", '{"columns": 3}'):
        path.write_text(text)
        with pytest.raises(UnfitProfile if text != "{" else Exception):
            read_profile(path, ["title"])


@pytest.mark.parametrize(
    ("values", "running"),
    [([1, 2, 3], True), (["1.", "2.", "4."], True), ([1.0, 2.0], True), (["1", None, "3"], True),
     ([4711, 4712], False), ([3, 1, 2], False), (["A1", "A2"], False), ([1, 1, 2], False),
     ([], False)],
)  # fmt: skip
def test_running_numbers(values: list[Cell], running: bool) -> None:
    assert is_running(values) is running


@pytest.mark.parametrize(
    ("file_name", "source"),
    [("flensburg_kitas_2024.csv", "flensburg_kitas"), ("Angebote 2024-05-01 v2.xlsx", "Angebote"),
     ("Angebote_Stand_01.05.2024.xlsx", "Angebote"), ("kitas (1).csv", "kitas"),
     ("20240501_liste.csv", "liste"), ("2024.csv", "2024"), ("kitas_final.csv", "kitas")],
)  # fmt: skip
def test_the_source_is_the_file_without_date_and_version(file_name: str, source: str) -> None:
    assert source_name(file_name) == source


@given(st.text(max_size=60))
def test_no_name_makes_it_fail(name: str) -> None:
    WORDS.knows(name)
    WORDS.recognise(table(name or "x"))
