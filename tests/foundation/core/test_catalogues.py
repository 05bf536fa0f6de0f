"""Translations are compiled by whoever installs, and read by whoever serves."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from knotenpunkt.foundation.core.catalogues import compile_stale_catalogues

PO = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\nmsgid "a"\nmsgstr "b"\n'


def test_another_user_can_read_what_was_compiled(tmp_path: Path) -> None:
    folder = tmp_path / "de" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "django.po").write_text(PO, encoding="utf-8")
    before = os.umask(0o077)
    try:
        assert compile_stale_catalogues(tmp_path) == 1
    finally:
        os.umask(before)
    assert stat.S_IMODE((folder / "django.mo").stat().st_mode) == 0o644
    assert compile_stale_catalogues(tmp_path) == 0
