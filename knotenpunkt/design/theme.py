"""One accent colour per network, with enough contrast everywhere (stand-in until completed)."""

from __future__ import annotations


def contrast(a: str, b: str) -> float:
    """WCAG contrast ratio of two hex colours, 1 to 21."""
    lighter, darker = sorted((_luminance(a), _luminance(b)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def check_accent(accent: str) -> list[str]:
    """Sentences about what is wrong with an accent; empty when it can be used."""
    if not (len(accent) == 7 and accent[0] == "#"):
        return ["A colour looks like #0B5D55."]
    return [] if contrast(accent, "#FFFFFF") >= 4.5 else ["Too light for white text."]


def theme_css(accent: str) -> str:
    """The custom properties of a network."""
    return f":root{{--kp-accent:{accent}}}"


def _luminance(colour: str) -> float:
    channels = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
