"""A connection to SQLite that is kept for the next request never goes on with another file."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from django.db import DEFAULT_DB_ALIAS
from django.db.utils import ConnectionHandler

from config.installation import databases
from config.options import Environment


def _told(file: Path, text: str) -> Path:
    with closing(sqlite3.connect(file)) as made, made:
        made.execute("CREATE TABLE told (text)")
        made.execute("INSERT INTO told VALUES (?)", [text])
    return file


@pytest.mark.django_db
def test_what_was_restored_is_read_by_the_next_request(tmp_path: Path) -> None:
    file = _told(tmp_path / "netz.sqlite3", "before")
    logins = databases(Environment({"DATABASE_URL": f"sqlite:///{file}"}), tmp_path)
    kept = ConnectionHandler(logins)[DEFAULT_DB_ALIAS]

    def next_request() -> tuple[str, object]:
        kept.close_if_unusable_or_obsolete()
        with kept.cursor() as cursor:
            text = cursor.execute("SELECT text FROM told").fetchone()[0]
        return text, kept.connection

    try:
        first, again = next_request(), next_request()
        assert first == again and first[0] == "before"  # and it is the same connection
        _told(tmp_path / "restored", "after").replace(file)
        assert next_request()[0] == "after"
    finally:
        kept.close()
