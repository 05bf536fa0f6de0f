"""The first page: what needs one now, by deadline, for each role what it may do."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from knotenpunkt.activities.inbox.actions import CallDraft, ask_for_call, leave_hint
from knotenpunkt.activities.inbox.actions import take as take_on
from knotenpunkt.activities.inbox.models import Concern
from knotenpunkt.activities.mailings.actions.circulars import CircularDraft, write_circular
from knotenpunkt.activities.mailings.models import Stage
from knotenpunkt.activities.notes.actions import NoteDraft, write_note
from knotenpunkt.foundation.accounts.actors import ANYONE, Actor, Person
from knotenpunkt.foundation.accounts.models import Invitation
from knotenpunkt.foundation.accounts.rights import Role
from knotenpunkt.foundation.networks.models import Network
from knotenpunkt.foundation.networks.scope import in_network
from knotenpunkt.front.desk import tasks, today
from knotenpunkt.registers.offers.actions import publish_offer, save_offer, withdraw_offer
from knotenpunkt.registers.offers.figures import DeskCounts
from knotenpunkt.registers.offers.times import BERLIN
from knotenpunkt.registers.pages.actions import prepare_pages
from knotenpunkt.registers.partners.actions import save_organisation
from knotenpunkt.registers.partners.models import Level, Representative
from knotenpunkt.tools.jobs.actions import enqueue
from knotenpunkt.tools.jobs.models import State
from tests.activities.campaigns.ordering import make_partner, order
from tests.activities.campaigns.preparing import opened
from tests.conftest import Cast
from tests.factories import make_offer

pytestmark = pytest.mark.django_db
HOME = "/mitte/desk/"


def offers(network: Network, system: Actor) -> None:
    """One published, one withdrawn, two drafts."""
    with in_network(network):
        provider = save_organisation(actor=system, level=Level.BODY, name="Haus Wiesenpfad")
        published, withdrawn, *_drafts = [
            save_offer(actor=system, title=f"Angebot {n}", provider=provider) for n in range(4)
        ]
        publish_offer(actor=system, offer=published)
        publish_offer(actor=system, offer=withdrawn)
        withdraw_offer(actor=system, offer=withdrawn)


def call(network: Network, number: int = 0, **more: Any) -> Concern:
    draft = CallDraft(phone=f"+4937315550{number:02}", **more)
    with in_network(network):
        return ask_for_call(actor=ANYONE, network=network, draft=draft)


def late(concern: Concern, network: Network, hours: int) -> None:
    with in_network(network):
        concern.due_at = timezone.now() - timedelta(hours=hours)
        concern.save()


def page(client: Client, user: Any) -> Any:
    client.force_login(user)
    return client.get(HOME)


def titles(response: Any) -> dict[str, list[str]]:
    return {group.title: [t.title for t in group.tasks] for group in response.context["groups"]}


def test_calls_stand_by_their_clock(client: Client, cast: Cast, network_a: Network) -> None:
    call(network_a, 1)
    overdue = call(network_a, 2)
    late(overdue, network_a, 30)
    urgent = call(network_a, 3, text="Ich kann nicht mehr")
    response = page(client, cast.petra)
    parts = {group.title: group.tasks for group in response.context["groups"]}
    assert {str(overdue.pk), str(urgent.pk)} == {t.url.split("/")[-2] for t in parts["Heute"]}
    assert any(task.late and "überfällig" in task.due for task in parts["Heute"])
    assert any("bitte zuerst anrufen" in task.text for task in parts["Heute"])
    assert "3 Anliegen und Erinnerungen warten auf Sie." in response.content.decode()


def test_nothing_of_a_family_stands_here(client: Client, cast: Cast, network_a: Network) -> None:
    call(network_a, name="Anna Sommer", text="Mein Baby schreit")
    html = page(client, cast.petra).content.decode()
    assert not [one for one in ("Anna", "schreit", "555000") if one in html]


def test_what_a_colleague_does_is_not_mine(client: Client, cast: Cast, network_a: Network) -> None:
    concern = call(network_a)
    with in_network(network_a):
        take_on(actor=Person(cast.ede, Role.EDITOR), concern_id=concern.pk)
    assert titles(page(client, cast.petra)) == {}
    assert titles(page(client, cast.ede)) != {}


def test_of_many_calls_the_rest_is_counted(client: Client, cast: Cast, network_a: Network) -> None:
    for number in range(tasks.SHOWN_CALLS + 3):
        call(network_a, number)
    shown = [title for part in titles(page(client, cast.petra)).values() for title in part]
    assert "3 weitere Anrufe" in shown
    assert len(shown) == tasks.SHOWN_CALLS + 1


def test_advertising_is_no_task(client: Client, cast: Cast, network_a: Network) -> None:
    call(network_a, text="www.casino.top")
    response = page(client, cast.petra)
    assert titles(response) == {}
    assert "Nichts wartet auf Sie" in response.content.decode()


def test_reminders_of_ones_own_notes(client: Client, cast: Cast, network_a: Network) -> None:
    day = timezone.localdate()
    with in_network(network_a):
        for author, who in ((cast.petra, "Haus Linde"), (cast.ede, "Kita Sonne")):
            write_note(
                actor=Person(author, Role.COORDINATOR),
                draft=NoteDraft(who=who, text="Rückruf" * 50, remind_on=day),
            )
    response = page(client, cast.petra)
    assert titles(response) == {"Heute": ["Haus Linde"]}
    (task,) = response.context["groups"][0].tasks
    assert (task.due, len(task.text)) == ("heute", tasks.LONGEST_NOTE)


def test_the_number_in_the_menu_is_the_one_in_the_sentence(
    client: Client, cast: Cast, network_a: Network
) -> None:
    call(network_a, 1)
    with in_network(network_a):
        leave_hint(actor=ANYONE, network=network_a, offer=make_offer("Café"), text="Jetzt um 10")
    response = page(client, cast.petra)
    entry, *others = [one for group in response.context["desk_menu"] for one in group.entries]
    assert entry.count == 2
    assert "2 Anliegen und Erinnerungen warten auf Sie." in response.context["summary"]
    assert not any(one.count for one in others)


def test_who_coordinates_sees_what_waits_in_the_register(
    client: Client, cast: Cast, network_a: Network, system: Actor
) -> None:
    offers(network_a, system)
    with in_network(network_a):
        prepare_pages(network_a)
    parts = titles(page(client, cast.petra))
    assert parts["Diese Woche"] == ["2 Entwürfe warten"]
    unconfirmed, heaviest, legal = parts["Danach"]
    assert (unconfirmed, legal) == ("1 Angebot bestätigen", "6 Rechtstexte sind ungeprüft")
    assert heaviest.startswith("3 Angebote")  # the withdrawn one is not looked at


def test_each_role_sees_only_what_it_may_do(
    client: Client, cast: Cast, network_a: Network, system: Actor
) -> None:
    offers(network_a, system)
    call(network_a)
    with in_network(network_a):
        prepare_pages(network_a)
    shown = {
        name: {t for part in titles(page(client, getattr(cast, name))).values() for t in part}
        for name in ("ede", "birgit", "frida")
    }
    heaviest = next(title for title in shown["ede"] if title.startswith("3 Angebote"))
    assert shown["birgit"] == set()
    assert shown["frida"] == set()
    assert shown["ede"] == {
        "Rückruf: Allgemeine Frage", "2 Entwürfe warten", "1 Angebot bestätigen", heaviest,
    }  # fmt: skip


def test_each_task_leads_to_a_page_that_opens(
    client: Client, cast: Cast, network_a: Network, system: Actor
) -> None:
    offers(network_a, system)
    call(network_a)
    with in_network(network_a):
        prepare_pages(network_a)
    for user in (cast.petra, cast.ede, cast.frida):
        for group in page(client, user).context["groups"]:
            for task in group.tasks:
                assert client.get(task.url).status_code == 200, task


def test_a_provider_sees_their_own_entries(
    client: Client, cast: Cast, network_a: Network, system: Actor
) -> None:
    offers(network_a, system)
    with in_network(network_a):
        own = save_organisation(actor=system, level=Level.BODY, name="Praxis Frida")
        Representative.objects.create(organisation=own, user=cast.frida)
        save_offer(actor=system, title="Kurs", provider=own)
    response = page(client, cast.frida)
    assert titles(response)["Diese Woche"] == ["1 Entwurf wartet"]
    (heaviest,) = titles(response)["Danach"]
    assert heaviest.startswith("1 Angebot ")
    assert [figure.value for figure in response.context["figures"]] == ["0", "1"]
    assert "Angebot 1" not in response.content.decode()
    of_coordination = page(client, cast.petra).context["groups"][0].tasks[0]
    assert "1 davon hat ein Anbieter geschrieben." in of_coordination.text


def test_figures_are_counted(client: Client, cast: Cast, network_a: Network, system: Actor) -> None:
    offers(network_a, system)
    with in_network(network_a):
        make_offer("Geprüft", checked_on=timezone.localdate())
    figures = page(client, cast.birgit).context["figures"]
    assert [(one.value, one.note) for one in figures] == [
        ("2", ""), ("50 %", "1 von 2"), ("2", ""), ("2", "mit 0 Personen"),
    ]  # fmt: skip


def test_no_offers_are_no_percent() -> None:
    assert DeskCounts(0, 0, 0, 0).checked_percent == 0


def test_what_i_did_today_can_be_taken_back(client: Client, cast: Cast, network_a: Network) -> None:
    with in_network(network_a):
        petra = Person(cast.petra, Role.COORDINATOR)
        offer = publish_offer(actor=petra, offer=make_offer("Krabbelgruppe", published=False))
    response = page(client, cast.petra)
    done = response.context["done"]
    assert done.title.startswith("Angebot veröffentlicht: Krabbelgruppe")
    assert str(offer.pk) in done.undo_url
    assert client.get(done.undo_url).status_code == 200
    assert page(client, cast.ede).context["done"] is None


def test_coordinators_see_the_last_deeds_and_others_none(
    client: Client, cast: Cast, network_a: Network, system: Actor
) -> None:
    for _round in range(3):
        offers(network_a, system)
    deeds = page(client, cast.petra).context["deeds"]
    assert len(deeds) == today.SHOWN_DEEDS
    assert deeds[0].title == "Angebot zurückgezogen: Angebot 1"
    for other in (cast.ede, cast.birgit, cast.frida):
        response = page(client, other)
        assert response.context["deeds"] == []
        assert "Angebot 1" not in response.content.decode()


def test_another_network_is_not_counted(
    client: Client, cast: Cast, network_b: Network, system: Actor
) -> None:
    offers(network_b, system)
    call(network_b)
    response = page(client, cast.petra)
    assert {figure.value for figure in response.context["figures"]} == {"0"}
    assert titles(response) == {}


def test_the_number_of_queries_does_not_grow(
    client: Client, cast: Cast, network_a: Network, system: Actor
) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert page(client, cast.petra).status_code == 200
        return len(queries)

    def more(count: int) -> None:
        for number in range(count):
            offers(network_a, system)
            call(network_a, number)
            with in_network(network_a):
                write_note(
                    actor=Person(cast.petra, Role.COORDINATOR),
                    draft=NoteDraft(f"Wer {number}", "x", remind_on=timezone.localdate()),
                )

    more(2)
    asked()  # what is remembered from page to page is asked for once
    few = asked()
    more(20)
    assert asked() == few


@pytest.mark.parametrize(
    ("hour", "words"),
    [
        (5, "Guten Morgen"),
        (11, "Guten Tag"),
        (17, "Guten Tag"),
        (18, "Guten Abend"),
        (3, "Guten Abend"),
    ],
)
def test_a_greeting_for_each_time_of_day(hour: int, words: str) -> None:
    now = datetime(2026, 5, 6, hour, tzinfo=BERLIN)
    assert today.greeting("Petra Lindner", now) == f"{words}, Petra Lindner"


def test_failed_work_and_open_invitations_are_told_to_those_who_can_do_something(
    client: Client, cast: Cast, network_a: Network, system: Actor
) -> None:
    with in_network(network_a):
        job = enqueue(actor=system, work="inbox.remind", arguments={}, title="Import: liste.csv")
        job.state = State.FAILED
        job.save()
        Invitation.objects.create(
            email="neu@example.org", name="Nele Neu", role=Role.EDITOR, token_hash="x",
            invited_by_name="Petra", expires_at=timezone.now() + timedelta(days=3),
        )  # fmt: skip
    response = page(client, cast.petra)
    assert titles(response) == {
        "Heute": ["Eine Arbeit im Hintergrund ist fehlgeschlagen"],
        "Diese Woche": ["1 Einladung ist offen"],
    }
    texts = [task.text for group in response.context["groups"] for task in group.tasks]
    assert texts == ["Import: liste.csv", "Nele Neu"]
    assert titles(page(client, cast.ede)) == {}


@pytest.mark.urls("config.network_urls")
def test_campaigns_say_what_they_need_to_those_who_run_them(cast: Cast, network_a: Network) -> None:
    with in_network(network_a):
        campaign = opened("Danke, Nachbarn")
        order(make_partner(), (campaign.materials.all()[0], 1))
        campaign.order_until = timezone.now() - timedelta(days=1)
        campaign.save(update_fields=["order_until"])
        reader = tasks.moment(Person(cast.birgit, Role.READER), timezone.now())
        assert list(tasks.campaigns(reader)) == []
        editor = tasks.moment(Person(cast.ede, Role.EDITOR), timezone.now())
        told = {one.title: one for one in tasks.campaigns(editor)}
    assert told["1 Material aufteilen"].text.startswith("Danke, Nachbarn.")
    assert told["1 Material aufteilen"].url.endswith(f"/{campaign.pk}/aufteilen/")


@pytest.mark.urls("config.network_urls")
def test_a_circular_waits_for_somebody_else_than_who_wrote_it(
    cast: Cast, network_a: Network
) -> None:
    with in_network(network_a):
        author = Person(cast.ede, Role.EDITOR)
        draft = CircularDraft(title="Einladung", subject="Kommen Sie", text="Wir laden ein.")
        circular = write_circular(actor=author, draft=draft)
        circular.stage = Stage.TO_RELEASE
        circular.save(update_fields=["stage"])
        own = tasks.moment(author, timezone.now())
        assert list(tasks.circulars_to_release(own)) == []
        other = tasks.moment(Person(cast.petra, Role.COORDINATOR), timezone.now())
        [task] = tasks.circulars_to_release(other)
    assert (task.title, task.text) == ("1 Rundschreiben wartet auf Freigabe", "Einladung")
