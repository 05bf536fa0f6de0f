"""One colour themes a network: all others are derived from it, with contrast by construction.

Colours are mixed in OKLCH (Björn Ottosson, https://bottosson.github.io/posts/oklab/), where equal
steps of lightness look equal; contrast is WCAG 2.2's ratio of relative luminances.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

from django.utils.formats import number_format
from django.utils.translation import gettext as _

TEXT = 4.5  # AA for text
SHAPE = 3.0  # AA for borders and icons
WHITE = "#ffffff"
INK = "#14211f"
DARK_PAGE = "#0c1412"
DARK_SURFACE = "#16211f"


@dataclass(frozen=True, slots=True)
class Palette:
    """The values a network's style sheet sets, for one of light and dark; all ``#rrggbb``."""

    accent: str
    accent_strong: str
    on_accent: str
    tint_1: str
    tint_2: str
    tint_3: str
    line: str
    thread: str
    foot: str

    def css(self) -> str:
        pairs = ((name.replace("_", "-"), getattr(self, name)) for name in self.__slots__)
        return ":root{" + ";".join(f"--kp-{name}:{value}" for name, value in pairs) + "}"


def contrast(a: str, b: str) -> float:
    """WCAG contrast of two ``#rrggbb`` colours, from 1 (equal) to 21 (black on white)."""
    darker, lighter = sorted((_luminance(a), _luminance(b)))
    return (lighter + 0.05) / (darker + 0.05)


def check_accent(accent: str) -> list[str]:
    """Sentences about the pairs in which a colour, taken as it is, would fail AA; [] if none.

    ``theme_css`` moves such a colour towards black until it passes; the sentences tell the person
    who chose it why the page looks darker than the logo. Raises ValueError for a malformed colour.
    """
    tint = light_palette(accent).tint_2
    pairs = (
        (_("Text in this colour on white"), accent, WHITE),
        (_("Text in this colour on a tinted area"), accent, tint),
        (_("White text on a button in this colour"), WHITE, accent),
    )
    return [
        _("%(pair)s: contrast %(found)s, needed %(needed)s")
        % {"pair": name, "found": _rounded_down(contrast(a, b)), "needed": _rounded_down(TEXT)}
        for name, a, b in pairs
        if contrast(a, b) < TEXT
    ]


def theme_css(accent: str) -> str:
    """A network's style sheet: light and dark values from one ``#rrggbb`` colour.

    Raises ValueError for a malformed colour, so that no foreign text ever reaches the sheet.
    """
    day, night = light_palette(accent).css(), dark_palette(accent).css()
    return f"{day}\n@media screen and (prefers-color-scheme:dark){{{night}}}\n"


def light_palette(accent: str) -> Palette:
    """Colours on a white page; the accent darkens until it can be read on white and on tints."""
    light, chroma, hue = _to_oklch(accent)
    soft = min(chroma, 0.12)
    tint_2 = _from_oklch(0.946, soft * 0.16, hue)
    readable = _move_until(light, -0.01, chroma, hue, (WHITE, tint_2), TEXT + 0.1)
    return Palette(
        accent=_from_oklch(readable, chroma, hue),
        accent_strong=_from_oklch(max(readable - 0.1, 0.2), chroma * 0.8, hue),
        on_accent=WHITE,
        tint_1=_from_oklch(0.977, soft * 0.07, hue),
        tint_2=tint_2,
        tint_3=_from_oklch(0.897, soft * 0.31, hue),
        line=_from_oklch(0.9, soft * 0.18, hue),
        thread=_from_oklch(0.67, min(chroma, 0.09), hue),
        foot=_from_oklch(0.295, min(chroma, 0.07) * 0.75, hue),
    )


def dark_palette(accent: str) -> Palette:
    """The same colour at night: a light accent on dark surfaces."""
    _light, chroma, hue = _to_oklch(accent)
    soft = min(chroma, 0.1)
    tint_2 = _from_oklch(0.283, soft * 0.3, hue)
    readable = _move_until(0.79, 0.01, soft, hue, (DARK_PAGE, DARK_SURFACE, tint_2), TEXT + 1.5)
    return Palette(
        accent=_from_oklch(readable, soft, hue),
        accent_strong=_from_oklch(min(readable + 0.08, 0.93), soft * 0.75, hue),
        on_accent=_from_oklch(0.23, soft * 0.45, hue),
        tint_1=_from_oklch(0.208, soft * 0.18, hue),
        tint_2=tint_2,
        tint_3=_from_oklch(0.36, soft * 0.42, hue),
        line=_from_oklch(0.35, soft * 0.3, hue),
        thread=_from_oklch(0.6, soft * 0.9, hue),
        foot=_from_oklch(0.222, soft * 0.36, hue),
    )


def _rounded_down(ratio: float) -> str:
    """One decimal in the reader's language; 4.48 must not read as a sufficient 4.5."""
    return str(number_format(math.floor(ratio * 10) / 10, 1))


def _move_until(
    start: float, step: float, chroma: float, hue: float, grounds: tuple[str, ...], needed: float
) -> float:
    """The first lightness from ``start`` in ``step``s that has the contrast on all grounds."""
    lightness = min(max(start, 0.06), 0.96)
    while 0.05 < lightness < 0.97:
        colour = _from_oklch(lightness, chroma, hue)
        if all(contrast(colour, ground) >= needed for ground in grounds):
            break
        lightness += step
    return lightness


def _channels(colour: str) -> tuple[float, float, float]:
    """Red, green and blue as linear light from 0 to 1."""
    if not re.fullmatch(r"#[0-9a-fA-F]{6}", colour):
        raise ValueError(f"Not a colour like #0b5d55: {colour!r}")
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return _linear(red), _linear(green), _linear(blue)


def _linear(value: float) -> float:
    return value / 12.92 if value <= 0.04045 else math.pow((value + 0.055) / 1.055, 2.4)


def _gamma(value: float) -> float:
    if value <= 0.0031308:
        return value * 12.92
    return 1.055 * math.pow(value, 1 / 2.4) - 0.055


def _luminance(colour: str) -> float:
    red, green, blue = _channels(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _to_oklch(colour: str) -> tuple[float, float, float]:
    """Lightness 0–1, chroma 0–0.37, hue in radians."""
    red, green, blue = _channels(colour)
    long = math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue)
    medium = math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue)
    short = math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue)
    lightness = 0.2104542553 * long + 0.7936177850 * medium - 0.0040720468 * short
    a = 1.9779984951 * long - 2.4285922050 * medium + 0.4505937099 * short
    b = 0.0259040371 * long + 0.7827717662 * medium - 0.8086757660 * short
    return lightness, math.hypot(a, b), math.atan2(b, a)


def _from_oklch(lightness: float, chroma: float, hue: float) -> str:
    """The nearest ``#rrggbb``; chroma gives way where a screen cannot show the colour."""
    while chroma > 0:
        channels = _oklch_to_linear(lightness, chroma, hue)
        if all(-0.0005 <= value <= 1.0005 for value in channels):
            break
        chroma -= 0.002
    else:
        channels = _oklch_to_linear(lightness, 0, hue)
    return "#" + "".join(f"{round(_gamma(min(max(v, 0), 1)) * 255):02x}" for v in channels)


def _oklch_to_linear(lightness: float, chroma: float, hue: float) -> tuple[float, float, float]:
    a, b = chroma * math.cos(hue), chroma * math.sin(hue)
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short,
    )
