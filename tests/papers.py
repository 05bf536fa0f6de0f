"""Asks the checker of the data folder whether a PDF may call itself accessible."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest


@pytest.fixture
def accessible(tmp_path: Path) -> Callable[[bytes], None]:
    """Fails for a PDF that is not accessible; skips where the checker is not at hand."""
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
