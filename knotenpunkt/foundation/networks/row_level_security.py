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

from knotenpunkt.foundation.networks.changes import TABLE as PAGE_CHANGES
from knotenpunkt.foundation.networks.models import NetworkModel, scoped_keys

THIS_NETWORK = sql.SQL("network_id = nullif(current_setting('app.network', true), '')::uuid")
ALL_ROWS = sql.SQL("true")
FOR_ALL = sql.SQL("FOR ALL")
# Held besides what else is granted, and only on writing: a look at ties looks at these tables.
TIES = {
    "ties_of_new": sql.SQL("AS RESTRICTIVE FOR INSERT"),
    "ties_of_changed": sql.SQL("AS RESTRICTIVE FOR UPDATE"),
}

MAY_CREATE_ROLES = "SELECT rolcreaterole OR rolsuper FROM pg_roles WHERE rolname = current_user"
CREATE_ROLE = sql.SQL("CREATE ROLE {} LOGIN NOSUPERUSER NOBYPASSRLS PASSWORD {}")
CHANGE_PASSWORD = sql.SQL("ALTER ROLE {} PASSWORD {}")


# Tables of which the login at hand would silently see a part only.
HIDING = """
    SELECT table_.relname FROM pg_class AS table_, pg_roles AS login
    WHERE table_.relrowsecurity AND table_.relnamespace = 'public'::regnamespace
      AND login.rolname = current_user AND NOT (login.rolsuper OR login.rolbypassrls)
      AND NOT EXISTS (
        SELECT 1 FROM pg_policies AS policy
        WHERE policy.schemaname = 'public' AND policy.tablename = table_.relname
          AND policy.permissive = 'PERMISSIVE' AND policy.qual = 'true'
          AND current_user = ANY(policy.roles))
    ORDER BY 1"""
# (table, whether row-level security is on and forced, names of its policies)
LOCKS = """
    SELECT table_.relname, table_.relrowsecurity AND table_.relforcerowsecurity,
           coalesce(array_agg(policy.polname::text) FILTER (WHERE policy.polname IS NOT NULL), '{}')
    FROM pg_class AS table_ LEFT JOIN pg_policy AS policy ON policy.polrelid = table_.oid
    WHERE table_.relnamespace = 'public'::regnamespace AND table_.relkind = 'r'
    GROUP BY 1, 2"""
POLICIES = {"one_network", "all_networks", "owner", *TIES}
OPENING = """
    SELECT rolsuper, rolbypassrls, EXISTS (
        SELECT 1 FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'
          AND pg_has_role(current_user, relowner, 'MEMBER'))
    FROM pg_roles WHERE rolname = current_user"""


def scoped_tables() -> list[str]:
    """Names of all tables that belong to a network."""
    return [model._meta.db_table for model in _scoped_models()]


def _scoped_models() -> list[type[NetworkModel]]:
    scoped = (model for model in apps.get_models() if issubclass(model, NetworkModel))
    return sorted(scoped, key=lambda model: model._meta.db_table)


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


def rows_that_hide(alias: str) -> list[str]:
    """The tables of which this connection would see a part of the rows only."""
    with connections[alias].cursor() as cursor:
        cursor.execute(HIDING)
        return [table for (table,) in cursor.fetchall()]


def open_tables() -> list[str]:
    """Scoped tables that PostgreSQL does not lock as it should."""
    with connections["default"].cursor() as cursor:
        cursor.execute(LOCKS)
        locked = {
            table for table, is_on, names in cursor.fetchall() if is_on and POLICIES.issubset(names)
        }
    return [table for table in scoped_tables() if table not in locked]


def powers_of_app() -> list[str]:
    """What lets the login of the pages pass by row-level security; nothing, as it should be."""
    with connections["default"].cursor() as cursor:
        cursor.execute(OPENING)
        is_superuser, bypasses, owns = cursor.fetchone()
    powers = {"is a superuser": is_superuser, "has BYPASSRLS": bypasses, "owns tables": owns}
    return [power for power, has in powers.items() if has]


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
    # Triggers note what changes, with their owner's rights; the pages only read it.
    yield sql.SQL("REVOKE INSERT, UPDATE, DELETE ON {} FROM {}").format(
        sql.Identifier(PAGE_CHANGES), app
    )
    for model in _scoped_models():
        table = sql.Identifier(model._meta.db_table)
        yield sql.SQL("ALTER TABLE {} ENABLE ROW LEVEL SECURITY").format(table)
        yield sql.SQL("ALTER TABLE {} FORCE ROW LEVEL SECURITY").format(table)
        yield from _policy("one_network", table, app, _bound_to(THIS_NETWORK))
        yield from _policy("all_networks", table, everywhere, _bound_to(ALL_ROWS))
        # The owner changes data in migrations only and then needs every row.
        yield from _policy("owner", table, sql.SQL("CURRENT_USER"), _bound_to(ALL_ROWS))
        for name, writing in TIES.items():
            yield from _policy(name, table, app, _tied(model), writing)
        if model.only_erased is not None:
            yield from _only_added_to(table, sorted(model.only_erased), (app, everywhere))


def _tied(model: type[NetworkModel]) -> sql.Composed:
    """Tied only to rows that are seen in this network: a key alone looks past all policies."""
    ties = (
        sql.SQL(
            "({key} IS NULL OR EXISTS (SELECT 1 FROM {table} AS tied WHERE tied.{id} = {key}))"
        ).format(
            key=sql.Identifier(model._meta.db_table, key.attname),
            table=sql.Identifier(key.related_model._meta.db_table),
            id=sql.Identifier(key.target_field.attname),
        )
        for key in scoped_keys(model)
    )
    return sql.SQL("WITH CHECK ({})").format(sql.SQL(" AND ").join([ALL_ROWS, *ties]))


def _only_added_to(
    table: sql.Identifier, erased: list[str], roles: tuple[sql.Identifier, ...]
) -> Iterator[sql.Composed]:
    """Nobody rewrites history: rows come, stay, and lose a person's name when the law demands."""
    columns = sql.SQL(", ").join(map(sql.Identifier, erased))
    for role in roles:
        yield sql.SQL("REVOKE UPDATE, DELETE, TRUNCATE ON {} FROM {}").format(table, role)
        yield sql.SQL("GRANT UPDATE ({}) ON {} TO {}").format(columns, table, role)


def _bound_to(rows: sql.SQL) -> sql.Composed:
    return sql.SQL("USING ({}) WITH CHECK ({})").format(rows, rows)


def _policy(
    name: str,
    table: sql.Identifier,
    role: sql.Composable,
    rule: sql.Composed,
    kind: sql.SQL = FOR_ALL,
) -> Iterator[sql.Composed]:
    policy = sql.Identifier(name)
    yield sql.SQL("DROP POLICY IF EXISTS {} ON {}").format(policy, table)
    yield sql.SQL("CREATE POLICY {} ON {} {} TO {} {}").format(policy, table, kind, role, rule)
