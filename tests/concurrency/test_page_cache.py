"""Kept pages of a real server with two processes, while others write: nobody sees what was before.

On PostgreSQL the server uses its own roles; the writers here do, too.
"""

from __future__ import annotations

import sqlite3
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

import psycopg
import pytest

from tests.installations import Installation, Served, new_installation, served

WORKERS = 2
CHANGES = 40
FINDER, START = "/nord/angebote/", "/nord/"


@dataclass(frozen=True)
class Site:
    """A served installation with the network `nord` and its one offer."""

    served: Served
    offer: str
    network: str

    @property
    def installation(self) -> Installation:
        return self.served.installation

    def pages(self, path: str = FINDER) -> list[str]:
        """What each process answers.

        A process reads the question of one visitor at a time. So each of those who came first and
        have not asked yet keeps one busy, and whoever came last is answered by the one left over.
        """
        with ExitStack() as visits:
            visitors = [visits.enter_context(self._visitor()) for _number in range(WORKERS)]
            return [_asked(visitor, path) for visitor in reversed(visitors)]

    @contextmanager
    def _visitor(self) -> Iterator[HTTPConnection]:
        with closing(HTTPConnection("127.0.0.1", self.served.port, timeout=30)) as visitor:
            visitor.connect()
            yield visitor

    def all_say(self, text: str, path: str = FINDER) -> bool:
        return all(text in page for page in self.pages(path))


def _asked(visitor: HTTPConnection, path: str) -> str:
    visitor.request("GET", path)
    answer = visitor.getresponse()
    text = answer.read().decode()
    visitor.close()  # its process is free for the next one only now
    assert answer.status == 200, text
    return text


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with new_installation(tmp_path_factory.mktemp("kept-pages")) as one:
        one.done("network", "create", "nord", "--name", "Netz Nord", "--ags", "14522")
        one.done("network", "create", "sued", "--name", "Netz Süd", "--ags", "14522")
        filled = one.execute([sys.executable, "-m", "tests.filling", "nord", "1", "Nord"])
        assert filled.returncode == 0, filled.stderr
        offer = filled.stdout.strip()
        with writing(one) as write:
            rows = write("SELECT network_id FROM offers_offer")
        with served(one, "--workers", str(WORKERS), "--no-work") as running:
            yield Site(running, offer, str(rows[0][0]))


@contextmanager
def writing(installation: Installation, network: str = "", role: str = "") -> Iterator[Any]:
    """A session of its own; what it wrote is committed at the end of the block."""
    if not installation.is_postgresql:
        file = Path(installation.folder) / "knotenpunkt.sqlite3"
        with closing(sqlite3.connect(file, timeout=20)) as session, session:
            yield lambda sql, *values: session.execute(sql.replace("%s", "?"), values).fetchall()
        return
    login = installation.logins()[role] if role else installation.database_url
    with psycopg.connect(login) as session:
        if network:
            session.execute("SELECT set_config('app.network', %s, true)", [network])

        def write(sql: str, *values: Any) -> list[Any]:
            done = session.execute(sql, values)
            return done.fetchall() if done.description else []

        yield write


def retitle(site: Site, title: str) -> None:
    with writing(site.installation, site.network, "app") as write:
        write("UPDATE offers_offer SET title = %s", title)


def test_each_change_is_seen_by_each_process_at_once(site: Site) -> None:
    for number in range(CHANGES):
        retitle(site, f"Stand {number:03}")
        assert site.all_say(f"Stand {number:03}"), number


def test_what_another_command_does_is_seen(site: Site) -> None:
    assert "Netz Nord" in site.pages(START)[0]
    site.installation.done("network", "change", "nord", "--name", "Netz Mitternacht")
    assert site.all_say("Netz Mitternacht", START)


def test_an_import_is_seen_and_its_rehearsal_is_not(site: Site) -> None:
    list_ = site.installation.folder / "liste.csv"
    list_.write_text(
        "id;Titel;Träger;PLZ;Ort\n7;Elterncafé;Verein Brunnen;09599;Freiberg\n", "utf-8"
    )
    site.pages()
    before = noted(site)
    site.installation.done("offers", "import", str(list_), "--network", "nord", "--dry-run")
    assert noted(site) == before
    site.installation.done("offers", "import", str(list_), "--network", "nord")
    assert noted(site) != before


def noted(site: Site) -> list[Any]:
    with writing(site.installation) as write:
        rows: list[Any] = write("SELECT network_id, mark FROM page_changes ORDER BY 1, 2")
    return rows


@pytest.mark.parametrize("role", ["app", "all_networks", ""])
def test_each_login_leaves_its_mark(site: Site, role: str) -> None:
    before = noted(site)
    with writing(site.installation, site.network, role) as write:
        write("UPDATE offers_offer SET title = title")
    assert noted(site) != before


def test_an_upgrade_is_a_change_of_everything(site: Site) -> None:
    before = noted(site)
    site.installation.done("database", "migrate")
    assert noted(site) != before


def test_old_marks_are_swept_away_without_harm(site: Site) -> None:
    retitle(site, "Vor dem Fegen")
    assert site.all_say("Vor dem Fegen")
    swept(site)
    networks = [network for network, _mark in noted(site)]
    assert len(networks) == len(set(networks)) > 0
    retitle(site, "Nach dem Fegen")
    assert site.all_say("Nach dem Fegen")


def test_who_asks_nothing_until_the_marks_are_swept_sees_the_change_all_the_same(
    site: Site,
) -> None:
    """A web process may sleep through the night, and the jobs of the night write."""
    swept(site)
    retitle(site, "Am Abend")
    swept(site)
    assert site.all_say("Am Abend")
    retitle(site, "In der Nacht")
    swept(site)
    assert site.all_say("In der Nacht")


def swept(site: Site) -> None:
    """As when all that was written until now lies hours back, and the job of the night ran."""
    if site.installation.is_postgresql:
        with writing(site.installation) as write:
            write("UPDATE page_changes SET at = now() - interval '2 hours'")
    sweeping = (
        "import django; django.setup();"
        "from knotenpunkt.foundation.networks.changes import sweep; sweep()"
    )
    settings = "import os; os.environ['DJANGO_SETTINGS_MODULE'] = 'config.settings.base';"
    done = site.installation.execute([sys.executable, "-c", settings + sweeping])
    assert done.returncode == 0, done.stderr


@pytest.mark.postgresql
def test_who_began_first_may_commit_last(site: Site) -> None:
    """The slow one has the smaller number; its page is no less seen for that."""
    with writing(site.installation, site.network, "app") as slow:
        slow("UPDATE offers_offer SET summary = 'Langsam geschrieben'")
        with writing(site.installation, site.network, "app") as quick:
            quick("UPDATE partners_phone SET shown = '030 23125 888'")
        assert site.all_say("030 23125 888")
        assert not any("Langsam" in page for page in site.pages(f"{FINDER}{site.offer}/"))
    assert site.all_say("Langsam geschrieben", f"{FINDER}{site.offer}/")


@pytest.mark.postgresql
def test_what_is_rolled_back_leaves_nothing(site: Site) -> None:
    before = noted(site)
    with pytest.raises(RuntimeError), writing(site.installation, site.network, "app") as write:
        write("UPDATE offers_offer SET title = 'Nie gesagt'")
        raise RuntimeError
    assert noted(site) == before


@pytest.mark.postgresql
def test_writers_do_not_wait_for_each_other(site: Site) -> None:
    """Each leaves a row of its own; a common one would hold the second up until the first ends."""
    with (
        writing(site.installation, site.network, "app") as first,
        writing(site.installation, site.network, "app") as second,
    ):
        for write in (first, second):
            write("SET LOCAL lock_timeout = '2s'")
        first("UPDATE offers_offer SET id = id")
        second("UPDATE partners_phone SET id = id")
        first("UPDATE partners_organisation SET id = id")
        second("UPDATE areas_place SET id = id")


@pytest.mark.postgresql
def test_many_writers_at_once(site: Site) -> None:
    def write_much(number: int) -> None:
        for turn in range(10):
            with writing(site.installation, site.network, "app") as write:
                address = f"https://example.org/{number}/{turn}"
                write("UPDATE offers_offer SET website = %s WHERE id = %s", address, site.offer)

    with ThreadPoolExecutor(8) as crowd:
        list(crowd.map(write_much, range(8)))
    with writing(site.installation) as write:
        ((website,),) = write("SELECT DISTINCT website FROM offers_offer WHERE website <> ''")
    assert site.all_say(website, f"{FINDER}{site.offer}/")


@pytest.mark.postgresql
def test_nobody_but_the_owner_forges_or_hides_a_change(site: Site) -> None:
    """The function runs with its owner's rights: nothing it calls can be put in its place."""
    for role in ("app", "all_networks"):
        with pytest.raises(psycopg.Error), writing(site.installation, "", role) as write:
            write("ALTER TABLE offers_offer DISABLE TRIGGER page_update_offers_offer")
    for forging in ("DELETE FROM page_changes", "UPDATE page_changes SET mark = 0"):
        with pytest.raises(psycopg.Error), writing(site.installation, "", "app") as write:
            write(forging)


def test_without_triggers_the_page_would_stay(site: Site) -> None:
    """So it is they that make the tests above pass, and pages really are kept."""
    retitle(site, "Noch bemerkt")
    assert site.all_say("Noch bemerkt")
    on = "ON offers_offer" if site.installation.is_postgresql else ""
    with writing(site.installation) as write:
        write(f"DROP TRIGGER page_update_offers_offer {on}")
    try:
        retitle(site, "Nicht mehr bemerkt")
        assert site.all_say("Noch bemerkt")
    finally:  # the other tests need it
        site.installation.done("database", "migrate")
    assert site.all_say("Nicht mehr bemerkt")


def test_the_server_complained_of_nothing(site: Site) -> None:
    assert site.served.complaints() == ""
