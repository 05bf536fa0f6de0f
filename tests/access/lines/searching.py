"""The search over everything: for members, each with what they may see."""

from __future__ import annotations

from tests.access.table import MEMBERS, Line

LINES = [
    Line("desk:search", MEMBERS),
    Line("desk:search", MEMBERS, query="q=krabbelgrupe"),
    Line("desk:search", MEMBERS, query="q=%00%25_'&seite=x"),
    Line("desk:search_hits", MEMBERS, query="q=haus"),
    Line("desk:search_hits", MEMBERS),
]
