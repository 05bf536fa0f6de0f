"""Nothing is stored on a family's device, and nobody else learns of the visit."""

from __future__ import annotations

import pytest

from tests.journeys.conftest import DESKTOP, PHONE, Opening, Visit

KEPT = """async () => ({
  cookie: document.cookie,
  local: Object.keys(localStorage),
  session: Object.keys(sessionStorage),
  databases: (await indexedDB.databases()).map((one) => one.name),
  caches: await caches.keys(),
  workers: (await navigator.serviceWorker.getRegistrations()).length,
})"""
NOTHING = {"cookie": "", "local": [], "session": [], "databases": [], "caches": [], "workers": 0}


def walk(one: Visit, pages: dict[str, str]) -> None:
    """Everything that a family can do, in one visit."""
    page = one.go()
    page.locator("#suche-q").fill("Hebamme")
    page.locator("#suche-ort").press_sequentially("0959")
    page.keyboard.press("Enter")
    page.wait_for_url("**/angebote/?*")
    one.settled()
    page.locator("#treffer article a").first.click()
    page.wait_for_load_state("networkidle")
    page.go_back()
    page.wait_for_load_state("networkidle")
    for name in ("imprint", "privacy", "accessibility", "contact", "finder"):
        one.go(pages[name])
        page.wait_for_load_state("networkidle")


@pytest.mark.parametrize("viewport", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_a_visit_leaves_no_byte_behind_and_asks_nobody_else(
    visit: Opening, viewport: dict[str, int], pages: dict[str, str]
) -> None:
    one = visit(viewport)
    walk(one, pages)
    assert one.page.evaluate(KEPT) == NOTHING
    assert one.context.cookies() == []
    session = one.context.new_cdp_session(one.page)
    used = session.send("Storage.getUsageAndQuota", {"origin": one.site.url})
    assert used["usage"] == 0, used
    assert len(one.requests) > 20
    assert one.foreign() == []
    assert [answer.url for answer in one.responses if "set-cookie" in answer.all_headers()] == []
    assert [request.url for request in one.requests if "cookie" in request.all_headers()] == []


def test_pages_carry_their_policy(visit: Opening, pages: dict[str, str]) -> None:
    one = visit(PHONE)
    for path in ("start", "results", "detail", "sign_in"):
        one.go(pages[path])
    documents = [one for one in one.responses if one.request.resource_type == "document"]
    for answer in documents:
        headers = answer.all_headers()
        policy = headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert headers["referrer-policy"] == "same-origin"
        assert headers["x-content-type-options"] == "nosniff"
        assert "geolocation=(self)" in headers["permissions-policy"]


def test_there_is_no_banner(visit: Opening) -> None:
    page = visit(PHONE).go()
    assert page.locator("dialog[open], [role=dialog], [role=alertdialog]").count() == 0


def test_a_link_away_tells_nothing_of_the_visit(visit: Opening, offer_path: str) -> None:
    """What a family searched for must not travel on in a referrer."""
    page = visit(PHONE).go(offer_path)
    outward = page.locator("a[href^='http']").evaluate_all(
        "(all) => all.filter((a) => a.host !== location.host).map((a) => a.href)"
    )
    assert outward
    assert page.evaluate("document.referrer") == ""
