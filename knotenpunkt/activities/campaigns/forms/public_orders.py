"""Who orders on the public page: somebody the network may not know yet."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from knotenpunkt.activities.campaigns.forms.orders import OrderForm
from knotenpunkt.activities.campaigns.forms.people import telephone
from knotenpunkt.activities.campaigns.ordering import OrderDraft, Orderer
from knotenpunkt.foundation.core.public_forms import PublicForm

WHO = ("house", "name", "email", "phone", "street", "postal_code", "town")
POSTAL_CODE = re.compile(r"\d{5}")


def _text(label: Any, complaint: Any, *, autocomplete: str, most: int = 200, **attrs: str) -> Any:
    return forms.CharField(
        label=label,
        max_length=most,
        widget=forms.TextInput(attrs={"autocomplete": autocomplete, **attrs}),
        error_messages={"required": complaint},
    )


class PublicOrderForm(PublicForm, OrderForm):
    """The order form with name and address, a signed time and a trap in place of a cookie."""

    house = _text(
        gettext_lazy("Organisation"),
        gettext_lazy("Please write for which organisation you order."),
        autocomplete="organization",
    )
    name = _text(
        gettext_lazy("Your name"), gettext_lazy("Please write your name."), autocomplete="name"
    )
    email = forms.EmailField(
        label=gettext_lazy("E-mail address"),
        help_text=gettext_lazy("The confirmation goes there."),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={
            "required": gettext_lazy("Please write your e-mail address."),
            "invalid": gettext_lazy("Please check the e-mail address. Example: name@example.org"),
        },
    )
    phone = _text(
        gettext_lazy("Telephone"),
        gettext_lazy("Please write your number, in case we have a question."),
        autocomplete="tel", most=60, type="tel",
    )  # fmt: skip
    street = _text(
        gettext_lazy("Street and house number"),
        gettext_lazy("Please write street and house number."),
        autocomplete="street-address",
    )
    postal_code = _text(
        gettext_lazy("Postal code"),
        gettext_lazy("Please write the postal code."),
        autocomplete="postal-code", most=5, inputmode="numeric",
    )  # fmt: skip
    town = _text(
        gettext_lazy("Town"), gettext_lazy("Please write the town."), autocomplete="address-level2"
    )

    def clean_postal_code(self) -> str:
        """Five digits; text, because some begin with 0."""
        told = str(self.cleaned_data["postal_code"]).strip()
        if not POSTAL_CODE.fullmatch(told):
            raise ValidationError(_("A postal code has five digits."))
        return told

    def clean_phone(self) -> str:
        """As it was written; only something without digits is no number."""
        return telephone(str(self.cleaned_data["phone"]))

    @property
    def who(self) -> list[forms.BoundField]:
        """The fields about whoever orders, in their order."""
        return [self[name] for name in WHO]

    def public_draft(self) -> OrderDraft:
        """The order of somebody who has no record."""
        return self.draft(orderer=Orderer(**{name: self.cleaned_data[name] for name in WHO}))
