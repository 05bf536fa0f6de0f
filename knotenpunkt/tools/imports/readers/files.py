"""Choosing the reader by what a file holds, not by how it is called."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from knotenpunkt.tools.imports.headers import Knows
from knotenpunkt.tools.imports.readers.geojson import read_geojson
from knotenpunkt.tools.imports.readers.hsds import read_hsds
from knotenpunkt.tools.imports.readers.packed import SIGN, refuse_bombs
from knotenpunkt.tools.imports.readers.separated import decode, read_separated
from knotenpunkt.tools.imports.readers.vcards import (
    CALENDAR,
    read_vcards,
    refuse_calendars,
)
from knotenpunkt.tools.imports.readers.vcards import (
    SIGN as CARD,
)
from knotenpunkt.tools.imports.readers.workbook import read_workbook
from knotenpunkt.tools.imports.tables import Reading, UnreadableFile

MAX_BYTES = 50 * 1024 * 1024
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\0", b"RIFF", b"BM")
_PACKED = (b"\x1f\x8b", b"7z\xbc\xaf", b"Rar!", b"BZh", b"\xfd7zXZ")


def read_file(path: Path, knows: Knows = lambda name: False) -> Reading:
    """Read a CSV, XLSX, vCard, GeoJSON or HSDS JSON file. Raises `UnreadableFile` with the reason.

    `knows` tells whether a word is the name of a column; it helps to find the header.
    """
    try:
        if path.stat().st_size > MAX_BYTES:
            raise UnreadableFile(_("The file is larger than 50 megabytes."))
        data = path.read_bytes()
    except OSError as error:
        raise UnreadableFile(
            _("The file “%(name)s” cannot be opened.") % {"name": path.name}
        ) from error
    return read_bytes(data, knows)


def read_bytes(data: bytes, knows: Knows = lambda name: False) -> Reading:
    """Like `read_file`, for content that is already there."""
    start = refuse_at_sight(data)
    if data.startswith(SIGN):
        return read_workbook(data, knows)
    if start.startswith((b"{", b"[")):
        return _read_json(data, knows)
    if start[: len(CARD)].upper() == CARD:
        return read_vcards(data)
    return read_separated(data, knows)


def refuse_at_sight(data: bytes) -> bytes:
    """`UnreadableFile` of what no reader can take, without reading it; else how it starts."""
    start = data[:4096].lstrip(b"\xef\xbb\xbf \t\r\n")
    if not start.strip(b"\xff\xfe"):
        raise UnreadableFile(_("The file is empty. Please choose the one with the list."))
    _refuse_other_kinds(data, start)
    if data.startswith(SIGN):
        refuse_bombs(data)
    return start


def _refuse_other_kinds(data: bytes, start: bytes) -> None:
    if data.startswith(_OLD_OFFICE) and _ENCRYPTED in data:
        raise UnreadableFile(_("The file is protected by a password. Please save it without one."))
    if data.startswith(_OLD_OFFICE):
        raise UnreadableFile(_("This is an old Office format. Please save it as XLSX or CSV."))
    if start.startswith(b"%PDF"):
        raise UnreadableFile(_("This is a PDF. Please export the list as XLSX or CSV."))
    if data.startswith(_PACKED):
        reason = _(
            "This is a compressed file, but no Excel workbook. Please save it as XLSX or CSV."
        )
        raise UnreadableFile(reason)
    if data[4:8] == b"ftyp" or (data.startswith(_PICTURES) and b"\0" in data):
        raise UnreadableFile(
            _("This is a picture, not a list. Please hand in the list as XLSX or CSV.")
        )
    if start.startswith(CALENDAR):
        raise refuse_calendars()
    if start.startswith(b"<"):
        raise UnreadableFile(_("This is a web page or XML. Please export the list as XLSX or CSV."))


def _read_json(data: bytes, knows: Knows) -> Reading:
    text, _encoding = decode(data)
    try:
        document = json.loads(text, parse_constant=lambda name: None)
    except (ValueError, RecursionError) as error:
        if _looks_separated(text):
            return read_separated(data, knows)
        raise UnreadableFile(
            _("The JSON is broken: %(where)s.") % {"where": _where(error)}
        ) from error
    document = _storable(document)
    if isinstance(document, dict) and document.get("type") in {"FeatureCollection", "Feature"}:
        return read_geojson(document)
    return read_hsds(document)


def _storable(value: Any) -> Any:
    """Without what JSON can write and databases cannot keep: half letters, NUL, infinity."""
    if isinstance(value, str):
        return value.replace("\0", "").encode("utf-8", "replace").decode("utf-8")
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, list):
        return [_storable(item) for item in value]
    if isinstance(value, dict):
        return {_storable(name): _storable(item) for name, item in value.items()}
    return value


def _looks_separated(text: str) -> bool:
    """A CSV whose first name stands in brackets: `[Nr];Titel`."""
    first = text.lstrip("\ufeff \t\r\n").split("\n", 1)[0]
    return first.startswith("[") and "]" in first and any(sep in first for sep in ";\t|")


def _where(error: Exception) -> str:
    if isinstance(error, json.JSONDecodeError):
        return _("line %(line)d, position %(column)d") % {
            "line": error.lineno,
            "column": error.colno,
        }
    return _("it is nested too deeply or holds too large numbers")


def json_document(data: bytes) -> Any:
    """A small JSON file such as a profile; raises `UnreadableFile`."""
    try:
        return json.loads(decode(data)[0])
    except (ValueError, RecursionError) as error:
        raise UnreadableFile(
            _("The JSON is broken: %(where)s.") % {"where": _where(error)}
        ) from error
