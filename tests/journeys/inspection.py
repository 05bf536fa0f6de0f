"""What is asked of a page in the browser: rules of axe, reflow, spacing, focus."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

AXE = Path(__file__).parent / "vendor" / "axe-core" / "axe.min.js"

WIDER_THAN_THE_PAGE = """() => {
  const wide = document.documentElement.clientWidth;
  if (document.scrollingElement.scrollWidth <= wide) return [];
  return [...document.body.querySelectorAll("*")]
    .filter((one) => one.getBoundingClientRect().right > wide + 0.5)
    .slice(0, 8).map((one) => one.outerHTML.slice(0, 90));
}"""

# WCAG 1.4.12, set in a way that no content policy forbids.
SPACE_OUT = """() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`* { line-height: 1.5 !important; letter-spacing: 0.12em !important;
    word-spacing: 0.16em !important; } p { margin-block-end: 2em !important; }`);
  document.adoptedStyleSheets = [sheet];
}"""

# As if each record had a long name without a blank. Text is changed, never the page around it.
NAME_AT_LENGTH = """() => {
  const names = document.querySelectorAll("main :is(h2 a, th a, .kp-back, .kp-task > div > p)");
  for (const one of names) {
    const text = [...one.childNodes].filter((node) => node.nodeType === 3 && node.data.trim());
    for (const node of text) node.data = "Donaudampfschifffahrt".repeat(6);
  }
  return names.length;
}"""

CUT_OFF = """() => [...document.body.querySelectorAll("*")].filter((one) => {
  const style = getComputedStyle(one);
  const ways = [style.overflowX, style.overflowY];
  const clips = ways.includes("hidden") || ways.includes("clip");
  const hidden = one.closest(".kern-sr-only, [hidden], svg, .leaflet-container");
  if (!clips || hidden || !one.innerText?.trim() || !one.getClientRects().length) return false;
  return one.scrollHeight > one.clientHeight + 1 || one.scrollWidth > one.clientWidth + 1;
}).map((one) => one.outerHTML.slice(0, 90))"""

# What the focused element looks like, and whether anything lies on top of it.
FOCUSED = """() => {
  const one = document.activeElement;
  if (!one || one === document.body) return null;
  const looks = (node) => {
    const style = getComputedStyle(node);
    const ring = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
    return ring || style.boxShadow !== "none";
  };
  const labelled = (node) => node.closest("label")?.control;
  const box = one.getBoundingClientRect();
  const x = Math.min(Math.max(box.left + box.width / 2, 0), innerWidth - 1);
  const y = Math.min(Math.max(box.top + Math.min(box.height / 2, 20), 0), innerHeight - 1);
  const top = document.elementFromPoint(x, y);
  const around = [one, one.parentElement, one.parentElement?.parentElement].filter(Boolean);
  window.kpStops ??= [];
  const before = window.kpStops.at(-1);
  const order = before ? before.compareDocumentPosition(one) : 0;
  const backwards = Boolean(order & Node.DOCUMENT_POSITION_PRECEDING);
  const again = window.kpStops.includes(one);
  window.kpStops.push(one);
  return {
    name: one.outerHTML.slice(0, 110),
    again,
    backwards: Boolean(backwards && !again),
    visible: around.some(looks),
    inside: box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
    covered: !(top && (one.contains(top) || top.contains(one) || labelled(top) === one)),
  };
}"""


@cache
def _axe() -> str:
    return AXE.read_text(encoding="utf-8")


def violations(page: Page, *rules: str) -> list[str]:
    """Every rule that axe finds broken, with the places; of all rules or those that are named."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(_axe())
    options = {"resultTypes": ["violations"]} | ({"runOnly": [*rules]} if rules else {})
    found: dict[str, Any] = page.evaluate("(options) => axe.run(document, options)", options)
    return [
        f"{one['id']}: {node['html'][:120]} {node['failureSummary'][:200]}"
        for one in found["violations"]
        for node in one["nodes"]
    ]


def too_wide(page: Page) -> list[str]:
    """What makes the page scroll sideways; empty when it does not."""
    return list(page.evaluate(WIDER_THAN_THE_PAGE))


def name_at_length(page: Page) -> int:
    """Give all names of the page 126 letters without a blank; returns how many there are."""
    return int(page.evaluate(NAME_AT_LENGTH))


def cut_off_when_spaced(page: Page) -> list[str]:
    """What loses text when lines, words and letters are set wider."""
    before = set(page.evaluate(CUT_OFF))
    page.evaluate(SPACE_OUT)
    return [one for one in page.evaluate(CUT_OFF) if one not in before]


def focus_stops(page: Page, most: int = 250) -> list[dict[str, Any]]:
    """Every stop of the Tab key, from the top of the page round to its end."""
    stops: list[dict[str, Any]] = []
    for _step in range(most):
        page.keyboard.press("Tab")
        stop = page.evaluate(FOCUSED)
        if stop is None or stop["again"]:
            break
        stops.append(stop)
    return stops
