"""The frame of the desk: its first page, and the change log."""

from __future__ import annotations

from tests.access.table import COORDINATORS, MEMBERS, Line

LINES = [
    Line("desk:today", MEMBERS),
    Line("desk:audit", COORDINATORS),
    Line("desk:audit", COORDINATORS, query="teil=gelesen&wer=x&was=x&seit=x&seite=x&q=%25"),
    Line("desk:audit", COORDINATORS, query="was=angebote&seit=7&seite=99&q=krabbel"),
]
