"""The menu of the desk: one entry says where one is, and what is rarely needed is folded up."""

from __future__ import annotations

import pytest
from django.utils.translation import override

from knotenpunkt.foundation.accounts.actors import Person
from knotenpunkt.foundation.accounts.models import Role
from knotenpunkt.foundation.networks.models import Network
from knotenpunkt.foundation.networks.scope import in_network
from knotenpunkt.front.desk.menu import Group, menu
from tests.conftest import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.urls("config.network_urls")]


def groups(cast: Cast, network: Network, here: str, role: Role = Role.COORDINATOR) -> list[Group]:
    with in_network(network), override("de"):
        return list(menu(Person(cast.petra, role), here, {}, is_demo=True))


@pytest.mark.parametrize(
    ("here", "label"),
    [
        ("agreements:completeness_table", "Vollständigkeit"),
        ("agreements:sign_confirm", "Vereinbarungen"),
        ("mail:mailings", "Post"),
        ("mail:mailbox", "Postfach der Demo"),
        ("areas:regions", "Partner"),
        ("offers_import:start", "Angebote"),
        ("responsibilities:gaps", "Ansprechpersonen"),
        ("desk:privacy_data", "Datenschutz"),
        ("campaigns:enter_order", "Kampagnen"),
        ("mailings:circular_send", "Rundschreiben"),
        ("mailings:audience_edit", "Verteiler"),
        ("groups:member", "Gruppen"),
    ],
)
def test_one_entry_says_where_one_is(cast: Cast, network_a: Network, here: str, label: str) -> None:
    found = groups(cast, network_a, here)
    assert [one.label for group in found for one in group.entries if one.current] == [label]


def test_administration_unfolds_only_on_its_own_pages(cast: Cast, network_a: Network) -> None:
    assert [group.label for group in groups(cast, network_a, "desk:today")][-1] == "Verwaltung"
    assert not groups(cast, network_a, "desk:today")[-1].is_open
    assert groups(cast, network_a, "desk:audit")[-1].is_open


def test_what_holds_nothing_for_a_role_is_not_there(cast: Cast, network_a: Network) -> None:
    assert "Verwaltung" not in [
        group.label for group in groups(cast, network_a, "desk:today", Role.READER)
    ]
