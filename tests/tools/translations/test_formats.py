"""Texts travel as XLIFF and XLSX and come back as they left; hostile files are refused."""

from __future__ import annotations

import io
import tracemalloc
import zipfile
from collections.abc import Callable

import pytest
from openpyxl import load_workbook

from knotenpunkt.tools.translations import formats
from knotenpunkt.tools.translations.safe_xml import DEEPEST, parse
from knotenpunkt.tools.translations.units import LARGEST, Texts, Unit, UnreadableTexts
from knotenpunkt.tools.translations.xliff import NAMESPACES

HEADS = ("Angebot", "Teil", "Deutsch", "Übersetzung", "Schlüssel")
UNITS = [
    Unit("a1:title", "Stillcafé", "Emzirme kahvesi", "Stillcafé Mitte", "Name", 300),
    Unit("a1:description", "Erste Zeile\nZweite & <dritte>", "", "Stillcafé Mitte", "Text"),
    Unit("b2:title", "=SUMME(1)", "مقهى الرضاعة", "Noch eins", "Name"),
    Unit("b2:summary", "Mit \x07 Zeichen", "x", "Noch eins", "Satz"),
]
FORMS = (formats.XLIFF, formats.XLIFF_2, formats.XLSX)


def written(form: str, language: str = "tr") -> bytes:
    return formats.write(Texts(language, UNITS), form, original="mitte", heads=HEADS)


@pytest.mark.parametrize("form", FORMS)
def test_what_is_written_is_read_again(form: str) -> None:
    (texts,) = formats.read(written(form))
    assert texts.language == "tr"
    told = [(one.key, one.source, one.target) for one in texts.units]
    assert told == [(one.key, one.source.replace("\x07", ""), one.target) for one in UNITS]


def test_xliff_1_2_has_the_structure_that_programs_expect() -> None:
    root = parse(written(formats.XLIFF))
    space = {"x": NAMESPACES["1.2"]}
    assert (root.tag, root.get("version")) == (f"{{{NAMESPACES['1.2']}}}xliff", "1.2")
    (file,) = root.findall("x:file", space)
    assert {"original", "datatype", "source-language", "target-language"} <= set(file.keys())
    assert [one.get("resname") for one in file.findall("x:body/x:group", space)] == [
        "Stillcafé Mitte",
        "Noch eins",
    ]
    rows = file.findall(".//x:trans-unit", space)
    # The order of the schema: source, target, note.
    assert {tuple(child.tag.partition("}")[2] for child in row) for row in rows} == {
        ("source", "target", "note")
    }
    states = [row.find("x:target", space).get("state") for row in rows]  # type: ignore[union-attr]
    assert states[:2] == ["needs-review-translation", "needs-translation"]
    assert rows[0].get("maxwidth") == "300"


def test_xliff_2_0_has_notes_before_its_segment() -> None:
    root = parse(written(formats.XLIFF_2))
    space = {"x": NAMESPACES["2.0"]}
    assert (root.get("srcLang"), root.get("trgLang")) == ("de", "tr")
    for row in root.findall(".//x:unit", space):
        assert [child.tag.partition("}")[2] for child in row] == ["notes", "segment"]


def test_marks_of_a_program_inside_a_text_leave_its_words() -> None:
    data = written(formats.XLIFF).replace(
        b"Emzirme kahvesi", b'Emzirme <g id="1">kahvesi</g><x id="2"/>'
    )
    (texts,) = formats.read(data)
    assert texts.units[0].target == "Emzirme kahvesi"


def test_only_the_translation_of_a_workbook_can_be_changed() -> None:
    sheet = load_workbook(io.BytesIO(written(formats.XLSX)))["Texte"]
    assert sheet.protection.sheet
    locked = [cell.protection.locked for cell in sheet[3]]
    assert locked == [True, True, True, False, True]
    assert sheet["C5"].data_type == "s"  # no formula


def _xml(inside: str, doctype: str = "") -> bytes:
    return f'<?xml version="1.0"?>{doctype}<xliff version="1.2">{inside}</xliff>'.encode()


BOMB = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>'
OUTSIDE = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'


def zipped(name: str, content: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return file.getvalue()


@pytest.mark.parametrize(
    "data",
    [
        _xml("&b;", BOMB),
        _xml("&a;", OUTSIDE),
        _xml("<a>" * (DEEPEST + 5) + "</a>" * (DEEPEST + 5)),
        _xml("<a>"),
        _xml(""),
        b'<?xml version="1.0" encoding="utf-7"?><a/>',
        b"<" + b"a" * LARGEST,
        b"Angebot;Text",
        b"",
        zipped("hello.txt", b"x"),
        zipped("xl/workbook.xml", b"0" * (70 * 1024 * 1024)),
        zipped("xl/workbook.xml", b"<!DOCTYPE x><x/>"),
        b"PK\x03\x04 nothing",
    ],
)  # fmt: skip
def test_what_is_no_such_file_is_refused_in_words(data: bytes) -> None:
    with pytest.raises(UnreadableTexts) as told:
        formats.read(data)
    assert str(told.value)


@pytest.mark.parametrize("encode", [lambda text: text.encode("utf-16"), str.encode])
def test_encodings_of_other_programs_are_read(encode: Callable[[str], bytes]) -> None:
    text = written(formats.XLIFF).decode()
    data = encode(text if encode("x") == b"x" else text.replace("utf-8", "utf-16"))
    (texts,) = formats.read(data)
    assert texts.units[2].target == "مقهى الرضاعة"


def with_sheet(data: bytes, added: bytes) -> bytes:
    """The workbook with further rows in its sheet."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", 8) as new:
        for name in old.namelist():
            part = old.read(name)
            if name == "xl/worksheets/sheet1.xml":
                part = part.replace(b"</sheetData>", added + b"</sheetData>")
            new.writestr(name, part)
    return out.getvalue()


def test_a_cell_far_below_does_not_fill_the_memory_with_empty_ones() -> None:
    """Five kilobytes took half a minute and a gigabyte, in the process that serves the pages."""
    cell = b'<row r="1048576"><c r="E1048576" t="inlineStr"><is><t>x</t></is></c></row>'
    data = with_sheet(written(formats.XLSX), cell)
    tracemalloc.start()
    try:
        with pytest.raises(UnreadableTexts):
            formats.read(data)
        assert tracemalloc.get_traced_memory()[1] < 50_000_000
    finally:
        tracemalloc.stop()


def test_the_same_cell_again_and_again_is_refused_before_it_is_unpacked() -> None:
    row = b'<row r="9">' + b"<c><v>1</v></c>" * 200_000 + b"</row>"
    with pytest.raises(UnreadableTexts):
        formats.read(with_sheet(written(formats.XLSX), row))


def test_empty_rows_below_the_texts_do_no_harm() -> None:
    """People colour whole columns."""
    rows = b"".join(b'<row r="%d"><c r="A%d"/></row>' % (at, at) for at in range(20, 60_100))
    (texts,) = formats.read(with_sheet(written(formats.XLSX), rows))
    assert len(texts.units) == len(UNITS)
