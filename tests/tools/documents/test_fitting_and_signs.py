"""What is known of a paper before it is set: which signs can be printed, and what fits."""

from __future__ import annotations

from io import BytesIO

import pytest
from PIL import Image

from knotenpunkt.foundation.networks.models import Network
from knotenpunkt.foundation.networks.scope import in_network
from knotenpunkt.tools.documents.compiling import Order, compiled_apart
from knotenpunkt.tools.documents.fitting import MM, broken, fitted, width_of
from knotenpunkt.tools.documents.pictures import as_svg, mark_svg, qr_svg
from knotenpunkt.tools.documents.signs import ornaments, printable, unknown_signs
from knotenpunkt.tools.documents.typesetting import UnknownSigns, pdf


def test_european_and_arabic_names_can_be_printed() -> None:
    assert not unknown_signs("Łukasz Şirin Nguyễn Đorđe Þóra Ольга Ελένη سلام ★ ☀️ \n\t\u00a0")
    assert unknown_signs("Kita 漢字 😀\x00") == {"漢", "字", "😀", "\x00"}


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("Danke 🎉!", "Danke!"), ("🌻 Kita Sonnenblume", "Kita Sonnenblume"),
        ("Familie 👩‍👧", "Familie"), ("Sonne ☀️ und ✉", "Sonne ☀ und ✉"),
        ("Haus 漢 👍🏽", "Haus □"), ("1️⃣ Gang", "1 Gang"), ("  Text  ", "  Text  "),
    ],
)  # fmt: skip
def test_what_no_font_has_is_left_out_where_it_only_adorns(text: str, printed: str) -> None:
    assert printable(text) == printed


def test_letters_of_a_script_adorn_nothing() -> None:
    assert ornaments("漢 🎉 ა") == {"🎉"}


@pytest.mark.django_db
@pytest.mark.parametrize("sign", ["漢", "😀", "ა", "अ"])
def test_the_typesetter_refuses_what_is_said_to_be_unknown(network_a: Network, sign: str) -> None:
    assert unknown_signs(sign)
    with in_network(network_a), pytest.raises(UnknownSigns):
        pdf("campaigns/report", _report(sign), title="x")


def _report(text: str) -> dict[str, object]:
    return {
        "period": text, "message": "", "hosts": "", "figures": [], "sections": [], "pictures": [],
        "map": None, "join_ins": [], "coming": [], "partners": [], "costs": [], "costs_total": "",
        "kept": [], "changed": [], "contact": [], "words": {},
    }  # fmt: skip


def test_lines_take_the_first_size_that_fits() -> None:
    assert fitted(["kurz"], width=80, sizes=(10, 8)).size == 10
    assert fitted(["W" * 30], width=80, sizes=(10, 9, 8)).size == 8
    cut = fitted(["W" * 90], width=80, sizes=(10, 8))
    assert cut.lines[0].endswith("…") and width_of(cut.lines[0]) * 8 <= 80 * MM


def test_lines_are_broken_between_words() -> None:
    assert broken(["Haus am Wall", "x"], width=15, size=10) == ("Haus am", "Wall", "x")


def test_photographs_travel_as_svg_and_other_files_do_not() -> None:
    content = BytesIO()
    Image.new("RGB", (8, 6)).save(content, "PNG")
    assert 'viewBox="0 0 8 6"' in as_svg(content.getvalue())
    with pytest.raises(ValueError, match="picture"):
        as_svg(b"%PDF-1.7")


def test_a_code_is_drawn_and_a_mark_stays_in_the_light() -> None:
    code = qr_svg("https://example.org/")
    assert code.startswith("<svg") and "viewBox" in code and "width=" not in code.split(">")[0]
    drawn = mark_svg(Network(slug="x", name="x", mark="path"))
    assert "<svg" in drawn and "prefers-color-scheme" not in drawn


def test_a_template_that_is_not_there_is_told_from_another_process() -> None:
    told = compiled_apart(Order("/nowhere/x.typ", "/nowhere", "/nowhere", "{}", 0))
    assert told.problem and not told.content
