"""What a file is, told by its content and never by its name."""

from __future__ import annotations

import warnings
import zipfile
from collections.abc import Callable
from io import BytesIO

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from PIL import Image

LARGEST_BYTES = 20_000_000
MOST_PIXELS = 60_000_000
# What the parts of an office file may weigh, unpacked.
LARGEST_UNPACKED = 200_000_000
PDF = "application/pdf"
PNG, JPEG, WEBP = "image/png", "image/jpeg", "image/webp"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PPTX = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
ODT = "application/vnd.oasis.opendocument.text"
# The part by which each office file is known.
OFFICE_PARTS = {
    "word/document.xml": DOCX, "xl/workbook.xml": XLSX, "ppt/presentation.xml": PPTX,
}  # fmt: skip

# How the names of each kind end; the first is what others get.
ENDINGS = {
    PDF: (".pdf",), PNG: (".png",), JPEG: (".jpg", ".jpeg"), DOCX: (".docx",), XLSX: (".xlsx",),
    PPTX: (".pptx",), ODT: (".odt",),
}  # fmt: skip


def honest_name(name: str, kind: str) -> str:
    """The name with an ending that says what the content is.

    A computer opens a saved file by its name: "minutes.html" would be run, whatever was looked at.
    """
    endings = ENDINGS.get(kind, ())
    return name if not endings or name.lower().endswith(endings) else f"{name}{endings[0]}"


def papers(name: str, content: bytes) -> str:
    """The content type of a paper: PDF, picture of a page, or text document.

    ValidationError, in words for people, for everything else.
    """
    return checked(name, content, {PDF, PNG, JPEG, DOCX, ODT})


def checked(name: str, content: bytes, allowed: set[str]) -> str:
    """The content type of a file of one of the allowed kinds; ValidationError otherwise."""
    if not content:
        raise ValidationError(_("“%(name)s” is empty.") % {"name": name})
    if len(content) > LARGEST_BYTES:
        raise ValidationError(
            _("“%(name)s” is larger than %(size)d MB. Please make it smaller.")
            % {"name": name, "size": LARGEST_BYTES // 1_000_000}
        )
    found = next((kind for tell in _TELLERS if (kind := tell(name, content))), "")
    if found not in allowed:
        raise ValidationError(
            _("“%(name)s” is none of these: %(kinds)s. Its content decides, not its name.")
            % {"name": name, "kinds": ", ".join(_NAMES[kind] for kind in _NAMES if kind in allowed)}
        )
    return found


def _pdf(name: str, content: bytes) -> str:
    if not content.startswith(b"%PDF-"):
        return ""
    if b"%%EOF" not in content[-2048:]:
        raise ValidationError(
            _("“%(name)s” is cut off: its end is missing. Please save it once more.")
            % {"name": name}
        )
    return PDF


def _picture(name: str, content: bytes) -> str:
    kinds = {b"\x89PNG\r\n\x1a\n": PNG, b"\xff\xd8\xff": JPEG}
    kind = next((kind for start, kind in kinds.items() if content.startswith(start)), "")
    if kind:
        _refuse_broken_picture(name, content)
    return kind


def _refuse_broken_picture(name: str, content: bytes) -> None:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(BytesIO(content)) as picture:
                width, height = picture.size
                picture.verify()
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as problem:
        raise ValidationError(
            _("“%(name)s” cannot be opened as a picture.") % {"name": name}
        ) from problem
    if width * height > MOST_PIXELS:
        raise ValidationError(_("“%(name)s” has too many pixels.") % {"name": name})


def _office(name: str, content: bytes) -> str:
    if not content.startswith(b"PK\x03\x04"):
        return ""
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            return _office_kind(name, archive)
    except (zipfile.BadZipFile, KeyError, RuntimeError, NotImplementedError) as problem:
        raise ValidationError(
            _("“%(name)s” cannot be opened. Please save it once more.") % {"name": name}
        ) from problem


def _office_kind(name: str, archive: zipfile.ZipFile) -> str:
    parts = {one.filename: one.file_size for one in archive.infolist()}
    if sum(parts.values()) > LARGEST_UNPACKED:
        raise ValidationError(_("“%(name)s” is too large once it is opened.") % {"name": name})
    if any(part.endswith("vbaProject.bin") or part.startswith("Basic/") for part in parts):
        raise ValidationError(
            _("“%(name)s” holds macros. Please save it as a PDF or without macros.")
            % {"name": name}
        )
    if parts.get("mimetype", 1000) < 100 and archive.read("mimetype") == ODT.encode():
        return ODT
    return next((kind for part, kind in OFFICE_PARTS.items() if part in parts), "")


_TELLERS: tuple[Callable[[str, bytes], str], ...] = (_pdf, _picture, _office)
_NAMES = {
    PDF: "PDF", PNG: "PNG", JPEG: "JPEG", DOCX: "Word (DOCX)", XLSX: "Excel (XLSX)",
    PPTX: "PowerPoint (PPTX)", ODT: "OpenDocument (ODT)",
}  # fmt: skip
