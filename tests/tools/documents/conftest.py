from __future__ import annotations

from typing import Any

import pytest

from tests.papers import accessible

__all__ = ["accessible"]


@pytest.fixture
def sample() -> dict[str, Any]:
    """What the sample template wants, with names from all over Europe and beyond."""
    return {
        "lead": "Łukasz, Şirin, Nguyễn, Đorđe, Þóra, Ольга, Ελένη und سلام sind da. ★ ✓ ●",
        "heading": "Wer dabei ist",
        "facts": [["Ansprechperson", "Dr. Anna-Lena von der Heide-Müller"], ["Seit", "2019"]],
        "head": ["Einrichtung", "Stand", "Zahl"],
        "rows": [
            {"name": "Kita #set text(red)", "state": "full", "words": "dabei", "number": "12"},
            {"name": "Klinik $x$ *fett*", "state": "part", "words": "teils", "number": "3"},
            {"name": "Amtsgericht", "state": "gap", "words": "fehlt", "number": "0"},
            {"name": "Polizei", "state": "none", "words": "nicht nötig", "number": "–"},
        ]
        * 12,
        "note": "Alles erfunden.",
    }
