"""Brings an installation with data to the state that this program expects, and tells the way back.

The back-up comes first: it is the way back, whatever a migration does.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from knotenpunkt.foundation.networks.installation import (
    is_empty,
    pending_migrations,
    prepare_database,
)
from knotenpunkt.front.operating import rows
from knotenpunkt.front.operating.backup import default_file, make_backup
from knotenpunkt.front.operating.restore import refuse_without_owner

Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Upgraded:
    """What an upgrade did: `backup` is None when there was nothing to lose."""

    migrations: int
    backup: Path | None = None


def upgrade(backup_to: Path | None, tell: Tell) -> Upgraded:
    """Back up, migrate, lock. Repeatable: a second run finds nothing to do and locks again."""
    refuse_without_owner()
    if is_empty():
        tell("The database is empty: preparing it")
        prepare_database()
        return Upgraded(migrations=0)
    rows.applied_migrations(settings.OWNER_DATABASE)  # refuses what a newer program made
    pending = pending_migrations()
    if not pending:
        tell("The database is as this program expects it")
        prepare_database()
        return Upgraded(migrations=0)
    target = (backup_to or default_file("before-upgrade")).absolute()
    manifest = make_backup(target)
    tell(f"Backed up {manifest.rows:,} rows in {target}")
    tell(f"Running {pending} migrations")
    prepare_database()
    return Upgraded(pending, target)
