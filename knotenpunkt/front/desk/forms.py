"""The form by which members sign in."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.forms import AuthenticationForm
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from knotenpunkt.foundation.accounts.actors import Person
from knotenpunkt.foundation.accounts.models import User
from knotenpunkt.foundation.accounts.queries import actor_for


class SignInForm(AuthenticationForm):
    """E-mail and password, for those who have a role in the network at hand."""

    username = forms.EmailField(
        label=gettext_lazy("E-mail address"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "username"}),
        error_messages={"required": gettext_lazy("Please enter your e-mail address.")},
    )
    password = forms.CharField(
        label=gettext_lazy("Password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        error_messages={"required": gettext_lazy("Please enter your password.")},
    )

    # One answer for a wrong password, an unknown address and a closed account: nobody can find
    # out who has an account here.
    error_messages: dict[str, Any] = {
        "invalid_login": gettext_lazy(
            "E-mail address and password do not fit together. Please check both."
        )
    }

    def confirm_login_allowed(self, user: AbstractBaseUser) -> None:
        """Only now, with the right password, it is said that there is no role here."""
        if not isinstance(user, User) or not isinstance(actor_for(user), Person):
            raise ValidationError(
                _(
                    "Your password is right, but you have no role in this network yet. "
                    "Please ask the person who coordinates it."
                ),
                code="no_role",
            )
