"""How many letters a second become one print-ready file, beside LibreOffice.

    python -m benchmarks.campaigns.letters [LETTERS]

Ours: window envelopes, tagged as PDF/UA-1, sorted, each with a QR code of its own, as the product
makes them. LibreOffice gets the letters as one document that is merged already, so only its
typesetting is measured, without QR codes, tagged as well. Where there is no `soffice`, and
SOFFICE names none, it is left out, and that is said.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from time import perf_counter
from xml.sax.saxutils import escape

from benchmarks.campaigns.letter_texts import PARAGRAPHS, SUBJECT, address
from benchmarks.installation import NETWORK, installation, measured
from benchmarks.machine import described

LETTERS, ROUNDS = 800, 3
PROMISE = 10.0
INSIDE = "benchmarks.campaigns.letters_inside"
TAGGED = 'pdf:writer_pdf_Export:{"PDFUACompliance":{"type":"boolean","value":"true"}}'
FLAT = """<?xml version="1.0" encoding="UTF-8"?>
<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
 xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"
 office:version="1.2" office:mimetype="application/vnd.oasis.opendocument.text">
<office:automatic-styles><style:style style:name="N" style:family="paragraph">
<style:paragraph-properties fo:break-before="page"/></style:style></office:automatic-styles>
<office:body><office:text>{letters}</office:text></office:body></office:document>"""


@dataclass(frozen=True, slots=True)
class Round:
    """One file: seconds on the clock, seconds of the processors, peak memory in MB."""

    seconds: float
    busy: float
    memory: int


def ours(count: int) -> Round:
    """One file by the product."""
    with installation() as inside:
        told = measured(inside, INSIDE, NETWORK, str(count))
    return Round(told["seconds"], told["busy"], told["memory"])


def office() -> str:
    """The program, or ""."""
    return os.environ.get("SOFFICE") or shutil.which("soffice") or ""


def theirs(program: str, place: Path, count: int) -> Round:
    """One file by LibreOffice, without its start."""
    start, whole = _converted(program, place, 1), _converted(program, place, count)
    return Round(whole.seconds - start.seconds, whole.busy - start.busy, whole.memory)


def _converted(program: str, place: Path, count: int) -> Round:
    source = place / "letters.fodt"
    source.write_text(FLAT.format(letters="".join(map(_flat, range(count)))), encoding="utf-8")
    (place / "letters.pdf").unlink(missing_ok=True)
    profile = f"-env:UserInstallation={(place / 'profile').as_uri()}"
    asked = [program, profile, "--headless", "--convert-to", TAGGED, "--outdir", str(place)]
    begun = perf_counter()
    running = subprocess.Popen([*asked, str(source)], stdout=subprocess.DEVNULL)
    _pid, status, used = os.wait4(running.pid, 0)
    running.returncode = status
    if status or not (place / "letters.pdf").is_file():
        sys.exit("LibreOffice made no file.")
    busy = used.ru_utime + used.ru_stime
    return Round(perf_counter() - begun, busy, used.ru_maxrss // 1024)


def _flat(number: int) -> str:
    lines = "<text:line-break/>".join(map(escape, address(number)))
    parts = [f'<text:p text:style-name="N">{lines}</text:p>']
    parts.append(f'<text:h text:outline-level="1">{escape(SUBJECT)}</text:h>')
    parts += [f"<text:p>{escape(one)}</text:p><text:p/>" for one in PARAGRAPHS]
    return "".join(parts)


def told(name: str, count: int, rounds: list[Round]) -> str:
    """One row of the table."""
    seconds = median(one.seconds for one in rounds)
    busy = median(one.busy for one in rounds)
    memory = max(one.memory for one in rounds)
    return (
        f"  {name:32} {seconds:7.2f} s {count / seconds:6.0f} a second   "
        f"processors {busy:6.2f} s {count / busy:6.0f} a second   {memory:5d} MB"
    )


def main() -> None:
    """Print the table; rounds of both take turns, so that the machine is as busy for both."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else LETTERS
    program = office()
    own, other = [], []
    with tempfile.TemporaryDirectory() as folder:
        if program:
            _converted(program, Path(folder), 1)  # its first start makes a profile
        for _round in range(ROUNDS):
            own.append(ours(count))
            if program:
                other.append(theirs(program, Path(folder), count))
    print(f"{count} letters as one file, median of {ROUNDS} ({described()})")
    print(told("ours, tagged, with QR codes", count, own))
    if count <= LETTERS and median(one.seconds for one in own) > PROMISE:
        print(f"  over the promised {PROMISE:.0f} s")
    if not other:
        print("  LibreOffice is not installed: nothing to compare with")
        return
    print(told("LibreOffice, tagged, without QR", count, other))
    ratio = median(one.busy for one in other) / median(one.busy for one in own)
    print(f"  LibreOffice needs {ratio:.1f} times the processor seconds")


if __name__ == "__main__":
    main()
