"""Texts that name somebody are listed in plain German, before an erasure and on its receipt."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.html import escape

from knotenpunkt.activities.inbox.actions import CallDraft, ask_for_call
from knotenpunkt.activities.notes.actions import NoteDraft, write_note
from knotenpunkt.foundation.accounts.actors import ANYONE, Actor
from knotenpunkt.foundation.accounts.actors import Person as Member
from knotenpunkt.foundation.accounts.rights import Role
from knotenpunkt.foundation.core.spoken import full_date
from knotenpunkt.foundation.networks.addresses import address
from knotenpunkt.foundation.networks.models import Network
from knotenpunkt.foundation.networks.scope import in_network
from knotenpunkt.registers.agreements.models import Agreement, AgreementKind, NotNeeded
from knotenpunkt.registers.library.models import Material, MaterialKind, Version
from knotenpunkt.registers.pages.models import LegalPage, PageKind
from knotenpunkt.registers.partners.actions import save_contact, save_organisation, save_person
from knotenpunkt.registers.partners.models import Level, Organisation, PartnerKind, Person
from knotenpunkt.registers.responsibilities.models import ForWhom, Responsibility
from tests.conftest import Cast
from tests.factories import make_offer

pytestmark = pytest.mark.django_db
NAMED = "Frau Linda Lindenau weiß mehr."
DAY = date(2026, 3, 4)


@pytest.fixture
def linda(network_a: Network, system: Actor) -> Person:
    """Somebody whom a text of each kind names, none of them in its title."""
    with in_network(network_a):
        house = save_organisation(
            actor=system, level=Level.BODY, name="Haus Linde", description=NAMED
        )
        make_offer("Stillcafé", provider=house, description=NAMED)
        _in_registers(house, system)
        LegalPage.objects.create(kind=PageKind.CONTACT, language="de", title="Kontakt", body=NAMED)
        return save_person(actor=system, given_name="Linda", family_name="Lindenau")


def _in_registers(house: Organisation, system: Actor) -> None:
    save_person(actor=system, given_name="Ole", family_name="Brandt", internal_note=NAMED)
    office = save_contact(actor=system, organisation=house, function="Büro")
    Responsibility.objects.create(contact=office, for_whom=ForWhom.values[0], note=NAMED)
    Agreement.objects.create(
        kind=AgreementKind.values[0], title="Regeln", signed_on=DAY, note=NAMED
    )
    NotNeeded.objects.create(kind=PartnerKind.values[0], reason=NAMED, decided_on=DAY)
    material = Material.objects.create(kind=MaterialKind.FORM, title="Bogen", purpose=NAMED)
    Version.objects.create(material=material, number=2, text=NAMED, published_on=DAY)


@pytest.fixture
def told(linda: Person, network_a: Network, cast: Cast) -> list[str]:
    """What the lists have to say; today notes and requests are written, too."""
    with in_network(network_a):
        write_note(actor=Member(cast.ede, Role.EDITOR), draft=NoteDraft("Ole Brandt", NAMED))
        draft = CallDraft(phone="+493731555030", name="Anna", text=NAMED)
        ask_for_call(actor=ANYONE, network=network_a, draft=draft)
    today = full_date(timezone.localdate())
    return [
        "Angebot „Stillcafé“ von Haus Linde",
        "Organisation „Haus Linde“",
        "Notiz zu „Ole Brandt“",
        "Zuständigkeit bei „Haus Linde“",
        "Vereinbarung vom 4. März 2026",
        "Entscheidung vom 4. März 2026, dass niemand nötig ist",
        "Material „Bogen“",
        "Material „Bogen“, Fassung 2",
        "Seite „Kontakt (de)“",
        f"Kontaktnotiz vom {today}",
        f"Anliegen vom {today} zu „Allgemeine Frage“",
    ]


def test_preview_and_receipt_name_the_texts_in_german(
    linda: Person, told: list[str], network_a: Network, client: Client, cast: Cast
) -> None:
    client.force_login(cast.petra)
    where = address(network_a, "desk:privacy_erase", kind="person", record_id=str(linda.pk))
    assert _listed(client, where) == sorted(told)
    done = client.post(where, {"sure": "on"})
    assert _listed(client, done["Location"]) == sorted(told)


def test_looking_for_a_name_lists_them_too(
    linda: Person, told: list[str], network_a: Network, client: Client, cast: Cast
) -> None:
    client.force_login(cast.petra)
    page = client.get(address(network_a, "desk:privacy"), {"q": "Linda Lindenau"}).content.decode()
    assert not [one for one in told if f"<li>{escape(one)}</li>" not in page]


def _listed(client: Client, where: str) -> list[str]:
    mentions: list[str] = client.get(where).context["mentions"]
    return sorted(mentions)
