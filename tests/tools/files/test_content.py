"""A paper is what its content says; everything else is refused in words."""

from __future__ import annotations

import zipfile
from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from PIL import Image

from knotenpunkt.tools.files import content
from knotenpunkt.tools.files.content import DOCX, JPEG, ODT, PDF, PNG, honest_name, papers

WHOLE_PDF = b"%PDF-1.4\n1 0 obj\nendobj\n%%EOF\n"


def picture(form: str) -> bytes:
    file = BytesIO()
    Image.new("RGB", (8, 8), "white").save(file, form)
    return file.getvalue()


def archive(**parts: bytes) -> bytes:
    file = BytesIO()
    with zipfile.ZipFile(file, "w") as packed:
        for name, text in parts.items():
            packed.writestr(name.replace("__", "/").replace("_", "."), text)
    return file.getvalue()


WORD = archive(word__document_xml=b"<w/>")


@pytest.mark.parametrize(
    ("told", "kind"),
    [
        (WHOLE_PDF, PDF),
        (picture("PNG"), PNG),
        (picture("JPEG"), JPEG),
        (WORD, DOCX),
        (archive(mimetype=ODT.encode()), ODT),
    ],
    ids=["pdf", "png", "jpeg", "docx", "odt"],
)
def test_a_paper_is_known_by_its_content(told: bytes, kind: str) -> None:
    assert papers("ohne-endung", told) == kind


@pytest.mark.parametrize(
    ("told", "said"),
    [
        (b"", "ist leer"),
        (b"MZ\x90\x00", "gehört nicht zu diesen Arten: PDF, PNG, JPEG, Word"),
        (b"<html><script>alert(1)</script>", "gehört nicht"),
        (b"%PDF-1.4\n1 0 obj", "abgeschnitten"),
        (picture("PNG")[:40], "nicht als Bild öffnen"),
        (b"PK\x03\x04 broken", "lässt sich nicht öffnen"),
        (archive(xl__workbook_xml=b"<x/>"), "gehört nicht"),
        (archive(word__document_xml=b"<w/>", word__vbaProject_bin=b"x"), "Makros"),
    ],
    ids=["empty", "program", "page", "cut off", "half a picture", "broken", "table", "macros"],
)
def test_everything_else_is_refused_by_its_name(told: bytes, said: str) -> None:
    with pytest.raises(ValidationError) as refused:
        papers("Vereinbarung.pdf", told)
    assert "„Vereinbarung.pdf“" in refused.value.messages[0]
    assert said in refused.value.messages[0]


def test_what_is_too_large_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(content, "LARGEST_BYTES", 10)
    with pytest.raises(ValidationError, match="größer"):
        papers("a.pdf", WHOLE_PDF)


def test_what_swells_when_opened_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(content, "LARGEST_UNPACKED", 2)
    with pytest.raises(ValidationError, match="zu groß"):
        papers("a.docx", WORD)


def test_a_picture_with_too_many_pixels_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(content, "MOST_PIXELS", 10)
    with pytest.raises(ValidationError, match="Bildpunkte"):
        papers("a.png", picture("PNG"))


@pytest.mark.parametrize(
    ("told", "kind", "kept"),
    [
        ("Protokoll.PDF", PDF, "Protokoll.PDF"),
        ("protokoll.html", PDF, "protokoll.html.pdf"),
        ("foto.jpeg", JPEG, "foto.jpeg"),
        ("brief", DOCX, "brief.docx"),
        ("liste.csv", "text/csv", "liste.csv"),
    ],
)
def test_a_saved_file_opens_as_what_it_is(told: str, kind: str, kept: str) -> None:
    assert honest_name(told, kind) == kept
