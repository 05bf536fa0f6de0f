"""The sign-on service of an operator (OpenID Connect), as its settings describe it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from config.options import Environment, UnusableSetting

PROVIDER_ID = "dienst"  # stands in no address: an installation has one service at most
THIS_MACHINE = {"localhost", "127.0.0.1", "::1"}
NEEDED = ("KNOTENPUNKT_OIDC_ISSUER", "KNOTENPUNKT_OIDC_CLIENT_ID", "KNOTENPUNKT_OIDC_CLIENT_SECRET")


@dataclass(frozen=True, slots=True)
class SignOnService:
    """Where members may sign in besides here. `name` stands on the button."""

    name: str
    issuer: str
    client_id: str
    client_secret: str = field(repr=False)

    @property
    def provider_id(self) -> str:
        """What allauth calls it."""
        return PROVIDER_ID

    @property
    def origin(self) -> str:
        """Where the browser is sent: scheme, host and port of the issuer."""
        parts = urlsplit(self.issuer)
        return f"{parts.scheme}://{parts.netloc}"

    def for_allauth(self) -> dict[str, Any]:
        """The same, as allauth wants it."""
        return {
            "provider_id": PROVIDER_ID,
            "name": self.name,
            "client_id": self.client_id,
            "secret": self.client_secret,
            "settings": {"server_url": self.issuer, "oauth_pkce_enabled": True},
        }


def sign_on_service(environment: Environment) -> SignOnService | None:
    """The service, if one is named; UnusableSetting when only half of it is."""
    given = [environment.text(name) for name in NEEDED]
    if not any(given):
        return None
    missing = [name for name, value in zip(NEEDED, given, strict=True) if not value]
    if missing:
        raise UnusableSetting(f"A sign-on service also needs {' and '.join(missing)}.")
    issuer, client_id, secret = given
    _refuse_open_line(issuer)
    name = environment.text("KNOTENPUNKT_OIDC_NAME", urlsplit(issuer).hostname or issuer)
    return SignOnService(name, issuer.rstrip("/"), client_id, secret)


def _refuse_open_line(issuer: str) -> None:
    """Tokens travel over https; only a service on this machine is asked without."""
    parts = urlsplit(issuer)
    safe = parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in THIS_MACHINE)
    if not safe or not parts.hostname:
        raise UnusableSetting("KNOTENPUNKT_OIDC_ISSUER begins with https://.")
