"""Whatever the installation does by itself is said in words, never by its inner name."""

from __future__ import annotations

import re

import pytest
from django.utils import translation

from knotenpunkt.front.desk.deeds import REASONS, doer
from tests.house.repository import ROOT

# These only read, or what they write is rolled back.
SILENT = {"offers imports", "partners duplicates", "preview", "privacy export", "search words"}


def inner_names() -> set[str]:
    files = (ROOT / "knotenpunkt").rglob("*.py")
    return {name for file in files for name in re.findall(r'System\("([^"]+)"\)', file.read_text())}


def test_each_inner_name_has_words() -> None:
    assert "circulars" in inner_names()
    assert inner_names() - SILENT <= set(REASONS)


@pytest.mark.parametrize("name", ["circulars", "campaign orders", "campaign clock"])
def test_what_runs_by_itself_is_said_so(name: str) -> None:
    with translation.override("de"):
        assert doer(name) == "von selbst"
