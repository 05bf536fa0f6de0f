"""The form of what a campaign's page says in another language."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class TextForm(forms.Form):
    """Title, message and description; each may stay empty."""

    title = forms.CharField(label=_("Title"), max_length=120, required=False)
    message = forms.CharField(
        label=pgettext_lazy("campaign", "Message"), max_length=300, required=False
    )
    description = forms.CharField(
        label=_("What is it about?"),
        max_length=20_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 10}),
    )
