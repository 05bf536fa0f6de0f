"""Saved views: kept, shared, renamed, forgotten, and seen only by those they are for."""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils.html import escape

from knotenpunkt.foundation.accounts.actors import Person
from knotenpunkt.foundation.accounts.rights import Role
from knotenpunkt.foundation.core.personal_data import Person as Data
from knotenpunkt.foundation.networks.models import Network
from knotenpunkt.foundation.networks.scope import in_network
from knotenpunkt.tools.lists import privacy
from knotenpunkt.tools.lists.actions import MOST_VIEWS, save_view
from knotenpunkt.tools.lists.models import SavedView
from tests.conftest import Cast

pytestmark = pytest.mark.django_db
LIST = "/mitte/desk/angebote/"
NEW = {"listing": "offers", "address": "q=krabbel&stand=entwurf", "name": "Krabbelgruppen"}


@pytest.fixture
def ede(client: Client, cast: Cast) -> Client:
    client.force_login(cast.ede)
    return client


def test_filters_are_kept_under_a_name_and_stand_above_the_list(ede: Client) -> None:
    answer = ede.post("/mitte/desk/ansichten/behalten/", NEW)
    assert answer["Location"] == f"{LIST}?q=krabbel&stand=entwurf"
    page = ede.get(LIST).content.decode()
    assert f'href="{escape(LIST + "?q=krabbel&stand=entwurf")}"' in page
    shown = ede.get(f"{LIST}?q=krabbel&stand=entwurf").content.decode()
    assert "Diese Filter als Ansicht merken" not in shown


def test_a_view_without_a_name_is_asked_for_again_and_nothing_is_lost(ede: Client) -> None:
    answer = ede.post("/mitte/desk/ansichten/behalten/", NEW | {"name": " "})
    page = answer.content.decode()
    assert "Bitte geben Sie der Ansicht einen Namen." in page
    assert escape(NEW["address"]) in page


def test_a_list_that_does_not_exist_has_no_views(ede: Client) -> None:
    answer = ede.post("/mitte/desk/ansichten/behalten/", NEW | {"listing": "secrets"})
    assert answer.status_code == 404


def test_an_address_leads_nowhere_else(ede: Client) -> None:
    told = NEW | {"address": "//evil.example/?q=1\r\nSet-Cookie: a=b"}
    answer = ede.post("/mitte/desk/ansichten/behalten/", told)
    assert answer["Location"].startswith(f"{LIST}?")


def test_own_views_are_seen_by_nobody_else_and_shared_ones_by_members(
    client: Client, cast: Cast, network_a: Network
) -> None:
    with in_network(network_a):
        ede = Person(cast.ede, Role.EDITOR)
        save_view(actor=ede, listing="offers", name="Nur meine", address="q=a")
        save_view(actor=ede, listing="offers", name="Für alle", address="q=b", is_shared=True)
    seen = {}
    for name in ("ede", "birgit", "frida"):
        client.force_login(getattr(cast, name))
        page = client.get("/mitte/desk/ansichten/").content.decode()
        seen[name] = [one for one in ("Nur meine", "Für alle") if one in page]
    assert seen == {"ede": ["Nur meine", "Für alle"], "birgit": ["Für alle"], "frida": []}


def test_a_reader_keeps_views_but_shares_none(
    client: Client, cast: Cast, inside_a: Network
) -> None:
    client.force_login(cast.birgit)
    client.post("/mitte/desk/ansichten/behalten/", NEW | {"is_shared": "on"})
    assert SavedView.objects.get().is_shared is False


def test_a_view_is_renamed_shared_and_deleted(ede: Client, inside_a: Network) -> None:
    ede.post("/mitte/desk/ansichten/behalten/", NEW)
    view = SavedView.objects.get()
    ede.post(f"/mitte/desk/ansichten/{view.pk}/", {"name": "Neu", "is_shared": "on"})
    view.refresh_from_db()
    assert (view.name, view.is_shared) == ("Neu", True)
    ede.post(f"/mitte/desk/ansichten/{view.pk}/loeschen/")
    assert not SavedView.objects.exists()


def test_two_views_of_one_member_do_not_share_a_name(ede: Client, inside_a: Network) -> None:
    for name in ("Eins", "Zwei"):
        ede.post("/mitte/desk/ansichten/behalten/", NEW | {"name": name})
    two = SavedView.objects.get(name="Zwei")
    answer = ede.post(f"/mitte/desk/ansichten/{two.pk}/", {"name": "Eins"})
    assert "Eine Ansicht mit diesem Namen gibt es schon." in answer.content.decode()
    ede.post("/mitte/desk/ansichten/behalten/", NEW | {"name": "Zwei", "address": "q=neu"})
    assert SavedView.objects.get(name="Zwei").address == "q=neu"


def test_nobody_keeps_endlessly_many(cast: Cast, ede: Client, inside_a: Network) -> None:
    actor = Person(cast.ede, Role.EDITOR)
    for number in range(MOST_VIEWS):
        save_view(actor=actor, listing="offers", name=str(number), address="q=a")
    answer = ede.post("/mitte/desk/ansichten/behalten/", NEW)
    assert "Sie haben sehr viele Ansichten" in answer.content.decode()
    assert SavedView.objects.count() == MOST_VIEWS


def test_an_erasure_takes_own_views_and_those_that_name_the_person(
    cast: Cast, inside_a: Network
) -> None:
    petra, ede = Person(cast.petra, Role.COORDINATOR), Person(cast.ede, Role.EDITOR)
    save_view(actor=ede, listing="offers", name="Meine", address="q=a")
    save_view(actor=petra, listing="offers", name="Alle von Ede Beispiel", address="q=b")
    save_view(actor=petra, listing="offers", name="Bleibt", address="q=c")
    person = Data(
        kind="accounts.User",
        ids=frozenset({cast.ede.pk}),
        networks=frozenset(),
        names=frozenset({"Ede Beispiel"}),
    )
    assert privacy.erase(person) == 2
    assert [view.name for view in SavedView.objects.all()] == ["Bleibt"]
