"""`knotenpunkt network …`: what is refused, and with which words."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from knotenpunkt.foundation.networks.models import Network
from knotenpunkt.front.commands.networks import network


def refused(*words: str) -> str:
    """What the command says when it must fail."""
    result = CliRunner().invoke(network, list(words))
    assert result.exit_code == 2, result.output
    assert result.output.strip()
    return result.output


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("create mitte --name x", "Error: Das Netzwerk „mitte“ gibt es schon"),
        ("create drei --name=", "Error: Ein Netzwerk braucht"),
        ("change mitte --name=", "braucht"),
        ("create static --name x", "static"),
        ("create en --name x", "en"),
        ("create a_b --name x", "a–z"),
        ("create drei --name x --ags Freiberg", "Freiberg"),
        ("create drei --name x --ags 99999", "„99999“ ist unbekannt"),
        ("create drei --name x --accent #FFFF66", "4,5"),
        ("create drei --name x --contact-email nobody", "contact_email"),
        ("create drei", "--name"),
        ("change gibt-es-nicht --name x", "mitte"),
        ("change mitte --accent rot", "rot"),
        ("change mitte --accent #12", "#12"),
        ("change mitte --logo weg.svg", "weg.svg"),
        ("change mitte --ags 1", "1"),
        ("gibt-es-nicht", "gibt-es-nicht"),
    ],
)
def test_wrong_input_is_told_and_changes_nothing(network_a: Network, words: str, told: str) -> None:
    assert told in refused(*words.split())
    assert [(one.slug, one.name) for one in Network.objects.all()] == [("mitte", "Netzwerk Mitte")]


def test_a_logo_is_a_drawing_or_a_picture(network_a: Network, tmp_path: Path) -> None:
    page = tmp_path / "logo.html"
    page.write_text("<script>", encoding="utf-8")
    assert "SVG" in refused("change", "mitte", "--logo", str(page))


def test_a_network_needs_no_area(db: None) -> None:
    """A state programme may span many counties, or none that can be named."""
    done = CliRunner().invoke(network, ["create", "weit", "--name", "Weites Netz"])
    assert done.exit_code == 0, done.output
    assert Network.objects.get().area_keys == []
