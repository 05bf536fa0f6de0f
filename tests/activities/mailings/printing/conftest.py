"""Letters that could go out, in a network that can be asked back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest

from knotenpunkt.activities.mailings.printing.letters import LetterText
from knotenpunkt.foundation.networks.models import Network
from knotenpunkt.foundation.networks.scope import in_network
from knotenpunkt.tools.mail.source import blocks
from tests.papers import accessible

__all__ = ["accessible"]

TEXT = """Sehr geehrte Frau Dr. Beispiel,

wir laden Sie herzlich ein.

- Postkarten
- Plakate

[Hier bestellen](https://netz.example.org/mitte/p/abc/)

Mit freundlichen Grüßen

Jana Wolfram"""


@pytest.fixture
def network(network_a: Network) -> Iterator[Network]:
    network_a.contact_name = "Jana Wolfram"
    network_a.contact_phone = "030 23125 040"
    network_a.operator = "Landratsamt Mitte"
    network_a.save()
    with in_network(network_a):
        yield network_a


@pytest.fixture
def letter() -> Callable[..., LetterText]:
    """A letter to a town: letter("09599"); what is named is otherwise."""

    def make(code: str = "09599", **values: Any) -> LetterText:
        usual = {
            "key": code,
            "address_lines": ["Haus Wiesenpfad", "Frau Dr. Anna Beispiel", "Obermarkt 24",
                              f"{code} Freiberg"],
            "return_line": "Landratsamt Mitte · Obermarkt 1 · 09599 Freiberg",
            "subject": "Danke, dass es Sie gibt",
            "blocks": blocks(TEXT),
            "date": date(2027, 4, 12),
            "qr_url": "https://netz.example.org/mitte/p/abc/",
        }  # fmt: skip
        return LetterText(**(usual | values))

    return make
