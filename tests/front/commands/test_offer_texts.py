"""Texts in other languages on the console: handed out, filled in, taken in."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from knotenpunkt.foundation.networks.models import Network
from knotenpunkt.foundation.networks.scope import in_network
from knotenpunkt.front.commands.offers import offers
from knotenpunkt.front.commands.text import text
from knotenpunkt.registers.offers.models import OfferText, TextRun
from knotenpunkt.tools.jobs.worker import run_waiting
from tests.factories import make_offer

pytestmark = pytest.mark.django_db(transaction=True)


def said(*words: object) -> str:
    done = CliRunner().invoke(offers, ["texts", *map(str, words), "--network", "mitte"])
    assert done.exit_code == 0, done.output
    return done.output


def test_there_and_back(network_a: Network, tmp_path: Path) -> None:
    with in_network(network_a):
        make_offer("Stillcafé", summary="Milch.")
        make_offer("Geheimer Entwurf", published=False)
    file = tmp_path / "texte.xlf"
    assert said("export", file, "--language", "uk") == "texts=2\n"
    empty = '<target state="needs-translation" />'
    file.write_text(file.read_text().replace(empty, "<target>Кафе</target>", 1))
    assert said("import", file, "--dry-run") == "empty=1 new=1\n"
    with in_network(network_a):
        assert not TextRun.objects.exists()
    said("import", file)
    run_waiting()
    with in_network(network_a):
        assert OfferText.objects.get().title == "Кафе"


@pytest.mark.parametrize("content", [b"", b"<xliff/>", b"\xff\xfe\x00"])
def test_what_is_no_such_file_is_said(network_a: Network, tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "texte.xlf"
    file.write_bytes(content)
    done = CliRunner().invoke(offers, ["texts", "import", str(file), "--network", "mitte"])
    assert done.exit_code != 0
    assert "Traceback" not in done.output


def test_an_ending_says_the_form(network_a: Network, tmp_path: Path) -> None:
    file = str(tmp_path / "texte.doc")
    words = ["texts", "export", file, "--language", "uk", "--network", "mitte"]
    assert CliRunner().invoke(offers, words).exit_code != 0


def test_a_text_is_checked_for_easy_language(tmp_path: Path) -> None:
    file = tmp_path / "text.txt"
    file.write_text("Bitte rufen Sie an.\n")
    assert CliRunner().invoke(text, ["check", str(file)]).exit_code == 0
    file.write_text("Wir beraten Sie z. B. am Montag.\n")
    done = CliRunner().invoke(text, ["check", str(file)])
    assert done.exit_code == 1
    assert "zum Beispiel" in done.output
