"""What a filled form says, before it is stored."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from knotenpunkt.foundation.core.versions import Seen
from knotenpunkt.registers.areas.models import Place
from knotenpunkt.registers.offers.actions import TimeDraft
from knotenpunkt.registers.offers.models import Topic
from knotenpunkt.registers.partners.actions import PhoneDraft
from knotenpunkt.registers.partners.models import Contact, Organisation

ADDRESS = ("venue", "street", "postal_code", "town")
HOUSE = ("step_free", "access", "access_note", "transit_note")


@dataclass(frozen=True, slots=True)
class ProviderDraft:
    """A provider that is there, or one to be created: name, kind, the name of its body."""

    known: Organisation | None = None
    name: str = ""
    kind: str = ""
    body: str = ""


@dataclass(frozen=True, slots=True)
class ContactDraft:
    """A contact that is there, as it shall be, or a new one of the provider.

    `phones` is None where the numbers were not touched; `phones_text` is how the form has them.
    """

    known: Contact | None
    name: str
    function: str
    email: str
    phones_text: str
    phones: Sequence[PhoneDraft] | None


@dataclass(frozen=True, slots=True)
class PlaceDraft:
    """A place that is there, as it shall be, or a new one."""

    known: Place | None
    address: Mapping[str, str]
    house: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class OfferDraft:
    """An offer as the form says it; `values` are fields of the table as they are stored."""

    values: Mapping[str, Any]
    provider: ProviderDraft
    topics: Sequence[Topic] = ()
    contacts: Sequence[ContactDraft] = ()
    places: Sequence[PlaceDraft] = ()
    times: Sequence[TimeDraft] = ()
    checked_today: bool = False
    seen: Seen = field(default_factory=Seen)

    def choosing(self, answers: Mapping[str, str]) -> OfferDraft:
        """The same, with these answers to what two people changed at once."""
        chosen = {**self.seen.chosen, **answers}
        return replace(self, seen=replace(self.seen, chosen=chosen))
