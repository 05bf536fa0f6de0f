"""Which tables of a file hold contacts, and where they come from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from django.utils.translation import gettext as _

from knotenpunkt.registers.partners.imports import keys
from knotenpunkt.registers.partners.imports.drafts.shapes import Sheet
from knotenpunkt.registers.partners.imports.fields import VOCABULARY
from knotenpunkt.tools.imports.columns import Mapping, missing_columns
from knotenpunkt.tools.imports.orders import Assigned
from knotenpunkt.tools.imports.profiles import ProfileDraft
from knotenpunkt.tools.imports.sources import source_name
from knotenpunkt.tools.imports.tables import Reading, Table, UnreadableFile

# A table that names neither of these tells of nobody.
_NAMING = {"name", "body", "department", "full_name", "contact_name", "family_name"}


@dataclass(slots=True)
class Plan:
    """What is to be done with a file."""

    path: Path
    reading: Reading
    profile: ProfileDraft
    source: str
    sheets: list[tuple[Table, Sheet]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    decisions: dict[tuple[str, int], str] = field(default_factory=dict)

    @property
    def mappings(self) -> tuple[Mapping, ...]:
        """How the tables were read."""
        return tuple(sheet.mapping for _table, sheet in self.sheets)


def make_plan(
    *,
    reading: Reading,
    path: Path,
    source: str,
    profile: ProfileDraft,
    assigned: Assigned | None = None,
) -> Plan:
    """`UnreadableFile` when no table can be used."""
    tables = [one for one in reading.tables if assigned is None or one.name in assigned.mappings]
    mappings = (
        assigned.mappings
        if assigned
        else {one.name: VOCABULARY.recognise(one, profile.wishes) for one in tables}
    )
    if not any(_NAMING & mapping.columns.keys() for mapping in mappings.values()):
        raise UnreadableFile(
            _(
                "No column with names was recognised. Please name the columns, for example"
                " Einrichtung, Ansprechpartner, Telefon, E-Mail, or give a profile."
            )
        )
    chosen = source or profile.source or profile.name or source_name(path.name)
    plan = Plan(path, reading, profile, chosen[:200])
    plan.decisions = dict(assigned.decisions) if assigned else {}
    for table in tables:
        if mappings[table.name].columns:
            plan.sheets.append((table, sheet_of(table, mappings[table.name], path.name)))
    plan.notes += [*reading.left_out, *_passed_over(assigned), *_left_out(tables, mappings)]
    plan.notes += _missing(tables, profile)
    return plan


def sheet_of(table: Table, mapping: Mapping, file_name: str) -> Sheet:
    """What is the same for all rows of a table, also by its and the file's name."""
    hint = " ".join((table.name, Path(file_name).stem))
    return Sheet(mapping, keys.id_column(table, mapping), hint)


def _passed_over(assigned: Assigned | None) -> list[str]:
    reason = _("Sheet “%(sheet)s” was not to be imported.")
    return [reason % {"sheet": name} for name in (assigned.passed_over if assigned else ())]


def _left_out(tables: Iterable[Table], mappings: dict[str, Mapping]) -> list[str]:
    reason = _("Sheet “%(sheet)s” has no column that was recognised; %(rows)d rows were left out.")
    return [
        reason % {"sheet": table.name, "rows": len(table.rows)}
        for table in tables
        if not mappings[table.name].columns
    ]


def _missing(tables: Iterable[Table], profile: ProfileDraft) -> list[str]:
    missing = missing_columns(tables, profile.wishes)
    if not missing:
        return []
    reason = _("Columns of the profile that the file does not have: %(names)s")
    return [reason % {"names": ", ".join(missing)}]
