"""Translations are compiled by whoever comes first, for everybody."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from knotenpunkt.foundation.core.catalogues import LOCALE, compile_stale_catalogues


def test_what_an_administrator_compiled_the_service_can_read(tmp_path: Path) -> None:
    messages = tmp_path / "de" / "LC_MESSAGES"
    messages.mkdir(parents=True)
    shutil.copy(LOCALE / "de" / "LC_MESSAGES" / "django.po", messages)
    before = os.umask(0o077)  # as the console command has it
    try:
        assert compile_stale_catalogues(tmp_path) == 1
    finally:
        os.umask(before)
    assert (messages / "django.mo").stat().st_mode & 0o777 == 0o644
    assert compile_stale_catalogues(tmp_path) == 0
