"""Result cards are drawn once: on every further page only what differs there is put in.

A page of results is twenty cards, and drawing them is most of its work. What a card says follows
from its own values and the language alone, so the same values give the same card; nothing here can
grow old. Number, reason and distance are other ones in each answer and are put in afterwards.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import fields, replace
from threading import Lock
from typing import Any

from django.template.loader import get_template
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

TEMPLATE = "design/components/_offer_card.html"
# Signs of no script stand where these are put in; the template shows them as they are.
SLOTS = {name: f"\ue000{name}\ue001" for name in ("number", "reason", "where_note")}
NOT_SHOWN = "point"
# A drawn card takes about 4 kB.
MOST_DRAWN = 1_500

_drawn: OrderedDict[Hashable, str] = OrderedDict()
_lock = Lock()


def offer_card(card: Any, partners_url: str) -> SafeString:
    """The card (a frozen dataclass with the values that the template names) as HTML."""
    html = _drawn_with_slots(card, partners_url)
    for name, slot in SLOTS.items():
        if value := getattr(card, name):
            html = html.replace(slot, conditional_escape(value))
    return mark_safe(html)  # noqa: S308 - drawn by the template, and what is put in is escaped


def _drawn_with_slots(card: Any, partners_url: str) -> str:
    key = (get_language(), partners_url, *_told(card))
    with _lock:
        html = _drawn.get(key)
        if html is not None:
            _drawn.move_to_end(key)
            return html
    html = _draw(card, partners_url)
    with _lock:
        _drawn[key] = html
        while len(_drawn) > MOST_DRAWN:
            _drawn.popitem(last=False)
    return html


def _told(card: Any) -> list[Any]:
    """All that the template can tell apart: texts also by their language and by being safe."""
    told: list[Any] = [type(card)]
    for field in fields(card):
        value = getattr(card, field.name)
        if field.name in SLOTS:
            told.append(bool(value))
        elif field.name != NOT_SHOWN:
            told += [type(value), value, getattr(value, "language", "")]
    return told


def _draw(card: Any, partners_url: str) -> str:
    slots = {name: slot for name, slot in SLOTS.items() if getattr(card, name)}
    shown = {"offer": replace(card, **slots), "partners_url": partners_url}
    return str(get_template(TEMPLATE).render(shown))
