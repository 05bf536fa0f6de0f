"""What stands for an id: stable keys, and the telling of running numbers."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable

from knotenpunkt.foundation.core.folding import fold
from knotenpunkt.registers.offers.imports.drafts.shapes import RowDraft
from knotenpunkt.registers.offers.imports.fields import FACILITY_ID, ID, NUMBER, RUNNING
from knotenpunkt.registers.partners.queries import name_key
from knotenpunkt.tools.imports.columns import Mapping, is_running
from knotenpunkt.tools.imports.tables import Table


def id_column(table: Table, mapping: Mapping) -> str:
    """The column whose values are ids in the source; "" when there is none.

    Names such as "lfd. Nr." never are (they are another field). A bare "Nr." is one unless its
    values only count the rows. A column called id is one always: its owner says so.
    """
    named = mapping.columns.get(ID, ())
    if not named and "title" not in mapping.columns:
        # The rows are facilities: what identifies those identifies the rows.
        named = mapping.columns.get(FACILITY_ID, ())
    if named:
        return named[0]
    numbers = mapping.columns.get(NUMBER, ())
    if not numbers or is_running([row.values.get(numbers[0]) for row in table.rows]):
        return ""
    return numbers[0]


def counts_rows(table: Table, mapping: Mapping) -> bool:
    """Whether the id column looks as if it only counted, which is worth a sentence."""
    named = mapping.columns.get(ID, ())
    return bool(named) and is_running([row.values.get(named[0]) for row in table.rows])


def ignored_numbers(mapping: Mapping, chosen: str) -> tuple[str, ...]:
    """Columns that were seen and do not count as ids."""
    names = (*mapping.columns.get(RUNNING, ()), *mapping.columns.get(NUMBER, ()))
    return tuple(name for name in names if name != chosen)


def row_key(draft: RowDraft, occurrence: int = 1) -> str:
    """Body, facility, title and address; the n-th equal row of a file has a key of its own."""
    facility = draft.facility["name"] if draft.facility else ""
    parts = (_body(draft), fold(facility), fold(draft.title), *_address(draft))
    return _hash(*parts, str(occurrence))


def facility_key(draft: RowDraft) -> str:
    """Facilities that several offers name: one body, one name, one address."""
    facility = draft.facility["name"] if draft.facility else ""
    return _hash("facility", _body(draft), fold(facility), *_address(draft))


def listed_key(name: str, body: str) -> str:
    """Facilities of a list of organisations: one name under one body."""
    return _hash("listed", name_key(body), fold(name))


def body_key(name: str) -> str:
    """Bodies are shared by their folded name."""
    return _hash("body", name_key(name))


def _body(draft: RowDraft) -> str:
    return name_key(draft.body.name) or draft.body.external_id if draft.body else ""


def _address(draft: RowDraft) -> tuple[str, str]:
    place = draft.place
    return fold(place.get("street", "")), place.get("postal_code") or fold(place.get("town", ""))


def _hash(*parts: str) -> str:
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()


def doubled(ids: Iterable[str]) -> set[str]:
    """Ids that stand in more than one row: they identify nothing."""
    return {one for one, times in Counter(filter(None, ids)).items() if times > 1}
