"""What the checker for Leichte Sprache says about a text, in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from knotenpunkt.registers.offers.translating.wording import PART_LABELS
from knotenpunkt.tools.plain_language.checking import check
from knotenpunkt.tools.plain_language.explaining import RULES
from knotenpunkt.tools.plain_language.findings import Finding

SHOWN = 30


@dataclass(frozen=True, slots=True)
class Hint:
    """One finding: where, what stands there, why, and what is easier."""

    place: str
    said: str
    rule: str
    why: str
    better: Sequence[str]


@dataclass(frozen=True, slots=True)
class PartHints:
    """All findings of a text, the first ones of them told."""

    summary: str
    hints: Sequence[Hint]
    more: str


def hints(parts: Mapping[str, str]) -> PartHints:
    """Hints on these parts, in their order."""
    found = [(part, one) for part, text in parts.items() for one in check(text)]
    is_empty = not any(text.strip() for text in parts.values())
    rest = len(found) - SHOWN
    return PartHints(
        summary=_summary(len(found), is_empty=is_empty),
        hints=[_hint(part, one) for part, one in found[:SHOWN]],
        more=ngettext("and %(n)d more", "and %(n)d more", rest) % {"n": rest} if rest > 0 else "",
    )


def _summary(count: int, *, is_empty: bool) -> str:
    if is_empty:
        return _("Hints appear here as soon as there is a text.")
    if not count:
        return _("Nothing found that is hard to read. Well done!")
    told = ngettext("%(n)d place could be easier", "%(n)d places could be easier", count)
    return told % {"n": count}


def _hint(part: str, one: Finding) -> Hint:
    rule = RULES[one.rule]
    place = _("%(part)s, line %(line)d") % {"part": PART_LABELS[part], "line": one.line}
    better = one.better.split("\n") if one.better else []
    return Hint(place, one.said, str(rule.name), str(rule.why), better)
