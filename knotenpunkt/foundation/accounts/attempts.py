"""Slows down who guesses passwords, without locking out whose password is guessed.

Five wrong passwords for one account from one place: that place waits. The person comes in from
anywhere else. Only when very many places guess at one account, its password rests for everybody;
a passkey still opens it. Whether there is such an account makes no difference.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext as _

from knotenpunkt.foundation.core.brakes import Brake, in_words
from knotenpunkt.foundation.core.measures import SIGN_IN_FAILURES
from knotenpunkt.foundation.core.visitors import visitor_address

FROM_ONE_PLACE = Brake("sign-in", limit=5, seconds=5 * 60)
ONE_PLACE = Brake("sign-in-place", limit=40, seconds=10 * 60)
ONE_ACCOUNT = Brake("sign-in-account", limit=100, seconds=60 * 60)
# Reset mails and passkeys: no secret to guess, but work for the machine and for a mailbox.
MAILS_TO_ONE = Brake("reset-mail", limit=3, seconds=60 * 60)
OTHER_STEPS = Brake("sign-in-steps", limit=60, seconds=10 * 60)


@dataclass(frozen=True, slots=True)
class Attempt:
    """One try to sign in with a password."""

    email: str
    place: str

    @classmethod
    def of(cls, request: HttpRequest, email: str) -> Attempt:
        """The try that this request makes."""
        return cls(_one_spelling(email), visitor_address(request) or "unknown")

    def refuse_when_too_many(self) -> None:
        """ValidationError, with how long to wait, before the password is even looked at."""
        wait = max(brake.wait_seconds(key) for brake, key in self._brakes())
        if wait:
            raise too_many(wait)

    def count(self) -> None:
        """The password was wrong."""
        SIGN_IN_FAILURES.labels(step="password").inc()
        for brake, key in self._brakes():
            brake.holds(key)

    def forget(self) -> None:
        """The password was right: this place may err again. What it did to others still counts."""
        FROM_ONE_PLACE.forget(self._pair)

    @property
    def _pair(self) -> str:
        return f"{self.email} {self.place}"

    def _brakes(self) -> tuple[tuple[Brake, str], ...]:
        return (
            (FROM_ONE_PLACE, self._pair),
            (ONE_PLACE, self.place),
            (ONE_ACCOUNT, self.email),
        )


def _one_spelling(email: str) -> str:
    """By capitals and back: databases find "ſ" and "ı" in capitals where an address has s and i."""
    return email.strip().upper().lower()


def too_many(wait_seconds: int) -> ValidationError:
    """What is said to whom a brake holds."""
    return ValidationError(
        _("Too many tries. Please try again %(when)s.") % {"when": in_words(wait_seconds)},
        code="too_many",
    )


def refuse_when_too_many_steps(request: HttpRequest) -> None:
    """For the steps around a password: ValidationError when one place asks without end."""
    place = visitor_address(request) or "unknown"
    if OTHER_STEPS.holds(place):
        raise too_many(OTHER_STEPS.wait_seconds(place))
