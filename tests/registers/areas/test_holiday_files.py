from __future__ import annotations

import datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from knotenpunkt.registers.areas.holiday_files import Stretch, UnreadableHolidays, read_holidays

DAY = datetime.date
WINTER = Stretch(DAY(2026, 2, 9), DAY(2026, 2, 21), "Winterferien")
HEAD = "Id;Country;StartDate;EndDate;Type;RegionalScope;Name;Subdivisions\n"


def test_the_land_is_picked_and_a_single_day_kept(holidays_csv: Path) -> None:
    assert read_holidays(holidays_csv, "SN") == [
        WINTER,
        Stretch(DAY(2026, 5, 15), DAY(2026, 5, 15), "Unterrichtsfreier Tag"),
    ]


def test_a_calendar_says_the_same(holidays_ics: Path) -> None:
    assert read_holidays(holidays_ics, "SN") == [
        WINTER,
        Stretch(DAY(2026, 5, 15), DAY(2026, 5, 15), "Freier Tag"),
    ]


@pytest.mark.parametrize(("land", "count"), [("sn", 119), ("ni", 143), ("th", 113)])
def test_the_published_files_are_read_wholly(data_folder: Path, land: str, count: int) -> None:
    file = data_folder / "holidays" / f"schulferien_{land}.csv"
    assert len(read_holidays(file, land.upper())) == count


@pytest.mark.parametrize(
    ("content", "part"),
    [
        ("", "StartDate"),
        ("a;b\n1;2\n", "StartDate"),
        (HEAD, "SN"),
        (HEAD + "1;DE;2026-02-09;2026-02-21;School;R;DE W;TH\n", "SN"),
        (HEAD + "1;DE;9.2.2026;2026-02-21;School;R;DE W;SN\n", "2"),
        (HEAD + "1;DE;2026-02-21;2026-02-09;School;R;DE W;SN\n", "2026-02-09"),
        (HEAD + "1;DE;2026-02-09;2027-02-21;School;R;DE W;SN\n", "2027-02-21"),
        (HEAD + "1;DE;2026-02-09;2026-02-21;School;R;;SN\n", "2"),
        ("BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:x\nEND:VEVENT\nEND:VCALENDAR\n", "1"),
        ("BEGIN:VCALENDAR\nEND:VCALENDAR\n", "SN"),
        ("BEGIN:VCALENDAR\nBEGIN:VEVENT\n", "damaged|beschädigt"),
    ],
)
def test_wrong_files_are_refused_with_the_reason(tmp_path: Path, content: str, part: str) -> None:
    file = tmp_path / "ferien.csv"
    file.write_text(content, encoding="utf-8")
    with pytest.raises(UnreadableHolidays, match=part):
        read_holidays(file, "SN")


def test_a_file_that_is_no_text_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "ferien.xlsx"
    file.write_bytes(b"PK\x03\x04\xff\xfe")
    with pytest.raises(UnreadableHolidays, match=r"ferien\.xlsx"):
        read_holidays(file, "SN")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(body=st.text(max_size=200), start=st.sampled_from(["", HEAD, "BEGIN:VCALENDAR\n"]))
def test_any_file_is_read_or_refused(tmp_path: Path, start: str, body: str) -> None:
    file = tmp_path / "any"
    file.write_text(start + body, encoding="utf-8", errors="surrogatepass")
    try:
        read_holidays(file, "SN")
    except UnreadableHolidays as refused:
        assert str(refused)
