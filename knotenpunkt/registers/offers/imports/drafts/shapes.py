"""What a cleaned row consists of."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from knotenpunkt.registers.offers.imports.topics import TopicIndex
from knotenpunkt.registers.partners.models import PartnerKind
from knotenpunkt.tools.imports.columns import Mapping
from knotenpunkt.tools.imports.remarks import Remark
from knotenpunkt.tools.imports.tables import Cell

Values = dict[str, Any]

LONGEST_DESCRIPTION = 20_000


class Rejected(Exception):
    """The row cannot become an offer; the text says why."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """What is the same for all rows of a table."""

    mapping: Mapping
    topics: TopicIndex
    has_ids: bool
    is_childcare: bool
    id_column: str = ""
    hint: str = ""


@dataclass(slots=True)
class BodyDraft:
    """The legal body above; `values` are told only where the list says more than its name."""

    name: str
    external_id: str = ""
    kind: str = PartnerKind.OTHER.value
    values: Values = field(default_factory=dict)


@dataclass(slots=True)
class RowDraft:
    """Everything one row says. `owns_facility`: the row is the facility, not only held in it."""

    number: int
    sheet: str
    external_id: str
    original: dict[str, Cell]
    remarks: list[Remark]
    body: BodyDraft | None
    facility: Values | None
    facility_id: str
    owns_facility: bool
    offer: Values
    place: Values
    contact: Values
    is_active: bool = True

    @property
    def title(self) -> str:
        """The offer's title."""
        return str(self.offer["title"])
