"""Nurseries and after-school care: which rows are such facilities, and for which ages."""

from __future__ import annotations

import re
from dataclasses import dataclass

from knotenpunkt.registers.offers.imports.cells import Cells
from knotenpunkt.registers.offers.imports.fields import CARE_FLAGS
from knotenpunkt.tools.imports.cleaning.numbers import number, yes_no
from knotenpunkt.tools.imports.cleaning.texts import show
from knotenpunkt.tools.imports.columns import Mapping
from knotenpunkt.tools.imports.names import fold

_KITA = re.compile(
    r"\bkitas?\b|kindertages(?!pflege)|kindergarten|kindergaert|krippe|boernehave|vuggestue|daginstitution|nursery|kinderhaus|kinderhaeuser"
)
_HORT = re.compile(r"\bhorte?\b|\w+hort\b|schulkind|ungdomshus|after school")
_MINDERS = re.compile(r"tagespflege|tagesmutter|tagesmuetter|tagesvaeter|childminder")
_ANY = re.compile(
    r"\bkitas?\b|kindertages|kindergaert|kindergarten|\bhorte?\b|\bkrippen?\b|tagespflege|childcare|nurser(?:y|ies)"
)
_SPAN = re.compile(r"(\d{1,2}) (?:bis )?(\d{1,2})(?: jahren?| j)?$")
# First school year: from here on the afternoon is Hort and no longer Kita.
SCHOOL_AGE = 6
HORT_ENDS = 11


@dataclass(frozen=True, slots=True)
class Care:
    """What a facility offers; ages in months, the last one included, None where unknown."""

    topics: tuple[str, ...]
    sort: str
    age_from: int | None
    age_to: int | None


def is_childcare_table(mapping: Mapping, *names: str) -> bool:
    """Whether a whole table lists facilities: by its columns, or by its or the file's name."""
    told = {*CARE_FLAGS, "care_places", "age_groups"} & mapping.columns.keys()
    return bool(told) or any(_ANY.search(fold(name)) for name in names)


def is_childcare_kind(kind: str) -> bool:
    """Whether the row itself says that it is such a facility."""
    return bool(_ANY.search(fold(kind)))


def care(cells: Cells, *names: str, hint: str = "") -> Care:
    """Kind of care and ages, from flags, age groups and, failing both, names.

    `hint` names the whole list; it counts where a row says nothing and the list is of one kind.
    """
    spans = _spans(cells)
    kinds = _kinds(cells, spans, " ".join(fold(name) for name in names))
    if not any(kinds) and not cells.mapping.columns.keys() & set(CARE_FLAGS):
        of_list = _named(fold(hint))
        kinds = of_list if sum(of_list) == 1 else kinds
    kita, hort, minder = kinds
    topics = [
        key for key, is_so in (("kita", kita), ("hort", hort), ("tagespflege", minder)) if is_so
    ]
    words = {"kita": "Kita", "hort": "Hort", "tagespflege": "Kindertagespflege"}
    sort = " und ".join(words[key] for key in topics) or "Kinderbetreuung"
    if spans:
        ages: tuple[int | None, int | None] = (
            min(start for start, _end in spans) * 12,
            max(end for _start, end in spans) * 12,
        )
    else:
        ages = _usual_ages(kita=kita, hort=hort, minder=minder)
    return Care(tuple(topics or ["betreuung"]), sort, *ages)


def _usual_ages(*, kita: bool, hort: bool, minder: bool) -> tuple[int | None, int | None]:
    """A Kita ends and a Hort begins with school; a childminder takes the youngest."""
    if not (kita or hort or minder):
        return None, None
    start = SCHOOL_AGE if hort and not kita else 0
    end = HORT_ENDS if hort else SCHOOL_AGE if kita else 3
    return start * 12, end * 12


def _kinds(cells: Cells, spans: list[tuple[int, int]], names: str) -> tuple[bool, bool, bool]:
    flags = {key: cells.is_set(key) for key in CARE_FLAGS}
    if any(flags.values()):
        kita = flags["care_kita"] or flags["care_krippe"]
        return kita, flags["care_hort"], flags["care_tagespflege"]
    if spans:
        return (
            any(start < SCHOOL_AGE for start, _end in spans),
            any(end > SCHOOL_AGE + 1 for _start, end in spans),
            bool(_MINDERS.search(names)),
        )
    return _named(names)


def _named(names: str) -> tuple[bool, bool, bool]:
    return bool(_KITA.search(names)), bool(_HORT.search(names)), bool(_MINDERS.search(names))


def _spans(cells: Cells) -> list[tuple[int, int]]:
    """Years from and to of every group that the facility has."""
    spans = []
    for name, cell in cells.mapping.cells(cells.row, "age_groups"):
        match = _SPAN.search(fold(name))
        exists = (number(cell).value or 0) > 0 or bool(yes_no(show(cell)).value)
        if match and exists and int(match[1]) < int(match[2]):
            spans.append((int(match[1]), int(match[2])))
    return spans
