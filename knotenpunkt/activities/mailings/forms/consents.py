"""The form for what somebody said about being written to."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy

YES, NO = "ja", "nein"


class ConsentForm(forms.Form):
    """Yes or no, and what proves it."""

    use_required_attribute = False

    said = forms.ChoiceField(
        label=gettext_lazy("What was said?"),
        choices=[
            (YES, gettext_lazy("Yes, the newsletter may come.")),
            (NO, gettext_lazy("No, please nothing that goes to many.")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Please choose what was said.")},
    )
    how = forms.CharField(
        label=gettext_lazy("How do we know?"),
        max_length=200,
        help_text=gettext_lazy("Example: “E-mail of 3 May” or “said so at the network meeting”."),
        error_messages={"required": gettext_lazy("Please write how we know this.")},
    )
