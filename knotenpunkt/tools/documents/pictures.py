"""Pictures for papers: every one travels as SVG text, also a photograph."""

from __future__ import annotations

import re
from base64 import b64encode
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import segno
from django.contrib.staticfiles import finders
from PIL import Image

from knotenpunkt.foundation.networks import logos
from knotenpunkt.foundation.networks.models import Network
from knotenpunkt.tools.documents.typesetting import JSON

TYPES = {"JPEG": "image/jpeg", "PNG": "image/png", "WEBP": "image/webp", "GIF": "image/gif"}
# Trying all eight masks for the prettiest takes five times as long; every mask is readable.
MASK = 4
# A drawn mark changes its colours with the page that it stands on; paper is light.
FOLLOWS_THE_PAGE = re.compile(
    r"@media\s*\(prefers-color-scheme:\s*dark\)\s*\{((?:[^{}]|\{[^{}]*\})*)\}"
)


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


def drawn(picture: Picture) -> dict[str, JSON]:
    """A picture as templates want it."""
    return {"svg": as_svg(picture.content), "alt": picture.alt, "credit": picture.credit}


def qr_svg(text: str) -> str:
    """The QR code of a text, black, as large as its place, without its quiet zone: leave four of
    its dots around it.
    """
    drawing = BytesIO()
    code = segno.make_qr(text, error="m", mask=MASK)
    code.save(drawing, kind="svg", border=0, xmldecl=False, nl=False, omitsize=True)
    return drawing.getvalue().decode("ascii")


def mark_svg(network: Network) -> str:
    """The logo of a network, or its drawn mark, in the colours of the day."""
    if network.logo and logos.stored(network.logo).is_file():
        file = logos.stored(network.logo)
    else:
        found = finders.find(f"design/marks/{Path(network.mark).name}.svg")
        file = Path(str(found or finders.find("design/marks/path.svg")))
    return FOLLOWS_THE_PAGE.sub("", as_svg(file.read_bytes()))
