"""The second lock alone: what PostgreSQL shows and refuses, whatever the code above it does.

A real installation with its own credentials; the rows are asked for by hand, past every manager.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID, uuid4

import psycopg
import pytest
from django.apps import apps
from psycopg import sql
from psycopg.errors import InsufficientPrivilege
from psycopg.rows import dict_row
from psycopg.types.json import Jsonb

from knotenpunkt.foundation.networks.changes import TABLE as PAGE_CHANGES
from knotenpunkt.foundation.networks.row_level_security import scoped_tables
from tests.house.test_tables import SHARED
from tests.installations import Installation, new_installation, served

pytestmark = [
    pytest.mark.postgresql,
]

TABLES = scoped_tables()
# Tables that both networks have rows in after `_filled`; a lock is best shown where there are some.
FILLED_AT_LEAST = 15
LIST = (
    "id;Titel;Träger;Straße;PLZ;Ort\n"
    "77;Elterncafé am Brunnen;Verein Brunnen e. V.;Testweg 3;09599;Freiberg\n"
)


@dataclass(frozen=True)
class Locked:
    """An installation with two networks that both hold offers in the same town."""

    installation: Installation
    a: UUID
    b: UUID
    offer_a: str
    offer_b: str

    @property
    def app_role(self) -> str:
        return self.installation.logins()["app"]

    @property
    def all_networks_role(self) -> str:
        return self.installation.logins()["all_networks"]


@pytest.fixture(scope="module")
def locked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Locked]:
    folder = tmp_path_factory.mktemp("second-lock")
    with new_installation(folder) as installation:
        yield _filled(installation, folder)


def _filled(installation: Installation, folder: Path) -> Locked:
    offers = {}
    file = folder / "liste.csv"
    file.write_text(LIST, encoding="utf-8")
    for slug, ags in (("nord", "14522"), ("sued", "14522")):
        installation.done("network", "create", slug, "--name", f"Netz {slug}", "--ags", ags)
        installation.done("offers", "import", str(file), "--network", slug)
        filling = [sys.executable, "-m", "tests.filling", slug, "1", slug.title()]
        done = installation.execute(filling)
        assert done.returncode == 0, done.stderr
        offers[slug] = done.stdout.strip()
    with psycopg.connect(installation.database_url) as owner:
        ids = dict(owner.execute("SELECT slug, id FROM networks_network").fetchall())
    return Locked(installation, ids["nord"], ids["sued"], offers["nord"], offers["sued"])


@contextmanager
def connected(url: str, network: UUID | None = None) -> Iterator[psycopg.Connection]:
    """A session of a role, in a network or in none; nothing of it is kept."""
    with psycopg.connect(url, row_factory=dict_row) as session:
        if network is not None:
            session.execute("SELECT set_config('app.network', %s, true)", [str(network)])
        yield session
        session.rollback()


def networks_in(session: psycopg.Connection, table: str) -> set[UUID]:
    rows = session.execute(
        sql.SQL("SELECT DISTINCT network_id FROM {}").format(sql.Identifier(table))
    )
    return {row["network_id"] for row in rows}


def filled_tables(locked: Locked) -> list[str]:
    """Tables in which both networks have rows."""
    with connected(locked.all_networks_role) as session:
        return [t for t in TABLES if {locked.a, locked.b} <= networks_in(session, t)]


@pytest.mark.parametrize("role", ["app", "all_networks"])
def test_the_role_is_no_master_of_its_database(locked: Locked, role: str) -> None:
    with connected(locked.installation.logins()[role]) as session:
        facts = session.execute(
            "SELECT rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, rolreplication"
            " FROM pg_roles WHERE rolname = current_user"
        ).fetchone()
        assert not any(facts.values()), facts
        owned = session.execute(
            "SELECT relname FROM pg_class WHERE relowner = current_user::regrole"
        ).fetchall()
        assert owned == []
        assert (
            session.execute(
                "SELECT datname FROM pg_database WHERE datdba = current_user::regrole"
            ).fetchall()
            == []
        )
        assert (
            session.execute(
                "SELECT roleid::regrole FROM pg_auth_members WHERE member = current_user::regrole"
            ).fetchall()
            == []
        )


def test_each_scoped_table_is_locked_by_force(locked: Locked) -> None:
    with connected(locked.app_role) as session:
        rows = session.execute(
            "SELECT relname, relrowsecurity, relforcerowsecurity FROM pg_class"
            " WHERE relkind = 'r' AND relname = ANY(%s)",
            [TABLES],
        ).fetchall()
    assert sorted(row["relname"] for row in rows) == TABLES
    loose = [r["relname"] for r in rows if not (r["relrowsecurity"] and r["relforcerowsecurity"])]
    assert not loose


def test_each_table_with_a_network_is_scoped(locked: Locked) -> None:
    """A table that names a network but is not known as scoped would stand open."""
    with connected(locked.app_role) as session:
        rows = session.execute(
            "SELECT table_name FROM information_schema.columns"
            " WHERE table_schema = 'public' AND column_name = 'network_id'"
        ).fetchall()
    shared = {apps.get_model(label)._meta.db_table for label in SHARED}
    # Which networks changed when is asked for all of them at once, and is nobody's secret.
    shared.add(PAGE_CHANGES)
    assert sorted({row["table_name"] for row in rows} - shared) == TABLES


def test_there_is_something_to_lock(locked: Locked) -> None:
    assert len(filled_tables(locked)) >= FILLED_AT_LEAST


def test_without_a_network_no_row_is_seen(locked: Locked) -> None:
    with connected(locked.app_role) as session:
        seen = [table for table in TABLES if networks_in(session, table)]
        assert not seen
        session.execute("SELECT set_config('app.network', '', true)")
        assert not [table for table in TABLES if networks_in(session, table)]


def test_in_a_network_only_its_own_rows_are_seen(locked: Locked) -> None:
    for network in (locked.a, locked.b):
        with connected(locked.app_role, network) as session:
            leaking = [t for t in TABLES if networks_in(session, t) - {network}]
            assert not leaking
            empty = [t for t in filled_tables(locked) if not networks_in(session, t)]
            assert not empty


def test_what_is_no_network_shows_nothing(locked: Locked) -> None:
    with connected(locked.app_role, uuid4()) as session:
        assert not [table for table in TABLES if networks_in(session, table)]


def test_the_setting_ends_with_its_transaction(locked: Locked) -> None:
    with psycopg.connect(locked.app_role, row_factory=dict_row) as session:
        session.execute("SELECT set_config('app.network', %s, true)", [str(locked.a)])
        assert networks_in(session, "offers_offer") == {locked.a}
        session.commit()
        assert networks_in(session, "offers_offer") == set()


def test_no_row_moves_into_another_network(locked: Locked) -> None:
    for table in filled_tables(locked):
        move = sql.SQL("UPDATE {} SET network_id = %s").format(sql.Identifier(table))
        with connected(locked.app_role, locked.a) as session, pytest.raises(InsufficientPrivilege):
            session.execute(move, [locked.b])


def test_no_row_is_written_into_another_network(locked: Locked) -> None:
    for table in filled_tables(locked):
        with connected(locked.all_networks_role) as session:
            row = _one_row(session, table, locked.b)
        row["id"] = uuid4()
        with connected(locked.app_role, locked.a) as session, pytest.raises(InsufficientPrivilege):
            _insert(session, table, row)


def test_rows_of_another_network_are_neither_changed_nor_deleted(locked: Locked) -> None:
    for table in set(filled_tables(locked)) - {"audit_entry"}:  # nobody changes those at all
        name = sql.Identifier(table)
        with connected(locked.app_role, locked.a) as session:
            change = sql.SQL("UPDATE {} SET id = id WHERE network_id = %s").format(name)
            assert session.execute(change, [locked.b]).rowcount == 0
            delete = sql.SQL("DELETE FROM {} WHERE network_id = %s").format(name)
            assert session.execute(delete, [locked.b]).rowcount == 0


@pytest.mark.parametrize("role", ["app", "all_networks"])
@pytest.mark.parametrize(
    "rewriting",
    [
        "UPDATE audit_entry SET at = now()",
        "UPDATE audit_entry SET deed = 'x', title = ''",
        "UPDATE audit_entry SET actor_id = NULL",
        "DELETE FROM audit_entry",
        "TRUNCATE audit_entry",
    ],
)
def test_history_is_not_rewritten(locked: Locked, role: str, rewriting: str) -> None:
    with (
        connected(locked.installation.logins()[role], locked.a) as session,
        pytest.raises(InsufficientPrivilege),
    ):
        session.execute(rewriting)


def test_a_person_can_be_taken_out_of_history(locked: Locked) -> None:
    """In the network of a contact, and for an account in all networks."""
    done = "UPDATE audit_entry SET actor_label = '', title = '', changes = '{}'"
    with connected(locked.app_role, locked.a) as session:
        assert session.execute(done).rowcount
    with connected(locked.all_networks_role) as session:
        assert session.execute(done).rowcount
    person = ("weg@example.org", "--name", "Wanda Weg")
    locked.installation.done("account", "create", *person, "--network", "sued", "--role", "reader")
    told = locked.installation.done("privacy", "erase", "account", person[0], "--yes")
    assert "audit=1" in told
    with connected(locked.all_networks_role) as session:
        left = session.execute("SELECT title FROM audit_entry WHERE title LIKE '%Wanda%'")
        assert left.fetchall() == []


def test_no_row_hangs_on_one_of_another_network(locked: Locked) -> None:
    """A foreign key alone would take it: keys look past row-level security."""
    with connected(locked.all_networks_role) as session:
        others = session.execute(
            "SELECT id FROM partners_organisation WHERE network_id = %s LIMIT 1", [locked.b]
        ).fetchone()
        contact = _one_row(session, "partners_contact", locked.a)
        topic = _one_row(session, "offers_topic", locked.a)
    contact |= {"id": uuid4(), "organisation_id": others["id"]}
    with connected(locked.app_role, locked.a) as session, pytest.raises(InsufficientPrivilege):
        _insert(session, "partners_contact", contact)
    with connected(locked.app_role, locked.a) as session, pytest.raises(InsufficientPrivilege):
        session.execute("UPDATE offers_offer SET provider_id = %s", [others["id"]])
    topic |= {"id": uuid4(), "key": "own", "parent_id": topic["id"]}
    with connected(locked.app_role, locked.a) as session:
        _insert(session, "offers_topic", topic)


WRITES_WHERE_IT_READS = """
import os, django
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.base")
django.setup()
from django.db import InternalError, connections, transaction
from knotenpunkt.foundation.networks.models import Network
from knotenpunkt.foundation.networks.scope import all_networks, in_network, published_everywhere
from knotenpunkt.registers.offers.models import Offer

def write():
    with connections["all_networks"].cursor() as cursor:
        cursor.execute("UPDATE offers_offer SET title = title")
        return cursor.rowcount

def refused():
    with published_everywhere():
        assert Offer.objects.exists()
        try:
            with transaction.atomic(using="all_networks"):
                write()
        except InternalError as problem:
            return "read-only" in str(problem)

print(refused())
with in_network(Network.objects.get(slug="nord")):
    print(refused())
    offer = Offer.objects.all()[0]
    offer.save()
with all_networks("a test"), transaction.atomic(using="all_networks"):
    print(refused())
    print(write() >= 2)
"""


def test_the_database_itself_only_reads_in_the_published_scope(locked: Locked) -> None:
    done = locked.installation.execute([sys.executable, "-c", WRITES_WHERE_IT_READS])
    assert done.stdout.split() == ["True"] * 4, done.stderr


def _one_row(session: psycopg.Connection, table: str, network: UUID) -> dict[str, object]:
    one = sql.SQL("SELECT * FROM {} WHERE network_id = %s LIMIT 1").format(sql.Identifier(table))
    row = session.execute(one, [network]).fetchone()
    return {key: _storable(value) for key, value in row.items()}


def _storable(value: object) -> object:
    return Jsonb(value) if isinstance(value, (dict, list)) else value


def _insert(session: psycopg.Connection, table: str, row: dict[str, object]) -> None:
    statement = sql.SQL("INSERT INTO {} ({}) VALUES ({})").format(
        sql.Identifier(table),
        sql.SQL(", ").join(map(sql.Identifier, row)),
        sql.SQL(", ").join([sql.Placeholder()] * len(row)),
    )
    session.execute(statement, list(row.values()))


@pytest.mark.parametrize(
    "attempt",
    [
        "SET ROLE {everywhere}",
        "SET SESSION AUTHORIZATION {everywhere}",
        "SET ROLE {owner}",
        "GRANT {everywhere} TO {app}",
        "ALTER ROLE {app} BYPASSRLS",
        "ALTER TABLE offers_offer DISABLE ROW LEVEL SECURITY",
        "ALTER TABLE offers_offer NO FORCE ROW LEVEL SECURITY",
        "DROP POLICY one_network ON offers_offer",
        "CREATE POLICY open ON offers_offer TO {app} USING (true)",
        "TRUNCATE offers_offer CASCADE",
        "CREATE TABLE copied AS SELECT 1",
        "COPY offers_offer TO PROGRAM 'true'",
    ],
)
def test_the_app_role_cannot_open_the_lock(locked: Locked, attempt: str) -> None:
    with psycopg.connect(locked.installation.database_url) as owner:
        owner_name = owner.info.user
    names = {
        "app": psycopg.conninfo.conninfo_to_dict(locked.app_role)["user"],
        "everywhere": psycopg.conninfo.conninfo_to_dict(locked.all_networks_role)["user"],
        "owner": owner_name,
    }
    quoted = sql.SQL(attempt).format(**{key: sql.Identifier(one) for key, one in names.items()})
    with connected(locked.app_role, locked.a) as session, pytest.raises(psycopg.Error):
        session.execute(quoted)


def test_switching_row_security_off_shows_nothing_more(locked: Locked) -> None:
    with connected(locked.app_role, locked.a) as session:
        session.execute("SET row_security = off")
        with pytest.raises(InsufficientPrivilege):
            session.execute("SELECT count(*) FROM offers_offer")


def test_the_all_networks_role_sees_both(locked: Locked) -> None:
    with connected(locked.all_networks_role) as session:
        assert networks_in(session, "offers_offer") == {locked.a, locked.b}


def test_pages_work_with_the_real_roles(locked: Locked) -> None:
    """Finder and detail page over HTTP, a neighbour's published offer among the results."""
    with served(locked.installation, "--workers", "1") as site:
        answer, page = site.get("/nord/angebote/?q=Krabbelgruppe&ort=09599")
        assert answer.status == 200
        assert "Nord 1" in page
        assert "Sued 1" in page and "Netz sued" in page
        assert site.get(f"/nord/angebote/{locked.offer_a}/")[0].status == 200
        assert site.get(f"/nord/angebote/{locked.offer_b}/")[0].status == 404
        assert site.get(f"/sued/angebote/{locked.offer_b}/")[0].status == 200


def test_the_search_command_works_with_the_real_roles(locked: Locked) -> None:
    told = locked.installation.done(
        "offers", "search", "Krabbelgruppe", "--network", "nord", "--near", "09599", "--json"
    )
    titles = [result["title"] for result in json.loads(told)["results"]]
    assert "Nord 1" in titles and "Sued 1" in titles
