"""The same letters by LibreOffice, in two ways: its own mail merge, and a document merged before.

SOFFICE names the program, UNO_PYTHON a Python that has `uno` (Debian's is /usr/bin/python3 with the
packages python3-uno and libreoffice-base-nogui beside libreoffice-writer-nogui).
"""

from __future__ import annotations

import csv
import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from xml.sax.saxutils import escape

from benchmarks.campaigns.letter_texts import PARAGRAPHS, SUBJECT, address
from tests.papers import pages_of

MERGING = Path(__file__).with_name("letters_merged.py")
COLUMNS = ("house", "task", "name", "street", "town")
TAGGED = 'pdf:writer_pdf_Export:{"PDFUACompliance":{"type":"boolean","value":"true"}}'
FLAT = """<?xml version="1.0" encoding="UTF-8"?>
<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
 xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"
 office:version="1.2" office:mimetype="application/vnd.oasis.opendocument.text">
<office:automatic-styles><style:style style:name="N" style:family="paragraph">
<style:paragraph-properties{breaking}/></style:style></office:automatic-styles>
<office:body><office:text>{letters}</office:text></office:body></office:document>"""
ON_A_NEW_PAGE = ' fo:break-before="page"'
FIELD = (
    '<text:database-display text:database-name="letters" text:table-name="addresses" '
    'text:table-type="table" text:column-name="{name}">{name}</text:database-display>'
)


@dataclass(frozen=True, slots=True)
class Round:
    """One file: seconds on the clock, seconds of the processors, peak memory in MB."""

    seconds: float
    busy: float
    memory: int


def program() -> str:
    """LibreOffice, or ""."""
    return os.environ.get("SOFFICE") or shutil.which("soffice") or ""


def merging_python() -> str:
    """A Python that can ask LibreOffice for its mail merge, or ""."""
    one = os.environ.get("UNO_PYTHON", "/usr/bin/python3")
    if not Path(one).exists():
        return ""
    asked = subprocess.run([one, "-c", "import uno"], capture_output=True, check=False)
    return one if asked.returncode == 0 else ""


def merged(soffice: str, python: str, place: Path, count: int) -> Round:
    """One file by its mail merge: addresses from a CSV file, the text from a document."""
    with (place / "addresses.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter=";").writerows([COLUMNS, *map(address, range(count))])
    fields = [FIELD.format(name=name) for name in COLUMNS]
    text = FLAT.format(breaking="", letters=_letter(fields))
    (place / "letter.fodt").write_text(text, encoding="utf-8")
    for former in place.glob("merged*.pdf"):
        former.unlink()
    done = subprocess.run([python, str(MERGING), soffice, str(place)], capture_output=True,
                          check=True)  # fmt: skip
    [paper] = place.glob("merged*.pdf")
    if pages_of(paper.read_bytes()) != count:
        sys.exit("LibreOffice merged other letters than it was given.")
    return Round(**json.loads(done.stdout))


def converted(soffice: str, place: Path, count: int) -> Round:
    """One file of a document that is merged already, without the start of the program."""
    start, whole = _converted(soffice, place, 1), _converted(soffice, place, count)
    return Round(whole.seconds - start.seconds, whole.busy - start.busy, whole.memory)


def _converted(soffice: str, place: Path, count: int) -> Round:
    source = place / "letters.fodt"
    letters = "".join(_letter(list(map(escape, address(number)))) for number in range(count))
    source.write_text(FLAT.format(breaking=ON_A_NEW_PAGE, letters=letters), encoding="utf-8")
    (place / "letters.pdf").unlink(missing_ok=True)
    profile = f"-env:UserInstallation={(place / 'profile').as_uri()}"
    asked = [soffice, profile, "--headless", "--convert-to", TAGGED, "--outdir", str(place)]
    begun = perf_counter()
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    running = subprocess.Popen([*asked, str(source)], **quiet)
    _pid, status, used = os.wait4(running.pid, 0)
    running.returncode = status
    if status or not (place / "letters.pdf").is_file():
        sys.exit("LibreOffice made no file.")
    busy = used.ru_utime + used.ru_stime
    return Round(perf_counter() - begun, busy, used.ru_maxrss // 1024)


def _letter(lines: list[str]) -> str:
    told = "<text:line-break/>".join(lines)
    parts = [f'<text:p text:style-name="N">{told}</text:p>']
    parts.append(f'<text:h text:outline-level="1">{escape(SUBJECT)}</text:h>')
    parts += [f"<text:p>{escape(one)}</text:p><text:p/>" for one in PARAGRAPHS]
    return "".join(parts)
