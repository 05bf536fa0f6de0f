"""Files as offices and portals give them out; the data folder when the environment names one."""

from __future__ import annotations

import os
from pathlib import Path

import pytest


@pytest.fixture
def data_folder() -> Path:
    """The folder with real files; tests that need it skip when it is not named."""
    folder = os.environ.get("KNOTENPUNKT_TEST_DATA")
    if not folder:
        pytest.skip("KNOTENPUNKT_TEST_DATA names no data folder")
    return Path(folder)


@pytest.fixture
def holidays_csv(tmp_path: Path) -> Path:
    """OpenHolidays, with a single free day and a row of another Land."""
    file = tmp_path / "schulferien.csv"
    file.write_text(
        "Id;Country;StartDate;EndDate;Type;RegionalScope;Name;Subdivisions\n"
        "1;DE;2026-02-09;2026-02-21;School;Regional;DE Winterferien,EN Winter Holidays;SN\n"
        "2;DE;2026-05-15;;School;Regional;DE Unterrichtsfreier Tag,EN Day off;SN\n"
        "3;DE;2026-02-16;2026-02-21;School;Regional;DE Winterferien,EN Winter Holidays;TH\n",
        encoding="utf-8-sig",
    )
    return file


@pytest.fixture
def holidays_ics(tmp_path: Path) -> Path:
    """A Land's calendar file; its last day is the day after the holidays."""
    file = tmp_path / "ferien.ics"
    file.write_text(
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Test//DE\r\n"
        "BEGIN:VEVENT\r\nUID:1@test\r\nDTSTAMP:20250101T000000Z\r\n"
        "DTSTART;VALUE=DATE:20260209\r\nDTEND;VALUE=DATE:20260222\r\n"
        "SUMMARY:Winterferien Sachsen 2026\r\nEND:VEVENT\r\n"
        "BEGIN:VEVENT\r\nUID:2@test\r\nDTSTAMP:20250101T000000Z\r\n"
        "DTSTART;VALUE=DATE:20260515\r\nSUMMARY:Freier Tag 2025/2026\r\nEND:VEVENT\r\n"
        "END:VCALENDAR\r\n",
        encoding="utf-8",
    )
    return file
