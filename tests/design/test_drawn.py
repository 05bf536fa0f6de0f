"""A card that is drawn once says the same as one that is drawn each time."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import pytest
from django.template import Context, Template
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.functional import SimpleLazyObject
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy

from knotenpunkt.design import drawn
from knotenpunkt.design.drawn import TEMPLATE, drawn_part, offer_card
from knotenpunkt.design.texts import TextIn
from knotenpunkt.registers.offers.wording import Card

CARD = Card(
    id="7", url="/peine/angebote/7/", title="Krabbelgruppe", kind="Gruppe", provider="Haus Mitte",
    number=3, reason="Passt zu: Schlafen", when="heute, 9–11 Uhr", where="Freiberg",
    where_note="2,4 km von Ihnen", audience="Kinder bis 3 Jahre", phone="030 23125 1", tel="+49",
)  # fmt: skip


def drawn_each_time(card: Card, partners_url: str = "/partner/") -> str:
    return render_to_string(TEMPLATE, {"offer": card, "partners_url": partners_url})


@pytest.mark.parametrize(
    "changed",
    [
        {},
        {"number": 12},
        {"number": None, "mark_icon": "phone"},
        {"reason": "<b>Passt</b> zu „Ä & Ö“"},
        {"reason": ""},
        {"reason": TextIn("Fits", "en")},
        {"where_note": 'keine "Anfahrt"'},
        {"where_note": ""},
        {"title": "<script>"},
        {"title": mark_safe("<i>Kursiv</i>")},
        {"title": "<i>Kursiv</i>"},
        {"title": TextIn("Krabbelgruppe", "en")},
        {"title": TextIn("Krabbelgruppe", "ar")},
        {"title": TextIn("Krabbelgruppe", "de")},
        {"is_partner": True},
        {"is_silent": True, "checked": "Lange nicht bestätigt"},
        {"point": {"number": 3, "lat": 1.0, "lon": 2.0}},
        {"title": drawn.SLOTS["reason"]},
    ],
    ids=str,
)
def test_it_is_the_same_card(changed: dict[str, Any]) -> None:
    card = replace(CARD, **changed)
    if changed.get("title") == drawn.SLOTS["reason"]:
        assert "Passt zu" in offer_card(card, "/partner/")  # its own words, escaped; no harm
        return
    for _turn in range(2):
        assert offer_card(card, "/partner/") == drawn_each_time(card)


def test_each_language_and_each_network_has_its_own() -> None:
    for language in ("de", "en", "ar"):
        with translation.override(language):
            for url in ("/peine/partner/", "/mitte/partner/"):
                card = replace(CARD, is_partner=True)
                assert offer_card(card, url) == drawn_each_time(card, url)


def test_on_the_next_page_it_is_not_drawn_again(monkeypatch: pytest.MonkeyPatch) -> None:
    card = replace(CARD, title="Nur einmal gezeichnet")
    offer_card(card, "")
    monkeypatch.setattr(drawn, "_draw", lambda *_card: pytest.fail("drawn again"))
    other = replace(card, number=9, reason="Passt zu: Baby", where_note="7 km von Ihnen")
    assert "7 km von Ihnen" in offer_card(other, "")


def test_memory_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drawn, "MOST_DRAWN", 3)
    for number in range(6):
        offer_card(replace(CARD, title=f"Gruppe {number}"), "")
    assert len(drawn._drawn) == 3


@dataclass(frozen=True)
class Unlike(Card):
    """Equal values of another kind are another card."""


def test_another_kind_of_card_is_another_one() -> None:
    values = {name: getattr(CARD, name) for name in CARD.__dataclass_fields__}
    assert offer_card(Unlike(**values), "") == drawn_each_time(CARD, "")


@dataclass(frozen=True)
class Link:
    """What `_footer.html` shows of a link."""

    label: str
    url: str


FOOT = "design/components/_footer.html"


def foot(**values: Any) -> dict[str, Any]:
    return {"network": None, "home_url": "/", "about": "", "legal_links": []} | values


@pytest.mark.parametrize(
    "values",
    [
        foot(),
        foot(about="Träger & Haus"),
        foot(about=mark_safe("Träger &amp; Haus")),
        foot(about="Träger &amp; Haus"),
        foot(about=SimpleLazyObject(lambda: "faul")),
        foot(about=gettext_lazy("Print")),
        foot(legal_links=[Link("A", "/a/"), Link("B", "/b/")]),
        foot(legal_links=[Link("A", "/a/")]),
        foot(legal_links=SimpleLazyObject(lambda: [Link("A", "/c/")])),
        foot(legal_links=SimpleLazyObject(lambda: None)),
        foot(legal_links=[{"label": "nobody compares", "url": "/dicts/"}]),
    ],
)
def test_a_part_is_the_same_as_when_it_is_drawn_each_time(values: dict[str, Any]) -> None:
    for language in ("de", "en"):
        with translation.override(language):
            for _turn in range(2):
                assert drawn_part(FOOT, values) == render_to_string(FOOT, values)


def test_a_part_is_drawn_once_and_sees_nothing_of_the_page() -> None:
    part = Template(
        '{% load design %}{% drawn "design/components/_footer.html" home_url=home_url %}'
    )
    pages = [part.render(Context({"home_url": "/x/", "about": about})) for about in ("A-A", "B-B")]
    assert pages[0] == pages[1]
    assert "A-A" not in pages[0] and 'href="/x/"' in pages[0]
