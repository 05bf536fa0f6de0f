from __future__ import annotations

import re

import pytest
from django.conf import settings
from django.test import Client

from knotenpunkt.foundation.accounts.actors import ANYONE
from knotenpunkt.front.desk.deeds import DEEDS, REASONS, doer, said
from knotenpunkt.tools.jobs.registry import works
from tests.conftest import PASSWORD, Cast

APPS = "(?:areas|inbox|notes|imports|offers|pages|partners|privacy)"
SIGN_IN = "/mitte/desk/anmelden/"


def sign_in(client: Client, email: str, password: str = PASSWORD, **more: str) -> object:
    return client.post(SIGN_IN, {"username": email, "password": password, **more})


@pytest.mark.parametrize("email", ["petra@example.org", "PETRA@Example.ORG", " petra@example.org "])
def test_sign_in_whatever_the_case(client: Client, cast: Cast, email: str) -> None:
    response = sign_in(client, email)
    assert (response.status_code, response["Location"]) == (302, "/mitte/desk/")  # type: ignore[attr-defined, index]
    assert client.get("/mitte/desk/").status_code == 200


def test_a_wrong_password_and_an_unknown_address_answer_the_same(
    client: Client, cast: Cast
) -> None:
    cast.ede.is_active = False
    cast.ede.save()
    pages = []
    for email, password in (
        ("petra@example.org", "wrong-password"),
        ("xetra@example.org", "wrong-password"),
        ("ede@example.org", PASSWORD),
    ):
        page = sign_in(client, email, password).content.decode()  # type: ignore[attr-defined]
        assert f'value="{email}"' in page
        assert "wrong-password" not in page
        pages.append(re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page).replace(email, ""))
    assert pages[0] == pages[1] == pages[2]


def test_no_role_here_is_said_only_with_the_right_password(client: Client, cast: Cast) -> None:
    sentence = "keine Rolle in diesem Netzwerk"
    assert sentence not in sign_in(client, "carla@example.org", "wrong").content.decode()  # type: ignore[attr-defined]
    assert sentence in sign_in(client, "carla@example.org").content.decode()  # type: ignore[attr-defined]
    assert settings.SESSION_COOKIE_NAME not in client.cookies


def test_signing_in_leads_to_where_one_wanted_to_go(client: Client, cast: Cast) -> None:
    wanted = "/mitte/desk/?seite=2"
    assert wanted in client.get(SIGN_IN, {"next": wanted}).content.decode()
    assert sign_in(client, "petra@example.org", next=wanted)["Location"] == wanted  # type: ignore[index]


def test_signing_in_leads_to_no_other_site(client: Client, cast: Cast) -> None:
    response = sign_in(client, "petra@example.org", next="https://example.com/")
    assert response["Location"] == "/mitte/desk/"  # type: ignore[index]


def test_the_session_gets_a_new_key(client: Client, cast: Cast) -> None:
    session = client.session
    session["x"] = 1
    session.save()
    before = session.session_key
    sign_in(client, "petra@example.org")
    assert client.session.session_key != before


def test_who_is_signed_in_needs_no_form(client: Client, cast: Cast) -> None:
    client.force_login(cast.petra)
    assert client.get(SIGN_IN)["Location"] == "/mitte/desk/"


def test_an_outsider_can_sign_in_as_somebody_else(client: Client, cast: Cast) -> None:
    client.force_login(cast.carla)
    assert client.get(SIGN_IN).status_code == 200


def test_signing_out_is_a_deed_not_a_link(client: Client, cast: Cast) -> None:
    client.force_login(cast.petra)
    assert client.get("/mitte/desk/abmelden/").status_code == 405
    response = client.post("/mitte/desk/abmelden/", follow=True)
    assert "Sie sind abgemeldet." in response.content.decode()
    assert client.get("/mitte/desk/").status_code == 302


def test_a_form_without_its_token_is_refused_kindly(cast: Cast) -> None:
    client = Client(enforce_csrf_checks=True)
    response = client.post(SIGN_IN, {"username": "petra@example.org", "password": PASSWORD})
    assert response.status_code == 403
    assert f'href="{SIGN_IN}"' in response.content.decode()


def test_the_form_works_with_its_token(cast: Cast) -> None:
    client = Client(enforce_csrf_checks=True)
    page = client.get(SIGN_IN).content.decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)
    assert token is not None
    values = {"username": "petra@example.org", "password": PASSWORD}
    assert client.post(SIGN_IN, values | {"csrfmiddlewaretoken": token[1]}).status_code == 302


def test_public_pages_set_no_cookie_for_members_either(client: Client, cast: Cast) -> None:
    sign_in(client, "petra@example.org")
    for path in ("/mitte/", "/mitte/angebote/", "/mitte/x/", "/"):
        assert not client.get(path).cookies, path


def test_the_desk_speaks_english_too(client: Client, cast: Cast) -> None:
    client.force_login(cast.petra)
    page = client.get("/mitte/en/desk/").content.decode()
    assert "Sign out" in page and "Nothing waits for you" in page
    assert 'href="/mitte/desk/"' in page


def test_what_is_missing_is_asked_for_kindly(client: Client, cast: Cast) -> None:
    page = client.post(SIGN_IN, {"username": "", "password": ""}).content.decode()
    assert "Bitte geben Sie Ihre E-Mail-Adresse ein." in page
    assert "Bitte geben Sie Ihr Passwort ein." in page
    assert "erforderlich" not in page


def test_what_the_installation_does_has_words() -> None:
    sources = settings.PRODUCT.rglob("*.py")
    given = set(re.findall(r'System\("([^"]+)"\)', "".join(f.read_text("utf-8") for f in sources)))
    writes_nothing = {"privacy export", "offers imports", "partners duplicates", "preview"}
    writes_nothing |= {"search words"}
    assert given - writes_nothing == set(REASONS)
    assert doer("Petra Lindner") == "Petra Lindner"
    assert "anyone" not in doer(ANYONE.label)


def test_every_deed_has_words() -> None:
    """The audit names deeds such as offers.publish; people read what front/desk/deeds.py says."""
    rooms = ["actions.py", "actions/*.py"]
    actions = [f.read_text("utf-8") for room in rooms for f in settings.PRODUCT.rglob(room)]
    named = {deed for text in actions for deed in re.findall(r'deed\b.*?"([a-z]+\.[a-z_]+)"', text)}
    named |= {deed for text in actions for deed in re.findall(rf'"({APPS}\.[a-z_]+)"', text)}
    silent = named - set(DEEDS) - set(works()) - {"offers.picture"}  # the salt of a signature
    assert not silent, "Say these deeds in words in front/desk/deeds.py"
    assert said("offers.unheard_of") == "offers.unheard_of"
