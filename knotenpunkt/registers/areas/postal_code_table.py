"""The table of German postal codes: the shipped one, or a newer one that the operator loaded.

Sources and licences are named in `data/README.md`. Keys and codes are text: "03157", "01067".
"""

from __future__ import annotations

import csv
import io
import os
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import astuple, dataclass, fields, replace
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

SHIPPED = Path(__file__).parent / "data" / "postal_codes.csv"
FILE_NAME = "postal_codes.csv"
# Columns of GeoNames' postal code files that we read.
CODE, TOWN, STATE, COUNTY, AREA_KEY, LATITUDE, LONGITUDE, COLUMNS = 1, 2, 4, 7, 8, 9, 10, 11
# Germany has 8,300 codes; a file with far fewer is a wrong or cut one.
FEWEST_CODES = 7000


class UnreadableTable(Exception):
    """A postal code file that cannot be used; the text says why, for the person who loads it."""


@dataclass(frozen=True, slots=True)
class PostalTown:
    """A town within a postal code; one code may have several towns, one town several codes."""

    postal_code: str
    town: str
    state: str
    area_key: str
    county: str
    latitude: float
    longitude: float
    population: int
    source: str

    @property
    def label(self) -> str:
        """As on a letter: "09599 Freiberg"."""
        return f"{self.postal_code} {self.town}"


def refreshed_file() -> Path:
    """Where a table loaded by the operator lies; it wins over the shipped one."""
    return Path(settings.DATA_DIR) / FILE_NAME


def read_table() -> list[PostalTown]:
    """All rows, in the order of the codes."""
    own = refreshed_file()
    with (own if own.is_file() else SHIPPED).open(encoding="utf-8", newline="") as file:
        return [_shipped_row(row) for row in csv.DictReader(file)]


def _shipped_row(row: dict[str, str]) -> PostalTown:
    return PostalTown(
        postal_code=row["postal_code"],
        town=row["town"],
        state=row["state"],
        area_key=row["area_key"],
        county=row["county"],
        latitude=float(row["latitude"]),
        longitude=float(row["longitude"]),
        population=int(row["population"]),
        source=row["source"],
    )


def refresh(path: Path) -> int:
    """Take a GeoNames postal code file (DE.txt or DE.zip) into the data folder; count its codes.

    Codes that are missing there, and the populations that GeoNames keeps elsewhere, are carried
    over from the table before. UnreadableTable when the file is not such a file.
    """
    before = read_table()
    rows = _completed(list(_geonames_rows(_text_of(path))), before)
    codes = {row.postal_code for row in rows if row.source == "geonames"}
    if len(codes) < FEWEST_CODES:
        raise UnreadableTable(
            _("The file holds only %(count)d German postal codes. Is it complete?")
            % {"count": len(codes)}
        )
    _write(rows, refreshed_file())
    return len(codes)


def _text_of(path: Path) -> str:
    try:
        if zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as archive:
                return archive.read("DE.txt").decode("utf-8")
        return path.read_text(encoding="utf-8")
    except (OSError, KeyError, UnicodeDecodeError, zipfile.BadZipFile) as error:
        raise UnreadableTable(
            _("“%(file)s” is not a GeoNames postal code file (DE.txt or DE.zip).")
            % {"file": path.name}
        ) from error


def _geonames_rows(text: str) -> Iterator[PostalTown]:
    for number, line in enumerate(io.StringIO(text), start=1):
        cells = line.rstrip("\r\n").split("\t")
        if len(cells) < COLUMNS:
            raise UnreadableTable(
                _("Line %(number)d has %(found)d columns instead of 12.")
                % {"number": number, "found": len(cells)}
            )
        # GeoNames files Jungholz in Austria under its German code, without a Land.
        if cells[0] == "DE" and cells[AREA_KEY]:
            yield _geonames_row(cells, number)


def _geonames_row(cells: list[str], number: int) -> PostalTown:
    try:
        latitude, longitude = float(cells[LATITUDE]), float(cells[LONGITUDE])
    except ValueError as error:
        raise UnreadableTable(
            _("Line %(number)d has no coordinates.") % {"number": number}
        ) from error
    return PostalTown(
        postal_code=cells[CODE].zfill(5),
        town=cells[TOWN],
        state=cells[STATE],
        area_key=cells[AREA_KEY].zfill(5),
        county=cells[COUNTY],
        latitude=latitude,
        longitude=longitude,
        population=0,
        source="geonames",
    )


def _completed(rows: list[PostalTown], before: Iterable[PostalTown]) -> list[PostalTown]:
    before = list(before)
    people = {(row.town, row.area_key): row.population for row in before if row.population}
    codes = {row.postal_code for row in rows}
    known = [replace(row, population=people.get((row.town, row.area_key), 0)) for row in rows]
    missing = [row for row in before if row.source != "geonames" and row.postal_code not in codes]
    return sorted(known + missing, key=lambda row: (row.postal_code, row.town))


def _write(rows: Iterable[PostalTown], target: Path) -> None:
    """Replace the table at once, so that a server which starts meanwhile reads a whole one."""
    target.parent.mkdir(parents=True, exist_ok=True)
    draft = target.with_name(f"{target.name}.{os.getpid()}")
    with draft.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(field.name for field in fields(PostalTown))
        writer.writerows(astuple(row) for row in rows)
    draft.replace(target)
