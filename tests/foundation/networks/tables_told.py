"""What tables a database has, as the database itself tells it: one line for each thing, sorted.

    python -m tests.foundation.networks.tables_told           tells it
    python -m tests.foundation.networks.tables_told migrate   makes them, one migration by another

Runs as a process of that installation. On SQLite the order of columns and clauses is left out.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator
from typing import Any

POSTGRESQL = (
    """SELECT table_name, column_name, data_type, is_nullable, column_default,
    character_maximum_length, identity_generation, collation_name
    FROM information_schema.columns WHERE table_schema = 'public'""",
    "SELECT indexdef FROM pg_indexes WHERE schemaname = 'public'",
    "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint",
    "SELECT tablename, policyname, cmd, qual, with_check FROM pg_policies",
    "SELECT tgrelid::regclass::text, tgname FROM pg_trigger WHERE NOT tgisinternal",
)
SQLITE = "SELECT type, name, tbl_name, sql FROM sqlite_master"


def told(cursor: Any, vendor: str) -> Iterator[str]:
    """Each column, index and constraint."""
    for query in POSTGRESQL if vendor == "postgresql" else (SQLITE,):
        cursor.execute(query)
        for row in cursor.fetchall():
            words = [str(value) for value in row]
            if vendor == "sqlite":
                words[-1] = " ".join(sorted(re.split(r"[\s,()]+", words[-1])))
            yield " | ".join(words)


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.base")
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connections

    if "migrate" in sys.argv:
        call_command("migrate", database=settings.OWNER_DATABASE, verbosity=0)
        return
    owner = connections[settings.OWNER_DATABASE]
    with owner.cursor() as cursor:
        sys.stdout.write("\n".join(sorted(told(cursor, owner.vendor))))


if __name__ == "__main__":
    main()
