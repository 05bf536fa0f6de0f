"""The list of offers at the desk, and what is done from it."""

from __future__ import annotations

from tests.access.table import MEMBERS, Line

LINES = [
    Line("offers_desk:list", MEMBERS),
    Line("offers_desk:list", MEMBERS, query="q=krabbel&ort=Freiberg&sort=-geprueft&stand=entwurf"),
]
