"""Forms of signing in and of one's own account."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from django import forms
from django.contrib.auth.password_validation import (
    validate_password,
)
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from knotenpunkt.foundation.accounts.actors import Person
from knotenpunkt.foundation.accounts.models import User
from knotenpunkt.foundation.accounts.queries import actor_for

NO_ROLE_HERE = gettext_lazy(
    "Your password is right, but you have no role in this network yet. "
    "Please ask the person who coordinates it."
)


def _address_field(**more: Any) -> forms.EmailField:
    return forms.EmailField(
        label=gettext_lazy("E-mail address"),
        max_length=254,
        error_messages={"required": gettext_lazy("Please enter your e-mail address.")},
        **more,
    )


def _password_field(label: Any, autocomplete: str, **more: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": autocomplete}),
        error_messages={"required": gettext_lazy("Please enter your password.")},
        **more,
    )


def _code_field() -> forms.CharField:
    return forms.CharField(
        label=gettext_lazy("Code"),
        max_length=20,
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "spellcheck": "false"}
        ),
        error_messages={"required": gettext_lazy("Please enter the code.")},
    )


class SignInForm(forms.Form):
    """E-mail and password, for those who have a role in the network at hand."""

    username = _address_field(widget=forms.EmailInput(attrs={"autocomplete": "username"}))
    password = _password_field(gettext_lazy("Password"), "current-password")

    def __init__(self, request: HttpRequest, data: Any = None) -> None:
        super().__init__(data)
        self.request = request
        self.user: User | None = None

    def clean(self) -> dict[str, Any]:
        """One answer for a wrong password, an unknown address and a closed account: nobody can
        find out who has an account here. Only with the right password is it said that there is
        no role.
        """
        values = super().clean() or {}
        if self.errors:
            return values
        adapter = get_adapter(self.request)
        self.user = adapter.authenticate(
            self.request, email=values["username"], password=values["password"]
        )
        if self.user is None:
            raise adapter.validation_error("email_password_mismatch")
        if not isinstance(actor_for(self.user), Person):
            raise ValidationError(NO_ROLE_HERE, code="no_role")
        return values


class CodeForm(AuthenticateForm):  # type: ignore[misc]
    """A code of the app, or a recovery code, after the password."""

    code = _code_field()


class ConfirmCodeForm(ReauthenticateForm):  # type: ignore[misc]
    """The same before something that matters."""

    code = _code_field()


class ConfirmPasswordForm(forms.Form):
    """One's password once more, before something that matters."""

    password = _password_field(gettext_lazy("Your password"), "current-password")

    def __init__(self, user: User, data: Any = None) -> None:
        super().__init__(data)
        self.user = user

    def clean_password(self) -> str:
        adapter = get_adapter()
        password = str(self.cleaned_data["password"])
        if not adapter.reauthenticate(self.user, password):
            raise adapter.validation_error("incorrect_password")
        return password


class AppForm(ActivateTOTPForm):  # type: ignore[misc]
    """The first code of an app that was just set up."""

    code = _code_field()


class NameForm(forms.Form):
    """How one is called."""

    name = forms.CharField(
        label=gettext_lazy("Name"),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": gettext_lazy("Please enter your name.")},
    )


class AddressForm(forms.Form):
    """Another address, still to be proven."""

    email = _address_field(
        help_text=gettext_lazy("We send a link there. Until you open it, the former one holds.")
    )


class ForgottenForm(forms.Form):
    """To which address a link to a new password shall go."""

    email = _address_field(widget=forms.EmailInput(attrs={"autocomplete": "username"}))


class NewPasswordForm(forms.Form):
    """A new password, typed once: browsers show it on demand, and managers remember it."""

    password = _password_field(
        gettext_lazy("New password"),
        "new-password",
        help_text=gettext_lazy(
            "At least 10 characters. Three or four words that nobody would guess are good."
        ),
    )

    def __init__(self, user: User, data: Any = None) -> None:
        super().__init__(data)
        self.user = user

    def clean_password(self) -> str:
        password = str(self.cleaned_data["password"])
        validate_password(password, self.user)
        return password


class ChangePasswordForm(NewPasswordForm):
    """A new password, by somebody who still knows the former."""

    field_order = ("former", "password")
    former = _password_field(gettext_lazy("Current password"), "current-password")

    def clean_former(self) -> str:
        adapter = get_adapter()
        former = str(self.cleaned_data["former"])
        if not adapter.reauthenticate(self.user, former):
            raise adapter.validation_error("incorrect_password")
        return former


class InvitedForm(forms.Form):
    """What a new member tells of themselves. Without a password they go on to a passkey."""

    name = forms.CharField(
        label=gettext_lazy("Your name"),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": gettext_lazy("Please enter your name.")},
    )
    password = _password_field(
        gettext_lazy("Choose a password"),
        "new-password",
        help_text=gettext_lazy(
            "At least 10 characters. Three or four words that nobody would guess are good."
        ),
    )

    def __init__(self, email: str, data: Any = None, *, initial: Any = None) -> None:
        super().__init__(data, initial=initial, use_required_attribute=False)
        self.email = email
        self.fields["password"].required = not self.wants_passkey
        self.fields["password"].error_messages["required"] = _(
            "Please choose a password, or go on with a passkey."
        )

    @property
    def wants_passkey(self) -> bool:
        """Whether the button for a passkey was pressed."""
        return "passkey" in self.data

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if self.wants_passkey:
            values["password"] = ""
        elif values.get("password"):
            self._check(values)
        return values

    def _check(self, values: dict[str, Any]) -> None:
        person = User(email=self.email, name=values.get("name", ""))
        try:
            validate_password(values["password"], person)
        except ValidationError as problem:
            self.add_error("password", problem)


class PasskeyNameForm(forms.Form):
    """What a person calls a passkey."""

    name = forms.CharField(
        label=gettext_lazy("Name of the passkey"),
        max_length=60,
        help_text=gettext_lazy("So that you know it again, such as “Office computer”."),
        error_messages={"required": gettext_lazy("Please give it a name.")},
    )
