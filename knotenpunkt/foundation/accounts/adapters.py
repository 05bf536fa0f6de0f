"""What django-allauth asks us, and what we answer. Its settings name these three classes.

They hold the rules that its own pages would have: nobody signs up alone, a role in the network at
hand is needed, guessing is slowed down, and each way in leaves the same trace.
"""

from __future__ import annotations

from base64 import b64decode, b64encode
from typing import Any
from urllib.parse import urlencode

import segno
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.stagekit import clear_login
from allauth.core import context
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from knotenpunkt.foundation.accounts import actions, devices
from knotenpunkt.foundation.accounts.actors import Person
from knotenpunkt.foundation.accounts.attempts import Attempt
from knotenpunkt.foundation.accounts.models import EventKind, User
from knotenpunkt.foundation.accounts.queries import actor_for, networks_of
from knotenpunkt.foundation.core.sealing import seal, unseal
from knotenpunkt.foundation.core.visitors import visitor_address

# Why somebody is shown the way in again; the page says it in words.
NO_ROLE, SERVICE_FAILED, UNKNOWN_THERE, NO_PASSKEY = (
    "keine-rolle", "dienst-fehler", "dienst-unbekannt", "passkey-fehler",
)  # fmt: skip
REASON = "grund"
SECRETS = "mfa.Authenticator.data"


def back_to_sign_in(reason: str) -> HttpResponseRedirect:
    """The page of the way in, with the reason."""
    return HttpResponseRedirect(f"{reverse(settings.LOGIN_URL)}?{urlencode({REASON: reason})}")


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Passwords, and what happens around each sign-in."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "too_many_login_attempts": gettext_lazy(
            "Too many wrong codes. Please wait five minutes, then try again."
        ),
        "rate_limited": gettext_lazy(
            "Too many wrong codes. Please wait five minutes, then try again."
        ),
        "incorrect_password": gettext_lazy("This password is not right. Please type it again."),
        "email_password_mismatch": gettext_lazy(
            "E-mail address and password do not fit together. Please check both."
        ),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Only who is invited gets an account."""
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        return visitor_address(request) or "unknown"

    def is_safe_url(self, url: str) -> bool:
        request = context.request
        return url_has_allowed_host_and_scheme(
            url, allowed_hosts={request.get_host()}, require_https=request.is_secure()
        )

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """Our pages say themselves what was done."""

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        Attempt.of(request, credentials["email"]).refuse_when_too_many()

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        Attempt.of(request, credentials["email"]).count()
        actions.note_failure(email=credentials["email"], browser=devices.browser_of(request))

    def authenticate(self, request: HttpRequest, **credentials: Any) -> User | None:
        user: User | None = super().authenticate(request, **credentials)
        if user is not None:
            Attempt.of(request, credentials["email"]).forget()
        return user

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        """One page of ours asks for whatever the person has."""
        return [{"id": "confirm", "url": reverse("account_reauthenticate")}]

    def pre_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse | None:
        """Whoever has no role here is sent back; a closed account looks the same."""
        if isinstance(actor_for(user), Person):
            return None
        clear_login(request)
        return back_to_sign_in(NO_ROLE)

    def post_login(
        self, request: HttpRequest, user: User, *, redirect_url: str | None, **kwargs: Any
    ) -> HttpResponse:
        devices.remember(request)
        actions.note_sign_in(user=user, detail=devices.browser_of(request))
        request.session[devices.NETWORKS] = [
            [network.slug, network.short_name] for network in networks_of(user.pk)
        ]
        safe = bool(redirect_url) and self.is_safe_url(str(redirect_url))
        return HttpResponseRedirect(
            str(redirect_url) if safe else reverse(settings.LOGIN_REDIRECT_URL)
        )


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Passkeys, code apps and recovery codes."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": gettext_lazy(
            "This code does not fit. Please look at your app and type the newest one."
        ),
    }

    def encrypt(self, text: str) -> str:
        """Who reads the database alone cannot make anybody's codes."""
        return b64encode(seal(text, about=SECRETS)).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return unseal(b64decode(encrypted_text), about=SECRETS)

    def build_totp_svg(self, url: str) -> str:
        code = segno.make(url, error="m")
        return str(code.svg_inline(scale=5, border=2, omitsize=True))

    def generate_authenticator_name(self, user: User, type: str) -> str:  # noqa: A002
        """ "Firefox (Windows)": where it was made is how people remember it."""
        return devices.browser_of(context.request) or _("My passkey")

    def _get_site_name(self) -> str:
        network = getattr(context.request, "network", None)
        return str(network.short_name if network else context.request.get_host())


class SignOnAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """The operator's sign-on service: it opens accounts that are here, and makes none."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        if not sociallogin.is_existing:
            raise ImmediateHttpResponse(back_to_sign_in(UNKNOWN_THERE))
        if not isinstance(actor_for(sociallogin.user), Person):
            raise ImmediateHttpResponse(back_to_sign_in(NO_ROLE))
        if sociallogin.account.pk is None:
            actions.note(user=sociallogin.user, kind=EventKind.SERVICE_CONNECTED)

    def on_authentication_error(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        raise ImmediateHttpResponse(back_to_sign_in(SERVICE_FAILED))

    def send_notification_mail(self, *args: Any, **kwargs: Any) -> None:
        """What happened stands on the person's own page."""
