"""What a page asks the database, as a text that is reviewed: a loop of queries shows as a diff.

One line for each query: the tables in the order in which they are read, those of subqueries in
brackets. It is the same on SQLite and PostgreSQL. After looking at the difference, write the texts
anew with

    WRITE_QUERY_SHAPES=yes .venv/bin/pytest tests/registers/offers/desk/test_queries.py
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from pathlib import Path

TABLE = re.compile(r'(?P<open>\()|(?P<close>\))|\b(?:FROM|JOIN) "(?P<table>\w+)"')
WRITES = re.compile(r'^(INSERT INTO|UPDATE|DELETE FROM) "(?P<table>\w+)"')


def shape(sql: str) -> str:
    """ "offers_offer partners_organisation (offers_offeratplace) ordered"; "" without a table."""
    write = WRITES.match(sql)
    if write:
        return f"{write[1].split()[0].lower()} {write['table']}"
    outer: list[str] = []
    inner: list[str] = []
    depth = 0
    for part in TABLE.finditer(sql):
        depth += bool(part["open"]) - bool(part["close"])
        if part["table"]:
            (inner if depth else outer).append(part["table"])
    if not outer + inner:
        return ""
    told = " ".join(outer) + (f" ({' '.join(inner)})" if inner else "")
    return told + (" ordered" if " ORDER BY " in sql else "") + (" cut" if " LIMIT " in sql else "")


def assert_shapes(file: Path, queries: Iterable[str]) -> None:
    """The queries have the shapes that the file says; equal ones in a row are told once."""
    now = "\n".join(_counted([told for sql in queries if (told := shape(sql))])) + "\n"
    if os.environ.get("WRITE_QUERY_SHAPES") == "yes":
        file.parent.mkdir(exist_ok=True)
        file.write_text(now, encoding="utf-8")
    assert now == file.read_text(encoding="utf-8"), (
        f"The page asks otherwise than {file.name} says. If that is right, write it anew "
        "(see tests/query_shapes.py) and say in the commit why."
    )


def _counted(shapes: list[str]) -> list[str]:
    lines: list[tuple[str, int]] = []
    for one in shapes:
        if lines and lines[-1][0] == one:
            lines[-1] = (one, lines[-1][1] + 1)
        else:
            lines.append((one, 1))
    return [one if times == 1 else f"{times} × {one}" for one, times in lines]
