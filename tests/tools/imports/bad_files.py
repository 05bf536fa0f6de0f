"""Files as people really hand them in, and worse ones, with the answer that they deserve.

Written before the code and judged without it: `says` are words that the German answer must hold,
each of them; `rows` says that the file can be used all the same, and how many rows it gives.
"""

from __future__ import annotations

import gzip
import io
import struct
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from openpyxl import Workbook

OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
HEAD = ["Angebot", "Träger", "PLZ"]
LINES = [["Stillcafé", "Verein", "09599"], ["Elterncafé", "Verein", "09599"]]
CSV = "Angebot;Träger;PLZ\nStillcafé;Verein;09599\nElterncafé;Verein;09599\n"


@dataclass(frozen=True, slots=True)
class BadFile:
    """`content` makes the bytes. `rows` None: it is refused; else so many rows are read."""

    what: str
    name: str
    content: Callable[[], bytes]
    says: tuple[str, ...] = ()
    rows: int | None = None

    def __str__(self) -> str:
        return self.what


def book(*lines: list[Any], change: Callable[[Workbook], None] | None = None) -> bytes:
    """A workbook with these lines on its first sheet."""
    made = Workbook()
    for line in lines or (HEAD, *LINES):
        made.active.append(line)
    if change is not None:
        change(made)
    target = io.BytesIO()
    made.save(target)
    return target.getvalue()


def parts(data: bytes) -> dict[str, bytes]:
    """What is in a packed file."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(members: dict[str, bytes], level: int = 6) -> bytes:
    """A packed file with these members."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=level) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return target.getvalue()


def _ole(stream: str) -> bytes:
    """The container of old Office files, and of those that a password locks."""
    return (OLD_OFFICE + b"\0" * 504 + stream.encode("utf-16-le") + b"\0" * 512) * 2


def _bomb() -> bytes:
    """Some hundred kilobytes that become fifty megabytes."""
    sheet = b"<worksheet><sheetData>" + b"<row></row>" * 5_000_000
    return packed(parts(book()) | {"xl/worksheets/sheet1.xml": sheet}, level=9)


def _many_entries() -> bytes:
    return packed(parts(book()) | {f"xl/media/{n}.txt": b"" for n in range(20_000)}, level=0)


def _lying_sizes() -> bytes:
    """Says in its list of contents that it is small, and is not."""
    data = bytearray(packed(parts(book()) | {"xl/worksheets/sheet1.xml": b" " * 50_000_000}))
    place = 0
    while (place := data.find(b"PK\x01\x02", place)) >= 0:
        if b"sheet1.xml" in data[place + 46 : place + 90]:
            data[place + 24 : place + 28] = struct.pack("<I", 100)
        place += 4
    return bytes(data)


def _billion_laughs() -> bytes:
    names = [f"l{n}" for n in range(10)]
    entities = "".join(
        f'<!ENTITY {name} "{f"&{names[n - 1]};" * 10 if n else "lol"}">'
        for n, name in enumerate(names)
    )
    strings = f"<?xml version='1.0'?><!DOCTYPE sst [{entities}]><sst><si><t>&l9;</t></si></sst>"
    return packed(parts(book()) | {"xl/sharedStrings.xml": strings.encode()})


def _outside_entity() -> bytes:
    sheet = (
        '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]>'
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        '<row r="1"><c r="A1" t="inlineStr"><is><t>&e;</t></is></c></row></sheetData></worksheet>'
    )
    return packed(parts(book()) | {"xl/worksheets/sheet1.xml": sheet.encode()})


def _with_macros() -> bytes:
    members = parts(book())
    kinds = members["[Content_Types].xml"].replace(
        b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
        b"application/vnd.ms-excel.sheet.macroEnabled.main+xml",
    )
    return packed(members | {"[Content_Types].xml": kinds, "xl/vbaProject.bin": b"\0" * 2000})


def _with_formulas() -> bytes:
    """As Excel saves it: the formula, and what it came to."""
    members = parts(book(HEAD, ['=CONCATENATE("Still","café")', "Verein", "09599"]))
    name = "xl/worksheets/sheet1.xml"
    sheet = members[name].decode()
    start, end = sheet.index("<v", sheet.index("</f>")), sheet.index("</c>", sheet.index("</f>"))
    sheet = sheet[:start] + "<v>Stillcafé</v>" + sheet[end:]
    sheet = sheet.replace('<c r="A2">', '<c r="A2" t="str">')
    return packed(members | {name: sheet.encode()})


def _far_corner(row: int, column: int) -> bytes:
    def change(made: Workbook) -> None:
        made.active.cell(row=row, column=column).value = " "

    return book(change=change)


def _empty_rows(count: int) -> bytes:
    """Rows that somebody only coloured."""
    members = parts(book())
    name = "xl/worksheets/sheet1.xml"
    rows = b"".join(b'<row r="%d"/>' % number for number in range(4, count))
    return packed(members | {name: members[name].replace(b"</sheetData>", rows + b"</sheetData>")})


def _open_document() -> bytes:
    kind = b"application/vnd.oasis.opendocument.spreadsheet"
    return packed({"mimetype": kind, "content.xml": b"<office/>"})


def _word() -> bytes:
    return packed({"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<document/>"})


def _nested(depth: int) -> bytes:
    return b'{"services": ' + b"[" * depth + b"]" * depth + b"}"


def _refused() -> Iterator[BadFile]:
    yield BadFile("nothing in it", "leer.csv", lambda: b"", ("leer",))
    yield BadFile("only blanks", "leer.csv", lambda: b" \r\n\t \n", ("leer",))
    yield BadFile(
        "only names of columns", "a.csv", lambda: CSV.split("\n")[0].encode(), ("Zeilen",)
    )
    yield BadFile("an empty workbook", "a.xlsx", lambda: book([]), ("Zeilen",))
    yield BadFile(
        "a password", "geheim.xlsx", lambda: _ole("EncryptedPackage"), ("Passwort", "speichern")
    )
    yield BadFile("old Excel", "alt.xls", lambda: _ole("Workbook"), ("alte", "XLSX"))
    yield BadFile("old Word", "alt.doc", lambda: _ole("WordDocument"), ("alte", "XLSX"))
    yield BadFile("a PDF", "liste.pdf", lambda: b"%PDF-1.7\n" + b"x" * 900, ("PDF", "XLSX"))
    yield BadFile("a PDF called CSV", "liste.csv", lambda: b"%PDF-1.7\n" + b"x" * 99, ("PDF",))
    yield BadFile("a photo", "liste.jpg", lambda: b"\xff\xd8\xff\xe0" + b"\0" * 900, ("Bild",))
    yield BadFile("a picture", "liste.png", lambda: b"\x89PNG\r\n\x1a\n" + b"\0" * 90, ("Bild",))
    yield BadFile(
        "an iPhone photo", "a.heic", lambda: b"\0\0\0\x18ftypheic" + b"\0" * 90, ("Bild",)
    )
    yield BadFile("a Word file", "liste.docx", _word, ("Word", "XLSX"))
    yield BadFile("LibreOffice", "liste.ods", _open_document, ("LibreOffice", "XLSX"))
    yield BadFile("a zip", "liste.zip", lambda: packed({"liste.csv": CSV.encode()}), ("gepackt",))
    yield BadFile("gzip", "liste.csv.gz", lambda: gzip.compress(CSV.encode()), ("gepackt",))
    yield BadFile("7-Zip", "liste.7z", lambda: b"7z\xbc\xaf\x27\x1c" + b"\0" * 90, ("gepackt",))
    yield BadFile("half a workbook", "a.xlsx", lambda: book()[:2000], ("beschädigt",))
    yield BadFile("four bytes of a workbook", "a.xlsx", lambda: b"PK\x03\x04", ("beschädigt",))
    yield BadFile("a zip bomb", "bombe.xlsx", _bomb, ("entpackt", "zu groß"))
    yield BadFile("a bomb that lies", "bombe.xlsx", _lying_sizes, ("beschädigt",))
    yield BadFile("20,000 entries", "viele.xlsx", _many_entries, ("beschädigt",))
    yield BadFile("billion laughs", "lol.xlsx", _billion_laughs, ("beschädigt",))
    yield BadFile("an entity from outside", "xxe.xlsx", _outside_entity, ("beschädigt",))
    yield BadFile("a web page", "liste.xls", lambda: b"<html><table><tr><td>1", ("Internetseite",))
    yield BadFile("a program", "a.csv", lambda: b"MZ\x90\0\x03" + bytes(range(256)), ("Textdatei",))
    yield BadFile("NUL bytes", "a.csv", lambda: CSV.encode().replace(b"V", b"\0"), ("Textdatei",))
    yield BadFile("JSON too deep", "a.json", lambda: _nested(200_000), ("JSON",))
    yield BadFile("half a JSON", "a.json", lambda: b'{"type": "FeatureCollection", ', ("JSON",))
    yield BadFile("a JSON number", "a.json", lambda: b'{"a": 1e400, "b": ' + b"9" * 9000, ("JSON",))
    yield BadFile("only a mark of bytes", "a.csv", lambda: b"\xff\xfe", ("leer",))
    yield BadFile(
        "a wide table", "breit.csv", lambda: (";" * 3000 + "\n").encode() * 5, ("zu viele",)
    )


def _usable() -> Iterator[BadFile]:
    yield BadFile("formulas", "a.xlsx", _with_formulas, ("Formeln",), rows=1)
    yield BadFile("macros", "makro.xlsm", _with_macros, ("Makros",), rows=2)
    yield BadFile("a far corner", "a.xlsx", lambda: _far_corner(60_000, 300), rows=2)
    yield BadFile("a million empty rows", "a.xlsx", lambda: _empty_rows(1_000_000), rows=2)
    yield BadFile("Windows letters", "a.csv", lambda: CSV.encode("cp1252"), rows=2)
    yield BadFile("UTF-16", "a.csv", lambda: CSV.encode("utf-16"), rows=2)
    yield BadFile("UTF-16 without a mark", "a.csv", lambda: CSV.encode("utf-16-le"), rows=2)
    yield BadFile("UTF-8 with a mark", "a.csv", lambda: CSV.encode("utf-8-sig"), rows=2)
    yield BadFile(
        "old Mac letters and lines", "a.csv", lambda: CSV.replace("\n", "\r").encode(), rows=2
    )
    yield BadFile("a workbook called CSV", "a.csv", book, rows=2)
    yield BadFile("a CSV called XLSX", "a.xlsx", CSV.encode, rows=2)
    empty_lines = CSV + ";;\n" * 1000 + "\n" * 1000
    yield BadFile("a thousand empty lines", "a.csv", empty_lines.encode, rows=2)
    yield BadFile(
        "quotation marks left open", "a.csv", lambda: (CSV + '"offen;Verein;1\n').encode(), rows=3
    )


REFUSED = tuple(_refused())
USABLE = tuple(_usable())
