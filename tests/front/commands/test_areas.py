from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from knotenpunkt.foundation.networks.models import Network
from knotenpunkt.foundation.networks.scope import in_network
from knotenpunkt.front.commands.areas import areas
from knotenpunkt.registers.areas.models import Outline, SchoolHolidays

HOLIDAYS = (
    "StartDate;EndDate;Type;Name;Subdivisions\n"
    "2026-02-09;2026-02-21;School;DE Winterferien,EN Winter Holidays;SN\n"
)


@pytest.fixture
def holidays(tmp_path: Path) -> Path:
    file = tmp_path / "ferien.csv"
    file.write_text(HOLIDAYS, encoding="utf-8")
    return file


def test_school_holidays_are_loaded_and_counted(db: None, holidays: Path) -> None:
    command = ["load-school-holidays", str(holidays), "--land", "sn"]
    tried = CliRunner().invoke(areas, [*command, "--dry-run"])
    assert (tried.exit_code, tried.output) == (0, "created=1 updated=0 unchanged=0\n")
    assert not SchoolHolidays.objects.exists()
    done = CliRunner().invoke(areas, command)
    assert (done.exit_code, SchoolHolidays.objects.get().land) == (0, "SN")


def test_borders_are_loaded(network_a: Network, tmp_path: Path) -> None:
    ring = [[13.0, 50.8], [13.5, 50.8], [13.5, 51.0], [13.0, 51.0], [13.0, 50.8]]
    border = {
        "properties": {"name": "Nord"},
        "geometry": {"type": "Polygon", "coordinates": [ring]},
    }
    file = tmp_path / "quartiere.geojson"
    file.write_text(json.dumps({"features": [border]}), encoding="utf-8")
    done = CliRunner().invoke(areas, ["load-outlines", str(file), "--network", "mitte"])
    assert (done.exit_code, done.output) == (0, "outlines=1\n")
    with in_network(network_a):
        assert Outline.objects.get().name == "Nord"


@pytest.mark.parametrize(
    "command",
    [
        ["load-school-holidays", "FILE", "--land", "SN"],
        ["load-outlines", "FILE", "--network", "mitte"],
        ["refresh-postal-codes", "FILE"],
    ],
)
def test_a_wrong_file_ends_with_two_and_a_sentence(
    network_a: Network, tmp_path: Path, command: list[str]
) -> None:
    file = tmp_path / "wrong.txt"
    file.write_text("nothing\n", encoding="utf-8")
    done = CliRunner().invoke(areas, [str(file) if part == "FILE" else part for part in command])
    assert done.exit_code == 2
    assert done.output.startswith("Error: ")
