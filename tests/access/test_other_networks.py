"""The whole cast, coordinators included, tries every object of one network through another."""

from __future__ import annotations

from dataclasses import replace

import pytest

from knotenpunkt.foundation.networks.models import Network
from tests.access.stage import TABLE, Stage
from tests.access.table import ROLES, Line

pytestmark = pytest.mark.django_db
# Lines that name an object of the network that is asked.
OBJECTS = [line for line in TABLE if line.of not in ("", "neighbour", "invented")]


@pytest.mark.parametrize("line", OBJECTS, ids=str)
def test_no_object_is_reached_through_another_network(line: Line, stage: Stage) -> None:
    """Also not by those who coordinate there: to them the object does not exist."""
    other = Network.objects.get(slug="peine")
    path = replace(stage, network=other).path(line)
    assert path.startswith("/peine/")
    # What only takes forms is sent one: its answer to others is 405 everywhere.
    method = "post" if 405 in line.expected.values() else line.method
    got = {role: stage.asked(path, role, method, **line.data).status_code for role in ROLES}
    assert got["outsider"] == got["coordinator"] == 404
    # Who is not signed in may be asked to sign in first, where they learn nothing.
    assert set(got.values()) <= {302, 404}


def test_there_are_objects_to_try() -> None:
    assert len(OBJECTS) > 50
