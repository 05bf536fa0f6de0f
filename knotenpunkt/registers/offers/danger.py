"""Words of danger in a search: then the numbers that help at once come first, calmly.

The list is data (`data/danger.json`): words as people write them, in several languages, and the
numbers that fit, as they are dialled. Nothing is kept of what was found.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.utils.translation import gettext as _

from knotenpunkt.foundation.core.folding import fold

WORDS = Path(__file__).parent / "data" / "danger.json"


@dataclass(frozen=True, slots=True)
class Danger:
    """One kind of danger: folded phrases that tell it, and whom to call."""

    kind: str
    phrases: tuple[str, ...]
    numbers: tuple[str, ...]

    @property
    def title(self) -> str:
        """A calm question or word."""
        return {
            "child": _("Is a child in danger, or are you afraid of hurting it?"),
            "violence": _("Does somebody hurt or threaten you?"),
            "life": _("You are not alone with this."),
            "strength": _("Is it getting too much right now?"),
        }[self.kind]

    @property
    def text(self) -> str:
        """What to do in this minute."""
        return {
            "child": _(
                "A baby that was shaken or a child that is hurt needs a doctor at once: 112. If you"
                " are afraid of losing control: put your child safely into bed, leave the room and"
                " call."
            ),
            "violence": _(
                "If you are in danger now, call the police: 110. At the help line somebody listens"
                " day and night, in many languages, also without your name."
            ),
            "life": _(
                "Please call now. Somebody listens at once, day and night, also without your name."
            ),
            "strength": _(
                "Put your child safely into bed and leave the room for a moment. That is all right."
                " Then call:"
            ),
        }[self.kind]


@lru_cache(maxsize=1)
def dangers() -> tuple[Danger, ...]:
    """All kinds, the gravest first."""
    rows = json.loads(WORDS.read_text(encoding="utf-8"))
    return tuple(
        Danger(row["kind"], tuple(map(fold, row["words"])), tuple(row["numbers"])) for row in rows
    )


def danger_in(text: str) -> Danger | None:
    """The gravest danger that a text speaks of, if it speaks of any."""
    folded = f" {fold(text)} "
    return next(
        (one for one in dangers() if any(f" {phrase}" in folded for phrase in one.phrases)), None
    )
