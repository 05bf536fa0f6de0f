"""Who gets which answer: every address × every role. An address that is missing here fails."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from knotenpunkt.foundation.core.languages import OTHERS
from knotenpunkt.foundation.networks.addresses import address
from knotenpunkt.tools.search.queries import warm_up
from tests.access.stage import PARTS, TABLE, Stage
from tests.access.table import NOT_THERE, OPEN, ROLES, Line

pytestmark = pytest.mark.django_db

GETS = [line for line in TABLE if line.method == "get"]
FORMS = {name for part in PARTS for name in getattr(part, "FORMS", ())}
COOKIES_ALLOWED = {name for part in PARTS for name in getattr(part, "COOKIES_ALLOWED", ())}
OUTSIDE_NETWORKS = {
    "networks": OPEN,
    **{f"networks_{code}": OPEN for code in OTHERS},
    "health": OPEN,
    "ready": OPEN,
    # For monitoring on this machine, or with its token: tests/front/operating/test_metrics.py.
    "metrics": NOT_THERE,
    # Until the installation names a contact: tests/front/operating/test_security_txt.py.
    "security_txt": NOT_THERE,
    "security_txt_at_the_root": NOT_THERE,
}


def named(patterns: list[URLPattern | URLResolver], space: str = "") -> Iterator[str]:
    """The full names of all addresses."""
    for one in patterns:
        if isinstance(one, URLResolver):
            inner = f"{space}{one.namespace}:" if one.namespace else space
            yield from named(one.url_patterns, inner)
        else:
            yield f"{space}{one.name}"


def test_each_address_of_a_network_stands_in_the_table() -> None:
    missing = set(named(get_resolver("config.network_urls").url_patterns)) ^ {
        line.name for line in TABLE
    }
    assert not missing, f"Say in TABLE what each role gets (or take it out): {sorted(missing)}"


def test_each_address_outside_stands_in_the_table() -> None:
    missing = set(named(get_resolver("config.urls").url_patterns)) ^ OUTSIDE_NETWORKS.keys()
    assert not missing, f"Say in OUTSIDE_NETWORKS what each role gets: {sorted(missing)}"


def test_each_role_stands_in_each_line() -> None:
    assert all(line.expected.keys() == set(ROLES) for line in TABLE)


@pytest.mark.parametrize("line", TABLE, ids=str)
def test_each_role_gets_its_answer(line: Line, stage: Stage) -> None:
    path = stage.path(line)
    got = {role: stage.asked(path, role, line.method, **line.data).status_code for role in ROLES}
    assert got == line.expected


@pytest.mark.parametrize("name", OUTSIDE_NETWORKS)
def test_each_role_gets_its_answer_outside(name: str, stage: Stage) -> None:
    warm_up()  # otherwise nothing is ready
    got = {role: stage.asked(reverse(name), role).status_code for role in ROLES}
    assert got == OUTSIDE_NETWORKS[name]


@pytest.mark.parametrize(
    "path",
    ["/", "/en/", "/gibt-es-nicht/", "/en/nothing/", "/mitte/gibt-es-nicht/", "/static/x"],
)
def test_addresses_outside_are_the_same_for_everyone(path: str, stage: Stage) -> None:
    expected = 200 if path in ("/", "/en/") else 404
    assert {stage.asked(path, role).status_code for role in ROLES} == {expected}


@pytest.mark.once
@pytest.mark.parametrize("line", GETS, ids=str)
def test_no_public_answer_sets_a_cookie(line: Line, stage: Stage) -> None:
    """Only a form that changes something for somebody needs one."""
    allowed = {"csrftoken"} if line.name in COOKIES_ALLOWED else set()
    assert set(stage.asked(stage.path(line)).cookies) <= allowed


@pytest.mark.once
@pytest.mark.parametrize("line", [one for one in GETS if one.name not in FORMS], ids=str)
def test_pages_only_read(line: Line, stage: Stage) -> None:
    """An address that is asked for cannot be written to."""
    path = stage.path(line)
    for method in ("post", "put", "patch", "delete"):
        assert stage.asked(path, method=method).status_code in (302, 403, 404, 405)


@pytest.mark.once
@pytest.mark.parametrize("line", GETS, ids=str)
def test_every_page_speaks_english_too(line: Line, stage: Stage) -> None:
    german, english = (stage.asked(stage.path(line, language)) for language in ("de", "en"))
    assert german.status_code == english.status_code
    assert (german["Content-Language"], english["Content-Language"]) == ("de", "en")


@pytest.mark.parametrize("query", ["lat=nan&lon=1", "lat=inf&lon=inf", "lat=&lon=", "lat=1e400"])
def test_a_position_that_is_none_is_told(query: str, stage: Stage) -> None:
    path = address(stage.network, "areas:nearest_postal_code")
    assert stage.asked(f"{path}?{query}").status_code in (400, 404)
