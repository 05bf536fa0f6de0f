"""What docs/security.md and docs/data-protection/ promise is shown by tests that exist."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.house.repository import PRODUCT, ROOT, name, product_code, texts

SECURITY = ROOT / "docs" / "security.md"
PAPERS = ROOT / "docs" / "data-protection"
FEWEST = 30
PROMISES = re.findall(
    r"^\| (?P<said>[^|]+) \| `(?P<where>tests/[^`]+)` \|$",
    SECURITY.read_text(encoding="utf-8"),
    re.MULTILINE,
)
# Writes a table of ours, not of people.
OWN_TABLES = {"knotenpunkt/registers/areas/postal_code_table.py"}


def test_each_line_of_the_page_is_a_promise_with_its_test() -> None:
    lines = [
        line
        for line in SECURITY.read_text(encoding="utf-8").splitlines()
        if line.startswith("| ") and not line.startswith(("| Promise", "|---"))
    ]
    assert len(PROMISES) == len(lines) >= FEWEST


@pytest.mark.parametrize(("said", "where"), PROMISES)
def test_the_test_of_a_promise_exists(said: str, where: str) -> None:
    path, _colons, function = where.partition("::")
    assert (ROOT / path).is_file(), f"{said}: {path} is not there."
    if function:
        assert f"def {function}(" in (ROOT / path).read_text(encoding="utf-8"), (said, where)


def _last_cells(file: Path) -> list[str]:
    rows = re.findall(r"^\|(.+)\|$", file.read_text(encoding="utf-8"), re.MULTILINE)
    cells = [row.rsplit("|", 1)[-1].strip() for row in rows]
    return [cell for cell in cells if not re.fullmatch(r"-+|Gezeigt durch", cell)]


@pytest.mark.parametrize("paper", ["massnahmen.md", "risiken.md"])
def test_each_measure_names_what_shows_it(paper: str) -> None:
    """A test or a part of the program that is there; or it is the operator's own to do."""
    text = (PAPERS / paper).read_text(encoding="utf-8")
    named = re.findall(r"`((?:tests|knotenpunkt|docs)/[^`]+|SECURITY\.md)`", text)
    missing = [path for path in named if not (ROOT / path).exists()]
    assert len(named) >= 7 and not missing, f"{paper} names what is not there: {missing}"
    if paper == "massnahmen.md":
        unproved = [one for one in _last_cells(PAPERS / paper) if one[:1] != "`"]
        assert set(unproved) == {"Betreiber"}


def test_whoever_writes_csv_defuses_its_cells() -> None:
    """A cell that begins like a formula would be run by the spreadsheet that opens it."""
    writing = {
        name(file)
        for file, text in texts(".py", below=PRODUCT).items()
        if re.search(r"\bcsv\.(writer|DictWriter)\(", text)
    }
    live = {one for one in writing if "defused(" not in (ROOT / one).read_text(encoding="utf-8")}
    assert writing and live == OWN_TABLES, f"Put each cell through spreadsheets.defused: {live}"


def test_workbooks_are_written_as_text_only() -> None:
    """Cells of a workbook are typed: only what is no text could be a formula."""
    writing = {
        name(file) for file in product_code() if "Workbook(" in file.read_text(encoding="utf-8")
    }
    # What translators get has a form of its own; its tests hold each cell to be a text.
    own_form = {"knotenpunkt/tools/translations/workbooks.py"}
    assert writing == {"knotenpunkt/tools/lists/files.py"} | own_form, (
        "Write workbooks with tools.lists.files.write_file: it makes every cell a text."
    )
