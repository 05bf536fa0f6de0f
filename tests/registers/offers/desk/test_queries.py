"""The lists of the desk ask the same of the database for 5,000 offers as for fifty.

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
from knotenpunkt.registers.offers.actions import prepare_topics
from tests.many_offers import fill
from tests.query_shapes import assert_shapes, shape
from tests.registers.offers.desk.conftest import LIST

pytestmark = pytest.mark.django_db
SHAPES = Path(__file__).parent / "queries"
# Who is asking, and what stands around every page of the desk.
FRAME = ("networks_", "django_session", "accounts_", "notes_", "inbox_", "jobs_")
PAGES = {
    "list": "",
    "list_last_page": "?seite=100&sort=-geprueft",
    "list_narrowed": "?q=krabbel+freiberg&ort=Freiberg&alter=1-3&stand=veroeffentlicht&sort=ort",
    "list_by_finding": "?befund=nicht-erreichbar",
    "list_empty": "?q=gibtesnicht&ort=Freiberg",
    "quality": "qualitaet/",
    "finding": "qualitaet/ohne-zeiten/",
    "bulk_preview": "mehrere/?tat=zurueckziehen&alle=ja",
}


@pytest.fixture(scope="module")
def desk(django_db_setup: None, django_db_blocker: Any) -> Iterator[Client]:
    """The coordinator of a network with 5,000 offers; no page changes what another one sees."""
    with django_db_blocker.unblock(), transaction.atomic():
        network = create_network(slug="mitte", name="Netzwerk Mitte", area_keys=["14522"])
        with in_network(network):
            prepare_topics()
            fill(5000)
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
    list(ask(f"{LIST}{path}", sent or None))  # an answer may be a file that is read to its end
    with CaptureQueriesContext(connection) as queries:
        answer = ask(f"{LIST}{path}", sent or None)
        list(answer)
    assert answer.status_code == 200
    told = (query["sql"] for query in queries.captured_queries)
    return [sql for sql in told if not shape(sql).startswith(FRAME)]


@pytest.mark.parametrize("name", PAGES)
def test_a_page_asks_what_was_reviewed(desk: Client, name: str) -> None:
    assert_shapes(SHAPES / f"{name}.txt", asked(desk, PAGES[name]))


def test_a_file_is_read_in_chunks(desk: Client) -> None:
    """Five queries more for each further 500 offers."""
    few = asked(desk, "speichern/?q=babymassage+12", form="csv")
    many = asked(desk, "speichern/", form="csv")
    assert len(list(filter(shape, many))) - len(list(filter(shape, few))) == 9 * 5
    assert_shapes(SHAPES / "export.txt", few)
