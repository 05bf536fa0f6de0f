from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest


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


@pytest.fixture
def accessible(tmp_path: Path) -> Callable[[bytes], None]:
    """Asks the checker of the data folder whether a PDF may call itself accessible."""
    folder = os.environ.get("KNOTENPUNKT_TEST_DATA")
    if not folder:
        pytest.skip("KNOTENPUNKT_TEST_DATA names no data folder")
    checker = Path(folder).parent / "standards" / "check_pdf.py"

    def check(paper: bytes) -> None:
        file = tmp_path / "paper.pdf"
        file.write_bytes(paper)
        asked = [sys.executable, str(checker), str(file)]
        done = subprocess.run(asked, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr

    return check
