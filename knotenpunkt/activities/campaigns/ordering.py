"""What an order says, as values: who orders, and how many packs of what."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from uuid import UUID

from knotenpunkt.activities.campaigns.models import Station
from knotenpunkt.registers.partners.models import Contact, Organisation


@dataclass(frozen=True, slots=True)
class Orderer:
    """Somebody who orders and is no contact: the words as they were typed."""

    name: str = ""
    house: str = ""
    email: str = ""
    phone: str = ""
    street: str = ""
    postal_code: str = ""
    town: str = ""

    @property
    def address_line(self) -> str:
        """ "Körnerweg 8, 09599 Freiberg"."""
        town = " ".join(filter(None, (self.postal_code, self.town)))
        return ", ".join(filter(None, (self.street, town)))

    def as_text(self) -> str:
        """For sealing; "" when nothing was typed."""
        told = {name: value for name, value in asdict(self).items() if value}
        return json.dumps(told, ensure_ascii=False) if told else ""

    @staticmethod
    def from_text(text: str) -> Orderer:
        """What `as_text` made."""
        return Orderer(**json.loads(text)) if text else Orderer()


@dataclass(frozen=True, slots=True)
class OrderDraft:
    """What somebody orders: packs by the id of their material.

    `size` is the number of children or people it is for, `agreed` the materials whose condition
    was agreed to.
    """

    contact: Contact | None = None
    organisation: Organisation | None = None
    orderer: Orderer | None = field(default=None, repr=False)
    wanted: Mapping[UUID, int] = field(default_factory=dict)
    note: str = field(default="", repr=False)
    size: int | None = None
    station: Station | None = None
    agreed: frozenset[UUID] = frozenset()
