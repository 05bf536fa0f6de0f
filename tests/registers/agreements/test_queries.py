"""The pages ask the same of the database for 1,100 partners as for fifty.

What each page asks stands in `queries/`, to be reviewed like code.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import cycle
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from knotenpunkt.foundation.accounts.actions import add_member
from knotenpunkt.foundation.accounts.rights import Role
from knotenpunkt.foundation.networks.actions import create_network
from knotenpunkt.foundation.networks.scope import in_network
from knotenpunkt.registers.agreements.actions import save_agreement
from knotenpunkt.registers.agreements.models import Agreement, Party
from knotenpunkt.registers.areas.models import Region, RegionKind
from knotenpunkt.registers.partners.models import (
    KINDS_OF_THE_LAW,
    Involvement,
    Level,
    Organisation,
    Serves,
)
from tests.factories import SYSTEM
from tests.query_shapes import assert_shapes, shape

pytestmark = pytest.mark.django_db
SHAPES = Path(__file__).parent / "queries"
# Who is asking, and what stands around every page of the desk.
FRAME = ("networks_", "django_session", "accounts_", "notes_", "inbox_", "jobs_", "upkeep_")
WHOLE, LIST = "vollstaendigkeit/", "vereinbarungen/"
PAGES = {
    "completeness": WHOLE,
    "completeness_seen": f"{WHOLE}?zeigt=dabei",
    "field": f"{WHOLE}school/?region={{region}}",
    "paper": f"{WHOLE}papier/",
    "table": f"{WHOLE}tabelle/?form=csv",
    "list": f"{LIST}?stand=alle&q=haus",
    "detail": f"{LIST}{{agreement}}/",
    "sign": f"{LIST}{{agreement}}/unterschriften/?art=school&region={{region}}&seite=2",
    "sign_confirm": f"{LIST}{{agreement}}/unterschriften/eintragen/?art=school&alle=ja",
}


@pytest.fixture(scope="module")
def desk(django_db_setup: None, django_db_blocker: Any) -> Iterator[tuple[Client, dict[str, str]]]:
    """The coordinator of a network with 1,100 partners; no page changes what another one sees."""
    with django_db_blocker.unblock(), transaction.atomic():
        network = create_network(slug="mitte", name="Netzwerk Mitte", area_keys=["14522"])
        with in_network(network):
            told = fill(1100)
            member, _is_new = add_member(
                actor=SYSTEM, email="petra@example.org", name="Petra", role=Role.COORDINATOR,
                password="x" * 12,
            )  # fmt: skip
        client = Client()
        client.force_login(member.user)
        yield client, told
        transaction.set_rollback(True)


def fill(count: int) -> dict[str, str]:
    """So many partners in four regions, every second one with a signature and a meeting."""
    regions = [
        Region(name=f"Altkreis {n}", kind=RegionKind.FORMER_COUNTY, position=n) for n in range(4)
    ]
    for region in regions:
        region.save()
    agreement = save_agreement(
        actor=SYSTEM, kind="cooperation", title="Grundsätze", signed_on=date(2024, 5, 2)
    )
    kinds = cycle(KINDS_OF_THE_LAW)
    houses = Organisation.objects.bulk_create(
        Organisation(
            name=f"Haus {n}", name_key=f"haus {n}", level=Level.FACILITY, kind=next(kinds),
            joined_on=date(2020, 1, 1) if n % 10 else None,
        )
        for n in range(count)
    )  # fmt: skip
    where = cycle(regions)
    Serves.objects.bulk_create(Serves(organisation=one, region=next(where)) for one in houses)
    Party.objects.bulk_create(
        Party(agreement=agreement, organisation=one, signed_on=date(2024, 5, 2))
        for one in houses[::2]
    )
    Involvement.objects.bulk_create(
        Involvement(
            organisation=one, kind="meeting", title="Runde",
            on=timezone.localdate() - timedelta(days=30),
        )
        for one in houses[::2]
    )  # fmt: skip
    return {"region": str(regions[0].pk), "agreement": str(Agreement.objects.get().pk)}


@pytest.mark.parametrize("name", PAGES)
def test_a_page_asks_what_was_reviewed(desk: tuple[Client, dict[str, str]], name: str) -> None:
    client, told = desk
    path = f"/mitte/desk/{PAGES[name].format(**told)}"
    list(client.get(path))  # what a process remembers is read before
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(path)
        list(answer)
    assert answer.status_code == 200
    asked = [one["sql"] for one in queries.captured_queries]
    assert_shapes(SHAPES / f"{name}.txt", [x for x in asked if not shape(x).startswith(FRAME)])
