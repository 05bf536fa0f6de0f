"""Bringing the database of an installation to the state that the code expects."""

from __future__ import annotations

from django.conf import settings
from django.core.management import call_command
from django.db import OperationalError, connections
from django.db.migrations.executor import MigrationExecutor

from knotenpunkt.foundation.networks import row_level_security


def is_empty() -> bool:
    """Whether the database was never prepared. On PostgreSQL its roles may still be missing."""
    try:
        return (
            "django_migrations"
            not in connections[settings.OWNER_DATABASE].introspection.table_names()
        )
    except OperationalError:
        if settings.OWNER_DATABASE == "default":
            raise
        return True


def pending_migrations() -> int:
    """How many migrations the code has that the database has not."""
    executor = MigrationExecutor(connections[settings.OWNER_DATABASE])
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def prepare_database() -> None:
    """Create or upgrade all tables, and lock them on PostgreSQL. Repeatable."""
    owner = connections[settings.OWNER_DATABASE]
    if owner.vendor == "postgresql":
        row_level_security.prepare_roles()
    call_command("migrate", database=settings.OWNER_DATABASE, verbosity=0, interactive=False)
    if owner.vendor == "postgresql":
        row_level_security.lock_tables()
