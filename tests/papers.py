"""Looks into PDFs: is one accessible (asks the checker of the data folder), what stands where?"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from html import unescape
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest

WORD = re.compile(r'<word xMin="(.+?)" yMin="(.+?)" xMax="(.+?)" yMax="(.+?)">(.*?)</word>')


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


@dataclass(frozen=True)
class Word:
    """A word on a page, with its box in millimetres from the top left corner."""

    text: str
    left: float
    top: float
    right: float
    bottom: float


def words_of(paper: bytes, page: int = 1) -> list[Word]:
    """The words of one page in their order; skips where poppler's pdftotext is not at hand."""
    program = shutil.which("pdftotext")
    if program is None:
        pytest.skip("pdftotext (poppler-utils) is not installed")
    asked = [program, "-bbox", "-f", str(page), "-l", str(page), "-", "-"]
    done = subprocess.run(asked, input=paper, capture_output=True, check=True)
    return [
        Word(unescape(text), *(float(one) * 25.4 / 72 for one in box))
        for *box, text in WORD.findall(done.stdout.decode())
    ]


def text_of(paper: bytes, page: int = 1) -> str:
    """The words of one page, parted by blanks."""
    return " ".join(word.text for word in words_of(paper, page))


def pages_of(paper: bytes) -> int:
    """How many pages it has."""
    with pikepdf.open(BytesIO(paper)) as opened:
        return len(opened.pages)


def bookmarks_of(paper: bytes) -> list[str]:
    """What its bookmarks on the first level say."""
    with pikepdf.open(BytesIO(paper)) as opened, opened.open_outline() as outline:
        return [str(one.title) for one in outline.root]
