"""Parts of pages are drawn once: every further page that shows the same gets the same HTML.

A page of results is twenty cards inside the same head, form and foot, and drawing them is most of
its work. What a part says follows from the values it is given, the language and where the network
is mounted, for it gets nothing else; so the same values give the same HTML, and nothing here can
grow old. Number, reason and distance of a card are other ones in each answer and are put in
afterwards.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import fields, is_dataclass, replace
from functools import cache
from operator import attrgetter
from threading import Lock
from typing import Any

from django.template.loader import get_template
from django.urls import get_script_prefix
from django.utils.functional import Promise
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

TEMPLATE = "design/components/_offer_card.html"
# Signs of no script stand where these are put in; the template shows them as they are.
SLOTS = {name: f"\ue000{name}\ue001" for name in ("number", "reason", "where_note")}
NOT_SHOWN = "point"
# A drawn card takes about 4 kB.
MOST_DRAWN = 2_000

_drawn: OrderedDict[Hashable, str] = OrderedDict()
_lock = Lock()


class _CannotBeTold(Exception):
    """Nobody knows whether two such values look alike."""


def drawn_part(template: str, values: Mapping[str, Any]) -> SafeString:
    """A template with these values and nothing else: it sees neither the page nor the request.

    It must not ask for the time. Values are texts, numbers, dataclasses and lists of them; with
    others it is drawn each time.
    """
    try:
        key: Hashable = (template, *values, *_told(values.values()))
        html = _once(key, lambda: _draw(template, values))
    except _CannotBeTold:
        html = _draw(template, values)
    return mark_safe(html)  # noqa: S308 - drawn by the template


def offer_card(card: Any, partners_url: str) -> SafeString:
    """The card (a frozen dataclass with the values that the template names) as HTML."""
    slots = {name: slot for name, slot in SLOTS.items() if getattr(card, name)}
    html = _once(
        (TEMPLATE, partners_url, *slots, *_told_of_card(card)),
        lambda: _draw(TEMPLATE, {"offer": replace(card, **slots), "partners_url": partners_url}),
    )
    for name, slot in slots.items():
        html = html.replace(slot, conditional_escape(getattr(card, name)))
    return mark_safe(html)  # noqa: S308 - drawn by the template, and what is put in is escaped


def _draw(template: str, values: Mapping[str, Any]) -> str:
    return str(get_template(template).render(dict(values)))


def _once(told: Hashable, draw: Callable[[], str]) -> str:
    key = (get_language(), get_script_prefix(), told)
    with _lock:
        html = _drawn.get(key)
        if html is not None:
            _drawn.move_to_end(key)
            return html
    html = draw()
    with _lock:
        _drawn[key] = html
        while len(_drawn) > MOST_DRAWN:
            _drawn.popitem(last=False)
    return html


# ── what a template can tell apart ──────────────────────────────────────────────────────────────


def _told_of_card(card: Any) -> list[Any]:
    names = (one.name for one in fields(card) if one.name not in (*SLOTS, NOT_SHOWN))
    return [type(card), *_told(getattr(card, name) for name in names)]


def _told(values: Iterable[Any]) -> list[Any]:
    """Values as they are compared: texts also by their language and by being safe."""
    told: list[Any] = []
    for value in values:
        if isinstance(value, Promise):
            value = str(value)
        kind = value.__class__  # of a lazy object the kind of what it holds
        if kind is str:
            told.append(str(value))
        elif issubclass(kind, str):
            told += (kind, str(value), getattr(value, "language", ""))
        elif kind in (bool, int, float, type(None)):
            told += (kind, repr(value))
        elif kind in (list, tuple):
            told += (kind, len(value), *_told(value))
        else:
            told += (kind, *_told(_parts_of(kind)(value)))
    return told


@cache
def _parts_of(kind: type) -> Callable[[Any], tuple[Any, ...]]:
    """The values of a dataclass, of which there are several."""
    names = [one.name for one in fields(kind)] if is_dataclass(kind) else []
    if len(names) < 2:
        raise _CannotBeTold(kind.__name__)
    found: Callable[[Any], tuple[Any, ...]] = attrgetter(*names)
    return found
