"""One thing for many partners: seen before, done, and taken back as a whole."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from knotenpunkt.foundation.networks.models import Network
from knotenpunkt.registers.partners.actions import save_organisation
from knotenpunkt.registers.partners.models import Contact, Organisation, Person, Serves, Tagging
from knotenpunkt.tools.jobs.worker import run_waiting
from knotenpunkt.tools.lists.many import doing
from tests.factories import SYSTEM
from tests.registers.partners.desk.conftest import LIST, PEOPLE, Partners

pytestmark = pytest.mark.django_db


def do(client: Client, query: str, page: str = LIST) -> Any:
    """Look at what will happen, confirm it, and open what became of it."""
    preview = client.get(f"{page}mehrere/?{query}").context["preview"]
    answer = client.post(f"{page}mehrere/?{query}", {"gesehen": preview.fingerprint})
    return client.get(answer["Location"])


def undo(client: Client, done: Any) -> None:
    client.post(f"{done.request['PATH_INFO']}rueckgaengig/")


def picked(*some: Organisation | Person) -> str:
    return "&".join(f"wahl={one.pk}" for one in some)


def test_a_tag_is_asked_for_given_and_taken_back(
    petra: Client, partners: Partners, inside_a: Network
) -> None:
    some = picked(partners.house, partners.court)
    asked = petra.get(f"{LIST}mehrere/?tat=schlagwort-dazu&{some}").content.decode()
    assert "Schlagwort vergeben: 2 Organisationen" in asked
    done = do(petra, f"tat=schlagwort-dazu&{some}&womit=Lenkungskreis")
    assert done.context["title"] == "1 Organisation: Schlagwort „Lenkungskreis“ vergeben"
    assert Tagging.objects.filter(organisation=partners.court).count() == 1
    undo(petra, done)
    assert Tagging.objects.filter(organisation=partners.court).count() == 0
    assert Tagging.objects.filter(organisation=partners.house).count() == 1


def test_a_region_and_a_kind(petra: Client, partners: Partners, inside_a: Network) -> None:
    key, some = partners.annaberg.pk, picked(partners.court, partners.house)
    done = do(petra, f"tat=region-dazu&{some}&womit={key}")
    assert "Region „Altkreis Annaberg“ ergänzt" in done.context["title"]
    assert Serves.objects.filter(region=key).count() == 2
    undo(petra, done)
    assert Serves.objects.filter(region=key).count() == 1
    done = do(petra, f"tat=art&{picked(partners.practice)}&womit=hospital")
    fresh = Organisation.objects.get(pk=partners.practice.pk)
    assert (fresh.kind, fresh.sub_kind) == ("hospital", None)
    undo(petra, done)
    fresh = Organisation.objects.get(pk=partners.practice.pk)
    assert (fresh.kind, fresh.sub_kind) == ("health_profession", partners.practice.sub_kind)


def test_who_has_published_offers_does_not_leave(
    petra: Client, partners: Partners, inside_a: Network
) -> None:
    save_organisation(actor=SYSTEM, organisation=partners.court, is_public=True)
    some = picked(partners.court, partners.gone, partners.practice)
    preview = petra.get(f"{LIST}mehrere/?tat=ausgeschieden&{some}").context["preview"]
    assert preview.titles == ["Ärztehaus am Markt"]
    assert {left.reason for left in preview.left} == {
        "hat veröffentlichte Angebote: nehmen Sie diese zuerst zurück", "ist schon ausgeschieden",
    }  # fmt: skip
    done = do(petra, f"tat=ausgeschieden&{some}")
    assert Organisation.objects.get(pk=partners.practice.pk).left_on == timezone.localdate()
    undo(petra, done)
    assert Organisation.objects.get(pk=partners.practice.pk).left_on is None


def test_people_leave_with_all_roles_and_come_back_as_they_were(
    petra: Client, partners: Partners, inside_a: Network
) -> None:
    fields = ("pk", "until", "answers_inquiries", "is_public")
    before = set(Contact.objects.values_list(*fields))
    done = do(petra, f"tat=ausgeschieden&{picked(partners.jana, partners.mira)}", PEOPLE)
    assert done.context["title"] == "2 Personen: nicht mehr dabei"
    assert not Contact.objects.filter(person=partners.jana, until=None).exists()
    undo(petra, done)
    assert set(Contact.objects.values_list(*fields)) == before
    assert set(Person.objects.values_list("left_on", flat=True)) == {None}


def test_a_profession_is_set_for_many(petra: Client, partners: Partners, inside_a: Network) -> None:
    key = partners.mira.profession_id
    do(petra, f"tat=beruf&{picked(partners.jana, partners.mira)}&womit={key}", PEOPLE)
    assert Person.objects.filter(profession=key).count() == 2


def test_what_somebody_changed_since_is_not_taken_back(
    petra: Client, partners: Partners, inside_a: Network
) -> None:
    done = do(petra, f"tat=bestaetigt&{picked(partners.court, partners.practice)}")
    court = Organisation.objects.get(pk=partners.court.pk)
    save_organisation(actor=SYSTEM, organisation=court, confirmed_on=None)
    undo(petra, done)
    shown = petra.get(done.request["PATH_INFO"]).context
    assert [title for _url, title in shown["changed_since"]] == ["Amtsgericht Döbeln"]


def test_many_are_done_beside_the_pages(
    petra: Client, partners: Partners, network_a: Network, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(doing, "AT_ONCE", 1)
    page = do(petra, "tat=bestaetigt&alle=ja", PEOPLE)
    assert page.context["is_over"] is False
    run_waiting()
    done = petra.get(page.request["PATH_INFO"]).context
    assert done["title"] == "3 Personen: heute bestätigt"


def test_readers_and_providers_change_nobody(client: Client, cast: Any, partners: Partners) -> None:
    for who in (cast.birgit, cast.frida):
        client.force_login(who)
        assert client.get(f"{LIST}mehrere/?tat=bestaetigt&alle=ja").status_code == 403
