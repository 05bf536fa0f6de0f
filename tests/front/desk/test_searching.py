from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import set_urlconf

from knotenpunkt.activities.groups.actions import GroupDraft, save_group
from knotenpunkt.foundation.accounts.actors import Actor, Person, System
from knotenpunkt.foundation.accounts.rights import Role
from knotenpunkt.foundation.networks.models import Network
from knotenpunkt.foundation.networks.scope import in_network
from knotenpunkt.front.desk.searching.answers import search
from knotenpunkt.registers.offers.actions import prepare_topics
from knotenpunkt.registers.partners.actions import (
    PhoneDraft,
    represent,
    save_contact,
    save_organisation,
    save_person,
)
from knotenpunkt.registers.partners.models import Audience, Organisation
from tests.activities.campaigns.preparing import opened
from tests.conftest import Cast
from tests.factories import make_offer, make_organisation

pytestmark = pytest.mark.django_db
SYSTEM = System("test")


def titles(actor: Actor, typed: str) -> dict[str, list[str]]:
    return {group.key: [one.title for one in group.answers]
            for group in search(actor, typed, limit=5)}  # fmt: skip


def contact_of(house: Organisation, name: str, phone: str = "030 23125 777", **more: Any) -> Any:
    draft = PhoneDraft(shown=phone, audience=more.pop("phone_audience", None))
    return save_contact(actor=SYSTEM, organisation=house, name=name, phones=[draft], **more)


@pytest.fixture(autouse=True)
def _inside_addresses() -> Iterator[None]:
    """Addresses as a request inside a network knows them."""
    set_urlconf(settings.NETWORK_URLCONF)
    yield
    set_urlconf(None)


@pytest.fixture
def petra(cast: Cast) -> Person:
    return Person(cast.petra, Role.COORDINATOR)


@pytest.fixture
def frida(cast: Cast) -> Person:
    return Person(cast.frida, Role.PROVIDER)


def test_finds_all_kinds_of_things(petra: Person, inside_a: Network) -> None:
    prepare_topics()
    house = make_organisation("Haus Stillegrund")
    person = save_person(actor=SYSTEM, given_name="Erna", family_name="Still")
    save_contact(actor=SYSTEM, organisation=house, person=person, name="Erna Still")
    make_offer("Stillcafé", provider=house, published=False)
    found = titles(petra, "still")
    assert found["organisation"] == ["Haus Stillegrund"]
    assert "Erna Still" in found["person"]
    assert found["offer"] == ["Stillcafé"]
    assert "Stillen und Essen" in found["topic"]
    assert titles(petra, "protokoll")["page"]
    assert titles(petra, "notiz")["help"]


def test_what_was_written_is_found_at_once(petra: Person, inside_a: Network) -> None:
    house = make_organisation("Haus Anfang")
    assert titles(petra, "anfang")["organisation"] == ["Haus Anfang"]
    save_organisation(actor=SYSTEM, organisation=house, name="Haus Wandel")
    assert titles(petra, "wandel")["organisation"] == ["Haus Wandel"]
    assert "organisation" not in titles(petra, "anfang")


def test_who_is_gone_is_not_found(petra: Person, inside_a: Network) -> None:
    """Even where no deed tells of it: what memory proposes is fetched again."""
    house = make_organisation("Haus Vergessen")
    contact = contact_of(house, "Nora Nirgends")
    assert titles(petra, "nirgends")["person"] == ["Nora Nirgends"]
    contact.delete()
    assert "person" not in titles(petra, "nirgends")


def test_a_provider_finds_what_is_public_and_their_own(
    frida: Person, cast: Cast, inside_a: Network
) -> None:
    own, shown = make_organisation("Haus Eigen"), make_organisation("Haus Offen", is_public=True)
    make_organisation("Haus Verborgen")
    represent(actor=SYSTEM, user=cast.frida, organisations=[own])
    make_offer("Entwurf im Haus", provider=shown, published=False)
    found = titles(frida, "haus")
    assert sorted(found["organisation"]) == ["Haus Eigen", "Haus Offen"]
    assert "offer" not in found


def test_a_provider_learns_nothing_by_a_hidden_number_or_name(
    frida: Person, petra: Person, inside_a: Network
) -> None:
    house = make_organisation("Haus Offen", is_public=True)
    contact_of(house, "Ina Innen", "030 23125 811", name_audience=Audience.INTERNAL,
               phone_audience=Audience.INTERNAL, is_public=True)  # fmt: skip
    contact_of(house, "Paul Profi", "030 23125 822", name_audience=Audience.PROFESSIONALS,
               phone_audience=Audience.PROFESSIONALS, is_public=True)  # fmt: skip
    contact_of(house, "Gerda Geheim", "030 23125 833", is_public=False)
    for typed in ("Innen", "23125 811", "Geheim", "23125 833"):
        assert "person" not in titles(frida, typed), typed
        assert "person" in titles(petra, typed), typed
    assert titles(frida, "23125 822")["person"] == ["Paul Profi"]


def test_a_reader_finds_nobody_by_what_the_coordination_keeps_to_itself(
    cast: Cast, petra: Person, inside_a: Network
) -> None:
    birgit = Person(cast.birgit, Role.READER)
    house = make_organisation("Haus Offen")
    contact_of(house, "Ina Innen", "030 23125 811", phone_audience=Audience.INTERNAL,
               email="ina@privat.example", email_audience=Audience.INTERNAL)  # fmt: skip
    contact_of(house, "Paul Profi", "030 23125 822", phone_audience=Audience.PROFESSIONALS)
    for typed in ("23125 811", "ina@privat.example"):
        assert "person" not in titles(birgit, typed), typed
        assert titles(petra, typed)["person"] == ["Ina Innen"], typed
    assert titles(birgit, "Innen")["person"] == ["Ina Innen"]
    assert titles(birgit, "23125 822")["person"] == ["Paul Profi"]


def test_another_network_is_not_searched(
    petra: Person, network_a: Network, network_b: Network
) -> None:
    with in_network(network_b):
        make_organisation("Haus Nebenan")
        assert titles(petra, "nebenan")
    with in_network(network_a):
        assert "organisation" not in titles(petra, "nebenan")


def test_campaigns_and_groups_are_found_by_members_only(
    petra: Person, frida: Person, inside_a: Network
) -> None:
    save_group(actor=SYSTEM, draft=GroupDraft(name="AG Willkommen"))
    opened("Danke, Nachbarn")
    assert titles(petra, "nachbarn")["campaign"] == ["Danke, Nachbarn"]
    assert titles(petra, "wilkommen")["group"] == ["AG Willkommen"]
    assert not {"campaign", "group"} & titles(frida, "nachbarn willkommen").keys()


def test_one_answer_for_the_same_person_twice(petra: Person, inside_a: Network) -> None:
    house = make_organisation("Haus Doppel")
    for _time in range(2):
        contact_of(house, "Holger Zweimal", function="Leiter")
    assert titles(petra, "zweimal")["person"] == ["Holger Zweimal"]


def test_the_field_stands_on_every_page_and_leads_to_the_results(
    client: Client, cast: Cast, network_a: Network
) -> None:
    with in_network(network_a):
        make_organisation("Haus Lindenbrücke")
    client.force_login(cast.petra)
    for page in ("", "angebote/", "hilfe/", "suche/"):
        text = client.get(f"/mitte/desk/{page}").content.decode()
        assert text.count('data-shortcut="/"') == 1
        assert 'action="/mitte/desk/suche/"' in text
        assert 'role="combobox"' in text
    page = client.get("/mitte/desk/suche/", {"q": "lindenbruke"}).content.decode()
    assert "Haus Lindenbrücke" in page and 'value="lindenbruke"' in page
    nothing = client.get("/mitte/desk/suche/", {"q": "xyzzy"}).content.decode()
    assert "xyzzy" in nothing and "/mitte/angebote/?q=xyzzy" in nothing


def test_hits_are_told_to_those_who_listen(client: Client, cast: Cast, network_a: Network) -> None:
    with in_network(network_a):
        make_organisation("Haus Lindenbrücke")
    client.force_login(cast.petra)
    part = client.get("/mitte/desk/suche/treffer/", {"q": "linden"}).content.decode()
    assert 'data-announce="1 Treffer"' in part
    assert part.count('role="option"') == 2  # the hit, and all of them
    assert (
        "<script>"
        not in client.get("/mitte/desk/suche/treffer/", {"q": "<script>"}).content.decode()
    )
