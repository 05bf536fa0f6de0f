"""Forms of saved views."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from knotenpunkt.foundation.accounts.actors import Actor
from knotenpunkt.tools.lists.rules import may_share_views


class ViewForm(forms.Form):
    """The name of a view, and whether others see it."""

    name = forms.CharField(
        label=_("Name of the view"),
        max_length=60,
        error_messages={"required": _("Please give the view a name.")},
    )
    is_shared = forms.BooleanField(
        label=_("Show it to the whole network"),
        required=False,
        help_text=_("Everyone who reads the list here sees the view. Its name is seen, too."),
    )

    def __init__(self, actor: Actor, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not may_share_views(actor):
            del self.fields["is_shared"]

    @property
    def shared(self) -> bool:
        """Whether others are to see it."""
        return bool(self.cleaned_data.get("is_shared"))
