"""The second lock: PostgreSQL itself shows each role only the rows of the entered network.

Applied after every migration, for every scoped table there is, so that a new table cannot be
forgotten. The first lock is `ScopedManager`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import connections
from psycopg import sql

from knotenpunkt.foundation.networks.models import NetworkModel

THIS_NETWORK = sql.SQL("network_id = nullif(current_setting('app.network', true), '')::uuid")

MAY_CREATE_ROLES = "SELECT rolcreaterole OR rolsuper FROM pg_roles WHERE rolname = current_user"
CREATE_ROLE = sql.SQL("CREATE ROLE {} LOGIN NOSUPERUSER NOBYPASSRLS PASSWORD {}")
CHANGE_PASSWORD = sql.SQL("ALTER ROLE {} PASSWORD {}")


def scoped_tables() -> list[str]:
    """Names of all tables that belong to a network."""
    return sorted(
        model._meta.db_table for model in apps.get_models() if issubclass(model, NetworkModel)
    )


def prepare_roles() -> None:
    """Create the two roles of an installation that only named its owner; set their passwords."""
    owner = connections[settings.OWNER_DATABASE]
    with owner.cursor() as cursor:
        cursor.execute(MAY_CREATE_ROLES)
        if not cursor.fetchone()[0]:
            return  # then the administrator keeps the roles and gave us their credentials
        for alias in ("default", settings.ALL_NETWORKS_DATABASE):
            role, password = _login(alias)
            if role == owner.settings_dict["USER"]:
                continue
            cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role])
            statement = CHANGE_PASSWORD if cursor.fetchone() else CREATE_ROLE
            cursor.execute(statement.format(sql.Identifier(role), sql.Literal(password)))


def lock_tables() -> None:
    """Grant the roles their rights and bind every scoped table to the entered network."""
    with connections[settings.OWNER_DATABASE].cursor() as cursor:
        for statement in _statements():
            cursor.execute(statement)


def _login(alias: str) -> tuple[str, str]:
    login: dict[str, Any] = connections[alias].settings_dict
    return login["USER"], login["PASSWORD"]


def _statements() -> Iterator[sql.Composed]:
    app = sql.Identifier(_login("default")[0])
    everywhere = sql.Identifier(_login(settings.ALL_NETWORKS_DATABASE)[0])
    for role in (app, everywhere):
        yield sql.SQL("GRANT USAGE ON SCHEMA public TO {}").format(role)
        yield sql.SQL(
            "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {}"
        ).format(role)
        yield sql.SQL("GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {}").format(role)
    for table in map(sql.Identifier, scoped_tables()):
        yield sql.SQL("ALTER TABLE {} ENABLE ROW LEVEL SECURITY").format(table)
        yield sql.SQL("ALTER TABLE {} FORCE ROW LEVEL SECURITY").format(table)
        yield from _policy("one_network", table, app, THIS_NETWORK)
        yield from _policy("all_networks", table, everywhere, sql.SQL("true"))
        # The owner changes data in migrations only and then needs every row.
        yield from _policy("owner", table, sql.SQL("CURRENT_USER"), sql.SQL("true"))


def _policy(
    name: str, table: sql.Identifier, role: sql.Composable, rows: sql.SQL
) -> Iterator[sql.Composed]:
    policy = sql.Identifier(name)
    yield sql.SQL("DROP POLICY IF EXISTS {} ON {}").format(policy, table)
    yield sql.SQL("CREATE POLICY {} ON {} TO {} USING ({}) WITH CHECK ({})").format(
        policy, table, role, rows, rows
    )
