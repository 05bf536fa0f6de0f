"""A personal link that somebody else may have is ended at the desk."""

from __future__ import annotations

import pytest
from django.test import Client

from knotenpunkt.foundation.audit.models import Entry
from knotenpunkt.foundation.networks.models import Network
from knotenpunkt.tools.links.actions import link_token
from knotenpunkt.tools.links.queries import opened
from tests.conftest import Cast
from tests.factories import SYSTEM
from tests.registers.partners.desk.conftest import LIST, Partners

pytestmark = pytest.mark.django_db


def test_a_link_is_ended_after_it_was_said_what_follows(
    petra: Client, partners: Partners, inside_a: Network
) -> None:
    token = link_token(actor=SYSTEM, holder=partners.lead.pk)
    house = f"{LIST}{partners.house.pk}/"
    page = f"{house}kontakte/{partners.lead.pk}/link-beenden/"
    assert page in petra.get(house).content.decode()
    assert page in petra.get(f"{LIST}personen/{partners.jana.pk}/").content.decode()
    assert "öffnet dann nichts mehr" in petra.get(page).content.decode()
    assert opened(token) is not None
    told = petra.post(page, follow=True).content.decode()
    assert "Der persönliche Link von Jana Wiesner ist beendet." in told and page not in told
    assert "Persönlicher Link beendet" in told  # as the history says it
    assert opened(token) is None and Client().get(f"/mitte/p/{token}/").status_code == 404
    assert opened(link_token(actor=SYSTEM, holder=partners.lead.pk)) is not None


def test_where_there_is_no_link_nothing_is_recorded(
    petra: Client, partners: Partners, inside_a: Network
) -> None:
    house = f"{LIST}{partners.house.pk}/"
    told = petra.post(f"{house}kontakte/{partners.lead.pk}/link-beenden/", follow=True)
    assert "hat gerade keinen persönlichen Link" in told.content.decode()
    assert not Entry.objects.filter(deed="partners.end_link").exists()


def test_who_keeps_the_house_is_not_offered_it(
    frida: Client, cast: Cast, partners: Partners, inside_a: Network
) -> None:
    link_token(actor=SYSTEM, holder=partners.lead.pk)
    assert "link-beenden" not in frida.get(f"{LIST}{partners.house.pk}/").content.decode()
