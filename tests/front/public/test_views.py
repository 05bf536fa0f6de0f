from __future__ import annotations

import pytest
from django.test import Client, RequestFactory
from pytest_django import Settings

from knotenpunkt.foundation.accounts.rights import Right
from knotenpunkt.foundation.networks.models import Network
from knotenpunkt.front.public import views
from knotenpunkt.front.public.queries import area
from tests.conftest import Cast


def test_without_a_network_it_says_how_to_create_one(client: Client, db: None) -> None:
    page = client.get("/").content.decode()
    assert "knotenpunkt network create" in page


def test_the_only_network_is_where_everybody_goes(client: Client, network_a: Network) -> None:
    response = client.get("/")
    assert (response.status_code, response["Location"]) == (302, "/mitte/")


def test_several_networks_are_listed(
    client: Client, network_a: Network, network_b: Network
) -> None:
    page = client.get("/").content.decode()
    assert page.index("Netzwerk Mitte") < page.index("Netzwerk Peine")
    assert 'href="/mitte/"' in page and 'src="/peine/zeichen?v=path"' in page
    assert "Landkreis Mittelsachsen" in page
    assert 'href="tel:08001110550"' in page and "Elterntelefon" in page


def test_the_list_speaks_english_too(
    client: Client, network_a: Network, network_b: Network
) -> None:
    answer = client.get("/en/")
    page = answer.content.decode()
    assert (answer.status_code, answer["Content-Language"]) == (200, "en")
    assert '<html lang="en"' in page and "Where do you live?" in page and "Police" in page
    assert 'href="/mitte/en/"' in page
    assert 'href="/" lang="de"' in page and 'href="/en/" lang="en"' in client.get("/").text
    assert client.get("/en")["Location"] == "/en/"


def test_the_only_network_is_entered_in_the_language_asked_for(
    client: Client, network_a: Network
) -> None:
    assert client.get("/en/")["Location"] == "/mitte/en/"


@pytest.mark.parametrize(
    ("keys", "words"),
    [
        (["14522"], "Landkreis Mittelsachsen"),
        (["14522300", "14522"], "Landkreis Mittelsachsen"),
        (["16"], "Thüringen"),
        (["14521", "14522", "14523", "14524"], "Sachsen"),
        (["14522", "16"], "Landkreis Mittelsachsen, Thüringen"),
        ([], ""),
    ],
)
def test_an_area_in_words(db: None, keys: list[str], words: str) -> None:
    assert area(Network(area_keys=keys)) == words


@pytest.mark.parametrize(
    "path", ["/gibt-es-nicht/", "/en/nothing/", "/mitte/gibt-es-nicht/", "/mitte/en/nothing/"]
)
def test_a_missing_page_leads_home(client: Client, founded: Network, path: str) -> None:
    response = client.get(path)
    assert response.status_code == 404
    home = {"/gibt-es-nicht/": "/", "/en/nothing/": "/en/", "/mitte/en/nothing/": "/mitte/en/"}.get(
        path, "/mitte/"
    )
    assert f'class="kern-btn kern-btn--primary" href="{home}"' in response.content.decode()
    assert "tel:112" in response.content.decode()


def test_who_went_astray_at_the_desk_goes_on_there(client: Client, cast: Cast) -> None:
    lost, closed, public = "/mitte/desk/nichts/", "/mitte/desk/verlauf/", "/mitte/nichts/"
    way_back = ">Zu Ihrem Arbeitsplatz</a>"
    assert way_back not in client.get(lost).content.decode()
    client.force_login(cast.birgit)
    for path, code in ((lost, 404), (closed, 403)):
        page = client.get(path)
        assert page.status_code == code
        assert f'href="/mitte/desk/"{way_back}' in page.content.decode()
    assert way_back not in client.get(public).content.decode()
    client.force_login(cast.carla)  # to her this desk does not exist
    assert way_back not in client.get(lost).content.decode()


def test_a_crash_still_shows_help(
    client: Client, founded: Network, monkeypatch: pytest.MonkeyPatch
) -> None:
    def crash(*args: object) -> None:
        raise RuntimeError("something nobody thought of")

    monkeypatch.setattr(views.content, "examples", crash)
    client.raise_request_exception = False
    response = client.get("/mitte/")
    assert response.status_code == 500
    assert "Elterntelefon" in response.content.decode()
    assert "something nobody" not in response.content.decode()


def test_help_is_named_even_when_no_page_can_be_made(
    client: Client, founded: Network, monkeypatch: pytest.MonkeyPatch, settings: Settings
) -> None:
    """A style sheet that was never collected breaks every page, the one about errors too."""
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}
    }
    client.raise_request_exception = False
    for path, heading in (("/mitte/", "Bei uns ist etwas"), ("/mitte/en/", "Something went")):
        response = client.get(path)
        page = response.content.decode()
        assert response.status_code == 500
        assert "tel:112" in page and "tel:110" in page and heading in page
        assert "<link" not in page and "Traceback" not in page


def test_error_pages_need_no_network_and_no_resolved_address(rf: RequestFactory) -> None:
    for view, code in ((views.not_found, 404), (views.server_error, 500)):
        response = view(rf.get("/"))
        assert response.status_code == code
        assert "tel:112" in response.content.decode()


def test_a_refusal_names_no_right(rf: RequestFactory) -> None:
    response = views.forbidden(rf.get("/"), PermissionError(Right.READ_AUDIT))
    assert response.status_code == 403
    assert Right.READ_AUDIT not in response.content.decode()
