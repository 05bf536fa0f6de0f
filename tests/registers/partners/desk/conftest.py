"""A desk with a few partners, and somebody at it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from knotenpunkt.foundation.networks.models import Network
from knotenpunkt.foundation.networks.scope import in_network
from knotenpunkt.registers.areas.actions import save_region
from knotenpunkt.registers.areas.models import Region
from knotenpunkt.registers.partners.actions import (
    PhoneDraft,
    leave_network,
    save_contact,
    save_organisation,
    save_person,
    save_profession,
    save_sub_kind,
    set_regions,
    set_tags,
    take_part,
)
from knotenpunkt.registers.partners.models import (
    Audience,
    Contact,
    Level,
    Organisation,
    Person,
    Representative,
)
from tests.conftest import Cast
from tests.factories import DOEBELN, EXACT_FREIBERG, SYSTEM, make_place

LIST = "/mitte/desk/partner/"
PEOPLE = f"{LIST}personen/"
Names = Callable[..., list[str]]


@dataclass(frozen=True)
class Partners:
    """Five organisations and four people of the first network."""

    body: Organisation
    house: Organisation
    court: Organisation
    practice: Organisation
    gone: Organisation
    jana: Person
    oleg: Person
    mira: Person
    lone: Person
    lead: Contact
    office: Contact
    annaberg: Region


@pytest.fixture
def partners(network_a: Network, cast: Cast) -> Partners:
    """Frida keeps the family house; the court is unconfirmed, the old association has left."""
    today = timezone.localdate()
    with in_network(network_a):
        annaberg = save_region(
            actor=SYSTEM, name="Altkreis Annaberg", kind="former_county", postal_codes=["04720"]
        )
        finer = save_sub_kind(actor=SYSTEM, kind="health_profession", name="Kinderarztpraxis")
        midwife = save_profession(actor=SYSTEM, name="Familienhebamme")
        body = _made(
            "Verein Brückenweg e. V.",
            level=Level.BODY,
            kind="free_youth_welfare",
            joined_on=today,
            confirmed_on=today,
        )
        house = _made(
            "Familienhaus Lindenbrücke",
            body=body,
            kind="family_education",
            place=make_place(**DOEBELN),
            confirmed_on=today - timedelta(days=30),
        )
        court = _made("Amtsgericht Döbeln", kind="family_court", joined_on=today)
        practice = _made(
            "Ärztehaus am Markt",
            kind="health_profession",
            sub_kind=finer,
            place=make_place(**EXACT_FREIBERG),
            confirmed_on=today - timedelta(days=500),
        )
        gone = _made("Alter Verein", level=Level.BODY, kind="association", joined_on=today)
        leave_network(actor=SYSTEM, organisation=gone, since=today)
        set_regions(actor=SYSTEM, organisation=house, regions=[annaberg])
        set_tags(actor=SYSTEM, partner=house, names=["Lenkungskreis"])
        Representative.objects.create(organisation=house, user=cast.frida)
        jana = _person("Jana", "Wiesner", confirmed_on=today)
        oleg = _person("Oleg", "Kirsanow")
        mira = _person("Mira", "Öztürk", title="Dr. med.", profession=midwife)
        lone = _person("Hanne", "Böttcher")
        lead = save_contact(
            actor=SYSTEM,
            organisation=house,
            person=jana,
            name="Jana Wiesner",
            function="Leitung",
            email="wiesner@example.org",
            email_audience=Audience.PROFESSIONALS,
            answers_inquiries=True,
            phones=[PhoneDraft("03431 55014", "+49343155014", audience=Audience.INTERNAL)],
        )
        save_contact(actor=SYSTEM, organisation=practice, person=jana, name="Jana Wiesner")
        save_contact(
            actor=SYSTEM,
            organisation=house,
            person=oleg,
            name="Oleg Kirsanow",
            until=today - timedelta(days=10),
        )
        save_contact(
            actor=SYSTEM,
            organisation=practice,
            person=mira,
            name="Dr. med. Mira Öztürk",
            email="praxis@example.org",
        )
        office = save_contact(
            actor=SYSTEM,
            organisation=body,
            function="Anmeldung",
            phones=[PhoneDraft("03431 55000", "+49343155000")],
        )
        take_part(
            actor=SYSTEM,
            organisation=house,
            kind="meeting",
            title="Netzwerktreffen",
            on=today - timedelta(days=60),
            person=jana,
        )
    return Partners(body, house, court, practice, gone, jana, oleg, mira, lone, lead, office,
                    annaberg)  # fmt: skip


def _made(name: str, **values: object) -> Organisation:
    return save_organisation(actor=SYSTEM, name=name, **{"level": Level.FACILITY, **values})


def _person(given: str, family: str, **values: object) -> Person:
    return save_person(actor=SYSTEM, given_name=given, family_name=family, **values)


@pytest.fixture
def petra(client: Client, cast: Cast) -> Client:
    """The coordinator at her desk."""
    client.force_login(cast.petra)
    return client


@pytest.fixture
def frida(client: Client, cast: Cast) -> Client:
    """Who keeps the family house, at her desk."""
    client.force_login(cast.frida)
    return client


@pytest.fixture
def names(petra: Client, partners: Partners) -> Names:
    """What a list shows for a query string, in its order."""

    def shown(query: str = "", page: str = LIST) -> list[str]:
        rows = petra.get(f"{page}?{query}").context["shown"].rows
        return [row.cells[0].text for row in rows]

    return shown
