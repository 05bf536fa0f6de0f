"""The frame of the desk: its first page."""

from __future__ import annotations

from tests.access.table import MEMBERS, Line

LINES = [Line("desk:today", MEMBERS)]
