"""The lists of partners ask the same of the database for 1,100 organisations as for five.

What each page asks stands in `queries/`, to be reviewed like code.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from knotenpunkt.foundation.accounts.actions import add_member
from knotenpunkt.foundation.accounts.actors import System
from knotenpunkt.foundation.accounts.rights import Role
from knotenpunkt.foundation.networks.actions import create_network
from knotenpunkt.foundation.networks.scope import in_network
from tests.many_partners import fill
from tests.query_shapes import assert_shapes, shape
from tests.registers.partners.desk.conftest import LIST

pytestmark = pytest.mark.django_db
SHAPES = Path(__file__).parent / "queries"
# Who is asking, and what stands around every page of the desk.
FRAME = (
    "networks_",
    "django_session",
    "accounts_",
    "notes_",
    "inbox_",
    "jobs_",
    "upkeep_",
    "mail_",
)
PAGES = {
    "list": "",
    "list_last_page": "?seite=22&sort=-gesehen",
    "list_narrowed": "?q=haus+freiberg&art=childcare&stand=dabei&bestaetigt=12&sort=ort",
    "list_empty": "?q=gibtesnicht",
    "people": "personen/",
    "people_last_page": "personen/?seite=50&sort=organisation",
    "people_narrowed": "personen/?q=wiesner+haus&stand=faellig&wird-gefragt=ja",
    "bulk_preview": "mehrere/?tat=bestaetigt&alle=ja",
    "people_bulk_preview": "personen/mehrere/?tat=ausgeschieden&alle=ja",
}


@pytest.fixture(scope="module")
def desk(django_db_setup: None, django_db_blocker: Any) -> Iterator[Client]:
    """The coordinator of a county with 1,100 organisations and 2,500 people."""
    with django_db_blocker.unblock(), transaction.atomic():
        network = create_network(slug="mitte", name="Netzwerk Mitte", area_keys=["14522"])
        with in_network(network):
            fill()
            member, _is_new = add_member(
                actor=System("test"),
                email="petra@example.org",
                name="Petra",
                role=Role.COORDINATOR,
                password="x" * 12,
            )
        client = Client()
        client.force_login(member.user)
        yield client
        transaction.set_rollback(True)


def asked(client: Client, path: str, **sent: str) -> list[str]:
    """What is asked of the database, after what a process remembers has been read."""
    ask = client.post if sent else client.get
    list(ask(f"{LIST}{path}", sent or None))
    with CaptureQueriesContext(connection) as queries:
        answer = ask(f"{LIST}{path}", sent or None)
        list(answer)
    assert answer.status_code == 200
    told = (query["sql"] for query in queries.captured_queries)
    return [sql for sql in told if not shape(sql).startswith(FRAME)]


@pytest.mark.parametrize("name", PAGES)
def test_a_page_asks_what_was_reviewed(desk: Client, name: str) -> None:
    assert_shapes(SHAPES / f"{name}.txt", asked(desk, PAGES[name]))


@pytest.mark.parametrize("path", ["speichern/", "personen/speichern/"])
def test_a_file_is_read_in_chunks(desk: Client, path: str) -> None:
    """A few queries more for each further 500 records, and none for each record."""
    few = asked(desk, f"{path}?q=17", form="csv")
    many = asked(desk, path, form="csv")
    chunks = 4 if path.startswith("personen") else 2
    assert len(list(filter(shape, many))) - len(list(filter(shape, few))) <= 5 * chunks
    name = "export_people" if path.startswith("personen") else "export"
    assert_shapes(SHAPES / f"{name}.txt", few)


def test_the_portrait_of_a_large_body_asks_no_more_than_that_of_a_small_one(desk: Client) -> None:
    rows = desk.get(f"{LIST}?ebene=body").context["shown"].rows
    urls = [row.cells[0].url.removeprefix("/mitte/desk/partner/") for row in rows[:2]]
    first, second = (len(list(filter(shape, asked(desk, url)))) for url in urls)
    assert abs(first - second) <= 6
    assert first < 45
