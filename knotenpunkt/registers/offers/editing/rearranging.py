"""A sheet with a row more or less, before it is finished."""

from __future__ import annotations

from django.http import QueryDict

from knotenpunkt.foundation.accounts.actors import Actor
from knotenpunkt.registers.offers.editing.drafts import (
    ADDRESS,
)
from knotenpunkt.registers.offers.editing.forms.rows import (
    place_initial,
)
from knotenpunkt.registers.offers.editing.rows import MOST_ROWS, PLACES, ROWS, row_count
from knotenpunkt.registers.offers.editing.searching import (
    place_named_so,
)

ADD, REMOVE, TAKE_PLACE, SHOW_CONTACTS = "dazu", "weg", "orte-uebernehmen", "kontakte-zeigen"
KNOWN_PLACE = "ort_bekannt"


def rearranged(actor: Actor, data: QueryDict, deed: str) -> QueryDict:
    """The sent fields with a row more or less: "zeiten-dazu", "zeiten-weg-2"."""
    changed = data.copy()
    prefix, _dash, what = deed.partition("-")
    if deed == TAKE_PLACE:
        _take_place(actor, changed)
    elif prefix in ROWS and what == ADD:
        changed[f"{prefix}-zahl"] = str(min(row_count(data, prefix) + 1, MOST_ROWS))
    elif prefix in ROWS and what.startswith(f"{REMOVE}-"):
        gone = what.removeprefix(f"{REMOVE}-")
        _remove_row(changed, prefix, int(gone) if gone.isdecimal() else MOST_ROWS)
    return changed


def _remove_row(data: QueryDict, prefix: str, gone: int) -> None:
    """Take a row out; those behind it move up."""
    count = row_count(data, prefix)
    if gone >= count:
        return
    for name in ROWS[prefix].base_fields:
        kept = [data.getlist(f"{prefix}-{at}-{name}") for at in range(count) if at != gone]
        for at in range(count):
            data.pop(f"{prefix}-{at}-{name}", None)
        for at, values in enumerate(kept):
            data.setlist(f"{prefix}-{at}-{name}", values)
    data[f"{prefix}-zahl"] = str(count - 1)


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
