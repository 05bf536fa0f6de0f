"""No kept page can be stale: every table that it was made of is watched."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.db import connections
from django.test.utils import CaptureQueriesContext

from knotenpunkt.foundation.core.languages import LANGUAGES
from knotenpunkt.foundation.networks.addresses import address
from knotenpunkt.foundation.networks.changes import TABLE, is_watched, watched
from tests.access.stage import TABLE as LINES
from tests.access.stage import Stage, set_up
from tests.access.table import OPEN
from tests.kept_pages import KeptSite

pytestmark = pytest.mark.django_db

OPEN_PAGES = [line for line in LINES if line.method == "get" and line.expected == OPEN]
READ = re.compile(r'(?:FROM|JOIN) "(\w+)"')
# A page in another language reads other texts; a search with a place also looks at neighbours.
SEARCHES = ("?q=Krabbelgruppe+am+Dienstag", "?q=schreit&ort=09599", "?tag=heute", "?thema=baby")


@pytest.fixture(scope="module")
def stage(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[Stage]:
    with django_db_blocker.unblock(), set_up() as ready:  # type: ignore[attr-defined]
        yield ready


def read_by(site: KeptSite, path: str) -> set[str]:
    """The tables of which a page is made, when it is one that is kept; else none."""
    site.forget()
    with CaptureQueriesContext(connections["default"]) as asked:
        site.get(path)
    if not site.get(path).was_kept:
        return set()
    return {table for one in asked.captured_queries for table in READ.findall(one["sql"])}


def paths(stage: Stage) -> list[str]:
    codes = [one.code for one in LANGUAGES]
    pages = [stage.path(line, code) for line in OPEN_PAGES for code in codes]
    finders = [address(stage.network, "offers:finder", language=code) for code in codes]
    return ["/", *pages, *(finder + search for finder in finders for search in SEARCHES)]


def test_each_table_of_which_a_kept_page_is_made_is_watched(stage: Stage) -> None:
    site = KeptSite()
    read = {path: read_by(site, path) for path in paths(stage)}
    known = {model._meta.db_table for model in watched()} | {TABLE}
    missing = {path: tables - known for path, tables in read.items() if tables - known}
    assert not missing, (
        "A change there would not be seen on these pages. Take the tables out of NEVER_PUBLIC "
        f"(config/settings/public_pages.py), or do not read them: {missing}"
    )
    kept = {line.name for line in OPEN_PAGES if read[stage.path(line, "de")]}
    assert {"public:start", "offers:finder", "offers:detail", "pages:imprint"} <= kept


def test_what_is_never_public_is_there() -> None:
    tables = set(connections["default"].introspection.table_names())
    gone = settings.NEVER_PUBLIC - tables
    assert not gone, f"Take these out of NEVER_PUBLIC: {sorted(gone)}"


def test_every_table_but_those_is_watched() -> None:
    assert is_watched(connections["default"])


@pytest.mark.parametrize("table", ["offers_offer", "networks_network", "areas_schoolholidays"])
def test_a_missing_trigger_is_noticed(table: str) -> None:
    with connections["default"].cursor() as cursor:
        on = f"ON {table}" if connections["default"].vendor == "postgresql" else ""
        cursor.execute(f"DROP TRIGGER page_update_{table} {on}")
    assert not is_watched(connections["default"])
