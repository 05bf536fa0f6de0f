"""The public page of a campaign and what partners do: without a script, and on paper."""

from __future__ import annotations

import re

from tests.journeys.conftest import CAMPAIGN, DESKTOP, PHONE, STILL, Opening
from tests.journeys.test_family import sheets

CARDS = ".kp-joins > li"


def test_without_a_script_list_calendar_and_map_are_three_links(visit: Opening) -> None:
    page = visit(PHONE, java_script_enabled=False).go(CAMPAIGN)
    page.get_by_role("link", name=re.compile("^Alle ansehen")).click()
    page.locator(CARDS).nth(5).wait_for()
    title = page.locator(f"{CARDS} a").first.inner_text().strip()
    page.get_by_role("link", name="Kalender").first.click()
    assert page.locator("table.kp-month").is_visible()
    page.get_by_role("link", name="Karte").first.click()
    assert page.locator("svg.kp-joinmap").is_visible()
    page.get_by_role("link", name="Liste").first.click()
    page.get_by_role("link", name=title).first.click()
    assert page.locator("h1").inner_text().strip() == title


def test_a_campaign_needs_two_sheets_of_paper_and_an_action_one(
    visit: Opening, join_in_path: str
) -> None:
    one = visit(DESKTOP, **STILL)
    assert sheets(one.go(CAMPAIGN)) <= 2
    assert sheets(one.go(join_in_path)) == 1
