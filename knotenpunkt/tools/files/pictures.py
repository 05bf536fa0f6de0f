"""A picture that somebody hands in, made fit for a page: small, without a trace of its maker.

It is really decoded and written anew. So nothing of the original file reaches a page: no place
where it was taken, no camera, no hidden text.
"""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import IO

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from PIL import Image, ImageOps, UnidentifiedImageError

FORMATS = ("JPEG", "PNG", "WEBP")
LARGEST_BYTES = 10 * 1024 * 1024
# 10 MB can hold a picture that needs gigabytes when it is unpacked.
MOST_PIXELS = 60_000_000
SMALLEST_SIDE = 160
LARGE, SMALL = 1200, 480
QUALITY = 80
PRINT_QUALITY = 92


@dataclass(frozen=True, slots=True)
class Rendering:
    """One width of a picture, as WebP."""

    content: bytes
    width: int
    height: int


def renderings(file: IO[bytes], size: int) -> tuple[Rendering, Rendering]:
    """The large and the small rendering; ValidationError with a sentence for what is no picture."""
    if size > LARGEST_BYTES:
        raise ValidationError(
            _("This picture is larger than 10 megabytes. Please make it smaller.")
        )
    with _refused_kindly():
        picture = _decoded(file)
        return _rendered(picture, LARGE), _rendered(picture, SMALL)


def for_print(content: bytes) -> bytes:
    """A picture in its full size as JPEG, without a trace of its maker."""
    with _refused_kindly():
        picture = _decoded(io.BytesIO(content), draft=False).convert("RGB")
        written = io.BytesIO()
        picture.info = {}
        picture.save(written, "JPEG", quality=PRINT_QUALITY, exif=b"", icc_profile=None)
        return written.getvalue()


def measured(content: bytes) -> Rendering:
    """A rendering that was stored."""
    with Image.open(io.BytesIO(content), formats=["WEBP"]) as opened:
        return Rendering(content, opened.width, opened.height)


def _decoded(file: IO[bytes], *, draft: bool = True) -> Image.Image:
    """The picture upright, in plain colours, without anything that was written beside it."""
    with warnings.catch_warnings():
        # Our own bound is checked below, before anything is unpacked.
        warnings.simplefilter("ignore", Image.DecompressionBombWarning)
        opened = Image.open(file, formats=FORMATS)
    if opened.width * opened.height > MOST_PIXELS:
        raise ValidationError(_("This picture has too many pixels. Please make it smaller."))
    if min(opened.size) < SMALLEST_SIDE:
        raise ValidationError(_("This picture is too small: it needs 160 pixels on each side."))
    if draft:
        opened.draft("RGB", (LARGE * 2, LARGE * 2))
    opened.load()
    upright = ImageOps.exif_transpose(opened)
    has_holes = upright.mode in ("RGBA", "LA", "PA") or "transparency" in upright.info
    return upright.convert("RGBA" if has_holes else "RGB")


def _rendered(picture: Image.Image, longest: int) -> Rendering:
    made = picture.copy()
    made.thumbnail((longest, longest), Image.Resampling.LANCZOS)
    made.info = {}
    written = io.BytesIO()
    made.save(written, "WEBP", quality=QUALITY, method=4, exif=b"", icc_profile=None, xmp=b"")
    return Rendering(written.getvalue(), made.width, made.height)


@contextmanager
def _refused_kindly() -> Iterator[None]:
    try:
        yield
    except UnidentifiedImageError as unknown:
        raise ValidationError(
            _("This is no picture that we can read. Please take a JPEG, PNG or WebP file.")
        ) from unknown
    except (Image.DecompressionBombError, MemoryError) as bomb:
        raise ValidationError(
            _("This picture has too many pixels. Please make it smaller.")
        ) from bomb
    except (OSError, SyntaxError, ValueError, EOFError) as broken:
        raise ValidationError(
            _("This picture is damaged. Please save it anew, or take another one.")
        ) from broken
