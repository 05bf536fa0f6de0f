"""One row as a whole: which part says what, and whose row it is."""

from __future__ import annotations

from django.utils.translation import gettext as _

from knotenpunkt.registers.offers.imports import childcare, words
from knotenpunkt.registers.offers.imports.cells import Cells
from knotenpunkt.registers.offers.imports.drafts.contacts import contact_values
from knotenpunkt.registers.offers.imports.drafts.offers import offer_values
from knotenpunkt.registers.offers.imports.drafts.places import place_values
from knotenpunkt.registers.offers.imports.drafts.shapes import (
    LONGEST_DESCRIPTION,
    BodyDraft,
    Rejected,
    RowDraft,
    Sheet,
    Values,
)
from knotenpunkt.registers.offers.imports.fields import FACILITY_ID
from knotenpunkt.registers.partners.models import PartnerKind
from knotenpunkt.tools.imports.cleaning import contacts
from knotenpunkt.tools.imports.cleaning.texts import text
from knotenpunkt.tools.imports.tables import Row
from knotenpunkt.tools.imports.totals import is_total

_CLOSED_STATES = {"inactive", "defunct", "temporarily closed", "inaktiv", "geschlossen", "beendet"}


def draft(row: Row, sheet: Sheet) -> RowDraft:
    """Clean one row. Raises `Rejected` when it has no title or only adds up the others."""
    cells = Cells(row, sheet.mapping)
    refuse_total(cells)
    kind_text = cells.text("kind")
    is_care = sheet.is_childcare or childcare.is_childcare_kind(kind_text)
    title, facility = _names(cells, is_childcare=is_care)
    owns = facility is not None and (is_care or facility["name"] == title)
    offer = offer_values(cells, sheet, title, kind_text, is_childcare=is_care)
    if facility is not None and owns:
        facility["website"] = offer["website"]
        facility["kind"] = (PartnerKind.CHILDCARE if is_care else PartnerKind.OTHER).value
    return RowDraft(
        number=row.number,
        sheet=sheet.mapping.table,
        external_id=external_id(row, sheet),
        original=dict(row.values),
        remarks=cells.remarks,
        body=body_of(cells, is_childcare=is_care),
        facility=facility,
        facility_id=cells.text(FACILITY_ID, 200),
        owns_facility=owns,
        offer=offer,
        place=place_values(cells, offer["setting"]),
        contact=contact_values(cells),
        is_active=_is_active(cells),
    )


def external_id(row: Row, sheet: Sheet) -> str:
    """The id in the source, or "" when the table has none."""
    if not sheet.has_ids:
        return ""
    return text(row.values.get(sheet.id_column), limit=200).value


def refuse_total(cells: Cells) -> None:
    """A row of sums is no offer. Raises `Rejected`."""
    if is_total(cells.row, cells.raw("title") or cells.raw("facility")):
        raise Rejected(_("is a row of totals and no offer"))


def no_title() -> str:
    """Why a row cannot arrive."""
    return _("has no title")


def _names(cells: Cells, *, is_childcare: bool) -> tuple[str, Values | None]:
    """Title and facility. A row that names only one of both is that facility, where it is one."""
    title, facility = cells.text("title", 300), cells.text("facility", 300)
    only_facilities = "title" not in cells.mapping.columns
    if not title and (is_childcare or only_facilities):
        title = facility
    if not title:
        raise Rejected(no_title())
    if not facility and is_childcare:
        facility = title
    return title, {"name": facility} if facility else None


def body_of(cells: Cells, *, is_childcare: bool) -> BodyDraft | None:
    """The body that a row names, or None."""
    name, number_ = cells.text("body", 300), cells.text("body_id", 200)
    if not name and not number_:
        return None
    told = {
        "website": cells.take("body_website", contacts.web),
        "description": cells.text("body_description", LONGEST_DESCRIPTION),
    }
    kind = words.body_kind(name, childcare=is_childcare)
    return BodyDraft(name, number_, kind, {key: value for key, value in told.items() if value})


def _is_active(cells: Cells) -> bool:
    status = cells.text("status").lower()
    if status in _CLOSED_STATES:
        cells.remark("status", "not_active", _("is not active and was taken as a draft"), status)
        return False
    return True
