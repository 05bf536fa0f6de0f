"""Compiles the translations where the text is newer than what was compiled from it."""

from __future__ import annotations

import os
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

LOCALE = Path(__file__).resolve().parents[2] / "locale"


def compile_stale_catalogues(folder: Path = LOCALE) -> int:
    """Compile every `django.po` below `folder` that needs it; returns how many that were."""
    return sum(_compile(text) for text in sorted(folder.glob("*/LC_MESSAGES/*.po")))


def _compile(text: Path) -> bool:
    compiled = text.with_suffix(".mo")
    if compiled.exists() and compiled.stat().st_mtime >= text.stat().st_mtime:
        return False
    with text.open("rb") as source:
        catalogue = read_po(source)
    # Two processes may start at the same time.
    draft = compiled.with_suffix(f".{os.getpid()}.draft")
    with draft.open("wb") as target:
        write_mo(target, catalogue)
    draft.chmod(0o644)  # part of the program: whoever installed it, everybody may read it
    draft.replace(compiled)
    return True
