"""Signing in: what django-allauth is told, and the sign-on service of the operator, if any."""

from __future__ import annotations

import os
from typing import Any

from config.options import Environment
from config.sign_on import sign_on_service

AUTH_USER_MODEL = "accounts.User"
LOGIN_URL = "desk:sign_in"
LOGIN_REDIRECT_URL = "desk:today"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
PASSWORD_RESET_TIMEOUT = 60 * 60 * 24

ACCOUNT_ADAPTER = "knotenpunkt.foundation.accounts.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]  # asked for by a check; nobody signs up alone
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
# An address is verified before it becomes that of an account: by an invitation, by a link.
ACCOUNT_EMAIL_VERIFICATION = "none"
# Codes of a second factor; passwords have brakes of their own (accounts/attempts.py).
ACCOUNT_RATE_LIMITS = {"login_failed": "5/5m/key"}

MFA_ADAPTER = "knotenpunkt.foundation.accounts.adapters.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_TOLERANCE = 1  # clocks of telephones are a little off

SOCIALACCOUNT_ADAPTER = "knotenpunkt.foundation.accounts.adapters.SignOnAdapter"
SOCIALACCOUNT_EMAIL_VERIFICATION = "none"
SOCIALACCOUNT_EMAIL_AUTHENTICATION = True
SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = True
SOCIALACCOUNT_LOGIN_ON_GET = False
SOCIALACCOUNT_STORE_TOKENS = False

SIGN_ON = sign_on_service(Environment(os.environ))
SOCIALACCOUNT_PROVIDERS: dict[str, Any] = {
    "openid_connect": {
        "OAUTH_PKCE_ENABLED": True,
        "APPS": [SIGN_ON.for_allauth()] if SIGN_ON else [],
    }
}
