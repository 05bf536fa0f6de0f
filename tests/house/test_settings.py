"""Every setting is written down, and what is written down exists."""

from __future__ import annotations

import re

from tests.house.repository import ROOT, texts

PAGE = ROOT / "docs" / "settings.md"
READ = re.compile(r"""["'](KNOTENPUNKT_[A-Z_]+|DATABASE_(?:[A-Z_]+_)?URL)["']""")
WRITTEN = re.compile(r"`(KNOTENPUNKT_[A-Z_]+|DATABASE_(?:[A-Z_]+_)?URL)`")


def settings_read() -> set[str]:
    """Names that code takes from the environment."""
    code = texts(".py").items()
    return {found for file, text in code if file != PAGE for found in READ.findall(text)}


def test_each_setting_is_written_down() -> None:
    written = set(WRITTEN.findall(PAGE.read_text(encoding="utf-8")))
    missing = settings_read() - written
    assert not missing, f"Say in docs/settings.md what these do: {sorted(missing)}"


def test_each_setting_that_is_written_down_is_read() -> None:
    gone = set(WRITTEN.findall(PAGE.read_text(encoding="utf-8"))) - settings_read()
    assert not gone, f"Nothing reads these any more; take them out of docs/settings.md: {gone}"
