"""Numbers as people write them; forms that refuse kindly and lose nothing."""

from __future__ import annotations

import contextlib
import time

import pytest
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from knotenpunkt.activities.inbox.forms import CallForm, OutcomeForm, international, shown
from knotenpunkt.foundation.core.public_forms import LONGEST_SECONDS, new_token


@pytest.mark.parametrize(
    ("written", "dialled"),
    [
        ("03731 555010", "+493731555010"),
        ("03731 / 555-010", "+493731555010"),
        ("(03731) 555 010 (Anna)", "+493731555010"),
        ("0171.1234567", "+491711234567"),
        ("+49 (0)171 1234567", "+491711234567"),
        ("0049 171 1234567", "+491711234567"),
        ("49 171 1234567", "+491711234567"),
        ("00420 601 123 456", "+420601123456"),
        ("+380 50 123 4567", "+380501234567"),
        ("٠١٧١ ١٢٣٤٥٦٧", "+491711234567"),
    ],
)
def test_numbers_as_people_write_them(written: str, dialled: str) -> None:
    assert international(written) == dialled


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("555010", "area code"),
        ("112", "area code"),
        ("anna@example.org", "area code"),
        ("0171", "missing"),
        ("0171 1234567 oder 03731 555010", "too many digits"),
        ("+", "digits"),
        ("0", "digits"),
    ],
)
def test_what_nobody_could_call_is_told_kindly(written: str, told: str) -> None:
    with override("en"), pytest.raises(ValidationError, match=told):
        international(written)


@given(st.text(max_size=60))
def test_any_text_is_a_number_or_told(written: str) -> None:
    with contextlib.suppress(ValidationError):
        assert international(written).startswith("+")


def test_numbers_are_shown_as_one_dials_them_here() -> None:
    assert shown("+493731555010") == "03731 555010"
    assert shown("+420601123456") == "+420 601 123 456"
    assert shown("nonsense") == "nonsense"


def test_languages_are_named_as_their_speakers_call_them() -> None:
    with override("de"):
        choices = dict(CallForm(language="de")["language"].field.choices)  # type: ignore[attr-defined]
    assert (choices["tr"], choices["uk"], choices["ar"]) == ("Türkçe", "Українська", "العربية")


def sent(monkeypatch: pytest.MonkeyPatch, after: int, **values: str) -> CallForm:
    """The form, so many seconds after it was made."""
    token = new_token()
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now + after)
    data = QueryDict(mutable=True)
    data.update({"phone": "03731 555010", "language": "de", "token": token} | values)
    data.setlist("daytimes", ["morning", "evening"])
    with override("en"):
        form = CallForm(data)
        form.is_valid()
    return form


def test_a_form_filled_by_a_person_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    form = sent(monkeypatch, 20)
    assert not form.errors
    assert form.cleaned_data["daytimes"] == ["morning", "evening"]


def test_too_quick_is_told_and_may_be_sent_again(monkeypatch: pytest.MonkeyPatch) -> None:
    form = sent(monkeypatch, 1)
    assert "quick" in form.non_field_errors()[0]
    token = form["token"].value()
    monkeypatch.undo()
    assert not sent(monkeypatch, 4, token=token).errors


@pytest.mark.parametrize("token", ["", "x", "1700000000:forged", "1:2:3"])
def test_a_token_that_is_not_ours_is_renewed(monkeypatch: pytest.MonkeyPatch, token: str) -> None:
    form = sent(monkeypatch, 20, token=token)
    assert "long time" in form.non_field_errors()[0]
    assert form["daytimes"].value() == ["morning", "evening"]
    assert not sent(monkeypatch, 0, token=form["token"].value()).errors


def test_a_page_left_open_over_night_loses_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    form = sent(monkeypatch, LONGEST_SECONDS + 1)
    assert form["phone"].value() == "03731 555010"
    assert "All is still there" in form.non_field_errors()[0]


def test_the_trap_is_told_because_a_browser_may_have_filled_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    form = sent(monkeypatch, 20, website="https://x.example")
    assert "empty" in form.non_field_errors()[0]


def test_passing_on_needs_to_whom() -> None:
    assert "passed_to" in OutcomeForm({"outcome": "passed_on"}, attempts=0).errors
    assert not OutcomeForm({"outcome": "passed_on", "passed_to": "Haus"}, attempts=0).errors


def test_giving_up_is_offered_after_two_calls_only() -> None:
    assert "outcome" in OutcomeForm({"outcome": "not_reached"}, attempts=1).errors
    assert not OutcomeForm({"outcome": "not_reached"}, attempts=2).errors
