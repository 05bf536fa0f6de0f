"""One thing for many offers: seen before, done, and taken back as a whole."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from knotenpunkt.foundation.audit.models import Entry
from knotenpunkt.foundation.networks.models import Network
from knotenpunkt.foundation.networks.scope import in_network
from knotenpunkt.registers.offers.bulk.actions import OFFERS
from knotenpunkt.registers.offers.models import Offer
from knotenpunkt.tools.jobs.models import Job
from knotenpunkt.tools.jobs.worker import run_waiting
from knotenpunkt.tools.lists.many import doing
from knotenpunkt.tools.lists.models import BulkDeed
from tests.conftest import Cast
from tests.registers.offers.desk.conftest import LIST

pytestmark = pytest.mark.django_db
BULK = f"{LIST}mehrere/"


def picked(*some: Offer) -> str:
    return "&".join(f"wahl={offer.pk}" for offer in some)


def do(client: Client, query: str) -> Any:
    """Look at what will happen, confirm it, and open what became of it."""
    preview = client.get(f"{BULK}?{query}").context["preview"]
    answer = client.post(f"{BULK}?{query}", {"gesehen": preview.fingerprint})
    return client.get(answer["Location"])


def statuses(offers: dict[str, Offer]) -> dict[str, str]:
    return dict(Offer.objects.values_list("title", "status"))


def test_it_is_shown_first_which_offers_and_which_not_and_why(
    petra: Client, offers: dict[str, Offer], inside_a: Network
) -> None:
    some = picked(offers["Entwurf"], offers["Babycafé"], offers["Vorbei"])
    page = petra.get(f"{BULK}?tat=veroeffentlichen&{some}")
    preview = page.context["preview"]
    assert preview.titles == ["Entwurf", "Vorbei"]
    assert [(left.reason, left.titles) for left in preview.left] == [
        ("ist schon veröffentlicht", ["Babycafé"])
    ]
    assert "2 Angebote veröffentlichen?" in page.content.decode()
    assert statuses(offers)["Entwurf"] == "draft"


def test_publishing_and_taking_it_back(
    petra: Client, offers: dict[str, Offer], inside_a: Network
) -> None:
    before = statuses(offers)
    done = do(petra, f"tat=veroeffentlichen&{picked(offers['Entwurf'], offers['Vorbei'])}")
    assert done.context["title"] == "2 Angebote sind veröffentlicht"
    assert set(statuses(offers).values()) == {"published"}
    petra.post(f"{done.request['PATH_INFO']}rueckgaengig/")
    assert statuses(offers) == before
    assert petra.get(done.request["PATH_INFO"]).context["may_undo"] is False


def test_what_somebody_changed_meanwhile_is_not_taken_back(
    petra: Client, offers: dict[str, Offer], inside_a: Network
) -> None:
    done = do(petra, f"tat=zurueckziehen&{picked(offers['Babycafé'], offers['Zwergentreff'])}")
    do(petra, f"tat=veroeffentlichen&{picked(offers['Babycafé'])}")
    petra.post(f"{done.request['PATH_INFO']}rueckgaengig/")
    shown = petra.get(done.request["PATH_INFO"]).context
    assert shown["title"] == "Bei 1 Angebot rückgängig gemacht"
    assert [title for _url, title in shown["changed_since"]] == ["Babycafé"]


def test_checked_today_and_back_to_the_dates_before(
    petra: Client, offers: dict[str, Offer], inside_a: Network
) -> None:
    before = dict(Offer.objects.values_list("title", "checked_on"))
    done = do(petra, "tat=geprueft&alle=ja&anbieter=muhle")
    assert done.context["title"] == "1 Angebot gilt als heute geprüft"
    assert Offer.objects.get(title="Zwergentreff").checked_on == timezone.localdate()
    petra.post(f"{done.request['PATH_INFO']}rueckgaengig/")
    assert dict(Offer.objects.values_list("title", "checked_on")) == before


def test_a_topic_is_asked_for_added_and_removed(
    petra: Client, offers: dict[str, Offer], inside_a: Network
) -> None:
    some = picked(offers["Babycafé"], offers["Äpfel pflücken"])
    asked = petra.get(f"{BULK}?tat=thema-dazu&{some}")
    assert "2 Angeboten ein Thema hinzufügen" in asked.content.decode()
    assert (
        "Bitte wählen Sie ein Thema."
        in petra.get(f"{BULK}?tat=thema-dazu&{some}&neues-thema=").content.decode()
    )
    done = do(petra, f"tat=thema-dazu&{some}&neues-thema=baby")
    assert "1 Angebot hat jetzt das Thema" in done.context["title"]
    topics = {o.title: [t.key for t in o.topics.all()] for o in Offer.objects.all()}
    assert (topics["Babycafé"], topics["Äpfel pflücken"]) == (["baby"], ["baby"])
    petra.post(f"{done.request['PATH_INFO']}rueckgaengig/")
    assert not Offer.objects.get(title="Babycafé").topics.exists()
    left = petra.get(f"{BULK}?tat=thema-weg&{some}&neues-thema=baby").context["preview"].left
    assert {one.reason for one in left} == {
        "hat das Thema nicht",
        "hat kein anderes Thema: Familien würden es über kein Thema mehr finden",
    }


def test_what_was_not_seen_is_not_done(
    petra: Client, offers: dict[str, Offer], inside_a: Network
) -> None:
    query = "tat=zurueckziehen&alle=ja&anbieter=wiesenpfad"
    seen = petra.get(f"{BULK}?{query}").context["preview"].fingerprint
    do(petra, f"tat=veroeffentlichen&{picked(offers['Entwurf'])}")
    page = petra.post(f"{BULK}?{query}", {"gesehen": seen})
    assert "Inzwischen hat sich etwas geändert" in page.content.decode()
    assert statuses(offers)["Entwurf"] == "published"


def test_each_change_stands_in_the_audit(
    petra: Client, offers: dict[str, Offer], inside_a: Network
) -> None:
    entries = Entry.objects.filter(deed="offers.withdraw", actor_label="Petra")
    do(petra, "tat=zurueckziehen&alle=ja")
    assert entries.count() == 4


def test_nothing_picked_leads_back_to_the_list(petra: Client, offers: dict[str, Offer]) -> None:
    answer = petra.get(f"{BULK}?tat=geprueft&q=baby&wahl=unsinn", follow=True)
    assert answer.redirect_chain == [(f"{LIST}?q=baby", 302)]
    assert "Bitte wählen Sie zuerst Angebote aus." in answer.content.decode()
    assert petra.get(f"{BULK}?tat=loeschen&alle=ja")["Location"] == LIST  # no such deed


def test_offers_of_another_network_are_not_reached(
    client: Client, cast: Cast, network_b: Network, offers: dict[str, Offer]
) -> None:
    client.force_login(cast.carla)
    answer = client.get(
        f"/peine/desk/angebote/mehrere/?tat=zurueckziehen&{picked(*offers.values())}"
    )
    assert answer.status_code == 302


def test_many_are_done_beside_the_pages_and_taken_back_there(
    petra: Client,
    offers: dict[str, Offer],
    network_a: Network,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(doing, "AT_ONCE", 2)
    monkeypatch.setattr(doing, "BATCH", 2)
    page = do(petra, "tat=zurueckziehen&alle=ja")
    assert page.context["is_over"] is False
    assert page.context["job"] is not None
    run_waiting()
    with in_network(network_a):
        assert set(statuses(offers).values()) == {"withdrawn", "draft"}
        assert [job.state for job in Job.objects.all()] == ["done"]
    path = page.request["PATH_INFO"]
    assert petra.get(path).context["title"] == "4 Angebote sind zurückgezogen"
    petra.post(f"{path}rueckgaengig/")
    run_waiting()
    with in_network(network_a):
        assert list(statuses(offers).values()).count("published") == 4
        assert BulkDeed.objects.get().undone_at is not None


def test_a_work_that_was_cut_off_does_nothing_twice(
    petra: Client, offers: dict[str, Offer], network_a: Network, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(doing, "AT_ONCE", 0)
    monkeypatch.setattr(doing, "BATCH", 1)
    do(petra, "tat=zurueckziehen&alle=ja")
    told: list[int] = []

    class Killed(BaseException):
        """As if the worker had been killed."""

    def progress(done: int, _total: int) -> None:
        told.append(done)
        if done == 2:
            raise Killed

    from knotenpunkt.foundation.accounts.actors import System

    with in_network(network_a):
        deed = BulkDeed.objects.get()
        with pytest.raises(Killed):
            doing.carry_out(OFFERS, actor=System("test"), deed=deed, progress=progress)
        doing.carry_out(
            OFFERS, actor=System("test"), deed=deed, progress=lambda d, _t: told.append(d)
        )
        assert told == [1, 2, 3, 4]
        assert deed.steps.count() == 4
        assert Entry.objects.filter(deed="offers.withdraw", actor_label="test").count() == 4 + 1
