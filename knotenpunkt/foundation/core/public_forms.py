"""Forms for everyone, without account or cookie: a signed time, and a trap for machines.

Nobody who is refused loses a word: the form comes back filled, and sending it again passes.
"""

from __future__ import annotations

import time
from typing import Any, cast
from urllib.parse import urlsplit

from django import forms
from django.core import signing
from django.core.exceptions import ValidationError
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _

QUICKEST_SECONDS = 3
LONGEST_SECONDS = 60 * 60 * 12
TOKEN_SALT = "knotenpunkt.inbox.form"  # noqa: S105 - a name, no secret


def new_token() -> str:
    """When this form was made, signed: it takes the place of a cookie."""
    return signing.Signer(salt=TOKEN_SALT).sign(str(int(time.time())))


def seconds_since(token: str) -> float:
    """How long a form lay open; BadSignature when we did not make it."""
    return time.time() - int(signing.Signer(salt=TOKEN_SALT).unsign(token))


class Trap(forms.TextInput):
    """A field that people never see and machines like to fill."""

    template_name = "design/components/_trap.html"


class PublicForm(forms.Form):
    """It knows when it was made, and sets a trap."""

    token = forms.CharField(widget=forms.HiddenInput, required=False)
    website = forms.CharField(widget=Trap, required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("website"):
            raise ValidationError(_("Please leave the field “Website” empty and send it again."))
        if not self.errors:  # one thing at a time
            self._refuse_untimely(cleaned.get("token", ""))
        return cleaned

    def _refuse_untimely(self, token: str) -> None:
        try:
            seconds = seconds_since(token)
        except (signing.BadSignature, ValueError):
            seconds = LONGEST_SECONDS
        if seconds < QUICKEST_SECONDS:
            raise ValidationError(_("That was very quick. Please send it once more."))
        if seconds >= LONGEST_SECONDS:
            self.renew(made_before=QUICKEST_SECONDS)
            raise ValidationError(
                _("The page was open for a long time. All is still there: please send it again.")
            )

    def renew(self, *, made_before: int) -> None:
        """A new token that may be sent at once."""
        token = signing.Signer(salt=TOKEN_SALT).sign(str(int(time.time()) - made_before))
        data = cast(QueryDict, self.data).copy()
        data["token"] = token
        self.data = data


def comes_from_here(request: HttpRequest) -> bool:
    """Browsers say from which page a form was sent; where one does not, the token must do."""
    if site := request.headers.get("Sec-Fetch-Site"):
        return site == "same-origin"
    origin = request.headers.get("Origin")
    return origin is None or urlsplit(origin).netloc == request.get_host()
