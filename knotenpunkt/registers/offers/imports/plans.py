"""One file, understood before anything is written."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from django.utils.translation import gettext as _

from knotenpunkt.registers.offers.actions import prepare_topics
from knotenpunkt.registers.offers.imports import keys
from knotenpunkt.registers.offers.imports.childcare import is_childcare_table
from knotenpunkt.registers.offers.imports.drafts.shapes import Sheet
from knotenpunkt.registers.offers.imports.fields import VOCABULARY
from knotenpunkt.registers.offers.imports.listing import is_listing
from knotenpunkt.registers.offers.imports.topics import TopicIndex
from knotenpunkt.registers.offers.models import Topic
from knotenpunkt.tools.imports.columns import Mapping, Wishes, missing_columns
from knotenpunkt.tools.imports.orders import Assigned
from knotenpunkt.tools.imports.profiles import ProfileDraft
from knotenpunkt.tools.imports.sources import source_name
from knotenpunkt.tools.imports.tables import Reading, Table, UnreadableFile


@dataclass(slots=True)
class Plan:
    """What is to be done with a file. Lists of organisations stand apart."""

    path: Path
    reading: Reading
    profile: ProfileDraft
    source: str
    topics: TopicIndex
    sheets: list[tuple[Table, Sheet]] = field(default_factory=list)
    listings: list[tuple[Table, Sheet]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def mappings(self) -> tuple[Mapping, ...]:
        """How the tables were read, those of organisations first."""
        return tuple(sheet.mapping for _table, sheet in (*self.listings, *self.sheets))


def make_plan(
    *,
    reading: Reading,
    path: Path,
    source: str,
    profile: ProfileDraft,
    assigned: Assigned | None = None,
) -> Plan:
    """Which tables hold what, and where they come from. `UnreadableFile` when none can be used."""
    tables = [table for table in reading.tables if assigned is None or _is_taken(table, assigned)]
    mappings = assigned.mappings if assigned else _recognised(tables, profile.wishes)
    if not any(mapping.columns for mapping in mappings.values()):
        raise UnreadableFile(
            _(
                "No column was recognised. Please name the columns, for example Titel, Träger,"
                " Straße, PLZ, or give a profile."
            )
        )
    chosen_source = source or profile.source or profile.name or source_name(path.name)
    plan = Plan(path, reading, profile, chosen_source[:200], topic_index())
    plan.notes += [*reading.left_out, *_passed_over(assigned)]
    _sort_tables(plan, tables, mappings)
    plan.notes += _left_out(tables, mappings, profile.wishes)
    return plan


def _is_taken(table: Table, assigned: Assigned) -> bool:
    return table.name in assigned.mappings


def _recognised(tables: Iterable[Table], wishes: Wishes) -> dict[str, Mapping]:
    return {table.name: VOCABULARY.recognise(table, wishes) for table in tables}


def _passed_over(assigned: Assigned | None) -> list[str]:
    reason = _("Sheet “%(sheet)s” was not to be imported.")
    return [reason % {"sheet": name} for name in (assigned.passed_over if assigned else ())]


def _sort_tables(plan: Plan, tables: Iterable[Table], mappings: dict[str, Mapping]) -> None:
    used = [table for table in tables if mappings[table.name].columns]
    told = [mappings[table.name] for table in used]
    for table, mapping in zip(used, told, strict=True):
        kind = plan.listings if is_listing(mapping, told) else plan.sheets
        plan.notes += _doubted_ids(table, mapping)
        kind.append((table, sheet_of(table, mapping, plan.topics, plan.path)))


def _left_out(tables: Iterable[Table], mappings: dict[str, Mapping], wishes: Wishes) -> list[str]:
    """One sentence for each table that says nothing, and for what a profile misses."""
    tables = list(tables)
    reason = _("Sheet “%(sheet)s” has no column that was recognised; %(rows)d rows were left out.")
    notes = [
        reason % {"sheet": table.name, "rows": len(table.rows)}
        for table in tables
        if not mappings[table.name].columns
    ]
    missing = missing_columns(tables, wishes)
    if missing:
        reason = _("Columns of the profile that the file does not have: %(names)s")
        notes.append(reason % {"names": ", ".join(missing)})
    return notes


def topic_index() -> TopicIndex:
    """The topics of the network at hand; a new network gets the shipped ones."""
    if not Topic.objects.exists():
        prepare_topics()
    return TopicIndex(Topic.objects.all())


def _doubted_ids(table: Table, mapping: Mapping) -> list[str]:
    column = keys.id_column(table, mapping)
    ignored = keys.ignored_numbers(mapping, column)
    notes = []
    if ignored:
        notes.append(_("Running numbers are no ids: %(names)s") % {"names": ", ".join(ignored)})
    if keys.counts_rows(table, mapping):
        reason = _("“%(name)s” was taken as the id, although it only counts the rows.")
        notes.append(reason % {"name": column})
    return notes


def sheet_of(table: Table, mapping: Mapping, topics: TopicIndex, path: Path) -> Sheet:
    """What is the same for all rows of a table, also by its and the file's name."""
    column = keys.id_column(table, mapping)
    return Sheet(
        mapping=mapping,
        topics=topics,
        has_ids=bool(column),
        is_childcare=is_childcare_table(mapping, table.name, path.stem),
        id_column=column,
        hint=" ".join((table.name, path.stem, *mapping.columns.get("facility", ()))),
    )
