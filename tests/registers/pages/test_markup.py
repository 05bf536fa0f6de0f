from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from knotenpunkt.registers.pages.markup import filled, rendered

ALLOWED = {"h2", "h3", "p", "ul", "ol", "li", "br", "a", "strong", "mark"}


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("", ""),
        ("Ein Satz.", "<p>Ein Satz.</p>"),
        ("Weg 1\n09599 Freiberg", "<p>Weg 1<br>09599 Freiberg</p>"),
        ("## Groß\n\n### Klein", "<h2>Groß</h2>\n<h3>Klein</h3>"),
        ("# Kopf\nText", "<h2>Kopf</h2>\n<p>Text</p>"),
        ("- eins\n- zwei", "<ul><li>eins</li><li>zwei</li></ul>"),
        ("1. eins\n2. zwei", "<ol><li>eins</li><li>zwei</li></ol>"),
        ("Bitte:\n- eins", "<p>Bitte:</p>\n<ul><li>eins</li></ul>"),
        ("**wichtig**", "<p><strong>wichtig</strong></p>"),
        ("[[Name]]", "<p><mark>Name</mark></p>"),
        ("[Amt](https://amt.example.org/a?b=1&c=2)",
         '<p><a href="https://amt.example.org/a?b=1&amp;c=2">Amt</a></p>'),
        ("[112](tel:112)", '<p><a href="tel:112">112</a></p>'),
        ("[hier](/mitte/kontakt/)", '<p><a href="/mitte/kontakt/">hier</a></p>'),
        ("a\r\n\r\nb", "<p>a</p>\n<p>b</p>"),
        ("24.12.2026", "<p>24.12.2026</p>"),
    ],
)  # fmt: skip
def test_what_people_write(text: str, html: str) -> None:
    assert rendered(text) == html


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "[x](javascript:alert(1))",
        "[x](//evil.example.org)",
        '[x](https://a.example.org/"onclick="alert(1))',
        "[x](data:text/html,x)",
        "<b onmouseover=x>",
        "[<img src=x>](https://a.example.org)",
    ],
)
def test_nothing_but_text_gets_through(text: str) -> None:
    html = rendered(text)
    assert "<script" not in html and "<img" not in html and "<b" not in html
    for target in re.findall(r'href="([^"]*)"', html):
        assert target.startswith("https://a.example.org")


class Seen(HTMLParser):
    """Which tags and attributes a page has."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in ALLOWED
        assert [name for name, _value in attrs] == (["href"] if tag == "a" else [])
        if tag != "br":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


marks = st.sampled_from(["#", "-", "*", "[", "]", "(", ")", "<", ">", '"', "&", "\n", " ", "a",
                         "1.", "**", "[[", "]]", "https://x.de", "tel:1", "{{", "}}"])  # fmt: skip


@given(st.lists(marks | st.characters(), max_size=60).map("".join))
def test_any_text_becomes_well_formed_and_harmless(text: str) -> None:
    seen = Seen()
    seen.feed(rendered(filled(text, {"a": "<b>"}, {})))
    assert not seen.open


def test_placeholders_are_filled() -> None:
    assert filled("Guten Tag, {{ name }}!", {"name": "Frau Demo"}, {}) == "Guten Tag, Frau Demo!"


def test_gaps_stay_visible() -> None:
    with translation.override("de"):
        text = filled("Anschrift: {{address}}", {"address": " "}, {"address": "Anschrift"})
    assert text == "Anschrift: [[bitte ergänzen: Anschrift]]"
