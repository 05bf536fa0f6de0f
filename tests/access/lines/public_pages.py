"""Pages for everyone."""

from __future__ import annotations

from tests.access.table import NOT_THERE, OPEN, READERS, Line

OFFER_PAGES = ("offers:detail", "offers:calendar", "offers:contact")
LEGAL = ("imprint", "privacy", "accessibility", "easy_language", "sign_language", "contact")
LINES = [
    Line("public:start", OPEN),
    Line("networks:theme", OPEN),
    Line("networks:mark", OPEN),
    Line("areas:suggestions", OPEN, query="q=Frei"),
    Line("areas:nearest_postal_code", OPEN, query="lat=50.9&lon=13.3"),
    Line("areas:outlines", OPEN),
    Line("offers:finder", OPEN),
    Line("offers:suggestions", OPEN, query="q=schlaf"),
    *(Line(f"pages:{kind}", OPEN) for kind in LEGAL),
    *(Line(name, OPEN, of="published") for name in OFFER_PAGES),
    *(Line(name, READERS, of="draft") for name in OFFER_PAGES),
    *(Line(name, NOT_THERE, of="neighbour") for name in OFFER_PAGES),
    *(Line(name, NOT_THERE, of="invented") for name in OFFER_PAGES),
]
