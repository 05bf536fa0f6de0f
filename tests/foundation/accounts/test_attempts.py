"""Guessing is slow, and hurts only who guesses."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from knotenpunkt.foundation.accounts import attempts
from knotenpunkt.foundation.accounts.models import EventKind, SecurityEvent
from tests.conftest import PASSWORD, Cast

SIGN_IN = "/mitte/desk/anmelden/"
WRONG = "wrong"
HERE, ELSEWHERE = "203.0.113.7", "203.0.113.8"


@pytest.fixture(autouse=True)
def _nothing_counted(db: None) -> None:
    cache.clear()


def attempt(email: str, password: str = WRONG, place: str = HERE) -> Any:
    values = {"username": email, "password": password}
    return Client().post(SIGN_IN, values, REMOTE_ADDR=place)


def is_in(answer: Any) -> bool:
    return bool(answer.status_code == 302 and answer["Location"] == "/mitte/desk/")


def test_after_five_wrong_passwords_this_place_waits(cast: Cast) -> None:
    for _wrong in range(5):
        assert "passen nicht zusammen" in attempt("petra@example.org").content.decode()
    page = attempt("petra@example.org", PASSWORD).content.decode()
    assert "zu viele Versuche" in page
    assert "in etwa 5 Minuten" in page
    assert not is_in(attempt("PETRA@example.org", PASSWORD))  # whatever the case


@pytest.mark.parametrize("spelling", ["BIRGIT@example.org", "bırgit@example.org"])
def test_every_spelling_of_an_address_is_one_account(cast: Cast, spelling: str) -> None:
    """PostgreSQL compares addresses in capitals, and ı is I there, too."""
    for _wrong in range(5):
        attempt("birgit@example.org")
    assert "zu viele Versuche" in attempt(spelling).content.decode()


def test_the_right_password_from_another_place_still_works(cast: Cast) -> None:
    for _wrong in range(8):
        attempt("petra@example.org")
    assert is_in(attempt("petra@example.org", PASSWORD, ELSEWHERE))


def test_other_people_at_this_place_still_come_in(cast: Cast) -> None:
    for _wrong in range(8):
        attempt("petra@example.org")
    assert is_in(attempt("ede@example.org", PASSWORD))


def test_the_right_password_in_time_begins_anew(cast: Cast) -> None:
    for _round in range(3):
        for _wrong in range(4):
            attempt("petra@example.org")
        assert is_in(attempt("petra@example.org", PASSWORD))


def test_unknown_addresses_wait_just_the_same(cast: Cast) -> None:
    for _wrong in range(5):
        attempt("nobody@example.org")
    assert "zu viele Versuche" in attempt("nobody@example.org").content.decode()
    assert not SecurityEvent.objects.exists()


def test_one_place_cannot_try_one_account_after_the_other(cast: Cast) -> None:
    for number in range(attempts.ONE_PLACE.limit):
        attempt(f"person{number}@example.org")
    page = attempt("petra@example.org", PASSWORD).content.decode()
    assert "in etwa 10 Minuten" in page


def test_very_many_places_together_wait_for_one_account(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    limit = attempts.ONE_ACCOUNT.limit
    for number in range(limit):
        attempts.ONE_ACCOUNT.holds("petra@example.org") if number < limit - 1 else attempt(
            "petra@example.org"
        )
    assert "zu viele" in attempt("petra@example.org", PASSWORD, ELSEWHERE).content.decode()
    assert is_in(attempt("ede@example.org", PASSWORD))


def test_a_wrong_password_is_noted_for_its_person(cast: Cast) -> None:
    attempt("petra@example.org")
    event = SecurityEvent.objects.get()
    assert (event.user, event.kind) == (cast.petra, EventKind.WRONG_PASSWORD)
    assert HERE not in str(SecurityEvent.objects.values_list())


def test_waiting_tries_are_not_noted_again(cast: Cast) -> None:
    for _wrong in range(9):
        attempt("petra@example.org")
    assert SecurityEvent.objects.count() == 5


def test_the_count_says_nothing_about_anybody(cast: Cast) -> None:
    attempt("petra@example.org")
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT cache_key, value FROM shared_cache")
        kept = str(cursor.fetchall())
    assert "petra" not in kept and HERE not in kept


def test_asking_for_links_is_slowed_down_too(cast: Cast, settings: Any) -> None:
    settings.EMAIL_HOST = "mail.example.org"
    client = Client()
    pages = [
        client.post("/mitte/desk/passwort-vergessen/", {"email": f"p{n}@example.org"})
        for n in range(attempts.OTHER_STEPS.limit + 1)
    ]
    assert "zu viele Versuche" in pages[-1].content.decode()
    assert "Postfach" in pages[0].content.decode()
