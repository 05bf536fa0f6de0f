"""Texts as values: to be stored, to be remembered, to be put back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from knotenpunkt.registers.offers.models import OfferText, TextOrigin, TextState
from knotenpunkt.registers.offers.translating.parts import PARTS, Parts


@dataclass(frozen=True, slots=True)
class TextDraft:
    """A text in another language. `source` holds the German parts it stands for; None means the
    original as it is now."""

    language: str
    title: str = ""
    summary: str = ""
    description: str = ""
    state: str = TextState.IMPORTED.value
    sort: str = ""
    times_note: str = ""
    costs_note: str = ""
    registration_note: str = ""
    waiting_time: str = ""
    origin: str = TextOrigin.PERSON.value
    source: Mapping[str, str] | None = None

    @property
    def parts(self) -> Parts:
        """What it says, part by part."""
        return {name: getattr(self, name) for name in PARTS}

    @property
    def is_empty(self) -> bool:
        """Whether it says nothing at all."""
        return not any(text.strip() for text in self.parts.values())


def text_draft(row: OfferText) -> TextDraft:
    """A stored text as one to be stored."""
    told = {name: getattr(row, name) for name in TextDraft.__dataclass_fields__}
    return TextDraft(**told | {"source": row.source or None})


def remembered(row: OfferText | None) -> dict[str, Any] | None:
    """A stored text as the audit keeps it, so that it can be put back."""
    return None if row is None else asdict(text_draft(row))
