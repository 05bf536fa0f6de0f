"""Labels: each address inside its label, from the place where the sheet begins."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from knotenpunkt.activities.mailings.printing.labels import SHEETS, Label, Sheet, labels_pdf
from knotenpunkt.registers.partners.postal import LINES, WIDTH
from tests.papers import pages_of, text_of, words_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("network")]


def labels(count: int) -> list[Label]:
    return [
        Label(key=number, lines=["Haus", "Markt 1", f"{1000 + number:05} Ort{number}"])
        for number in range(count)
    ]


def label_at(sheet: Sheet, left: float, top: float) -> tuple[int, int]:
    """Row and column of the label in which a point lies, counted from 0."""
    return (
        int((top - sheet.top) // sheet.height),
        int((left - sheet.left) // (sheet.width + sheet.gap)),
    )


def test_labels_are_accessible(accessible: Callable[[bytes], None]) -> None:
    accessible(labels_pdf(labels(30)).content)


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.key)
def test_every_address_stays_inside_its_label(sheet: Sheet) -> None:
    full = [
        Label(number, ["W" * WIDTH] * (LINES - 1) + [f"{number + 1000:05} Ort"])
        for number in range(sheet.places)
    ]
    for word in words_of(labels_pdf(full, sheet=sheet).content):
        assert label_at(sheet, word.left, word.top) == label_at(sheet, word.right, word.bottom)
        assert word.left >= 7 and word.right <= 203


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.key)
def test_the_sheet_fits_on_paper(sheet: Sheet) -> None:
    assert sheet.left >= 0 and sheet.top >= 0


def test_they_begin_where_a_label_is_left() -> None:
    sheet = SHEETS[0]
    paper = labels_pdf(labels(22), sheet=sheet, start=5).content
    assert pages_of(paper) == 2
    first = words_of(paper)[0]
    assert label_at(sheet, first.left, first.top) == (1, 1)
    assert "Ort20" in text_of(paper, 2) and "Ort19" in text_of(paper, 1)


def test_they_are_sorted_and_what_cannot_be_printed_is_named() -> None:
    odd = Label("odd", ["漢", "Markt 1", "09599 Freiberg"])
    paper = labels_pdf([*reversed(labels(3)), odd])
    assert paper.count == 3
    assert [key for key, _reason in paper.missing] == ["odd"]
    text = text_of(paper.content)
    assert text.index("Ort0") < text.index("Ort1") < text.index("Ort2")
