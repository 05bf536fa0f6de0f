"""What is asked before offers are imported for good."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from knotenpunkt.tools.imports.desk import forms as shared


class RunForm(shared.RunForm):
    """What becomes of offers that are new, and of those that the list no longer holds."""

    PUBLISH, DRAFT = "veroeffentlichen", "entwurf"

    state = forms.ChoiceField(
        label=_("New offers"),
        choices=[
            (PUBLISH, _("publish at once, families can find them")),
            (DRAFT, _("keep as drafts, only you see them")),
        ],
        widget=forms.RadioSelect,
        initial=PUBLISH,
    )
    withdraw_missing = forms.BooleanField(required=False)

    def __init__(self, *args: Any, missing: int = 0, **kwargs: Any) -> None:
        super().__init__(*args, missing=missing, **kwargs)
        if not missing:
            del self.fields["withdraw_missing"]
            return
        self.fields["withdraw_missing"].label = gettext(
            "Also withdraw the %(count)d offers that are no longer in the list"
        ) % {"count": missing}

    def wishes(self) -> dict[str, bool]:
        """Published and nothing withdrawn, unless somebody chose otherwise."""
        told = self.cleaned_data if self.is_valid() else {}
        return {
            "draft": told.get("state") == self.DRAFT,
            "withdraw_missing": bool(told.get("withdraw_missing")),
        }
