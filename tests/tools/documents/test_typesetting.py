"""Papers: tagged, in their language, in fonts of our own, honest about what cannot be printed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from knotenpunkt.foundation.networks.models import Network
from knotenpunkt.foundation.networks.scope import in_network
from knotenpunkt.tools.documents import typesetting
from knotenpunkt.tools.documents.typesetting import BadTemplate, UnknownSigns, pdf

HOUSE = '#import "/tools/documents/documents/house.typ": house\n'

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _inside(network_a: Network) -> Iterator[None]:
    with in_network(network_a):
        yield


def test_a_paper_is_accessible(sample: dict[str, Any], accessible: Callable[[bytes], None]) -> None:
    accessible(pdf("documents/sample", sample, title="Wer ist dabei?"))


def test_it_has_a_title_a_language_and_tags(sample: dict[str, Any]) -> None:
    with pikepdf.open(BytesIO(pdf("documents/sample", sample, title="Wer ist dabei?"))) as paper:
        with paper.open_metadata() as told:
            assert told["dc:title"] == "Wer ist dabei?"
            assert told["pdfuaid:part"] == "1"
        assert paper.Root.Lang == "de"
        assert paper.Root.MarkInfo.Marked
        assert len(paper.pages) > 1


def test_another_language_is_named(sample: dict[str, Any]) -> None:
    made = pdf("documents/sample", sample, title="Who is in?", language="en")
    with pikepdf.open(BytesIO(made)) as paper:
        assert paper.Root.Lang == "en"


def test_fonts_are_our_own_and_inside(sample: dict[str, Any]) -> None:
    with pikepdf.open(BytesIO(pdf("documents/sample", sample, title="Schriften"))) as paper:
        names = {
            str(font.BaseFont) for page in paper.pages for font in page.Resources.Font.values()
        }
    assert names and all("NotoSans" in name for name in names)


def test_a_sign_without_a_picture_is_told_with_its_text(sample: dict[str, Any]) -> None:
    sample["rows"][0]["name"] = "Kita 漢字 am Markt"
    with pytest.raises(UnknownSigns) as told:
        pdf("documents/sample", sample, title="Wer ist dabei?")
    assert told.value.texts == ("Kita 漢字 am Markt",)
    assert told.value.signs == {"漢", "字"}
    assert "Kita 漢字 am Markt" in str(told.value)


def test_a_paper_that_must_not_wait_marks_them(sample: dict[str, Any]) -> None:
    sample["rows"][0]["name"] = "Kita 漢字 am Markt"
    assert pdf("documents/sample", sample, title="Wer 漢 ist dabei?", mark_unknown=True)
    assert sample["rows"][0]["name"] == "Kita 漢字 am Markt"


def test_a_choice_between_pictures_is_no_hindrance(sample: dict[str, Any]) -> None:
    sample["lead"] = "Sonne ☀️"
    assert pdf("documents/sample", sample, title="Sonne")


@pytest.mark.parametrize(
    "template",
    ["#show: house\n#unknown()", '#show: house\n#text(font: "Comic")[x]'],
    ids=["does not compile", "only warns of a font"],
)  # fmt: skip
def test_a_template_at_fault_makes_no_paper(
    template: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "documents" / "wrong.typ"
    file.parent.mkdir()
    file.write_text(HOUSE + template, encoding="utf-8")
    (tmp_path / "tools").symlink_to(typesetting.PRODUCT / "tools")
    monkeypatch.setattr(typesetting, "PRODUCT", tmp_path)
    monkeypatch.setattr(typesetting, "_file", lambda _name: file)
    with pytest.raises(BadTemplate, match="wrong"):
        pdf("documents/wrong", {}, title="Falsch")
