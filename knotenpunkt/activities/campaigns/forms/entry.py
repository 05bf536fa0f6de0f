"""Entering an order that came by telephone or mail: a partner, or free words."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from knotenpunkt.activities.campaigns.models import Came
from knotenpunkt.activities.campaigns.ordering import Orderer
from knotenpunkt.activities.campaigns.queries.orders import (
    contact_called,
    contacts_like,
    label_of,
)
from knotenpunkt.activities.campaigns.rules.orders import AT_DESK
from knotenpunkt.foundation.accounts.actors import Actor
from knotenpunkt.foundation.core.controls import optional
from knotenpunkt.registers.partners.models import Contact

NOBODY = "niemand"


class WhoForm(forms.Form):
    """Who orders. What is no known partner can stand as it was typed."""

    use_required_attribute = False

    partner = forms.CharField(
        label=gettext_lazy("Who orders?"),
        help_text=gettext_lazy("Type a part of the name or of the organisation and choose."),
        max_length=300,
        error_messages={"required": gettext_lazy("Please say who orders.")},
    )
    pick = forms.ChoiceField(
        label=gettext_lazy("Who is meant?"), required=False, widget=forms.RadioSelect
    )
    email = forms.EmailField(
        **optional(
            gettext_lazy("E-mail address"),
            gettext_lazy("For somebody who is no partner yet: the confirmation goes there."),
        ),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    phone = forms.CharField(**optional(gettext_lazy("Telephone"), max_length=60))

    def __init__(self, actor: Actor, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.contact: Contact | None = None
        self.actor = actor
        self._offer_namesakes()

    def _offer_namesakes(self) -> None:
        """Known partners with the same words, once something was typed that is none exactly."""
        typed = str(self.data.get("partner", "")) if self.is_bound else ""
        found = contacts_like(self.actor, typed) if typed else []
        by_label = {label_of(one): one for one in reversed(found)}
        options = [(str(one.pk), label) for label, one in reversed(by_label.items())]
        self.found = found
        nobody = (NOBODY, _("none of these: write it down as typed"))
        self.fields["pick"].choices = [*options, nobody]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        told: dict[str, Any] = super().clean() or self.cleaned_data
        typed, pick = told.get("partner", ""), told.get("pick", "")
        if not typed or pick == NOBODY:
            return told
        picked = next((one for one in self.found if str(one.pk) == pick), None)
        self.contact = picked or contact_called(self.actor, typed)
        if self.contact is None and self.found:
            self.fields["pick"].required = True
            self.add_error("pick", _("Please say whether one of these is meant."))
        return told

    def orderer(self) -> Orderer | None:
        """Somebody who is no partner yet, as typed."""
        if self.contact is not None:
            return None
        told = self.cleaned_data
        return Orderer(house=told["partner"], email=told["email"], phone=told["phone"])


class CameForm(forms.Form):
    """How it came, and what to do with it after the deadline."""

    came = forms.ChoiceField(
        label=gettext_lazy("How did it come?"),
        choices=[(one.value, one.label) for one in AT_DESK],
        widget=forms.RadioSelect,
        initial=Came.TELEPHONE.value,
    )
    take_late = forms.BooleanField(
        label=gettext_lazy("Take it although the deadline has passed"),
        required=False,
        initial=True,
    )


class TieForm(WhoForm):
    """Which partner is behind an order; here nobody is written down as typed."""

    def __init__(self, actor: Actor, *args: Any, **kwargs: Any) -> None:
        super().__init__(actor, *args, **kwargs)
        del self.fields["email"], self.fields["phone"]
        pick = self.fields["pick"]
        pick.choices = [one for one in pick.choices if one[0] != NOBODY]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        told = super().clean()
        if self.contact is None and not self.errors:
            self.add_error("partner", _("We know nobody of this name. Please choose a partner."))
        return told


class AnswerForm(forms.Form):
    """A word to whoever ordered too late."""

    answer = forms.CharField(
        **optional(
            gettext_lazy("A word to the orderer"),
            gettext_lazy("Stands in the mail that says no."),
            max_length=1_000,
        ),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
