"""Published counts of agreements and completeness: numbers only, no names."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from knotenpunkt.foundation.accounts.actors import Actor
from knotenpunkt.registers.agreements.completeness import Completeness, State, completeness


@dataclass(frozen=True, slots=True)
class Complete:
    """How complete the network is. `fields` are kinds × regions; `kept` are those that somebody
    is in, or that nobody is needed in."""

    fields: int
    gaps: int
    not_needed: int
    partners: int
    signed: int

    @property
    def kept(self) -> int:
        """Fields without a gap."""
        return self.fields - self.gaps

    @property
    def signed_percent(self) -> int:
        """How many of a hundred partners stand behind a valid agreement."""
        return round(100 * self.signed / self.partners) if self.partners else 0


def complete(actor: Actor, today: date) -> Complete:
    """The counts of the network at hand."""
    return counted(completeness(actor, today))


def counted(found: Completeness) -> Complete:
    """The counts of what was read already."""
    states = [one.state for one in found.fields.values()]
    return Complete(
        fields=len(states),
        gaps=states.count(State.GAP),
        not_needed=states.count(State.NOT_NEEDED),
        partners=len(found.partners),
        signed=found.signed,
    )
