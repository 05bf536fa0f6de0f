"""`knotenpunkt page …`: the gaps of a new network's legal pages can be filled, and signed."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from knotenpunkt.foundation.accounts.actions import add_member
from knotenpunkt.foundation.accounts.actors import System
from knotenpunkt.foundation.accounts.rights import Role
from knotenpunkt.foundation.networks.models import Network
from knotenpunkt.foundation.networks.scope import in_network
from knotenpunkt.front.commands.pages import page
from knotenpunkt.registers.pages.actions import prepare_pages
from knotenpunkt.registers.pages.models import LegalPage
from tests.conftest import PASSWORD

IN_A = ("--network", "mitte")


@pytest.fixture
def prepared(network_a: Network, network_b: Network) -> Network:
    """A new network, with people of every role, and a neighbour with a coordinator."""
    for network in (network_a, network_b):
        prepare_pages(network)
        for role in Role:
            with in_network(network):
                email = f"{role}@{network.slug}.example.org"
                add_member(
                    actor=System("test"), email=email, name=role.label, role=role, password=PASSWORD
                )
    return network_a


def told(*words: str, code: int = 0) -> str:
    """What `page …` prints."""
    result = CliRunner().invoke(page, list(words))
    assert result.exit_code == code, result.output
    return result.output


def saved(file: Path, text: str, *words: str, code: int = 0) -> str:
    """What `page save` prints of a text."""
    file.write_text(text, encoding="utf-8")
    return told("save", *words, str(file), *IN_A, code=code)


def test_the_pages_are_listed_with_their_gaps(prepared: Network) -> None:
    lines = [line.split("\t") for line in told("list", *IN_A).splitlines()]
    assert [line[0] for line in lines[::2]] == [
        "impressum", "datenschutz", "barrierefreiheit", "leichte-sprache", "gebaerdensprache",
        "kontakt",
    ]  # fmt: skip
    assert lines[0][1:4] == ["de", "Impressum", "not signed"]
    assert lines[0][4] != "gaps: 0"


def test_what_is_shown_can_be_saved_again(prepared: Network, tmp_path: Path) -> None:
    shown = told("show", "impressum", *IN_A)
    assert shown.startswith("# Impressum\n\n") and "{{operator}}" in shown.replace(" ", "")
    saved(tmp_path / "seite.md", shown, "impressum")
    assert told("show", "impressum", *IN_A) == shown


def test_it_says_which_gaps_remain(prepared: Network, tmp_path: Path) -> None:
    said = saved(
        tmp_path / "seite.md", "# Kontakt\n\n{{contact_hours}} [[noch offen]] a", "kontakt"
    )
    assert "Still open: noch offen" in said and "wann jemand" in said
    assert "Nothing is left" in saved(tmp_path / "seite.md", "Rufen Sie an.", "kontakt")
    assert told("show", "kontakt", *IN_A) == "# Kontakt\n\nRufen Sie an.\n"


def test_a_page_is_written_in_its_language(prepared: Network, tmp_path: Path) -> None:
    german = told("show", "kontakt", *IN_A)
    words = ("kontakt", "--language", "en", "--title", "Ask us")
    said = saved(tmp_path / "page.md", "# Contact\n\n{{contact_hours}}", *words)
    assert "Still open: please complete: when somebody answers" in said
    assert told("show", "kontakt", "--language", "en", *IN_A).startswith("# Ask us\n")
    assert told("show", "kontakt", *IN_A) == german


def test_a_file_that_cannot_be_read_is_told(prepared: Network, tmp_path: Path) -> None:
    file = tmp_path / "seite.md"
    file.write_bytes("Für Väter".encode("cp1252"))
    assert "UTF-8" in told("save", "kontakt", str(file), *IN_A, code=2)
    assert saved(file, "", "kontakt", code=2)


def test_a_coordinator_signs_until_the_text_changes(prepared: Network, tmp_path: Path) -> None:
    sign = ("sign", "kontakt", *IN_A, "--by", "Coordinator@mitte.example.org")
    assert "is signed by" in told(*sign)
    assert "signed by Koordination\t" in told("list", *IN_A)
    saved(tmp_path / "seite.md", "Ein neuer Text.", "kontakt")
    assert "signed by Koordination\t" not in told("list", *IN_A)


@pytest.mark.parametrize(
    "email",
    [
        "editor@mitte.example.org",
        "reader@mitte.example.org",
        "provider@mitte.example.org",
        "coordinator@peine.example.org",
        "nobody@example.org",
    ],
)
def test_nobody_else_can_sign(prepared: Network, email: str) -> None:
    assert email in told("sign", "kontakt", *IN_A, "--by", email, code=2)
    with in_network(prepared):
        assert not LegalPage.objects.filter(signed_at__isnull=False).exists()


def test_an_unknown_page_is_told(prepared: Network) -> None:
    assert "impressum" in told("show", "imprint", *IN_A, code=2)
    with in_network(prepared):
        LegalPage.objects.filter(kind="contact").delete()
    assert "kontakt" in told("show", "kontakt", *IN_A, code=2)
