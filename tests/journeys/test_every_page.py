"""What holds on every page: accessible in light and dark, at any width, by keyboard alone."""

from __future__ import annotations

import pytest

from tests.journeys.conftest import DESKTOP, NARROW, PAGE_NAMES, PHONE, STATUS, STILL, Opening
from tests.journeys.inspection import cut_off_when_spaced, focus_stops, too_wide, violations

pytestmark = pytest.mark.once
every_page = pytest.mark.parametrize("name", PAGE_NAMES)


@every_page
def test_axe_finds_nothing(name: str, visit: Opening, pages: dict[str, str]) -> None:
    """On the phone and the desktop, in light and dark; what stands on a page no scheme changes."""
    one = visit(PHONE, **STILL)
    page = one.go(pages[name], STATUS.get(name, 200))
    found = []
    for viewport in (PHONE, DESKTOP):
        page.set_viewport_size(viewport)
        for scheme, rules in (("light", ()), ("dark", ("color-contrast",))):
            page.emulate_media(color_scheme=scheme)
            found += [f"{scheme} {viewport['width']}: {line}" for line in violations(page, *rules)]
    assert not found


@every_page
@pytest.mark.parametrize("language", ["en", "ar"])
def test_axe_finds_nothing_in_other_languages(
    name: str, language: str, visit: Opening, pages: dict[str, str]
) -> None:
    page = visit(PHONE, language, **STILL).go(pages[name], STATUS.get(name, 200))
    assert not violations(page)


@every_page
def test_it_reflows_and_can_be_spaced(name: str, visit: Opening, pages: dict[str, str]) -> None:
    """At 320 px nothing scrolls sideways, and wider letters lose no text."""
    page = visit(NARROW, **STILL).go(pages[name], STATUS.get(name, 200))
    assert not too_wide(page)
    assert not cut_off_when_spaced(page)
    assert not too_wide(page)


@every_page
def test_focus_is_seen_at_every_stop(name: str, visit: Opening, pages: dict[str, str]) -> None:
    """In the order of reading, ringed, in sight, and not under anything."""
    page = visit(DESKTOP, **STILL).go(pages[name], STATUS.get(name, 200))
    stops = focus_stops(page)
    assert "#inhalt" in stops[0]["name"], "the first stop skips to the content"
    assert len(stops) >= 4
    for fault in ("backwards", "covered"):
        assert not [stop["name"] for stop in stops if stop[fault]], fault
    for merit in ("visible", "inside"):
        assert not [stop["name"] for stop in stops if not stop[merit]], f"not {merit}"


@every_page
def test_it_has_one_heading_a_title_and_its_language(
    name: str, visit: Opening, pages: dict[str, str]
) -> None:
    for language in ("de", "en"):
        page = visit(PHONE, language).go(pages[name], STATUS.get(name, 200))
        assert page.locator("h1").count() == 1
        assert len(page.title()) > 5
        wanted = "de" if name == "networks" else language
        assert page.locator("html").get_attribute("lang") == wanted


@pytest.mark.parametrize("name", ["start", "results", "detail"])
def test_nothing_moves_for_those_who_asked(
    name: str, visit: Opening, pages: dict[str, str]
) -> None:
    page = visit(PHONE, **STILL).go(pages[name])
    assert page.evaluate("document.getAnimations().length") == 0


@pytest.mark.parametrize("name", ["start", "results", "detail", "sign_in"])
def test_focus_is_seen_in_forced_colours(name: str, visit: Opening, pages: dict[str, str]) -> None:
    page = visit(DESKTOP, forced_colors="active", **STILL).go(pages[name])
    assert not [stop["name"] for stop in focus_stops(page) if not stop["visible"]]


LIGHT = ["start", "finder", "results", "detail", "campaign", "join_ins", "join_in"]


@pytest.mark.parametrize("name", LIGHT)
def test_a_page_is_light(name: str, visit: Opening, pages: dict[str, str]) -> None:
    """Below 100 KB over the wire, without map, fonts and pictures."""
    one = visit(PHONE)
    one.go(pages[name])
    one.page.wait_for_load_state("networkidle")
    counted = ("document", "stylesheet", "script")
    sizes = {
        answer.url: answer.request.sizes()["responseBodySize"]
        for answer in one.responses
        if answer.request.resource_type in counted and "leaflet" not in answer.url
    }
    assert sum(sizes.values()) < 100_000, sizes


@every_page
def test_the_layout_does_not_jump(name: str, visit: Opening, pages: dict[str, str]) -> None:
    one = visit(PHONE)
    one.context.add_init_script(
        "window.kpShift = 0; new PerformanceObserver((list) => { for (const e of list.getEntries())"
        " window.kpShift += e.value; }).observe({type: 'layout-shift', buffered: true});"
    )
    page = one.go(pages[name], STATUS.get(name, 200))
    page.wait_for_load_state("networkidle")
    assert page.evaluate("window.kpShift") < 0.05
