"""Two versions of a text as one, word by word."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

WORDS = re.compile(r"\s+|[^\s]+")
LONGEST_COMPARED = 6_000  # words; longer texts are shown whole, before and after


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a text: kept (""), taken out ("out") or put in ("in")."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Change:
    """One field that changed. Either `pieces` of one text, or what went and what came."""

    label: str
    pieces: Sequence[Piece] = ()
    gone: Sequence[str] = ()
    came: Sequence[str] = ()
    note: str = ""


def pieces(old: str, new: str) -> list[Piece]:
    """Two versions of a text as one: words that stayed, went and came."""
    before, after = WORDS.findall(old), WORDS.findall(new)
    if len(before) + len(after) > LONGEST_COMPARED:
        return [Piece("out", old), Piece("in", new)]
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    runs = [("" if tag == "equal" else "changed", before[i:j], after[k:m])
            for tag, i, j, k, m in matcher.get_opcodes()]  # fmt: skip
    found: list[Piece] = []
    for kind, out, came in _phrases(runs):
        if not kind:
            found.append(Piece("", "".join(out)))
            continue
        found += [Piece("out", "".join(out))] if out else []
        found += [Piece("in", "".join(came))] if came else []
    return found


Run = tuple[str, list[str], list[str]]


def _phrases(runs: Sequence[Run]) -> list[Run]:
    """A blank between two changed words belongs to the change: read in phrases, not in words."""
    joined: list[Run] = []
    for at, (kind, out, came) in enumerate(runs):
        between = 0 < at < len(runs) - 1 and not "".join(out).strip()
        now = "changed" if kind or between else ""
        if joined and joined[-1][0] == now == "changed":
            joined[-1] = (now, joined[-1][1] + out, joined[-1][2] + came)
        else:
            joined.append((now, out, came))
    return joined
