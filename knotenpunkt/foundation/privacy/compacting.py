"""What was deleted leaves the files of the database, too.

A database marks deleted rows as free and overwrites them some time later. Whoever promises that a
name is gone rewrites the files: on SQLite in seconds beside the running program, on PostgreSQL with
the owner's connection, where each table is locked while it is rewritten.
"""

from __future__ import annotations

from django.conf import settings
from django.db import connections


class StillRead(Exception):
    """Somebody still reads an older state of the database: try again a little later."""


def rewrites_beside_work() -> bool:
    """Whether the running program may do it by itself."""
    return connections[settings.OWNER_DATABASE].vendor == "sqlite"


def compact() -> None:
    """Rewrite the database without what was deleted. StillRead when a reader holds it back."""
    connection = connections[settings.OWNER_DATABASE]
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("VACUUM")
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            busy, _frames, _moved = cursor.fetchone()
            if busy:
                raise StillRead("Somebody still reads the database. Please try again.")
        else:
            cursor.execute("VACUUM (FULL, ANALYZE)")
