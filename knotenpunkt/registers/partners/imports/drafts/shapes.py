"""What a row of a contact list comes to."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from knotenpunkt.tools.imports.columns import Mapping
from knotenpunkt.tools.imports.remarks import Remark
from knotenpunkt.tools.imports.tables import Cell

Values = dict[str, Any]
# Form, number as shown, as dialled, note.
Number = list[str]


class Rejected(Exception):
    """A row that cannot arrive; the text says why, as the end of "This row …"."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """What is the same for all rows of a table."""

    mapping: Mapping
    id_column: str = ""
    hint: str = ""


@dataclass(slots=True)
class ContactDraft:
    """Somebody at the organisation; `person` None is an office. `left_on`: a day, or "".

    `adds`: says more than a row before it that tells of the same; the first one has it all.
    """

    person: Values | None = None
    function: str = ""
    profession: str = ""
    email: str = ""
    phones: list[Number] = field(default_factory=list)
    note: str = ""
    since: str | None = None
    left_on: str | None = None
    has_left: bool = False
    adds: bool = False

    @property
    def name(self) -> str:
        """As it is shown at the organisation."""
        told = self.person or {}
        parts = (told.get("title"), told.get("given_name"), told.get("family_name"))
        return " ".join(part for part in parts if part)


@dataclass(slots=True)
class RowDraft:
    """One row. `place` is empty when the row names none.

    `adds`: says more of its organisation than the first row of it, which has it all.
    """

    number: int
    sheet: str
    external_id: str
    original: dict[str, Cell]
    remarks: list[Remark]
    organisation: Values
    body: str
    place: Values
    contacts: list[ContactDraft]
    regions: list[str]
    tags: list[str]
    adds: bool = False

    @property
    def title(self) -> str:
        """What the row is called in reports: the house, and who is meant there."""
        name = str(self.organisation["name"])
        names = ", ".join(one.name for one in self.contacts if one.person)
        return f"{name} ({names})"[:200] if names and names != name else name
