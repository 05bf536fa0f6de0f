"""Text files as offices save them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knotenpunkt.tools.imports.readers.files import read_bytes
from knotenpunkt.tools.imports.tables import UnreadableFile

LINES = [["Titel", "Straße", "PLZ"], ["Café für Väter", "Körnerweg 8", "09599"]]
KNOWN = {"Titel", "Straße", "PLZ", "Träger"}


def knows(name: str) -> bool:
    return name in KNOWN


@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_reads_any_separator_in_any_encoding(separator: str, encoding: str) -> None:
    text = "\r\n".join(separator.join(line) for line in LINES)
    (table,) = read_bytes(text.encode(encoding), knows).tables
    assert table.columns == ("Titel", "Straße", "PLZ")
    assert table.rows[0].values == dict(zip(LINES[0], LINES[1], strict=True))


def test_the_separator_is_not_guessed_from_commas_in_texts() -> None:
    text = "Titel;Text\nA;eins, zwei, drei\nB;vier, fünf, sechs\nC;x, y, z\n"
    (table,) = read_bytes(text.encode()).tables
    assert table.columns == ("Titel", "Text")


def test_excel_may_name_the_separator_itself() -> None:
    reading = read_bytes(b"sep=|\nTitel|Ort\nA;B|C\n")
    assert reading.tables[0].rows[0].values == {"Titel": "A;B", "Ort": "C"}
    assert reading.tables[0].rows[0].number == 3


def test_quoted_line_breaks_stay_in_their_cell() -> None:
    (table,) = read_bytes(b'Titel,Text\n"A","eins\nzwei"\nB,drei\n').tables
    assert [row.values["Text"] for row in table.rows] == ["eins\nzwei", "drei"]
    assert [row.number for row in table.rows] == [2, 3]


def test_the_header_is_found_below_title_lines_and_those_are_told() -> None:
    text = "Angebote im Landkreis;;\nStand 1.5.2024;;\n;;\nTitel;Straße;PLZ\nA;Weg 1;09599\n"
    reading = read_bytes(text.encode(), knows)
    assert reading.tables[0].columns == ("Titel", "Straße", "PLZ")
    assert reading.tables[0].rows[0].number == 5
    assert len(reading.left_out) == 2


def test_a_title_line_above_unknown_names_is_not_the_header() -> None:
    (table,) = read_bytes(b"Unsere Liste\nfoo;bar;baz\n1;2;3\n4;5;6\n").tables
    assert table.columns == ("foo", "bar", "baz")


def test_empty_rows_are_no_rows_and_repeated_headers_are_told() -> None:
    text = "Titel;PLZ\nA;1\n;\n  ; \nTitel;PLZ\nB;2\n"
    reading = read_bytes(text.encode(), knows)
    assert [row.number for row in reading.tables[0].rows] == [2, 6]
    assert len(reading.left_out) == 1


def test_doubled_and_missing_names_and_long_rows_lose_nothing() -> None:
    (table,) = read_bytes(b"Telefon;Telefon;;PLZ\n1;2;3;4;5\n", knows).tables
    assert list(table.rows[0].values.values()) == ["1", "2", "3", "4", "5"]
    assert len(set(table.columns)) == 5


def test_one_broken_byte_does_not_break_all_umlauts() -> None:
    data = "Titel;Ort\nMüller;Döbeln\nVäter;Roßwein\n".encode() + b"Caf\xe9;X\n"
    (table,) = read_bytes(data).tables
    assert table.rows[0].values["Titel"] == "Müller"
    assert table.rows[2].values["Titel"] == "Caf\ufffd"


@pytest.mark.parametrize(
    "data",
    [b"", b"  \r\n ", b"\xef\xbb\xbf", b"Titel;Ort\n", b"%PDF-1.7 x", b"<html><body>", b"a\0b\0c",
     b"\x89PNG\r\n", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1rest", b"PK\x03\x04broken", b'{"a": ',
     b"[1, 2]", b"[" * 100_000],
)  # fmt: skip
def test_what_is_no_list_is_refused_with_a_sentence(data: bytes) -> None:
    with pytest.raises(UnreadableFile) as refusal:
        read_bytes(data)
    assert str(refusal.value).endswith(".")


def test_a_password_is_named() -> None:
    data = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 99 + "EncryptedPackage".encode("utf-16-le")
    with pytest.raises(UnreadableFile, match=r"password|Passwort|Kennwort"):
        read_bytes(data)


@given(st.binary(max_size=400))
def test_no_bytes_make_it_fail_otherwise(data: bytes) -> None:
    try:
        reading = read_bytes(data)
    except UnreadableFile:
        return
    for table in reading.tables:
        assert all(set(row.values) == set(table.columns) for row in table.rows)


@given(st.lists(st.lists(st.text(max_size=8), min_size=2, max_size=4), min_size=1, max_size=6))
def test_no_text_makes_it_fail_otherwise(rows: list[list[str]]) -> None:
    try:
        read_bytes("\n".join(";".join(row) for row in rows).encode("utf-8", "replace"))
    except UnreadableFile:
        return
