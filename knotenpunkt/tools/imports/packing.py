"""Tables and reports as bytes, so that the next step of an import finds them as they were."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from knotenpunkt.tools.imports.remarks import Remark
from knotenpunkt.tools.imports.report import Alike, Outcome, RowReport
from knotenpunkt.tools.imports.tables import Cell, Row, Table

# Sheet → number of the row → column → what stands there instead.
Corrections = Mapping[str, Mapping[str, Mapping[str, Cell]]]


def pack(value: Any) -> bytes:
    """Plain JSON values, a tenth as long."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return zlib.compress(text.encode(), level=3)


def unpack(data: bytes | memoryview) -> Any:
    """What was packed; None of nothing."""
    packed = bytes(data)
    return json.loads(zlib.decompress(packed)) if packed else None


def pack_tables(tables: Iterable[Table]) -> bytes:
    """All tables of a file."""
    return pack(
        [
            {
                "name": table.name,
                "columns": table.columns,
                "rows": [[row.number, list(row.values.items())] for row in table.rows],
            }
            for table in tables
        ]
    )


def unpack_tables(data: bytes | memoryview, corrections: Corrections) -> tuple[Table, ...]:
    """The tables, with what a person corrected in them."""
    return tuple(
        Table(
            one["name"],
            tuple(one["columns"]),
            tuple(
                _row(number, cells, corrections.get(one["name"], {}))
                for number, cells in one["rows"]
            ),
        )
        for one in unpack(data) or ()
    )


def _row(number: int, cells: list[tuple[str, Cell]], by_row: Mapping[str, Any]) -> Row:
    return Row(number, {**dict(cells), **by_row.get(str(number), {})})


def pack_report(rows: Iterable[RowReport], notes: Iterable[str]) -> bytes:
    """What became of each row."""
    return pack({"rows": [_as_json(row) for row in rows], "notes": list(notes)})


def unpack_report(data: bytes | memoryview) -> tuple[list[RowReport], list[str]]:
    """The rows and the notes of a report."""
    kept = unpack(data) or {"rows": [], "notes": []}
    return [_from_json(row) for row in kept["rows"]], list(kept["notes"])


def _as_json(row: RowReport) -> list[Any]:
    remarks = [[one.code, one.reason, one.original, one.cleaned, one.field] for one in row.remarks]
    record = str(row.record) if row.record else ""
    alike = [[one.id, one.title, one.why] for one in row.alike]
    told = [row.number, row.sheet, row.title, row.outcome.value, remarks, row.reason, record]
    return [*told, alike]


def _from_json(kept: list[Any]) -> RowReport:
    # A release before kept none that may be the same.
    number, sheet, title, outcome, remarks, reason, record, alike = [*kept, []][:8]
    told = tuple(Remark(*remark) for remark in remarks)
    found = UUID(record) if record else None
    others = tuple(Alike(*one) for one in alike)
    return RowReport(number, sheet, title, Outcome(outcome), told, reason, found, others)
