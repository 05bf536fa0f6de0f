"""Who opened what stays on record, whatever becomes of the page afterwards."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from knotenpunkt.foundation.accounts.actors import Actor, Person
from knotenpunkt.foundation.accounts.rights import Role
from knotenpunkt.foundation.audit import privacy
from knotenpunkt.foundation.audit.actions import record_read
from knotenpunkt.foundation.audit.models import ChangedHistory, Read
from knotenpunkt.foundation.core import personal_data
from knotenpunkt.foundation.networks.models import Network
from knotenpunkt.foundation.networks.scope import in_network
from tests.conftest import Cast
from tests.installations import new_installation

FAILING_PAGE = """
import os, django
os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings.base"
django.setup()
from knotenpunkt.foundation.accounts.actors import System
from knotenpunkt.foundation.audit.actions import record, record_read
from knotenpunkt.foundation.audit.models import Entry, Read
from knotenpunkt.foundation.networks.models import Network
from knotenpunkt.foundation.networks.scope import in_network
network = Network.objects.get(slug="nord")
try:
    with in_network(network):
        record_read(actor=System("test"), on=network, title="opened")
        record(actor=System("test"), deed="test.deed", on=network, title="changed")
        raise ZeroDivisionError
except ZeroDivisionError:
    pass
with in_network(network):
    print(Read.objects.filter(title="opened").count(),
          Entry.objects.filter(deed="test.deed").count())
"""


@pytest.mark.django_db
def test_who_opened_what_is_written_down(cast: Cast, network_a: Network) -> None:
    with in_network(network_a):
        record_read(actor=Person(cast.ede, Role.EDITOR), on=network_a, title="Rückruf")
        read = Read.objects.get()
    assert (read.actor_id, read.actor_label) == (cast.ede.pk, "Ede")
    assert (read.kind, read.object_id, read.title) == ("networks.Network", network_a.pk, "Rückruf")


@pytest.mark.django_db
def test_another_network_does_not_see_it(
    system: Actor, network_a: Network, network_b: Network
) -> None:
    with in_network(network_a):
        record_read(actor=system, on=network_a, title="x")
    with in_network(network_b):
        assert not Read.objects.exists()


@pytest.mark.django_db
def test_a_read_is_not_changed(inside_a: Network, system: Actor) -> None:
    record_read(actor=system, on=inside_a, title="x")
    read = Read.objects.get()
    for rewriting in (read.save, read.delete, Read.objects.all().delete):
        with pytest.raises(ChangedHistory):
            rewriting()


@pytest.mark.django_db
def test_an_erased_person_is_taken_out(cast: Cast, network_a: Network) -> None:
    with in_network(network_a):
        record_read(actor=Person(cast.ede, Role.EDITOR), on=network_a, title="x")
        person = personal_data.Person(
            kind="accounts.User", ids=frozenset([cast.ede.pk]), networks=frozenset([network_a.pk])
        )
        assert [row["deed"] for row in privacy.export(person)] == ["read"]
        assert privacy.erase(person) == 1
        assert Read.objects.get().actor_label == personal_data.ERASED


@pytest.mark.postgresql
def test_the_line_survives_a_page_that_fails(tmp_path: Path) -> None:
    with new_installation(tmp_path) as installation:
        installation.done("network", "create", "nord", "--name", "Nord", "--ags", "14522")
        done = installation.execute([sys.executable, "-c", FAILING_PAGE])
        assert (done.stdout.split(), done.returncode) == (["1", "0"], 0), done.stderr
