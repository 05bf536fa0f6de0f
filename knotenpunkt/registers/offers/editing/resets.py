"""Taking back what the audit remembers: what would be said again, and what stands against it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder

from knotenpunkt.foundation.audit.models import Entry
from knotenpunkt.foundation.core.languages import OTHERS
from knotenpunkt.foundation.core.versions import fingerprint
from knotenpunkt.registers.offers.editing.states import (
    PLAIN,
    repeating,
    time_draft,
)
from knotenpunkt.registers.offers.models import Offer
from knotenpunkt.registers.offers.translating.actions.keeping import field_of
from knotenpunkt.registers.offers.translating.drafts import remembered

# Fields that may be brought back, in the words of the audit.
KEPT = (
    *PLAIN,
    "provider",
    "topics",
    "contacts",
    "places",
    "times",
    "texts",
    *map(field_of, OTHERS),
    "checked_on",
    "status",
)
UNORDERED = {"topics", "times", "texts", "phases", "languages", "contacts", "places"}


@dataclass(frozen=True, slots=True)
class Reset:
    """One field that goes back. `changed_since`: it says something else by now than it did then.

    `lost`: the audit no longer knows what it said, so it cannot go back.
    """

    field: str
    now: Any
    then: Any
    changed_since: bool = False
    lost: bool = False


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything that taking back would do; `mark` stands for the offer it was made for."""

    resets: Sequence[Reset]
    mark: str
    untold: Sequence[str] = field(default_factory=list)

    def chosen(self, also: Sequence[str]) -> dict[str, Any]:
        """What is written: everything free of conflict, and of the rest what was asked for."""
        return {
            one.field: one.then
            for one in self.resets
            if not one.lost and (not one.changed_since or one.field in also)
        }


def audit_state(offer: Offer) -> dict[str, Any]:
    """An offer as the audit would write it down."""
    plain = {name: getattr(offer, name) for name in (*PLAIN, "checked_on", "status")}
    places = [link.place for link in offer.at_places.all()]
    told = {
        **plain,
        "provider": str(offer.provider_id),
        "topics": [link.topic.key for link in offer.topic_links.all()],
        "contacts": [str(link.contact_id) for link in offer.contact_links.all()],
        "places": [{"id": str(place.pk), "said": place.one_line} for place in places],
        "times": [asdict(time_draft(row)) for row in repeating(offer)],
        "texts": [remembered(row) for row in offer.texts.all()],
        **dict.fromkeys(map(field_of, OTHERS)),
        **{field_of(row.language): remembered(row) for row in offer.texts.all()},
    }
    found: dict[str, Any] = json.loads(json.dumps(told, cls=DjangoJSONEncoder))
    return found


def undo_plan(offer: Offer, entry: Entry) -> Plan:
    """Take back one deed."""
    now = audit_state(offer)
    resets = [
        _reset(name, now[name], pair, now[name])
        for name, pair in entry.changes.items()
        if name in KEPT
    ]
    return _plan(resets, now, entry.changes)


def restore_plan(offer: Offer, later: Sequence[Entry]) -> Plan:
    """Back to what was said before all of these deeds, the last of them first.

    A field whose last recorded value is not what it says now was changed on another way.
    """
    now = audit_state(offer)
    told: dict[str, Any] = {}
    broken: set[str] = set()
    for entry in later:
        for name, pair in entry.changes.items():
            if name not in KEPT:
                continue
            expected = told[name] if name in told else now[name]
            if len(pair) == 2 and not _same(name, pair[1], expected):
                broken.add(name)
            told[name] = pair[0] if len(pair) == 2 else None
    resets = [
        Reset(name, now[name], then, changed_since=name in broken, lost=not _is_known(name, then))
        for name, then in told.items()
        if not (_is_known(name, then) and _same(name, then, now[name]))
    ]
    return _plan(resets, now, told)


def _reset(name: str, current: Any, pair: Sequence[Any], now: Any) -> Reset:
    if len(pair) != 2 or not _is_known(name, pair[0]):
        return Reset(name, now, None, lost=True)
    return Reset(name, now, pair[0], changed_since=not _same(name, pair[1], current))


def _plan(resets: Sequence[Reset], now: Mapping[str, Any], told: Mapping[str, Any]) -> Plan:
    fresh = [one for one in resets if one.lost or not _same(one.field, one.then, now[one.field])]
    order = {name: at for at, name in enumerate(KEPT)}
    untold = [name for name in told if name not in KEPT]
    return Plan(sorted(fresh, key=lambda one: order[one.field]), fingerprint(now), untold)


def _same(name: str, one: Any, other: Any) -> bool:
    if name == "places" and isinstance(one, list) and isinstance(other, list):
        return _place_ids(one) == _place_ids(other)
    if name in UNORDERED and isinstance(one, list) and isinstance(other, list):
        return sorted(map(_text, one)) == sorted(map(_text, other))
    return bool(one == other)


def _place_ids(told: Sequence[Any]) -> set[str]:
    return {str(one["id"]) if isinstance(one, dict) else str(one) for one in told}


def _text(value: Any) -> str:
    return json.dumps(value, sort_keys=True)


def _is_known(name: str, value: Any) -> bool:
    """Whether the audit still knows it: older entries have only words, erased ones nothing."""
    if name in ("places", "times", "texts"):
        return isinstance(value, list) and all(isinstance(one, dict) for one in value)
    if name in ("topics", "contacts"):
        return isinstance(value, list)
    if name in ("title", "provider", "status", "kind", "setting", "costs", "registration"):
        return bool(value)
    return True
