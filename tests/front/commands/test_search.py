"""`knotenpunkt search words …`."""

from __future__ import annotations

from click.testing import CliRunner

from knotenpunkt.foundation.networks.models import Network
from knotenpunkt.front.commands.search import search


def ran(*words: str) -> tuple[int, str]:
    result = CliRunner().invoke(search, ["words", *words, "--network", "mitte"])
    return result.exit_code, result.output.strip()


def test_words_are_saved_listed_and_removed(network_a: Network) -> None:
    assert ran("save", "Mukibu", "--means", "Bus", "--means", "Treff", "--note", "neu")[0] == 0
    assert ran("list") == (0, "Mukibu\tBus, Treff\tneu")
    assert ran("save", "MUKIBU", "--means", "Bus")[0] == 0
    assert ran("list") == (0, "MUKIBU\tBus")
    assert ran("remove", "mukibu")[0] == 0
    assert ran("list") == (0, "")


def test_what_cannot_be_kept_is_refused_with_words(network_a: Network) -> None:
    code, told = ran("save", "?", "--means", "Bus")
    assert (code, "das Wort" in told) == (2, True)
    assert ran("remove", "gibt-es-nicht")[0] == 2
