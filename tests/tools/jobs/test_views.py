"""The page of jobs, and how far one is."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from knotenpunkt.foundation.accounts.models import User
from knotenpunkt.foundation.accounts.queries import actor_for
from knotenpunkt.foundation.networks.models import Network
from knotenpunkt.foundation.networks.scope import in_network
from knotenpunkt.tools.jobs import registry
from knotenpunkt.tools.jobs.actions import enqueue
from knotenpunkt.tools.jobs.models import Job, State
from tests.conftest import Cast

pytestmark = pytest.mark.django_db
PAGE = "/mitte/desk/auftraege/"
# The network, who asks (session, account, role), counts, one tab of jobs, names of those who
# queued them; and on PostgreSQL what binds the transaction.
MOST_QUERIES = 16


@pytest.fixture(autouse=True)
def _work() -> None:
    registry.work("test", title="Aufräumen")(lambda job: None)


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def made(network: Network, user: User, state: State, **values: Any) -> Job:
    with in_network(network):
        job = enqueue(actor=actor_for(user), work="test", arguments={}, title="Liste einlesen")
        job.state = state
        for field, value in values.items():
            setattr(job, field, value)
        job.save()
    return job


def test_each_tab_says_what_is_there(cast: Cast, network_a: Network) -> None:
    made(network_a, cast.ede, State.RUNNING, done=312, total=1084, text="Zeilen werden geprüft")
    made(network_a, cast.ede, State.FAILED, problem="storage")
    made(network_a, cast.ede, State.STOPPED, title="")
    later = timezone.now() + timedelta(hours=2)
    made(network_a, cast.ede, State.WAITING, told="Der Server ist weg.", run_at=later)
    client = signed_in(cast.petra)
    running = client.get(PAGE).content.decode()
    for part in ("Liste einlesen", "Ede", "312 von 1.084", "Zeilen werden geprüft", "Anhalten"):
        assert part in running
    failed = client.get(f"{PAGE}?stand=fehlgeschlagen").content.decode()
    assert "Die Datenbank hat nicht geantwortet." in failed and "Noch einmal versuchen" in failed
    waiting = client.get(f"{PAGE}?stand=wartet").content.decode()
    assert "Der Server ist weg." in waiting and "Nächster Versuch: " in waiting
    done = client.get(f"{PAGE}?stand=erledigt").content.decode()
    assert "Aufräumen" in done and "angehalten" in done


def test_the_first_tab_with_something_in_it_is_shown(cast: Cast, network_a: Network) -> None:
    client = signed_in(cast.petra)
    assert "Gerade läuft nichts" in client.get(PAGE).content.decode()
    made(network_a, cast.ede, State.FAILED)
    assert "Nichts" not in client.get(PAGE).content.decode()
    for word, told in (("laeuft", "Gerade läuft nichts"), ("erledigt", "Noch ist nichts erledigt")):
        assert told in client.get(f"{PAGE}?stand={word}").content.decode()


def test_many_jobs_need_no_more_queries(
    cast: Cast, network_a: Network, django_assert_max_num_queries: Any
) -> None:
    for number in range(30):
        made(network_a, (cast.ede, cast.petra)[number % 2], State.DONE, title=f"Nr. {number}")
    client = signed_in(cast.petra)
    with django_assert_max_num_queries(MOST_QUERIES):
        page = client.get(PAGE).content.decode()
    assert "1 bis 25 von 30" in page and "seite=2" in page
    assert "Nr. 4<" in client.get(f"{PAGE}?seite=2").content.decode().replace("\n", "<")


def test_progress_polls_until_the_end_and_then_loads_the_page(
    cast: Cast, network_a: Network
) -> None:
    job = made(network_a, cast.ede, State.RUNNING, done=1, total=4)
    client = signed_in(cast.ede)
    address = f"{PAGE}{job.pk}/stand/"
    answer = client.get(address)
    page = answer.content.decode()
    assert 'hx-trigger="every 2s"' in page and "Sie können die Seite verlassen" in page
    assert "Aktualisieren" in page and "HX-Refresh" not in answer
    job.state = State.DONE
    with in_network(network_a):
        job.save()
    answer = client.get(address)
    assert "hx-get" not in answer.content.decode() and answer["HX-Refresh"] == "true"


def test_progress_is_read_aloud_once_for_each_quarter(cast: Cast, network_a: Network) -> None:
    job = made(network_a, cast.ede, State.RUNNING, done=30, total=100)
    client = signed_in(cast.ede)
    address = f"{PAGE}{job.pk}/stand/"
    assert "data-announce" in client.get(f"{address}?said=running0").content.decode()
    assert "data-announce" not in client.get(f"{address}?said=running1").content.decode()


def test_stop_and_try_again(cast: Cast, network_a: Network) -> None:
    job = made(network_a, cast.ede, State.WAITING)
    client = signed_in(cast.petra)
    told = client.post(f"{PAGE}{job.pk}/anhalten/", follow=True).content.decode()
    assert "Die Arbeit wird angehalten." in told
    told = client.post(f"{PAGE}{job.pk}/anhalten/", follow=True).content.decode()
    assert "Diese Arbeit ist schon zu Ende." in told
    told = client.post(f"{PAGE}{job.pk}/noch-einmal/", follow=True).content.decode()
    assert "Es wird jetzt noch einmal versucht." in told
    told = client.post(f"{PAGE}{job.pk}/noch-einmal/", follow=True).content.decode()
    assert "schon erledigt oder gerade in Arbeit" in told


def test_jobs_of_another_network_do_not_exist(
    cast: Cast, network_a: Network, network_b: Network
) -> None:
    job = made(network_a, cast.petra, State.FAILED, title="Nur für uns")
    client = signed_in(cast.carla)
    assert "Nur für uns" in signed_in(cast.petra).get(PAGE).content.decode()
    assert "Nur für uns" not in client.get("/peine/desk/auftraege/").content.decode()
    assert client.get(f"/peine/desk/auftraege/{job.pk}/stand/").status_code == 404
    assert client.post(f"/peine/desk/auftraege/{job.pk}/noch-einmal/").status_code == 404
