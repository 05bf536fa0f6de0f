"""One's own account: name, password, sessions, what happened."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.test import Client, RequestFactory

from knotenpunkt.foundation.accounts import devices
from knotenpunkt.foundation.accounts.actions import note
from knotenpunkt.foundation.accounts.models import (
    ChangedHistory,
    EventKind,
    Membership,
    SecurityEvent,
)
from knotenpunkt.foundation.networks.models import Network
from knotenpunkt.foundation.networks.scope import in_network
from knotenpunkt.front.founding import give_role
from tests.conftest import PASSWORD, Cast

HOME = "/mitte/desk/konto/"
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"
NEW = "vier-lange-neue-worte"


@pytest.fixture(autouse=True)
def _nothing_counted(db: None) -> None:
    cache.clear()


def signed_in(name: str = "petra", network: str = "mitte", agent: str = FIREFOX) -> Client:
    client = Client(headers={"user-agent": agent})
    values = {"username": f"{name}@example.org", "password": PASSWORD}
    assert client.post(f"/{network}/desk/anmelden/", values).status_code == 302
    return client


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        (FIREFOX, "Firefox (Windows)"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, "
         "like Gecko) Version/18.0 Mobile/15E148 Safari/604.1", "Safari (iPhone)"),
        ("Mozilla/5.0 (Linux; Android 14; SM-S911B) AppleWebKit/537.36 (KHTML, like Gecko) "
         "SamsungBrowser/25.0 Chrome/121.0 Mobile Safari/537.36", "Samsung Internet (Android)"),
        ("Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/141.0 Safari/537.36 Edg/141.0",
         "Edge (Windows)"),
        ("Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/141.0 Safari/537.36",
         "Chrome (Linux)"),
        ("curl/8", ""),
        ("", ""),
    ],
)  # fmt: skip
def test_browsers_in_words(rf: RequestFactory, agent: str, words: str) -> None:
    assert devices.browser_of(rf.get("/", headers={"user-agent": agent})) == words


def test_where_one_is_signed_in(cast: Cast) -> None:
    here, there = signed_in(), signed_in(agent="curl/8")
    shown = here.get(HOME).context["devices"]
    assert [one["browser"] for one in shown] == ["Firefox (Windows)", "unbekannter Browser"]
    assert [one["is_this_one"] for one in shown] == [True, False]
    key = there.session.session_key or ""
    assert key not in here.get(HOME).content.decode()

    page = here.post(f"{HOME}abmelden-anderswo/", {"mark": shown[1]["mark"]}, follow=True)
    assert "Sie sind dort abgemeldet." in page.content.decode()
    assert there.get(HOME).status_code == 302
    assert here.get(HOME).status_code == 200
    assert SecurityEvent.objects.filter(kind=EventKind.SESSION_ENDED).count() == 1


def test_all_others_are_ended_at_once(cast: Cast) -> None:
    here, others = signed_in(), [signed_in() for _one in range(2)]
    ede = signed_in("ede")
    page = here.post(f"{HOME}abmelden-anderswo/", follow=True)
    assert "an 2 Stellen abgemeldet" in page.content.decode()
    assert [one.get(HOME).status_code for one in (here, *others, ede)] == [200, 302, 302, 200]


def test_nobody_ends_the_session_of_another(cast: Cast) -> None:
    petra, ede = signed_in(), signed_in("ede")
    mark = devices.mark_of(ede.session.session_key or "")
    page = petra.post(f"{HOME}abmelden-anderswo/", {"mark": mark}, follow=True)
    assert "nur hier angemeldet" in page.content.decode()
    assert ede.get(HOME).status_code == 200


def test_last_use_is_kept_now_and_then(cast: Cast) -> None:
    client = signed_in()
    session = client.session
    before = session[devices.USED]
    client.get(HOME)
    assert client.session[devices.USED] == before
    session[devices.USED] = before - devices.STEP_SECONDS - 1
    session.save()
    client.get(HOME)
    assert client.session[devices.USED] >= before


def test_a_new_password_ends_every_other_session(cast: Cast) -> None:
    here, there = signed_in(), signed_in()
    wrong = here.post(f"{HOME}passwort/", {"former": "wrong", "password": NEW})
    assert "stimmt nicht" in wrong.content.decode()
    weak = here.post(f"{HOME}passwort/", {"former": PASSWORD, "password": "petra"})
    assert weak.context["form"].errors["password"]
    assert NEW not in weak.content.decode()
    here.post(f"{HOME}passwort/", {"former": PASSWORD, "password": NEW})
    assert here.get(HOME).status_code == 200
    assert there.get(HOME).status_code == 302
    cast.petra.refresh_from_db()
    assert cast.petra.check_password(NEW)
    kinds = set(SecurityEvent.objects.values_list("kind", flat=True))
    assert kinds >= {EventKind.PASSWORD_CHANGED, EventKind.WRONG_PASSWORD}


def test_a_name_is_changed(cast: Cast) -> None:
    client = signed_in()
    assert "Bitte geben Sie Ihren Namen ein." in client.post(f"{HOME}name/").content.decode()
    client.post(f"{HOME}name/", {"name": " Petra Neu "})
    cast.petra.refresh_from_db()
    assert cast.petra.name == "Petra Neu"


def test_signing_in_is_remembered_in_this_network_only(
    cast: Cast, network_a: Network, network_b: Network, system: Any
) -> None:
    with in_network(network_b):
        give_role(actor=system, email="petra@example.org", name="", role="reader", password="")
    signed_in()
    with in_network(network_a):
        assert Membership.objects.get(user=cast.petra).last_sign_in_at
    with in_network(network_b):
        assert Membership.objects.get(user=cast.petra).last_sign_in_at is None


def test_who_works_in_two_networks_goes_from_one_to_the_other(
    cast: Cast, network_b: Network, system: Any
) -> None:
    assert "Zu Peine wechseln" not in signed_in().get("/mitte/desk/").content.decode()
    with in_network(network_b):
        give_role(actor=system, email="petra@example.org", name="", role="reader", password="")
    client = signed_in()
    page = client.get("/mitte/en/desk/").content.decode()
    assert re.search(r'href="/peine/en/desk/".*?Switch to Peine', page, re.DOTALL)
    assert client.get("/peine/desk/").status_code == 200
    assert "Zu Mitte wechseln" in client.get("/peine/desk/").content.decode()


def test_the_person_sees_every_event_with_its_network(
    cast: Cast, network_b: Network, network_a: Network
) -> None:
    with in_network(network_b):
        note(user=cast.petra, kind=EventKind.WRONG_PASSWORD, detail="Chrome (Linux)")
    page = signed_in().get(HOME).content.decode()
    assert "Falsches Passwort" in page and "Peine" in page and "Firefox (Windows)" in page


def test_what_happened_cannot_be_changed(cast: Cast) -> None:
    signed_in()
    event = SecurityEvent.objects.get()
    event.detail = "nothing"
    with pytest.raises(ChangedHistory):
        event.save()


def test_sessions_hold_no_address_of_a_computer(cast: Cast) -> None:
    client = Client()
    values = {"username": "petra@example.org", "password": PASSWORD}
    client.post("/mitte/desk/anmelden/", values, REMOTE_ADDR="203.0.113.77")
    kept = [session.get_decoded() for session in Session.objects.all()]
    assert kept and "203.0.113.77" not in str(kept)
