"""Letters: accessible, the address in the window, sorted; no odd name stops the others."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import pairwise

import pytest

from knotenpunkt.activities.mailings.printing import letters as printing
from knotenpunkt.activities.mailings.printing.letters import LetterText, letters_pdf
from knotenpunkt.foundation.networks.models import Network
from knotenpunkt.registers.partners.postal import LINES, WIDTH
from knotenpunkt.tools.mail.source import blocks
from tests.papers import bookmarks_of, pages_of, text_of, words_of

Make = Callable[..., LetterText]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("network")]
LONG = "\n\n".join(["Ein Absatz mit vielen Worten. " * 12] * 8)


def test_letters_are_accessible(letter: Make, accessible: Callable[[bytes], None]) -> None:
    accessible(letters_pdf([letter("09599"), letter("04720", blocks=blocks(LONG))]).content)


@pytest.mark.parametrize(
    "lines",
    [
        ["Haus Wiesenpfad", "Obermarkt 24", "09599 Freiberg"],
        ["W" * WIDTH, "M" * WIDTH, "Ä" * WIDTH, "Q" * WIDTH, "%" * WIDTH, "09599 W"],
        ["Łukasz, Şirin, Nguyễn, Đorđe e. V."] * (LINES - 1) + ["09599 Freiberg"],
        ["جمعية الأسرة", "Frau سلام", "Obermarkt 24", "09599 Freiberg"],
    ],
    ids=["short", "as wide as can be", "many lines", "from right to left"],
)  # fmt: skip
def test_the_address_stands_in_the_window(letter: Make, lines: list[str]) -> None:
    paper = letters_pdf([letter(address_lines=lines)])
    assert paper.missing == []
    window = [
        word for word in words_of(paper.content) if 62.7 <= (word.top + word.bottom) / 2 <= 92
        and word.left < 115
    ]  # fmt: skip
    middles = sorted((word.top + word.bottom) / 2 for word in window)
    assert sum(b - a > 2 for a, b in pairwise(middles)) == len(lines) - 1
    for word in window:
        assert word.left >= 24.9
        assert word.right <= 105.1
        # The box of an Arabic word is higher than its letters.
        assert word.top >= (61.5 if "\u0600" <= word.text[0] <= "\u06ff" else 62.7)
        assert word.bottom <= 90


def test_above_it_stands_who_writes(letter: Make) -> None:
    first = next(word for word in words_of(letters_pdf([letter()]).content) if word.top > 50)
    assert first.text == "Landratsamt"
    assert 45 < first.top < first.bottom < 62.7


def test_who_can_be_asked_and_the_day_stand_beside(letter: Make) -> None:
    words = words_of(letters_pdf([letter()]).content)
    beside = [word.text for word in words if word.left > 124 and word.bottom < 95]
    told = "Ihre Ansprechperson Jana Wolfram Telefon 030 23125 040 Datum 12. April 2027"
    assert " ".join(beside) == told


def test_letters_are_sorted_by_postal_code(letter: Make) -> None:
    paper = letters_pdf([letter(code) for code in ("09599", "04720", "09111", "01067")])
    codes = [title.split()[0] for title in bookmarks_of(paper.content)]
    assert codes == ["01067", "04720", "09111", "09599"]
    assert (paper.count, pages_of(paper.content)) == (4, 4)


def test_each_begins_on_a_sheet_of_its_own_for_duplex(letter: Make) -> None:
    letters = [letter("01067"), letter("04720", blocks=blocks(LONG)), letter("09599")]
    paper = letters_pdf(letters, duplex=True).content
    starts = [page for page in range(1, pages_of(paper) + 1) if "Danke," in text_of(paper, page)]
    assert len(starts) == 3 and all(page % 2 for page in starts)
    assert text_of(paper, 2) == ""


def test_pages_are_numbered_from_the_second_of_each_letter(letter: Make) -> None:
    long = letter("01067", blocks=blocks(LONG))
    paper = letters_pdf([long, letter("04720"), letter("09599", blocks=blocks(LONG))]).content
    told = [text_of(paper, page) for page in range(1, pages_of(paper) + 1)]
    numbers = ["".join(re.findall(r"Seite (\d)", text)) for text in told]
    assert numbers == ["", "2", "", "", "2"]


def test_the_code_stands_beside_the_closing(letter: Make) -> None:
    with_code = words_of(letters_pdf([letter()]).content)
    closing = next(word for word in with_code if word.text == "Grüßen")
    caption = [word for word in with_code if word.text == "persönliche"][-1]
    assert caption.left > 150 and 0 < caption.top - closing.top < 35
    assert "persönliche" not in text_of(letters_pdf([letter(qr_url="")]).content)


@pytest.mark.parametrize(
    "name", ["漢字 e. V.", "", "\x00\x00", "😀😀", "x\ue000", "\ud83d"],
    ids=["no font", "empty", "NUL", "emoji", "private sign", "half a sign"],
)  # fmt: skip
def test_an_impossible_name_stops_nobody_else(letter: Make, name: str) -> None:
    odd = letter("04720", address_lines=[name, "", "04720 Döbeln"])
    paper = letters_pdf([letter("09599"), odd, letter("01067")])
    assert paper.count == pages_of(paper.content) == 2
    [(key, reason)] = paper.missing
    assert key == "04720" and reason


def test_the_reason_names_the_sign(letter: Make) -> None:
    name = ["Haus 漢", "Obermarkt 24", "09599 Freiberg"]
    assert "漢" in letters_pdf([letter(address_lines=name)]).missing[0][1]


def test_what_adorns_a_text_is_left_out_of_print(letter: Make) -> None:
    paper = letters_pdf([letter(subject="Danke! 🎉", blocks=blocks("Schön 🎈, dass es Sie gibt"))])
    assert paper.missing == [] and paper.count == 1
    assert "Schön, dass" in text_of(paper.content)


def test_a_house_with_an_emoji_in_its_name_gets_its_letter(letter: Make) -> None:
    lines = ["Kita Sonnenblume 🌻", "Obermarkt 24", "09599 Freiberg"]
    paper = letters_pdf([letter(address_lines=lines)])
    assert paper.missing == []
    assert "Kita Sonnenblume Obermarkt" in text_of(paper.content) and "□" not in text_of(
        paper.content
    )


def test_a_text_is_never_code(letter: Make) -> None:
    paper = letters_pdf([letter(subject="#set text(red) $x$ *fett*", blocks=blocks("#panic()"))])
    assert "#panic()" in text_of(paper.content)
    assert "#set text(red) $x$ *fett*" in text_of(paper.content)


def test_nothing_to_print_is_no_file(letter: Make) -> None:
    assert letters_pdf([]).content == b""
    nobody = letters_pdf([letter(address_lines=["Haus"])])
    assert (nobody.content, nobody.count, len(nobody.missing)) == (b"", 0, 1)


def test_many_are_made_in_a_process_of_their_own(
    letter: Make, monkeypatch: pytest.MonkeyPatch, network: Network
) -> None:
    monkeypatch.setattr(printing, "FEW", 2)
    paper = letters_pdf([letter(f"0{number}") for number in range(1000, 1040)])
    assert pages_of(paper.content) == 40
