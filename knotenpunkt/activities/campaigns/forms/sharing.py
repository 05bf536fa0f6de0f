"""Shares that were typed, one field for each order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from knotenpunkt.activities.campaigns.models import Giving
from knotenpunkt.activities.campaigns.queries.sharing import Proposal

PREFIX = "anteil-"


@dataclass(frozen=True, slots=True)
class TypedShares:
    """What was typed: `packs` differ from what the rule gives, None lets the rule decide again.

    `wrong` are the fields that hold no number of packs that may be given.
    """

    packs: Mapping[UUID, int | None]
    wrong: Mapping[UUID, str]


def typed_shares(data: Mapping[str, str], proposal: Proposal) -> TypedShares:
    """Read the fields of these shares; a field that is not there leaves its share as it is."""
    packs: dict[UUID, int | None] = {}
    wrong: dict[UUID, str] = {}
    for one in proposal.shares:
        text = data.get(f"{PREFIX}{one.line.pk}")
        if text is None:
            continue
        number = _number(text)
        if number == one.packs and text.strip():
            continue
        if not text.strip():
            packs[one.line.pk] = None
        elif number is None or not one.promised <= number <= one.wanted:
            wrong[one.line.pk] = text
        else:
            packs[one.line.pk] = number
    return TypedShares(packs, wrong)


def chosen_rule(data: Mapping[str, str]) -> Giving | None:
    """The rule that the address or the form names, if it is one."""
    word = data.get("regel", "")
    return Giving(word) if word in Giving.values else None


def _number(text: str) -> int | None:
    text = text.strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) < 7 else None
