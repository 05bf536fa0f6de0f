"""Who is counted as one visitor, with and without proxies, told the truth or not."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as st

from config.installation import proxies
from config.options import Environment, UnusableSetting
from knotenpunkt.foundation.core.visitors import is_on_this_machine, visitor_address

PROXY = "10.0.0.2"


def seen(forwarded: str = "", connected: str = PROXY) -> str:
    headers = {"HTTP_X_FORWARDED_FOR": forwarded} if forwarded else {}
    return visitor_address(RequestFactory().get("/", REMOTE_ADDR=connected, **headers))


@pytest.mark.parametrize(
    ("forwarded", "trusted", "expected"),
    [
        ("203.0.113.7", 0, PROXY),
        ("203.0.113.7", 1, "203.0.113.7"),
        ("198.51.100.1, 203.0.113.7", 1, "203.0.113.7"),
        ("1.1.1.1, 203.0.113.7, 10.0.0.1", 2, "203.0.113.7"),
        ("203.0.113.7", 2, PROXY),
        ("", 1, PROXY),
        ("203.0.113.7, unknown", 1, PROXY),
        ("203.0.113.7, ", 1, PROXY),
        ("203.0.113.7:4711", 1, "203.0.113.7"),
        ("[2001:db8:1:2:3::9]:4711", 1, "2001:db8:1:2::/64"),
        ("::ffff:203.0.113.7", 1, "203.0.113.7"),
    ],
)
def test_the_proxys_own_entry_counts(
    forwarded: str, trusted: int, expected: str, settings: Any
) -> None:
    settings.PROXIES = trusted
    assert seen(forwarded) == expected


def test_a_whole_ipv6_network_is_one_visitor() -> None:
    one, two = seen(connected="2001:db8:1:2::1"), seen(connected="2001:db8:1:2:ffff::1")
    assert one == two != seen(connected="2001:db8:1:3::1")


@pytest.mark.parametrize("connected", ["", "/run/knotenpunkt.sock", "unix:"])
def test_a_socket_file_has_no_address(connected: str) -> None:
    assert seen(connected=connected) == ""


@given(written=st.text(max_size=60))
def test_what_a_visitor_writes_changes_nothing(written: str) -> None:
    assert seen(f"{written}, 203.0.113.7") == PROXY


@pytest.mark.parametrize(
    ("connected", "headers", "expected"),
    [
        ("127.0.0.1", {}, True),
        ("::1", {}, True),
        ("10.0.0.5", {}, False),
        ("", {}, False),
        ("127.0.0.1", {"HTTP_X_FORWARDED_FOR": "203.0.113.7"}, False),
        ("127.0.0.1", {"HTTP_FORWARDED": "for=203.0.113.7"}, False),
    ],
)
def test_what_a_proxy_passes_on_does_not_come_from_here(
    connected: str, headers: dict[str, str], expected: bool
) -> None:
    request = RequestFactory().get("/", REMOTE_ADDR=connected, **headers)
    assert is_on_this_machine(request) is expected


@pytest.mark.parametrize(
    ("given", "expected"),
    [({}, 0), ({"PROXIES": "2"}, 0), ({"BEHIND_PROXY": "yes"}, 1),
     ({"BEHIND_PROXY": "yes", "PROXIES": "2"}, 2)],
)  # fmt: skip
def test_proxies_are_trusted_only_when_there_are_some(given: dict[str, str], expected: int) -> None:
    environ = {f"KNOTENPUNKT_{name}": value for name, value in given.items()}
    assert proxies(Environment(environ)) == expected


@pytest.mark.parametrize("count", ["0", "10", "viele"])
def test_a_senseless_number_of_proxies_is_told(count: str) -> None:
    environ = {"KNOTENPUNKT_BEHIND_PROXY": "yes", "KNOTENPUNKT_PROXIES": count}
    with pytest.raises(UnusableSetting, match="KNOTENPUNKT_PROXIES"):
        proxies(Environment(environ))
