"""How one row of a contact list would look, while its columns are being assigned."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from knotenpunkt.registers.areas import postal_codes
from knotenpunkt.registers.partners.imports.drafts.rows import draft
from knotenpunkt.registers.partners.imports.drafts.shapes import ContactDraft, Rejected, RowDraft
from knotenpunkt.registers.partners.imports.plans import sheet_of
from knotenpunkt.registers.partners.models import PartnerKind
from knotenpunkt.tools.imports.columns import Mapping
from knotenpunkt.tools.imports.desk.registers import Fact, Preview
from knotenpunkt.tools.imports.tables import Row, Table

SHOWN = 4


def preview(table: Table, mapping: Mapping, file_name: str, place: int) -> Preview | None:
    """The row at this place, from 1; None of an empty table."""
    total = len(table.rows)
    if not total:
        return None
    place = min(max(place, 1), total)
    row = table.rows[place - 1]
    try:
        told = draft(row, sheet_of(table, mapping, file_name))
    except Rejected as reason:
        return Preview(row.number, place, total, reason=str(reason))
    return _of(told, row, place, total)


def _of(told: RowDraft, row: Row, place: int, total: int) -> Preview:
    kind = PartnerKind(told.organisation["kind"])
    return Preview(
        number=row.number,
        place=place,
        total=total,
        title=str(told.organisation["name"]),
        provider=told.body,
        facts=_facts(told, "" if kind == PartnerKind.OTHER else str(kind.label)),
        remarks=len(told.remarks),
    )


def _facts(told: RowDraft, kind: str) -> list[Fact]:
    people = [one for one in told.contacts if one.person is not None]
    office = next((one for one in told.contacts if one.person is None), None)
    facts = [
        Fact(_("Kind"), _told(kind), True),
        Fact(_("Place"), _told(told.place.get("street", ""), _town(told)), True),
        *(_person(one) for one in people[:SHOWN]),
        Fact(_("Office"), _ways(office) if office else []),
        Fact(_("Region"), told.regions),
        Fact(_("Keywords"), told.tags),
        Fact(_("Website"), _told(told.organisation["website"])),
        Fact(_("Note"), _told(str(told.organisation["internal_note"])[:160])),
    ]
    more = len(people) - SHOWN
    if more > 0:
        line = ngettext("and %(count)d more", "and %(count)d more", more) % {"count": more}
        facts.append(Fact("", [line]))
    if not people:
        facts.insert(2, Fact(_("Contact person"), [], True))
    return [fact for fact in facts if fact.lines or fact.expected]


def _person(one: ContactDraft) -> Fact:
    said = one.person or {}
    name = " ".join(filter(None, (str(said.get("salutation", "")), one.name)))
    left = _("has left") if one.has_left else ""
    lines = [", ".join(filter(None, (name, one.function))), *_told(left), *_ways(one)]
    return Fact(_("Person"), lines)


def _ways(one: ContactDraft) -> list[str]:
    numbers = [number[1] for number in one.phones]
    function = one.function if one.person is None else ""
    return _told(function, *numbers, one.email)


def _town(told: RowDraft) -> str:
    """A postal code alone tells its town, as it will when the place is saved."""
    code, town = told.place.get("postal_code", ""), told.place.get("town", "")
    row = postal_codes.find(code) if code and not town else None
    return " ".join(filter(None, (code, town or (row.town if row else ""))))


def _told(*lines: str) -> list[str]:
    return [line for line in lines if line]
