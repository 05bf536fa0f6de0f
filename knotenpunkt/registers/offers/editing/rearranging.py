"""A sheet with a row more or less, before it is finished."""

from __future__ import annotations

from django.http import QueryDict

from knotenpunkt.foundation.accounts.actors import Actor
from knotenpunkt.foundation.core import form_rows
from knotenpunkt.foundation.core.form_rows import MOST_ROWS, row_count
from knotenpunkt.registers.offers.editing.drafts import (
    ADDRESS,
)
from knotenpunkt.registers.offers.editing.forms.rows import (
    place_initial,
)
from knotenpunkt.registers.offers.editing.rows import PLACES, ROWS
from knotenpunkt.registers.offers.editing.searching import (
    place_named_so,
)

TAKE_PLACE = "orte-uebernehmen"
KNOWN_PLACE = "ort_bekannt"


def rearranged(actor: Actor, data: QueryDict, deed: str) -> QueryDict:
    """The sent fields with a row more or less, or with a place that was chosen."""
    if deed != TAKE_PLACE:
        return form_rows.rearranged(data, deed, ROWS)
    changed = data.copy()
    _take_place(actor, changed)
    return changed


def _take_place(actor: Actor, data: QueryDict) -> None:
    """Put a place that was chosen by typing into the first empty row."""
    place = place_named_so(actor, str(data.get(KNOWN_PLACE, "")))
    if place is None:
        return
    count = row_count(data, PLACES)
    free = next((at for at in range(count) if not _is_filled(data, at)), count)
    for name, value in place_initial(place).items():
        values = value if isinstance(value, list) else [value]
        data.setlist(f"{PLACES}-{free}-{name}", [str(one) for one in values])
    data[f"{PLACES}-zahl"] = str(min(max(count, free + 1), MOST_ROWS))
    data[KNOWN_PLACE] = ""


def _is_filled(data: QueryDict, at: int) -> bool:
    return any(data.get(f"{PLACES}-{at}-{name}") for name in ADDRESS)
