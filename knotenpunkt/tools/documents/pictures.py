"""Pictures for papers: every one travels as SVG text, also a photograph."""

from __future__ import annotations

from base64 import b64encode
from dataclasses import dataclass
from io import BytesIO

import segno
from PIL import Image

TYPES = {"JPEG": "image/jpeg", "PNG": "image/png", "WEBP": "image/webp", "GIF": "image/gif"}
# Trying all eight masks for the prettiest takes five times as long; every mask is readable.
MASK = 4


@dataclass(frozen=True, slots=True)
class Picture:
    """A stored picture with what it shows, for those who do not see it, and who made it.

    An empty `alt` says that it is an ornament.
    """

    content: bytes
    alt: str = ""
    credit: str = ""


def as_svg(content: bytes) -> str:
    """A photograph or drawing as SVG text for a template; ValueError for what is no picture."""
    if content.lstrip()[:5] in (b"<?xml", b"<svg "):
        return content.decode("utf-8")
    try:
        with Image.open(BytesIO(content)) as opened:
            form, width, height = opened.format or "", opened.width, opened.height
    except (OSError, Image.DecompressionBombError) as problem:
        raise ValueError("no picture") from problem
    if form not in TYPES:
        raise ValueError(f"{form} is no picture for paper")
    data = b64encode(content).decode("ascii")
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" '
        f'viewBox="0 0 {width} {height}"><image width="{width}" height="{height}" '
        f'href="data:{TYPES[form]};base64,{data}"/></svg>'
    )


def qr_svg(text: str) -> str:
    """The QR code of a text, black, without its quiet zone: leave four of its dots around it."""
    code = segno.make_qr(text, error="m", mask=MASK)
    return str(code.svg_inline(border=0, svgns=True))
