"""Two people at one form: what each changed, by marks of what the fields said when it was opened.

Nothing is locked while somebody types. A field that only one of them changed is saved; where both
changed the same, nothing is written and both versions are shown.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder

MINE, THEIRS = "meine", "gespeicherte"
# How a form sends which version shall stay: CHOSEN + the name of the field.
CHOSEN = "fassung-"
State = Mapping[str, Any]


def fingerprints(state: State) -> dict[str, str]:
    """A short mark for each field: two are the same when what they stand for is the same."""
    return {name: fingerprint(value) for name, value in state.items()}


def fingerprint(value: Any) -> str:
    """Of one value."""
    plain = json.dumps(value, sort_keys=True, cls=DjangoJSONEncoder)
    return hashlib.sha256(plain.encode()).hexdigest()[:12]


@dataclass(frozen=True, slots=True)
class Clash:
    """One field that two people changed at the same time."""

    field: str
    mine: Any
    theirs: Any
    mark: str


@dataclass(frozen=True, slots=True)
class SaidClash:
    """The same in words, as `design/components/_clashes.html` shows it."""

    field: str
    label: str
    mine: Sequence[str]
    theirs: Sequence[str]
    mark: str


class ChangedMeanwhile(Exception):
    """Somebody else saved the same fields since this form was opened; nothing was written."""

    def __init__(self, clashes: Sequence[Clash]) -> None:
        super().__init__([clash.field for clash in clashes])
        self.clashes = clashes


@dataclass(frozen=True, slots=True)
class Seen:
    """What each field said when the form was opened, and which version of a clash was chosen."""

    marks: Mapping[str, str] = field(default_factory=dict)
    chosen: Mapping[str, str] = field(default_factory=dict)


def seen_in(data: Mapping[str, Any], name: str = "gesehen") -> Seen:
    """What a form sent about it: the marks in one field, the answers in fields of their own."""
    answers = {one.removeprefix(CHOSEN): str(data[one]) for one in data if one.startswith(CHOSEN)}
    return Seen(read_marks(str(data.get(name, ""))), answers)


def write_marks(state: State) -> str:
    """The marks as a hidden field carries them."""
    return json.dumps(fingerprints(state))


def read_marks(text: str) -> dict[str, str]:
    """What a hidden field carried; nothing of what is no such text."""
    try:
        told = json.loads(text) if text else {}
    except ValueError:
        return {}
    return {str(name): str(mark) for name, mark in told.items()} if isinstance(told, dict) else {}


def own_changes(told: State, stored: State, seen: Seen) -> set[str]:
    """The fields that this person changed; those of others stay.

    ChangedMeanwhile where both changed one and nobody has said yet which version shall stay.
    """
    own = {name for name in told if seen.marks.get(name) != fingerprint(told[name])}
    differing = {name for name in own if told[name] != stored[name]}
    clashing = [
        Clash(name, told[name], stored[name], fingerprint(stored[name]))
        for name in told
        if name in differing and seen.marks.get(name) != fingerprint(stored[name])
    ]
    answers = {clash.field: seen.chosen.get(clash.field, "") for clash in clashing}
    if any(answers[one.field] not in (f"{MINE}:{one.mark}", THEIRS) for one in clashing):
        raise ChangedMeanwhile(clashing)
    return differing - {name for name, answer in answers.items() if answer == THEIRS}
