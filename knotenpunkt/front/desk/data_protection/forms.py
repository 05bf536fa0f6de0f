"""Forms of the data protection pages."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from knotenpunkt.registers.partners.models import Audience, Given, Ground

# A list says what others noted; a withdrawal is said by the person.
SAID_BY_PERSON = [choice for choice in Given.choices if choice[0] != Given.IMPORT]


class SearchForm(forms.Form):
    """Whose data?"""

    q = forms.CharField(
        label=gettext_lazy("Name, e-mail address or telephone number"), max_length=200
    )


class ReleaseForm(forms.Form):
    """For whom a way is shown, on which ground, and what proves it."""

    audience = forms.ChoiceField(
        label=gettext_lazy("Who may see it?"), choices=Audience.choices, widget=forms.RadioSelect
    )
    ground = forms.ChoiceField(
        label=gettext_lazy("On which legal basis?"),
        choices=Ground.choices,
        widget=forms.RadioSelect,
        help_text=gettext_lazy(
            "Public task: the person answers for it at work. Consent: everything else."
        ),
    )
    given = forms.ChoiceField(
        label=gettext_lazy("If it is a consent: how was it given?"),
        choices=[("", gettext_lazy("there is none")), *Given.choices],
        required=False,
    )
    wording = forms.CharField(
        label=gettext_lazy("If it is a consent: what did the person say yes to?"),
        help_text=gettext_lazy("Word for word. It is kept as proof and not changed afterwards."),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=2000,
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Nothing beside them says "optional": a consent needs both, a public task none.
        for name in ("given", "wording"):
            self.fields[name].required = not self.is_bound

    def clean(self) -> dict[str, Any]:
        told: dict[str, Any] = super().clean() or {}
        if told.get("ground") == Ground.CONSENT:
            for name, problem in (
                ("given", _("Please say how the consent was given.")),
                ("wording", _("Please write down what the person said yes to.")),
            ):
                if not told.get(name):
                    self.add_error(name, ValidationError(problem))
        return told


class WithdrawForm(forms.Form):
    """How somebody withdrew their consent."""

    given = forms.ChoiceField(
        label=gettext_lazy("How did the person say so?"),
        choices=SAID_BY_PERSON,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Please choose how the person said so.")},
    )


class EraseForm(forms.Form):
    """Nothing of it can be brought back, so it is said once more."""

    sure = forms.BooleanField(
        label=gettext_lazy("I have checked that this is the right person."),
        error_messages={"required": gettext_lazy("Please confirm that this is the right person.")},
    )
