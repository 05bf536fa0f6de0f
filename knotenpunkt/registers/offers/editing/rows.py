"""The kinds of rows of a sheet."""

from __future__ import annotations

from knotenpunkt.foundation.core.form_rows import Row
from knotenpunkt.registers.offers.editing.forms.rows import (
    ContactRow,
    PlaceRow,
    TimeRow,
)

TIMES, PLACES, CONTACTS = "zeiten", "orte", "kontakte"
ROWS: dict[str, type[Row]] = {
    TIMES: TimeRow,
    PLACES: PlaceRow,
    CONTACTS: ContactRow,
}
