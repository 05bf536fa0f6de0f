"""The operator's sign-on service (OpenID Connect): by allauth, with what it leaves open decided.

One return address for each network, whatever the language. The signature of the token is checked
although it came over a safe line. An address counts only when the service says it is verified.
Nothing of the service's answer is kept but its name for the person.
"""

from __future__ import annotations

from typing import Any

from allauth.socialaccount.internal import jwtkit
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView, OAuth2LoginView
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe
from requests import RequestException

from knotenpunkt.foundation.accounts.adapters import SERVICE_FAILED, back_to_sign_in
from knotenpunkt.foundation.networks.addresses import address
from knotenpunkt.foundation.networks.views import NetworkRequest


class ServiceAdapter(OpenIDConnectOAuth2Adapter):  # type: ignore[misc]
    """One conversation with the service."""

    def get_provider(self) -> Any:
        provider = super().get_provider()
        provider.oauth2_adapter_class = ServiceAdapter  # it asks once more for its return address
        return provider

    def get_callback_url(self, request: NetworkRequest, app: SocialApp) -> str:
        return str(request.build_absolute_uri(address(request.network, "sign_on_return")))

    def complete_login(
        self, request: HttpRequest, app: SocialApp, token: Any, **kwargs: Any
    ) -> Any:
        login = super().complete_login(request, app, token, **kwargs)
        login.account.extra_data = {}
        login.email_addresses = [one for one in login.email_addresses if one.verified is True]
        return login

    def _decode_id_token(self, app: SocialApp, id_token: str) -> dict[str, Any]:
        claims: dict[str, Any] = jwtkit.verify_and_decode(
            credential=id_token,
            keys_url=self.openid_config["jwks_uri"],
            issuer=self.openid_config["issuer"],
            audience=app.client_id,
            lookup_kid=jwtkit.lookup_kid_jwk,
        )
        return claims


@require_POST
@never_cache
def sign_on(request: HttpRequest) -> HttpResponse:
    """Off to the service."""
    return _conversation(request, OAuth2LoginView)


@require_safe
@never_cache
def sign_on_return(request: HttpRequest) -> HttpResponse:
    """Back from it, with a code that it exchanges for who somebody is."""
    return _conversation(request, OAuth2CallbackView)


def _conversation(request: HttpRequest, kind: Any) -> HttpResponse:
    if not settings.SIGN_ON:
        raise Http404
    adapter = ServiceAdapter(request, settings.SIGN_ON.provider_id)
    try:
        answer: HttpResponse = kind.adapter_view(adapter)(request)
    except (OAuth2Error, RequestException, KeyError, ValueError):
        # The service is away, or says something that is no OpenID Connect.
        return back_to_sign_in(SERVICE_FAILED)
    return answer
