"""What hangs on an account is told, and goes with it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from allauth.socialaccount.models import SocialAccount
from django.test import Client
from django.utils import timezone

from knotenpunkt.foundation.accounts import privacy
from knotenpunkt.foundation.accounts.actions import note
from knotenpunkt.foundation.accounts.actors import Actor, Person
from knotenpunkt.foundation.accounts.models import EventKind, Invitation, SecurityEvent, User
from knotenpunkt.foundation.accounts.rights import Role
from knotenpunkt.foundation.core.personal_data import ERASED
from knotenpunkt.foundation.networks.models import Network
from knotenpunkt.foundation.networks.scope import all_networks, in_network
from knotenpunkt.foundation.privacy import actions, queries
from knotenpunkt.front import staff
from tests.conftest import PASSWORD, Cast

pytestmark = pytest.mark.django_db
SECRET = "JBSWY3DPEHPK3PXP"


@pytest.fixture
def full(cast: Cast, network_a: Network, network_b: Network) -> User:
    """Petra with everything that an account can have."""
    TOTP.activate(cast.petra, SECRET)
    SocialAccount.objects.create(user=cast.petra, provider="dienst", uid="42")
    Client().post("/mitte/desk/anmelden/", {"username": "petra@example.org", "password": PASSWORD})
    with in_network(network_a):
        note(user=cast.petra, kind=EventKind.PASSKEY_ADDED, detail="Petras Rechner")
        petra = Person(cast.petra, Role.COORDINATOR)
        staff.invite(actor=petra, email="jonas@example.org", name="Jonas", role=Role.READER)
    with in_network(network_b):
        carla = Person(cast.carla, Role.COORDINATOR)
        staff.invite(actor=carla, email="petra@example.org", name="Petra", role=Role.READER)
    return cast.petra


def test_everything_is_told(full: User, system: Actor) -> None:
    with all_networks("test"):
        person = privacy.find_account("petra@example.org")
        assert person
        told = str(queries.export(actor=system, person=person)["accounts"])
    for part in ("totp", "42", "Petras Rechner", "petra@example.org", "coordinator"):
        assert part in told
    assert SECRET not in told and "Jonas" not in told


def test_everything_goes(full: User, system: Actor) -> None:
    with all_networks("test"):
        person = privacy.find_account("petra@example.org")
        assert person
        actions.erase(actor=system, person=person)
        left = list(Invitation.objects.values_list("name", "invited_by_name", "invited_by_id"))
    assert left == [("Jonas", ERASED, None)]
    for model in (Authenticator, SocialAccount, SecurityEvent):
        assert not model.objects.filter(user_id=full.pk).exists()
    assert not EmailAddress.objects.filter(email="petra@example.org").exists()


def test_what_is_old_is_deleted(full: User, network_a: Network) -> None:
    with in_network(network_a):
        SecurityEvent.objects.filter(kind=EventKind.PASSKEY_ADDED).update(
            at=timezone.now() - timedelta(days=privacy.EVENT_DAYS + 1)
        )
        Invitation.objects.update(
            expires_at=timezone.now() - timedelta(days=privacy.INVITATION_DAYS + 1)
        )
        assert sum(one.count for one in privacy.expire()) == 2
        assert not any(one.count for one in privacy.expire())
        assert not Invitation.objects.exists()
