"""`knotenpunkt privacy` says what there is, and erases only what was confirmed."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner
from django.db import connection

from knotenpunkt.activities.inbox.actions import CallDraft, ask_for_call
from knotenpunkt.foundation.accounts.actors import ANYONE, Actor
from knotenpunkt.foundation.accounts.models import User
from knotenpunkt.foundation.networks.models import Network
from knotenpunkt.foundation.networks.scope import in_network
from knotenpunkt.foundation.privacy.compacting import StillRead
from knotenpunkt.front.commands.privacy import privacy
from knotenpunkt.registers.partners.actions import save_contact, save_organisation
from knotenpunkt.registers.partners.models import Contact, Level
from tests.conftest import Cast

pytestmark = pytest.mark.django_db
MIRA = ["contact", "mira@example.org", "--network", "mitte"]


@pytest.fixture(autouse=True)
def compacted(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """How often the files were rewritten: inside a test's transaction they cannot be."""
    times: list[str] = []
    monkeypatch.setattr("knotenpunkt.front.commands.privacy.compact", lambda: times.append("once"))
    return times


@pytest.fixture
def network(network_a: Network, system: Actor) -> Network:
    """A network with one contact."""
    with in_network(network_a):
        house = save_organisation(actor=system, level=Level.BODY, name="Haus")
        save_contact(actor=system, organisation=house, name="Mira", email="mira@example.org")
    return network_a


def test_the_list_names_what_why_and_how_long() -> None:
    result = CliRunner().invoke(privacy, ["list"])
    assert result.exit_code == 0
    for word in ("partners\n", "what", "why", "ground", "until", "partners.Contact.email"):
        assert word in result.output


def test_erasing_asks_first(network: Network) -> None:
    refused = CliRunner().invoke(privacy, ["erase", *MIRA], input="n\n")
    assert refused.exit_code == 1
    assert "partners: 1" in refused.output
    with in_network(network):
        assert Contact.objects.exists()
    done = CliRunner().invoke(privacy, ["erase", *MIRA], input="y\n")
    assert done.exit_code == 0
    assert "partners=1" in done.output.splitlines()[-1]
    with in_network(network):
        assert not Contact.objects.exists()


def test_files_are_rewritten_on_sqlite_and_by_command(
    network: Network, compacted: list[str]
) -> None:
    CliRunner().invoke(privacy, ["erase", *MIRA, "--yes"])
    assert len(compacted) == (1 if connection.vendor == "sqlite" else 0)
    compacted.clear()
    assert CliRunner().invoke(privacy, ["compact"]).exit_code == 0
    assert compacted == ["once"]


def test_a_reader_that_holds_it_back_is_told(
    network: Network, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse() -> None:
        raise StillRead("Somebody still reads.")

    monkeypatch.setattr("knotenpunkt.front.commands.privacy.compact", refuse)
    done = CliRunner().invoke(privacy, ["compact"])
    assert (done.exit_code, "Somebody still reads." in done.output) == (2, True)


def test_an_export_is_json(network: Network) -> None:
    result = CliRunner().invoke(privacy, ["export", *MIRA])
    assert json.loads(result.output)["partners"][0]["name"] == "Mira"


def test_an_account_needs_no_network(cast: Cast) -> None:
    result = CliRunner().invoke(privacy, ["erase", "account", "petra@example.org", "--yes"])
    assert result.exit_code == 0
    assert not User.objects.filter(email="petra@example.org").exists()


@pytest.mark.parametrize(
    "words",
    [
        ["erase", "contact", "mira@example.org"],
        ["erase", "contact", "nobody@example.org", "--network", "mitte"],
        ["export", "account", "petra@example.org", "--network", "mitte"],
        ["export", "account", "nobody@example.org"],
    ],
)
def test_what_cannot_be_found_is_said(network: Network, words: list[str]) -> None:
    result = CliRunner().invoke(privacy, words)
    assert result.exit_code == 2
    assert result.output.startswith("Error: ")


def test_ended_things_are_deleted_by_the_clock(db: None) -> None:
    assert CliRunner().invoke(privacy, ["expire"]).output == "nothing to do\n"


def test_a_family_that_asked_for_a_call_is_found_by_its_number(network: Network) -> None:
    with in_network(network):
        draft = CallDraft(phone="+493731555010", name="Anna")
        ask_for_call(actor=ANYONE, network=network, draft=draft)
    family = ["caller", "03731 555010", "--network", "mitte"]
    told = json.loads(CliRunner().invoke(privacy, ["export", *family]).output)
    assert [one["name"] for one in told["inbox"]] == ["Anna"]
    done = CliRunner().invoke(privacy, ["erase", *family, "--yes"])
    assert done.output.strip() == "inbox=1"
    assert CliRunner().invoke(privacy, ["export", *family]).exit_code != 0
