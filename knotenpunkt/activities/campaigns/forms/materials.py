"""The form of a material."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from knotenpunkt.activities.campaigns.actions.materials import MaterialDraft, draft_of
from knotenpunkt.activities.campaigns.models import FundingArea, Giving, Material
from knotenpunkt.foundation.core.controls import LongText, choices, optional
from knotenpunkt.tools.files.pictures import Rendering, renderings

MOST = 1_000_000
WHOLE = {
    "required": gettext_lazy("Please enter a number."),
    "invalid": gettext_lazy("Please enter a whole number."),
    "min_value": gettext_lazy("This number is too small."),
    "max_value": gettext_lazy("This number is too large."),
}


def count_field(
    label: Any, help_text: Any = "", *, least: int = 0, required: bool = True
) -> forms.IntegerField:
    """A whole number from `least` on."""
    return forms.IntegerField(
        label=label,
        help_text=help_text,
        required=required,
        min_value=least,
        max_value=MOST,
        widget=forms.NumberInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages=WHOLE,
    )


def refuse_limit_above_stock(form: forms.Form, told: Mapping[str, Any]) -> None:
    """Nobody can order more than there is, once it is known how much that is."""
    most, packs = told.get("most_packs"), told.get("packs")
    if most and packs and most > packs:
        form.add_error("most_packs", _("This is more than there is in stock."))


class Euros(forms.DecimalField):
    """An amount as people write it: 12,50 or 12.50 or 12 €."""

    widget = forms.TextInput

    def __init__(self, **kwargs: Any) -> None:
        told = WHOLE | {"invalid": gettext_lazy("Please write the amount like 12,50.")}
        super().__init__(
            min_value=0, max_value=MOST, decimal_places=2, error_messages=told,
            widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}), **kwargs
        )  # fmt: skip

    def to_python(self, value: Any) -> Any:
        written = str(value or "").replace("€", "").strip()
        if "," in written:
            written = written.replace(".", "").replace(",", ".")
        return super().to_python(written)


class MaterialForm(forms.Form):
    """What can be ordered, how much there is, and how it is given out."""

    use_required_attribute = False

    name = forms.CharField(
        label=gettext_lazy("What is it called?"),
        max_length=120,
        error_messages={"required": gettext_lazy("Please give it a name.")},
    )
    description = LongText(
        **optional(
            gettext_lazy("What is it?"),
            gettext_lazy("One or two sentences for those who order."),
            max_length=2_000,
        )
    )
    packs = count_field(gettext_lazy("Packs in stock"))
    pack_size = count_field(gettext_lazy("Pieces in a pack"), least=1)
    unit = forms.CharField(
        **optional(
            gettext_lazy("Name of a piece"),
            gettext_lazy("As it stands behind a number. Example: “Postkarten”."),
            max_length=40,
        )
    )
    most_packs = count_field(
        gettext_lazy("Limit of one order, in packs"),
        gettext_lazy("Empty: no limit."),
        least=1,
        required=False,
    )
    giving = forms.ChoiceField(
        label=gettext_lazy("If more is ordered than there is"),
        choices=choices(Giving),
        widget=forms.RadioSelect,
        help_text=gettext_lazy(
            "Who comes first: packs are reserved at once, the others wait on a list. Otherwise "
            "orders are wishes until the deadline, and are shared then."
        ),
    )
    condition = forms.CharField(
        **optional(
            gettext_lazy("Condition"),
            gettext_lazy(
                "Whoever orders has to agree to it. Example: “Ich hänge das Plakat öffentlich aus.”"
            ),
            max_length=300,
        )
    )
    cost = Euros(
        label=gettext_lazy("Cost of one pack in euros"),
        required=False,
        help_text=gettext_lazy("For your own accounts. Those who order never see it."),
    )
    funding_area = forms.ChoiceField(
        label=gettext_lazy("Funding area"), choices=choices(FundingArea)
    )
    is_offered = forms.BooleanField(
        label=gettext_lazy("Can be ordered"),
        help_text=gettext_lazy("Without the tick it stands in no order form."),
        required=False,
    )
    file = forms.FileField(
        **optional(
            gettext_lazy("Choose a picture"), gettext_lazy("JPEG, PNG or WebP, up to 10 megabytes.")
        ),
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
        error_messages={"empty": gettext_lazy("This file is empty. Please choose another one.")},
    )
    kept = forms.CharField(required=False, widget=forms.HiddenInput)
    drop_picture = forms.BooleanField(label=gettext_lazy("Delete the picture"), required=False)
    picture_alt = forms.CharField(
        **optional(
            gettext_lazy("What is on the picture?"),
            gettext_lazy("For people who cannot see it. Empty: it is only an ornament."),
            max_length=300,
        )
    )

    def __init__(self, *args: Any, material: Material | None = None, **kwargs: Any) -> None:
        kwargs["initial"] = _initial(material) | kwargs.get("initial", {})
        super().__init__(*args, **kwargs)
        if material is None or material.picture_id is None:
            del self.fields["drop_picture"]

    def clean_file(self) -> tuple[Rendering, Rendering] | None:
        """Decode it here, so that a bad file is told beside its field."""
        told = self.cleaned_data["file"]
        return renderings(told, told.size) if told else None

    def clean(self) -> dict[str, Any]:
        told: dict[str, Any] = super().clean() or self.cleaned_data
        refuse_limit_above_stock(self, told)
        return told

    def draft(self) -> MaterialDraft:
        """What the form says."""
        told = self.cleaned_data
        same = ("name", "description", "packs", "pack_size", "unit", "most_packs", "giving",
                "condition", "funding_area", "is_offered", "picture_alt")  # fmt: skip
        cents = int((told["cost"] or Decimal(0)) * 100)
        return MaterialDraft(**{one: told[one] for one in same}, pack_cents=cents)


def _initial(material: Material | None) -> dict[str, Any]:
    draft = draft_of(material) if material else MaterialDraft(name="")
    euros = f"{draft.pack_cents // 100},{draft.pack_cents % 100:02}" if draft.pack_cents else ""
    told = {one: getattr(draft, one) for one in draft.__dataclass_fields__}
    return told | {"cost": euros, "packs": draft.packs if material else None}
