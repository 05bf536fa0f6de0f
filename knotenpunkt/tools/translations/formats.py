"""The forms of files in which texts travel."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from knotenpunkt.tools.translations import workbooks, xliff
from knotenpunkt.tools.translations.units import Texts, UnreadableTexts

XLIFF, XLIFF_2, XLSX = "xliff", "xliff2", "xlsx"
ENDINGS = {XLIFF: "xlf", XLIFF_2: "xlf", XLSX: "xlsx"}
CONTENT_TYPES = {
    XLIFF: "application/xliff+xml",
    XLIFF_2: "application/xliff+xml",
    XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def write(texts: Texts, form: str, *, original: str, heads: Sequence[str]) -> bytes:
    """A file in this form; LookupError for another one."""
    if form == XLSX:
        return workbooks.write(texts, heads=heads)
    version = {XLIFF: xliff.FIRST, XLIFF_2: xliff.SECOND}[form]
    return xliff.write(texts, original=original, version=version)


def read(data: bytes) -> list[Texts]:
    """The texts of a file in any of the forms; UnreadableTexts when it has none of them."""
    if data.startswith(b"PK\x03\x04"):
        return workbooks.read(data)
    if data.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n\0").startswith(b"<"):
        return xliff.read(data)
    raise UnreadableTexts(_("This is neither an XLIFF file nor an Excel workbook."))
