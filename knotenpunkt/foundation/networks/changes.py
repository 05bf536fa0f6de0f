"""Since when what the public sees is as it is: the database itself notes each change.

Triggers stand on every table but those that no public page reads (`settings.NEVER_PUBLIC`), so a
new table is watched without anybody thinking of it, and it does not matter who writes: an action,
a job, an import, SQL by hand, another process. Each change leaves a random mark for its network in
`page_changes`; of what belongs to all networks it leaves one for `EVERYBODY`.

On SQLite there is one writer at a time, so one row for each network carries the last mark. On
PostgreSQL writers would wait for each other at such a row. There each transaction adds a row of its
own, and the state of a network is all its marks together: it changes whichever transaction is
visible first, and whenever old rows are swept away.
"""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from django.apps import apps
from django.conf import settings
from django.db import connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Model

EVERYBODY = UUID(int=0)
TABLE = "page_changes"
EVENTS = ("insert", "update", "delete")

_SQLITE_TABLE = """
    CREATE TABLE IF NOT EXISTS page_changes (
        network_id char(32) PRIMARY KEY, mark integer NOT NULL) WITHOUT ROWID"""
_SQLITE_NOTE = """
    INSERT INTO page_changes (network_id, mark) VALUES ({network}, random())
    ON CONFLICT (network_id) DO UPDATE SET mark = excluded.mark"""
_SQLITE_TRIGGER = """
    CREATE TRIGGER {name} AFTER {event} ON "{table}" BEGIN {notes}; END"""
_SQLITE_NAMES = "SELECT name FROM sqlite_master WHERE type = 'trigger'"

# No right of the writer is needed, and no name that somebody else could put before ours.
_POSTGRESQL = (
    """
    CREATE TABLE IF NOT EXISTS page_changes (
        network_id uuid NOT NULL, writer xid8 NOT NULL DEFAULT pg_current_xact_id(),
        mark bigint NOT NULL DEFAULT hashtextextended(gen_random_uuid()::text, 0),
        at timestamptz NOT NULL DEFAULT now(), PRIMARY KEY (network_id, writer))""",
    """
    CREATE OR REPLACE FUNCTION page_changed() RETURNS trigger LANGUAGE plpgsql
    SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    BEGIN
        IF TG_OP = 'UPDATE' THEN
            INSERT INTO public.page_changes (network_id)
                SELECT network_id FROM changed UNION SELECT network_id FROM former
                ON CONFLICT DO NOTHING;
        ELSE
            INSERT INTO public.page_changes (network_id) SELECT DISTINCT network_id FROM changed
                ON CONFLICT DO NOTHING;
        END IF;
        RETURN NULL;
    END $$""",
    """
    CREATE OR REPLACE FUNCTION page_changed_for_everybody() RETURNS trigger LANGUAGE plpgsql
    SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    BEGIN
        INSERT INTO public.page_changes (network_id)
            VALUES ('00000000-0000-0000-0000-000000000000') ON CONFLICT DO NOTHING;
        RETURN NULL;
    END $$""",
)
_POSTGRESQL_NOTE = """
    INSERT INTO page_changes (network_id) VALUES ('00000000-0000-0000-0000-000000000000')
    ON CONFLICT DO NOTHING"""
_POSTGRESQL_ROWS = {
    "insert": "REFERENCING NEW TABLE AS changed",
    "update": "REFERENCING NEW TABLE AS changed OLD TABLE AS former",
    "delete": "REFERENCING OLD TABLE AS changed",
}
# One new mark stands for all that are swept away. Without it a state could come back that a process
# knows which asked nothing meanwhile, and with it the pages of that time.
_SWEEP = """
    WITH swept AS (
        DELETE FROM page_changes WHERE at < now() - interval '1 hour' RETURNING network_id)
    INSERT INTO page_changes (network_id) SELECT DISTINCT network_id FROM swept
    ON CONFLICT DO NOTHING"""
_POSTGRESQL_NAMES = """
    SELECT tgname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid
    WHERE NOT tgisinternal AND tgenabled = 'O' AND relnamespace = 'public'::regnamespace"""


def watched() -> list[type[Model]]:
    """Every model whose rows a public page may show."""
    models = apps.get_models(include_auto_created=True)
    shown = (one for one in models if one._meta.managed and not one._meta.proxy)
    return sorted(
        (one for one in shown if one._meta.db_table not in settings.NEVER_PUBLIC),
        key=lambda one: one._meta.db_table,
    )


def watch_tables() -> None:
    """Put the triggers in place. Repeatable; counts as a change of everything, for what migrations
    wrote before nobody has noted."""
    owner = connections[settings.OWNER_DATABASE]
    statements = _for_postgresql() if owner.vendor == "postgresql" else _for_sqlite()
    with transaction.atomic(using=owner.alias), owner.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def is_watched(connection: BaseDatabaseWrapper) -> bool:
    """Whether every trigger is there. Without one of them nothing may be kept."""
    wanted = {_name(model, event) for model in watched() for event in _events(connection.vendor)}
    with connection.cursor() as cursor:
        cursor.execute(_POSTGRESQL_NAMES if connection.vendor == "postgresql" else _SQLITE_NAMES)
        return wanted <= {name for (name,) in cursor.fetchall()}


def sweep() -> None:
    """Put one mark in the place of all old ones of a network. SQLite keeps one anyway."""
    connection = connections[settings.ALL_NETWORKS_DATABASE]
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        cursor.execute(_SWEEP)


def _name(model: type[Model], event: str) -> str:
    return f"page_{event}_{model._meta.db_table}"


def _events(vendor: str) -> tuple[str, ...]:
    return (*EVENTS, "truncate") if vendor == "postgresql" else EVENTS


def _belongs_to_a_network(model: type[Model]) -> bool:
    return any(field.column == "network_id" for field in model._meta.concrete_fields)


def _for_sqlite() -> Iterator[str]:
    yield _SQLITE_TABLE
    for model in watched():
        for event in EVENTS:
            yield f"DROP TRIGGER IF EXISTS {_name(model, event)}"
            notes = "; ".join(_SQLITE_NOTE.format(network=one) for one in _noted(model, event))
            yield _SQLITE_TRIGGER.format(
                name=_name(model, event), event=event, table=model._meta.db_table, notes=notes
            )
    yield _SQLITE_NOTE.format(network=f"'{EVERYBODY.hex}'")


def _noted(model: type[Model], event: str) -> list[str]:
    """For which network a changed row is noted, as SQL."""
    if not _belongs_to_a_network(model):
        return [f"'{EVERYBODY.hex}'"]
    rows = {"insert": ["NEW"], "delete": ["OLD"], "update": ["NEW", "OLD"]}[event]
    return [f"{row}.network_id" for row in rows]


def _for_postgresql() -> Iterator[str]:
    yield from _POSTGRESQL
    for model in watched():
        for event in _events("postgresql"):
            scoped = _belongs_to_a_network(model) and event in _POSTGRESQL_ROWS
            rows = _POSTGRESQL_ROWS[event] if scoped else ""
            noting = "page_changed" if scoped else "page_changed_for_everybody"
            yield (
                f"CREATE OR REPLACE TRIGGER {_name(model, event)} AFTER {event} ON"
                f' public."{model._meta.db_table}" {rows}'
                f" FOR EACH STATEMENT EXECUTE FUNCTION public.{noting}()"
            )
    yield _POSTGRESQL_NOTE
