"""The partner badge of a network: drawn from its mark, its colour and its name.

As SVG with the words in outlines, so that it looks alike everywhere, and as PNG in sizes.
"""

from __future__ import annotations

import json
import re
import shutil
import tempfile
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import Literal

import typst
from django.contrib.staticfiles import finders
from django.utils.translation import gettext as _
from django.utils.translation import override

from knotenpunkt.design.theme import dark_palette, light_palette
from knotenpunkt.foundation.networks import logos
from knotenpunkt.foundation.networks.models import Network
from knotenpunkt.tools.documents.signs import FONTS

TEMPLATE = Path(__file__).parent / "documents" / "badge.typ"
WIDTHS = (240, 480, 960)
INK, LIGHT_INK, DARK_GROUND = "#1d2034", "#f1f7f5", "#14211f"
LONGEST_LINE = 22
POINTS_PER_INCH = 72
# A drawn mark changes its colours with the page it stands on; a badge does not.
FOLLOWS_THE_PAGE = re.compile(
    r"@media\s*\(prefers-color-scheme:\s*dark\)\s*\{((?:[^{}]|\{[^{}]*\})*)\}"
)


@dataclass(frozen=True, slots=True)
class Variant:
    """One form of the badge: wide or tall, for light or for dark ground."""

    key: str
    shape: str
    is_dark: bool = False


VARIANTS = (
    Variant("quer", "wide"),
    Variant("quer-dunkel", "wide", is_dark=True),
    Variant("hoch", "tall"),
    Variant("hoch-dunkel", "tall", is_dark=True),
)


def alternative(network: Network) -> str:
    """What somebody hears who cannot see it."""
    return _("Partner in: %(network)s") % {"network": network.name}


def drawn(network: Network, key: str, width: int | None = None) -> bytes:
    """One variant as SVG, or as PNG of this width in pixels. KeyError for another variant."""
    variant = {one.key: one for one in VARIANTS}[key]
    lines = tuple(_lines(network.name, network.short_name))
    return _drawn(lines, network.accent, str(_mark_file(network)), variant, width)


@lru_cache(maxsize=200)
def _drawn(
    lines: tuple[str, ...], accent: str, mark: str, variant: Variant, width: int | None
) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        shutil.copyfile(TEMPLATE, place / "badge.typ")
        given = _given(lines, accent, variant) | {"mark": _laid(Path(mark), place, variant)}
        if width is None:
            return _compiled(place, given, "svg", POINTS_PER_INCH)
        points = _width_in_points(_compiled(place, given, "svg", POINTS_PER_INCH))
        return _compiled(place, given, "png", POINTS_PER_INCH * width / points)


def _given(lines: tuple[str, ...], accent: str, variant: Variant) -> dict[str, object]:
    palette = dark_palette(accent) if variant.is_dark else light_palette(accent)
    with override("de"):
        kicker = _("Network partner")
    return {
        "kicker": kicker,
        "lines": list(lines),
        "shape": variant.shape,
        "accent": palette.accent,
        "ink": LIGHT_INK if variant.is_dark else INK,
        "ground": DARK_GROUND if variant.is_dark else "#ffffff",
    }


def _lines(name: str, short_name: str) -> Iterator[str]:
    """What it is, and where: "Netzwerk Frühe Hilfen" | "Mittelsachsen"; a long name in halves."""
    if short_name and name.endswith(f" {short_name}"):
        yield from (name.removesuffix(short_name).strip(), short_name)
        return
    count = max(1, round(len(name) / LONGEST_LINE))
    line = ""
    for word in name.split():
        line = f"{line} {word}".strip()
        if len(line) >= len(name) / count - 3:
            yield line
            line = ""
    if line:
        yield line


def _laid(mark: Path, place: Path, variant: Variant) -> str:
    """The mark beside the template, in the colours of this variant."""
    name = f"mark{mark.suffix}"
    if mark.suffix != ".svg":
        shutil.copyfile(mark, place / name)
        return name
    told = mark.read_text(encoding="utf-8")
    told = FOLLOWS_THE_PAGE.sub(lambda found: found[1] if variant.is_dark else "", told)
    (place / name).write_text(told, encoding="utf-8")
    return name


def _mark_file(network: Network) -> Path:
    if network.logo and logos.stored(network.logo).is_file():
        return logos.stored(network.logo)
    found = finders.find(f"design/marks/{Path(network.mark).name}.svg")
    return Path(str(found or finders.find("design/marks/path.svg")))


def _compiled(
    place: Path, given: dict[str, object], form: Literal["svg", "png"], ppi: float
) -> bytes:
    made = typst.compile(
        str(place / "badge.typ"),
        root=str(place),
        font_paths=[str(FONTS)],
        ignore_system_fonts=True,
        format=form,
        ppi=ppi,
        sys_inputs={"given": json.dumps(given)},
    )
    return bytes(made if isinstance(made, bytes) else made[0])


def _width_in_points(svg: bytes) -> float:
    found = re.search(rb'viewBox="0 0 ([\d.]+) ', svg)
    return float(found[1]) if found else float(WIDTHS[0])


def pack(network: Network, rules: str) -> bytes:
    """All variants and sizes with the rules of use, as one ZIP file."""
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in _files(network, rules):
            archive.writestr(name, content)
    return buffer.getvalue()


def _files(network: Network, rules: str) -> Iterator[tuple[str, bytes]]:
    yield "LIES-MICH.txt", rules.replace("\n", "\r\n").encode("utf-8-sig")
    for variant in VARIANTS:
        yield f"netzwerkpartner-{variant.key}.svg", drawn(network, variant.key)
        for width in WIDTHS:
            name = f"netzwerkpartner-{variant.key}-{width}.png"
            yield name, drawn(network, variant.key, width)
