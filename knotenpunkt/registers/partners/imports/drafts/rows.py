"""One row as a whole: which organisation, where, and who is there."""

from __future__ import annotations

import re

from django.utils.translation import gettext as _

from knotenpunkt.registers.areas import postal_codes
from knotenpunkt.registers.partners.imports.drafts.people import contacts_of
from knotenpunkt.registers.partners.imports.drafts.shapes import (
    ContactDraft,
    Rejected,
    RowDraft,
    Sheet,
    Values,
)
from knotenpunkt.registers.partners.imports.fields import VOCABULARY
from knotenpunkt.registers.partners.imports.kinds import kind_of, level_of
from knotenpunkt.registers.partners.models import Level, PartnerKind
from knotenpunkt.tools.imports.cells import Cells
from knotenpunkt.tools.imports.cleaning import contacts
from knotenpunkt.tools.imports.cleaning.dates import day
from knotenpunkt.tools.imports.cleaning.texts import joined, show, text
from knotenpunkt.tools.imports.tables import Row
from knotenpunkt.tools.imports.totals import is_total

LONGEST_NOTE = 20_000
_WORDS = re.compile(r"\s*[;,|/\n]\s*")


def draft(row: Row, sheet: Sheet) -> RowDraft:
    """Clean one row. Raises `Rejected` when nobody could say whom it tells of."""
    cells = Cells(row, sheet.mapping, VOCABULARY)
    if is_total(row, cells.raw("name")):
        raise Rejected(_("is a row of totals and no contact"))
    name, body, unit = _names(cells)
    found = _in_unit(contacts_of(cells), unit)
    if not name:
        name = _named_after(cells, found)
    kind = _kind(cells, name, body, found, sheet.hint)
    return RowDraft(
        number=row.number,
        sheet=sheet.mapping.table,
        external_id=external_id(row, sheet),
        original=dict(row.values),
        remarks=cells.remarks,
        organisation=_organisation(cells, name, kind, body),
        body=body,
        place=_place(cells),
        contacts=found,
        regions=_words(cells, "regions", 120),
        tags=_words(cells, "tags", 80),
    )


def external_id(row: Row, sheet: Sheet) -> str:
    """The id in the source, or "" when the table has none."""
    return text(row.values.get(sheet.id_column), limit=200).value if sheet.id_column else ""


def _names(cells: Cells) -> tuple[str, str, str]:
    """Organisation, the body above it, and the unit of its people.

    A department whose name says what kind of house it is, and another kind than its
    organisation, is a house below it: "Landratsamt; Gesundheitsamt". "Praxis; Empfang" is not.
    """
    name, body = cells.text("name", 300), cells.text("body", 300)
    department = cells.text("department", 300)
    if department and name and not body:
        is_house = kind_of(department) not in (PartnerKind.OTHER, kind_of(name))
        return (department, name, "") if is_house else (name, "", department)
    if department and name:
        return f"{name}, {department}"[:300], body, ""
    return (name, body, "") if name else (body or department, "", "")


def _in_unit(found: list[ContactDraft], unit: str) -> list[ContactDraft]:
    """The unit stands with the function; where nobody is named, it is the office."""
    if not unit:
        return found
    for one in found:
        one.function = ", ".join(filter(None, (one.function, unit)))[:200]
    return found or [ContactDraft(function=unit[:200])]


def _named_after(cells: Cells, found: list[ContactDraft]) -> str:
    """Who works alone is an organisation of one person."""
    person = next((one for one in found if one.person is not None), None)
    if person is None:
        raise Rejected(_("names neither an organisation nor a person"))
    reason = _("is named after the person, because the row names no organisation")
    cells.remark("name", "named_after_person", reason, "", person.name)
    return person.name[:300]


def _kind(cells: Cells, name: str, body: str, found: list[ContactDraft], hint: str) -> PartnerKind:
    functions = " ".join(one.function for one in found)
    told = (cells.text("kind", 200), name, cells.text("profession", 120), functions, hint)
    kind = kind_of(*told)
    return kind_of(body) if kind == PartnerKind.OTHER and not body else kind


def _organisation(cells: Cells, name: str, kind: PartnerKind, body: str) -> Values:
    level = Level.FACILITY if body else level_of(kind)
    return {
        "name": name,
        "kind": kind.value,
        "level": level.value,
        "website": cells.take("website", contacts.web),
        "internal_note": joined(*cells.lines("note", LONGEST_NOTE)),
        "confirmed_on": _confirmed(cells),
    }


def _confirmed(cells: Cells) -> str:
    told = cells.raw("confirmed_on")
    found = day(told).value if any(sign.isdigit() for sign in show(told)) else None
    return found.isoformat() if found else ""


def _place(cells: Cells) -> Values:
    told = cells.address()
    if not (told.postal_code or told.town or told.street):
        return {}
    if told.postal_code and postal_codes.find(told.postal_code) is None:
        reason = _("is not a known postal code")
        cells.remark("postal_code", "unknown_postal_code", reason, told.postal_code)
    return {
        "street": f"{told.street} {told.house_number}".strip()[:200],
        "postal_code": told.postal_code,
        "town": told.town[:120],
    }


def _words(cells: Cells, key: str, limit: int) -> list[str]:
    told = {
        word.strip()[:limit]
        for _name, cell in cells.mapping.cells(cells.row, key)
        for word in _WORDS.split(show(cell))
        if word.strip()
    }
    return sorted(told)
