"""One accent must theme a network legibly, whatever colour a logo brings along."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knotenpunkt.design.theme import (
    DARK_PAGE,
    DARK_SURFACE,
    check_accent,
    contrast,
    dark_palette,
    light_palette,
    theme_css,
)

MUTED_LIGHT, MUTED_DARK, FOOT_TEXT = "#4b5d59", "#afc1bc", "#c4d6d1"
colours = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


def test_contrast_is_the_ratio_of_wcag() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)
    assert contrast("#0b5d55", "#0b5d55") == 1
    assert contrast("#ffffff", "#000000") == contrast("#000000", "#ffffff")


@given(colours)
def test_every_colour_becomes_legible_by_day(accent: str) -> None:
    day = light_palette(accent)
    for front, ground in (
        (day.accent, "#ffffff"),
        (day.accent, day.tint_1),
        (day.accent, day.tint_2),
        (day.on_accent, day.accent),
        (day.on_accent, day.accent_strong),
        (day.accent_strong, day.tint_3),
        (MUTED_LIGHT, day.tint_2),
        (FOOT_TEXT, day.foot),
    ):
        assert contrast(front, ground) >= 4.5, (front, ground)


@given(colours)
def test_every_colour_becomes_legible_by_night(accent: str) -> None:
    night = dark_palette(accent)
    for front, ground in (
        (night.accent, DARK_PAGE),
        (night.accent, DARK_SURFACE),
        (night.accent, night.tint_2),
        (night.on_accent, night.accent),
        (night.on_accent, night.accent_strong),
        (night.accent_strong, night.tint_3),
        (MUTED_DARK, night.tint_3),
        (FOOT_TEXT, night.foot),
    ):
        assert contrast(front, ground) >= 4.5, (front, ground)


def test_a_legible_accent_stays_the_colour_of_the_logo() -> None:
    assert light_palette("#0b5d55").accent == "#0b5d55"
    assert check_accent("#0b5d55") == []


def test_a_pale_accent_is_reported_in_words_and_darkened() -> None:
    assert len(check_accent("#ffcc00")) == 3
    assert "1" in check_accent("#ffcc00")[0]
    assert contrast(light_palette("#ffcc00").accent, "#ffffff") >= 4.5


def test_a_contrast_just_below_the_threshold_does_not_read_as_enough() -> None:
    assert not any("4.5" in text.split(",")[0] for text in check_accent("#777777"))


def test_the_style_sheet_holds_both_lights_and_only_custom_properties() -> None:
    css = theme_css("#28548f")
    assert css.startswith(":root{--kp-accent:#28548f;")
    assert "@media screen and (prefers-color-scheme:dark){:root{--kp-accent:#" in css
    assert css.count("{") == css.count("}")


@pytest.mark.parametrize("text", ["red", "#fff", "#0b5d5", "#0b5d55;}body{}", "0b5d55", ""])
def test_anything_but_a_colour_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="Not a colour"):
        theme_css(text)
