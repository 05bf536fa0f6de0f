"""The handbook: for everybody who works at the desk."""

from __future__ import annotations

from tests.access.table import MEMBERS, NOT_THERE, Line

UNKNOWN = NOT_THERE | {"nobody": 302}
LINES = [
    Line("handbook:contents", MEMBERS),
    Line("handbook:contents", MEMBERS, query="q=einlesen&von=/mitte/desk/angebote/"),
    Line("handbook:contents", MEMBERS, query="q=%25%00%C3&von=https://example.org/"),
    Line("handbook:chapter", MEMBERS, kwargs={"key": "heute"}),
    Line("handbook:chapter", MEMBERS, kwargs={"key": "liste-einlesen"}, query="von=//example.org"),
    Line("handbook:chapter", UNKNOWN, kwargs={"key": "gibt-es-nicht"}),
]
