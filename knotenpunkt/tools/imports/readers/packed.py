"""Packed files: what is inside is looked at before anything unpacks it."""

from __future__ import annotations

import io
import zipfile

from django.utils.translation import gettext as _

from knotenpunkt.tools.imports.tables import UnreadableFile

SIGN = b"PK\x03\x04"
MAX_UNPACKED = 200 * 1024 * 1024
# A workbook shrinks to a tenth, one of the same line again and again to a fiftieth.
MAX_RATIO = 150
MAX_ENTRIES = 5_000
_SMALL = 10_000
_WORKBOOK = "xl/workbook.xml"
_MACROS = "xl/vbaProject.bin"


def refuse_bombs(data: bytes) -> None:
    """`UnreadableFile` unless this is a workbook of a size that can be unpacked."""
    entries = _entries(data)
    names = {entry.filename for entry in entries}
    if _WORKBOOK not in names:
        raise UnreadableFile(_other_kind(names))
    unpacked = sum(entry.file_size for entry in entries)
    if unpacked > MAX_UNPACKED or unpacked > MAX_RATIO * max(len(data), _SMALL):
        raise UnreadableFile(_("The workbook is too large when unpacked."))
    if len(entries) > MAX_ENTRIES or _declares_entities(data, names):
        raise damaged()


def unpacked_size(data: bytes) -> int:
    """How many bytes a packed file says that it holds; of others how long they are."""
    if not data.startswith(SIGN):
        return len(data)
    try:
        return sum(entry.file_size for entry in _entries(data))
    except UnreadableFile:
        return len(data)


def has_macros(data: bytes) -> bool:
    """Whether a workbook carries a program."""
    return any(entry.filename == _MACROS for entry in _entries(data))


def damaged() -> UnreadableFile:
    """What is said of a workbook that no program could read."""
    return UnreadableFile(_("The workbook is damaged. Please save it again."))


def _entries(data: bytes) -> list[zipfile.ZipInfo]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise damaged() from error


def _other_kind(names: set[str]) -> str:
    if any(name.startswith("word/") for name in names):
        return _("This is a Word document. Please copy its table into Excel and save it as XLSX.")
    if {"mimetype", "content.xml"} <= names:
        return _("This is a LibreOffice file. Please save the table as XLSX or CSV.")
    return _("This is a compressed file, but no Excel workbook. Please save it as XLSX or CSV.")


def _declares_entities(data: bytes, names: set[str]) -> bool:
    """Office never writes a document type; only what wants to explode or look around does."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return any(
            _has_doctype(archive, name) for name in names if name.endswith((".xml", ".rels"))
        )


def _has_doctype(archive: zipfile.ZipFile, name: str) -> bool:
    try:
        with archive.open(name) as part:
            return b"<!DOCTYPE" in part.read(2_000)
    except Exception as error:
        raise damaged() from error
