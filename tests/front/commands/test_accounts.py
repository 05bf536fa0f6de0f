"""`knotenpunkt account …` and the rule about second factors, as an administrator meets them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.installations import CONSOLE, Installation, new_installation


@pytest.fixture(scope="module")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    with new_installation(tmp_path_factory.mktemp("accounts")) as one:
        one.done("network", "create", "mitte", "--name", "Netzwerk Mitte")
        one.done(
            "account", "create", "petra@example.org", "--name", "Petra Lindner",
            "--network", "mitte", "--role", "coordinator",
        )  # fmt: skip
        yield one


def test_a_link_to_a_new_password(installation: Installation) -> None:
    words = ("account", "reset-link", "PETRA@example.org", "--network", "mitte")
    said = installation.done(*words, "--port", "8123")
    assert "Petra Lindner" in said
    assert "http://localhost:8123/mitte/desk/neues-passwort/" in said


def test_nobody_else_gets_a_link(installation: Installation) -> None:
    result = installation.run("account", "reset-link", "x@example.org", "--network", "mitte")
    assert result.returncode == 2
    assert "Nobody with the address x@example.org works in mitte." in result.stderr


def test_a_lost_second_factor(installation: Installation) -> None:
    words = ("account", "remove-second-factor", "petra@example.org", "--network", "mitte")
    assert "There was none." in installation.done(*words)


def test_a_role_is_asked_for_a_second_factor(installation: Installation) -> None:
    asked = "from knotenpunkt.foundation.networks.models import Network; "
    asked += "print(Network.objects.get().second_factor_roles)"
    show = [str(CONSOLE.with_name("python")), "manage.py", "shell", "-v", "0", "-c", asked]
    installation.done(
        "network", "change", "mitte", "--second-factor", "coordinator", "--second-factor", "editor"
    )
    assert "['coordinator', 'editor']" in installation.execute(show).stdout
    installation.done("network", "change", "mitte", "--second-factor", "nobody")
    assert "[]" in installation.execute(show).stdout
