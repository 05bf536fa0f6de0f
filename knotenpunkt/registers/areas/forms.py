"""The form of a region."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from knotenpunkt.foundation.accounts.models import User
from knotenpunkt.foundation.core.controls import LongText, optional
from knotenpunkt.registers.areas import postal_codes
from knotenpunkt.registers.areas.models import Region, RegionKind

MOST_CODES = 400
BETWEEN = re.compile(r"[\s,;]+")


class RegionForm(forms.Form):
    """A part of the network, what lies in it, and who looks after it."""

    name = forms.CharField(
        label=gettext_lazy("Name"),
        max_length=120,
        help_text=gettext_lazy("As people here call it. Example: “Altkreis Annaberg”."),
        error_messages={"required": gettext_lazy("Please write the name.")},
    )
    kind = forms.ChoiceField(label=gettext_lazy("What is it?"), choices=RegionKind.choices)
    parent = forms.ChoiceField(
        **optional(
            gettext_lazy("Belongs to"),
            gettext_lazy("Whoever works for this region is found in the larger one, too."),
        )
    )
    postal_codes = LongText(
        **optional(
            gettext_lazy("Postal codes"),
            gettext_lazy(
                "Which places lie in it, one code after the other. Partners that named no region "
                "are found here by them."
            ),
            max_length=4_000,
            rows=3,
        )
    )
    coordinators = forms.MultipleChoiceField(
        **optional(
            gettext_lazy("Who looks after this region?"),
            gettext_lazy("They find “my region” first in all lists of partners."),
            widget=forms.CheckboxSelectMultiple,
        )
    )

    def __init__(
        self,
        *args: Any,
        region: Region | None = None,
        regions: Iterable[Region] = (),
        people: Iterable[User] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.use_required_attribute = False
        self.region, self.others = region, _possible_parents(region, list(regions))
        chosen: Any = self.fields
        chosen["parent"].choices = [
            ("", _("nothing larger")), *((str(one.pk), one.name) for one in self.others),
        ]  # fmt: skip
        chosen["coordinators"].choices = [(str(one.pk), one.name) for one in people]

    def clean_name(self) -> str:
        """Each region has a name of its own."""
        name = " ".join(str(self.cleaned_data["name"]).split())
        same = Region.objects.filter(name=name).exclude(pk=self.region.pk if self.region else None)
        if same.exists():
            raise ValidationError(_("There is a region of this name already."))
        return name

    def clean_parent(self) -> Region | None:
        """The larger region itself."""
        key = self.cleaned_data["parent"]
        return next((one for one in self.others if str(one.pk) == key), None)

    def clean_postal_codes(self) -> list[str]:
        """Only codes that exist."""
        told = [one for one in BETWEEN.split(self.cleaned_data["postal_codes"]) if one]
        unknown = [one for one in told if postal_codes.find(one) is None]
        if unknown:
            raise ValidationError(
                _("These postal codes do not exist: %(codes)s.")
                % {"codes": ", ".join(unknown[:10])}
            )
        if len(told) > MOST_CODES:
            raise ValidationError(_("These are too many postal codes."))
        return sorted(set(told))

    def clean_coordinators(self) -> list[UUID]:
        """Their keys."""
        return [UUID(one) for one in self.cleaned_data["coordinators"]]


def _possible_parents(region: Region | None, known: list[Region]) -> list[Region]:
    """All but itself and what lies in it: nothing belongs to a part of itself."""
    if region is None:
        return known
    inside = {region.pk}
    while more := {one.pk for one in known if one.parent_id in inside} - inside:
        inside |= more
    return [one for one in known if one.pk not in inside]


def filled(region: Region, coordinators: Iterable[UUID]) -> dict[str, Any]:
    """A region as its form has it."""
    return {
        "name": region.name,
        "kind": region.kind,
        "parent": str(region.parent_id or ""),
        "postal_codes": " ".join(region.postal_codes),
        "coordinators": [str(one) for one in coordinators],
    }
