from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_django import Settings

from knotenpunkt.registers.areas import postal_code_table, postal_codes
from knotenpunkt.registers.areas.postal_code_table import UnreadableTable


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Path, settings: Settings) -> Iterator[None]:
    settings.DATA_DIR = tmp_path / "installation"
    yield
    postal_codes.forget()


@pytest.fixture
def geonames(tmp_path: Path) -> Path:
    """A GeoNames file made of the shipped table, with one more place and without a population."""
    file = tmp_path / "DE.txt"
    lines = [
        "\t".join(
            ["DE", row.postal_code, row.town, "", row.state, "", "", row.county, row.area_key,
             str(row.latitude), str(row.longitude), "4"]
        )
        for row in postal_code_table.read_table()
        if row.source == "geonames"
    ]  # fmt: skip
    new = ["DE", "09598", "Neuheim", "", "SN", "", "", "Landkreis Mittelsachsen", "14522",
           "50.9", "13.3", ""]  # fmt: skip
    abroad = ["AT", "1010", "Wien", "", "09", "", "", "", "", "48.2", "16.3", "6"]
    file.write_text("\n".join([*lines, "\t".join(new), "\t".join(abroad)]), encoding="utf-8")
    return file


def test_a_newer_table_wins(geonames: Path) -> None:
    assert postal_codes.find("09598") is None
    count = postal_codes.refresh(geonames)
    row = postal_codes.find("09598")
    assert count == 8308
    assert row is not None and row.label == "09598 Neuheim"


def test_what_geonames_lacks_is_carried_over(geonames: Path) -> None:
    postal_codes.refresh(geonames)
    missing_there, big = postal_codes.find("09434"), postal_codes.find("09306")
    assert missing_there is not None and missing_there.town == "Zschopau"
    assert big is not None and big.town == "Rochlitz" and big.population > 5000
    assert postal_codes.find("1010") is None


def test_refreshing_twice_changes_nothing(geonames: Path) -> None:
    postal_codes.refresh(geonames)
    first = postal_code_table.refreshed_file().read_bytes()
    postal_codes.refresh(geonames)
    assert postal_code_table.refreshed_file().read_bytes() == first


def test_the_packed_file_is_read_too(geonames: Path, tmp_path: Path) -> None:
    packed = tmp_path / "DE.zip"
    with zipfile.ZipFile(packed, "w") as archive:
        archive.write(geonames, "DE.txt")
    assert postal_codes.refresh(packed) == 8308


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"just text\n",
        b"DE\t09599\tFreiberg\n",
        b"\xff\xfe\x00nonsense",
        "\t".join(
            ["DE", "09599", "Freiberg", "", "SN", "", "", "x", "14522", "", "", "4"]
        ).encode(),
        "\t".join(["DE", "1", "F", "", "SN", "", "", "x", "14522", "50", "13", "4"]).encode(),
    ],
)
def test_wrong_files_change_nothing(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "DE.txt"
    file.write_bytes(content)
    with pytest.raises(UnreadableTable):
        postal_codes.refresh(file)
    assert not postal_code_table.refreshed_file().exists()


def test_a_wrong_archive_is_refused(tmp_path: Path) -> None:
    packed = tmp_path / "AT.zip"
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("AT.txt", "")
    with pytest.raises(UnreadableTable, match=r"AT\.zip"):
        postal_codes.refresh(packed)
