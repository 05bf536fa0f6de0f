"""Who works in a network, and what each may do."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.cache import cache
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client

from knotenpunkt.foundation.accounts.actions import note
from knotenpunkt.foundation.accounts.actors import Actor, Person
from knotenpunkt.foundation.accounts.models import EventKind, Membership, SecurityEvent, User
from knotenpunkt.foundation.accounts.rights import RIGHTS, Right, Role
from knotenpunkt.foundation.audit.models import Entry
from knotenpunkt.foundation.networks.models import Network
from knotenpunkt.foundation.networks.scope import in_network
from knotenpunkt.front import staff
from knotenpunkt.front.desk import rights
from knotenpunkt.registers.partners.models import Representative
from knotenpunkt.registers.partners.queries import represented_by
from tests.conftest import Cast
from tests.factories import make_organisation

PEOPLE = "/mitte/desk/personen/"


@pytest.fixture(autouse=True)
def _nothing_counted(db: None) -> None:
    cache.clear()


@pytest.fixture
def petra(client: Client, cast: Cast) -> Client:
    client.force_login(cast.petra)
    return client


def member(user: User) -> Membership:
    found: Membership = Membership.objects.get(user=user)
    return found


def page_of(network: Network, user: User) -> str:
    with in_network(network):
        return f"{PEOPLE}{member(user).pk}/"


def role_of(network: Network, user: User) -> str | None:
    with in_network(network):
        found = Membership.objects.filter(user=user).first()
        return found.role if found else None


def deeds(network: Network) -> list[str]:
    with in_network(network):
        return list(
            Entry.objects.filter(deed__startswith="accounts").values_list("deed", flat=True)
        )


def test_coordinators_see_who_works_here(petra: Client, cast: Cast) -> None:
    page = petra.get(PEOPLE)
    names = [row.cells[0].text for row in page.context["member_rows"]]
    assert names == ["Birgit", "Ede", "Frida", "Petra"]
    assert "Carla" not in page.content.decode()


@pytest.mark.parametrize("who", ["ede", "birgit", "frida"])
def test_everybody_else_sees_what_they_may_do(client: Client, cast: Cast, who: str) -> None:
    client.force_login(getattr(cast, who))
    for address in (PEOPLE, f"{PEOPLE}rechte/"):
        page = client.get(address).content.decode()
        assert "Was darf ich hier?" in page and "Fragen Sie die Koordination: Petra" in page
        assert "petra@example.org" not in page


def test_every_right_is_said_and_shown_for_each_role() -> None:
    assert set(rights.SAID) == set(Right)
    all_offers = {Right.EDIT_OWN_ENTRIES}  # within what coordinators and editors may anyway
    held = {role: set(RIGHTS[role]) for role in Role}
    held[Role.COORDINATOR] |= all_offers
    held[Role.EDITOR] |= all_offers
    for role in Role:
        told = rights.summary(role)
        assert len(told.may) == len(held[role])
        assert len(told.may) + len(told.may_not) == len(Right)
    for row, right in zip(rights.comparison_rows(), rights.SAID, strict=True):
        assert [cell.text == "ja" for cell in row.cells[1:]] == [right in held[r] for r in Role]


def test_a_role_is_changed_after_it_was_shown(
    petra: Client, cast: Cast, network_a: Network
) -> None:
    address = page_of(network_a, cast.ede)
    shown = petra.post(address, {"role": "reader"})
    assert "Angebote veröffentlichen und zurückziehen" in shown.content.decode()
    assert role_of(network_a, cast.ede) == "editor"
    done = petra.post(address, {"role": "reader", "sure": "yes"}, follow=True)
    assert "Ede hat jetzt die Rolle Lesen" in done.content.decode()
    assert role_of(network_a, cast.ede) == "reader"
    with in_network(network_a):
        entry = Entry.objects.get(deed="accounts.change_role")
    assert (entry.actor_label, entry.title, entry.changes) == (
        "Petra", "Ede", {"role": ["editor", "reader"]},
    )  # fmt: skip
    assert SecurityEvent.objects.get(kind=EventKind.ROLE_CHANGED).user == cast.ede


def test_a_provider_keeps_organisations(petra: Client, cast: Cast, network_a: Network) -> None:
    with in_network(network_a):
        first, second = make_organisation("Haus A"), make_organisation("Haus B")
    address = page_of(network_a, cast.frida)
    missing = petra.post(address, {"role": "provider"}).content.decode()
    assert "mindestens eine Organisation" in missing
    chosen = {"role": "provider", "organisation_1": first.pk, "organisation_2": second.pk}
    assert "Haus A" in petra.post(address, chosen).content.decode()
    petra.post(address, chosen | {"sure": "yes"})
    with in_network(network_a):
        frida = Person(cast.frida, Role.PROVIDER)
        assert represented_by(frida) == {first.pk, second.pk}
    petra.post(address, {"role": "provider", "organisation_1": second.pk, "sure": "yes"})
    with in_network(network_a):
        assert represented_by(frida) == {second.pk}
        assert Entry.objects.filter(deed="partners.stop_representing").count() == 1
    petra.post(address, {"role": "reader", "sure": "yes"})
    with in_network(network_a):
        assert not Representative.objects.exists()


def test_a_role_is_taken_away_after_it_was_shown(
    petra: Client, cast: Cast, network_a: Network
) -> None:
    address = page_of(network_a, cast.ede) + "rolle-nehmen/"
    assert "Kontaktnotizen schreiben und lesen" in petra.get(address).content.decode()
    assert role_of(network_a, cast.ede) == "editor"
    page = petra.post(address, follow=True).content.decode()
    assert "Ede arbeitet nicht mehr in diesem Netzwerk." in page
    assert role_of(network_a, cast.ede) is None
    assert User.objects.filter(pk=cast.ede.pk).exists()
    ede = Client()
    ede.force_login(cast.ede)
    assert ede.get("/mitte/desk/").status_code == 404
    assert deeds(network_a) == ["accounts.take_role"]


def test_the_last_coordinator_stays(petra: Client, cast: Cast, network_a: Network) -> None:
    address = page_of(network_a, cast.petra)
    for answer in (
        petra.post(address, {"role": "editor", "sure": "yes"}),
        petra.post(address + "rolle-nehmen/"),
    ):
        assert "mindestens eine Person, die es koordiniert" in answer.content.decode()
    assert role_of(network_a, cast.petra) == "coordinator"
    assert not SecurityEvent.objects.exists()
    petra.post(page_of(network_a, cast.ede), {"role": "coordinator", "sure": "yes"})
    left = petra.post(address + "rolle-nehmen/")
    assert left["Location"] == "/mitte/"
    assert role_of(network_a, cast.petra) is None


def test_an_editor_changes_nobody(cast: Cast, inside_a: Network) -> None:
    ede: Actor = Person(cast.ede, Role.EDITOR)
    for deed in (
        lambda: staff.invite(actor=ede, email="x@example.org", name="X", role=Role.READER),
        lambda: staff.change_role(actor=ede, member=member(cast.birgit), role=Role.EDITOR),
        lambda: staff.take_role(actor=ede, member=member(cast.birgit)),
    ):
        with pytest.raises(PermissionDenied):
            deed()
    assert role_of(inside_a, cast.birgit) == "reader"


def test_the_rule_about_second_factors(petra: Client, cast: Cast, network_a: Network) -> None:
    address = f"{PEOPLE}schutz/"
    assert "Redaktion: 1 Person müsste ihn" in petra.get(address).content.decode()
    petra.post(address, {"roles": ["editor", "reader"]})
    network_a.refresh_from_db()
    assert network_a.second_factor_roles == ["editor", "reader"]
    assert "Verlangt von: Redaktion, Lesen." in petra.get(PEOPLE).content.decode()
    with in_network(network_a):
        assert Entry.objects.get(deed="networks.change").changes == {
            "second_factor_roles": [[], ["editor", "reader"]]
        }
    petra.post(address, {})
    network_a.refresh_from_db()
    assert network_a.second_factor_roles == []
    assert petra.post(address, {"roles": ["king"]}).context["form"].errors


def test_coordinators_see_events_of_their_members_only(
    petra: Client, cast: Cast, network_a: Network, network_b: Network
) -> None:
    with in_network(network_b):
        note(user=cast.ede, kind=EventKind.WRONG_PASSWORD, detail="in-another-network")
    with in_network(network_a):
        note(user=cast.carla, kind=EventKind.WRONG_PASSWORD, detail="of-an-outsider")
        note(user=cast.ede, kind=EventKind.PASSKEY_ADDED, detail="Edes Rechner")
    page = petra.get(f"{PEOPLE}anmeldungen/").content.decode()
    assert "Edes Rechner" in page
    assert "in-another-network" not in page and "of-an-outsider" not in page


def test_lists_ask_the_database_a_fixed_number_of_times(
    petra: Client, cast: Cast, network_a: Network, django_assert_max_num_queries: Any, system: Actor
) -> None:
    def count() -> int:
        with django_assert_max_num_queries(40) as asked:
            petra.get(PEOPLE)
            petra.get(f"{PEOPLE}anmeldungen/")
        return len(asked)

    before = count()
    with in_network(network_a):
        for number in range(12):
            invited, _key = staff.invite(
                actor=system, email=f"p{number}@example.org", name=f"P {number}", role=Role.READER
            )
            if number % 2:
                user, _is_new = staff.accept_invitation(
                    invitation=invited, password="eine-gute-passphrase"
                )
                note(user=user, kind=EventKind.SIGNED_IN)
    assert count() == before


def test_a_refusal_keeps_what_was_there(cast: Cast, inside_a: Network, system: Actor) -> None:
    with pytest.raises(ValidationError):
        staff.take_role(actor=system, member=member(cast.petra))
    assert not Entry.objects.filter(deed="accounts.take_role").exists()
