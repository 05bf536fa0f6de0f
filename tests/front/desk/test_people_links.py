"""Ways in that begin with a link: invitations, forgotten passwords, new addresses."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.utils import timezone

from knotenpunkt.foundation.accounts.actors import Actor
from knotenpunkt.foundation.accounts.models import EventKind, Invitation, SecurityEvent, User
from knotenpunkt.foundation.accounts.rights import Role
from knotenpunkt.foundation.audit.models import Entry
from knotenpunkt.foundation.networks.models import Network
from knotenpunkt.foundation.networks.scope import in_network
from knotenpunkt.front import staff
from knotenpunkt.registers.partners.models import Representative
from knotenpunkt.tools.jobs.models import Job
from knotenpunkt.tools.mail.queries import waiting_mails
from tests.conftest import PASSWORD, Cast
from tests.factories import make_organisation

INVITE = "/mitte/desk/personen/einladen/"
FORGOTTEN = "/mitte/desk/passwort-vergessen/"
NEW = "vier-lange-neue-worte"
JONAS = {"name": "Jonas Reuter", "email": "Jonas@example.org", "role": "editor"}


@pytest.fixture(autouse=True)
def _nothing_counted(db: None) -> None:
    cache.clear()


@pytest.fixture
def petra(client: Client, cast: Cast) -> Client:
    client.force_login(cast.petra)
    return client


@pytest.fixture
def mail(settings: Any) -> None:
    settings.EMAIL_HOST = "mail.example.org"


@pytest.fixture
def no_mail(settings: Any) -> None:
    settings.EMAIL_HOST = ""


def handed_over(petra: Client, **values: Any) -> str:
    """The path of a link that the page shows."""
    page = petra.post(INVITE, JONAS | values).content.decode()
    found = re.search(r'value="http://testserver(/mitte/desk/einladung/[^"]+)"', page)
    assert found, page
    return found[1]


def mailed(network: Network) -> list[dict[str, str]]:
    """What waits to be sent."""
    with in_network(network):
        return [
            {"to": who.to, "subject": what.subject, "text": what.text}
            for _message, who, what in waiting_mails()
        ]


def link_in(text: str) -> str:
    found = re.search(r"http://testserver(\S+)", text)
    assert found, text
    return found[1]


def role_of(network: Network, email: str) -> str | None:
    with in_network(network):
        user = User.objects.filter(email=email).first()
        found = user.memberships.first() if user else None
        return found.role if found else None


@pytest.mark.usefixtures("no_mail")
def test_an_invited_person_chooses_a_password(petra: Client, network_a: Network) -> None:
    link = handed_over(petra)
    jonas = Client()
    page = jonas.get(link).content.decode()
    assert "Petra lädt Sie ein" in page and "Redaktion" in page
    assert "Jonas Reuter" in page
    weak = jonas.post(link, {"name": "Jonas R.", "password": "jonas"})
    assert weak.context["form"].errors["password"]
    assert role_of(network_a, "jonas@example.org") is None
    answer = jonas.post(link, {"name": "Jonas R.", "password": NEW})
    assert answer["Location"] == "/mitte/desk/"
    assert jonas.get("/mitte/desk/").status_code == 200
    user = User.objects.get(email="jonas@example.org")
    assert (user.name, user.check_password(NEW)) == ("Jonas R.", True)
    assert EmailAddress.objects.filter(user=user, verified=True, primary=True).exists()
    assert role_of(network_a, "jonas@example.org") == "editor"
    with in_network(network_a):
        told = dict(Entry.objects.filter(deed__contains="invit").values_list("deed", "actor_label"))
    assert told == {"accounts.invite": "Petra", "accounts.accept_invitation": "Jonas R."}


@pytest.mark.django_db(transaction=True)
def test_a_password_is_made_unreadable_before_others_have_to_wait(
    network_a: Network, system: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It takes long on purpose. On SQLite one who writes keeps all others waiting."""
    seen = []
    hashing = User.set_password

    def depth() -> int:
        return connection.in_atomic_block + len(connection.savepoint_ids)

    def watched(user: User, password: str) -> None:
        seen.append(depth())
        hashing(user, password)

    monkeypatch.setattr(User, "set_password", watched)
    with in_network(network_a):
        invitation, _key = staff.invite(
            actor=system, email="neu@example.org", name="N", role=Role.READER
        )
        staff.accept_invitation(invitation=invitation, password=NEW)
        assert seen == [depth()]
    assert role_of(network_a, "neu@example.org") == "reader"


@pytest.mark.usefixtures("no_mail")
def test_a_link_works_once_and_can_be_forged_by_nobody(
    petra: Client, network_a: Network, network_b: Network
) -> None:
    link = handed_over(petra)
    with in_network(network_a):
        kept = str(list(Invitation.objects.values_list()))
    assert link.split("/")[-2].split(":")[0] not in kept
    assert Client().get(link[:-2] + ("A" if link[-2] != "A" else "B") + "/").status_code == 404
    assert Client().get(link.replace("/mitte/", "/peine/")).status_code == 404
    assert Client().post(link, {"name": "J", "password": NEW}).status_code == 302
    assert Client().get(link).status_code == 404
    assert Client().post(link, {"name": "J", "password": NEW}).status_code == 404
    assert User.objects.filter(email="jonas@example.org").count() == 1


@pytest.mark.usefixtures("no_mail")
def test_a_link_runs_out_and_can_be_renewed(petra: Client, network_a: Network) -> None:
    first = handed_over(petra)
    with in_network(network_a):
        invitation = Invitation.objects.get()
        assert invitation.expires_at - timezone.now() > timedelta(days=6, hours=23)
        invitation.expires_at = timezone.now() - timedelta(seconds=1)
        invitation.save()
    assert "gilt nicht mehr" in Client().get(first).content.decode()
    listed = petra.get("/mitte/desk/personen/").content.decode()
    assert "Jonas Reuter" in listed and "abgelaufen" in listed
    again = petra.post(f"/mitte/desk/personen/einladung/{invitation.pk}/", {"deed": "again"})
    assert Client().get(first).status_code == 404
    link = re.search(r'value="http://testserver([^"]+)"', again.content.decode())
    assert link and Client().get(link[1]).status_code == 200


@pytest.mark.usefixtures("no_mail")
def test_an_invitation_is_withdrawn(petra: Client, network_a: Network) -> None:
    link = handed_over(petra)
    with in_network(network_a):
        address = f"/mitte/desk/personen/einladung/{Invitation.objects.get().pk}/"
    assert petra.get(address).status_code == 200
    petra.post(address, {"deed": "withdraw"})
    assert Client().get(link).status_code == 404
    assert petra.get(address).status_code == 404


@pytest.mark.usefixtures("no_mail")
def test_a_second_invitation_replaces_the_first(petra: Client, network_a: Network) -> None:
    first = handed_over(petra)
    second = handed_over(petra, role="reader", email="JONAS@example.org")
    assert Client().get(first).status_code == 404
    Client().post(second, {"name": "J", "password": NEW})
    assert role_of(network_a, "jonas@example.org") == "reader"


@pytest.mark.usefixtures("no_mail")
def test_who_has_an_account_only_gets_the_role(
    petra: Client, cast: Cast, network_a: Network
) -> None:
    link = handed_over(petra, email="carla@example.org", name="Irgendwer")
    carla = Client()
    page = carla.get(link).content.decode()
    assert "schon ein Konto" in page and "Passwort wählen" not in page
    answer = carla.post(link, {"name": "X", "password": NEW})
    assert answer["Location"] == "/mitte/desk/anmelden/?rolle-erhalten=1"
    cast.carla.refresh_from_db()
    assert (cast.carla.name, cast.carla.check_password(PASSWORD)) == ("Carla", True)
    assert role_of(network_a, "carla@example.org") == "editor"
    assert carla.get("/mitte/desk/").status_code == 302  # the link alone signs nobody in


@pytest.mark.usefixtures("no_mail")
def test_a_coordinator_is_not_made_less_by_an_invitation(
    petra: Client, cast: Cast, network_a: Network
) -> None:
    link = handed_over(petra, email="petra@example.org", role="reader")
    petra.post(link)
    assert role_of(network_a, "petra@example.org") == "coordinator"


@pytest.mark.usefixtures("no_mail")
def test_a_provider_comes_with_what_they_keep(petra: Client, network_a: Network) -> None:
    with in_network(network_a):
        house = make_organisation("Haus Wiesenpfad")
    refused = petra.post(INVITE, JONAS | {"role": "provider"}).content.decode()
    assert "mindestens eine Organisation" in refused and 'value="Jonas Reuter"' in refused
    link = handed_over(petra, role="provider", organisation_1=str(house.pk))
    Client().post(link, {"name": "Jonas", "password": NEW})
    with in_network(network_a):
        assert Representative.objects.get().organisation_id == house.pk


@pytest.mark.usefixtures("mail")
def test_an_invitation_travels_by_mail(petra: Client, network_a: Network) -> None:
    page = petra.post(INVITE, JONAS, follow=True).content.decode()
    assert "unterwegs an jonas@example.org" in page
    [letter] = mailed(network_a)
    assert letter["to"] == "jonas@example.org"
    assert "Guten Tag Jonas Reuter" in letter["text"] and "Petra" in letter["text"]
    assert Client().get(link_in(letter["text"])).status_code == 200
    with in_network(network_a):
        assert "Jonas" not in str(list(Job.objects.values_list("title", flat=True)))


@pytest.mark.usefixtures("mail")
def test_a_forgotten_password_is_chosen_anew(
    client: Client, cast: Cast, network_a: Network
) -> None:
    here = Client()
    here.force_login(cast.petra)
    client.post(FORGOTTEN, {"email": "PETRA@example.org"})
    [letter] = mailed(network_a)
    link = link_in(letter["text"])
    assert "petra@example.org" in client.get(link).content.decode()
    assert client.post(link, {"password": "kurz"}).context["form"].errors
    answer = client.post(link, {"password": NEW}, follow=True)
    assert "Ihr neues Passwort gilt ab jetzt" in answer.content.decode()
    cast.petra.refresh_from_db()
    assert cast.petra.check_password(NEW)
    assert here.get("/mitte/desk/").status_code == 302
    assert client.get(link).status_code == 404
    assert client.post(link, {"password": PASSWORD}).status_code == 404
    assert SecurityEvent.objects.filter(kind=EventKind.PASSWORD_RESET).count() == 1


@pytest.mark.usefixtures("mail")
def test_the_answer_tells_nobody_who_has_an_account(
    client: Client, cast: Cast, network_a: Network
) -> None:
    cast.ede.is_active = False
    cast.ede.save()
    pages = set()
    for email in ("petra", "nobody", "carla", "ede"):
        page = client.post(FORGOTTEN, {"email": f"{email}@example.org"}).content.decode()
        pages.add(page.replace(email, ""))
    assert len(pages) == 1
    assert [letter["to"] for letter in mailed(network_a)] == ["petra@example.org"]


@pytest.mark.usefixtures("mail")
def test_nobody_fills_a_mailbox(client: Client, cast: Cast, network_a: Network) -> None:
    for _time in range(6):
        client.post(FORGOTTEN, {"email": "petra@example.org"})
    assert len(mailed(network_a)) == 3


@pytest.mark.usefixtures("no_mail")
def test_without_mail_the_page_says_whom_to_ask(client: Client, cast: Cast) -> None:
    page = client.post(FORGOTTEN, {"email": "petra@example.org"}).content.decode()
    assert "keine E-Mails" in page and '<input type="email"' not in page


@pytest.mark.usefixtures("mail")
def test_a_new_address_is_proven_first(client: Client, cast: Cast, network_a: Network) -> None:
    client.post("/mitte/desk/anmelden/", {"username": "petra@example.org", "password": PASSWORD})
    client.post("/mitte/desk/e-mail/", {"email": "Neu@example.org"})
    [letter] = mailed(network_a)
    assert letter["to"] == "Neu@example.org"
    cast.petra.refresh_from_db()
    assert cast.petra.email == "petra@example.org"
    link = link_in(letter["text"])
    assert client.get(link).status_code == 200
    cast.petra.refresh_from_db()
    assert cast.petra.email == "petra@example.org"  # a link that is only opened does nothing
    client.post(link)
    cast.petra.refresh_from_db()
    assert cast.petra.email == "neu@example.org"
    assert EmailAddress.objects.get(user=cast.petra).email == "neu@example.org"
    assert client.get(link).status_code == 404


@pytest.mark.usefixtures("mail")
def test_an_address_that_somebody_has_stays_theirs(
    client: Client, cast: Cast, network_a: Network
) -> None:
    client.post("/mitte/desk/anmelden/", {"username": "petra@example.org", "password": PASSWORD})
    client.post("/mitte/desk/e-mail/", {"email": "EDE@example.org"})
    answer = client.post(link_in(mailed(network_a)[0]["text"]))
    assert "kann nicht verwendet werden" in answer.content.decode()
    cast.petra.refresh_from_db()
    assert cast.petra.email == "petra@example.org"


@pytest.mark.usefixtures("mail")
def test_a_new_password_ends_the_links_to_another_address(
    client: Client, cast: Cast, network_a: Network
) -> None:
    """Somebody sat at another's computer and asked for their own address: a new password helps."""
    client.post("/mitte/desk/anmelden/", {"username": "petra@example.org", "password": PASSWORD})
    client.post("/mitte/desk/e-mail/", {"email": "fremd@example.org"})
    link = link_in(mailed(network_a)[0]["text"])
    cast.petra.set_password(NEW)
    cast.petra.save()
    assert Client().post(link).status_code == 404
    cast.petra.refresh_from_db()
    assert cast.petra.email == "petra@example.org"


def test_roles_of_a_form_are_those_of_a_network() -> None:
    from knotenpunkt.front.desk.rights import role_choices

    assert [key for key, _text in role_choices()] == [role.value for role in Role]
