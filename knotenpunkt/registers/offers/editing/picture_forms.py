"""Forms of pictures: the file, what is on it, and whose it is."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from knotenpunkt.registers.offers.models import OfferPicture, People
from knotenpunkt.tools.files.pictures import Rendering, renderings

FIELDS = ("alt", "is_ornament", "source", "licence", "people", "consent_note", "may_show")


class PictureForm(forms.Form):
    """What has to be said about a picture before it may be shown."""

    alt = forms.CharField(
        label=gettext_lazy("What is on the picture?"),
        help_text=gettext_lazy(
            "For people who cannot see it: say in one sentence what matters. Example: “Parents "
            "and babies sit on mats in a bright room.” Not needed: “picture of”."
        ),
        max_length=300,
        error_messages={
            "required": gettext_lazy("Please describe the picture, or tick that it is an ornament.")
        },
    )
    is_ornament = forms.BooleanField(
        label=gettext_lazy("The picture is only an ornament"),
        help_text=gettext_lazy("Nobody misses anything without it. Then it is not read aloud."),
        required=False,
    )
    source = forms.CharField(
        label=gettext_lazy("Who took the picture?"),
        help_text=gettext_lazy("Stands below the picture. Example: “Jana Wiesner”."),
        max_length=200,
        error_messages={"required": gettext_lazy("Please say who took the picture.")},
    )
    licence = forms.CharField(
        label=gettext_lazy("Licence"),
        help_text=gettext_lazy("If the picture comes from the internet. Example: “CC BY 4.0”."),
        required=False,
        max_length=120,
    )
    people = forms.ChoiceField(
        label=gettext_lazy("Can people be recognised?"),
        help_text=gettext_lazy("Of children, those who have custody must have agreed."),
        choices=People.choices,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Please say whether people can be recognised.")},
    )
    consent_note = forms.CharField(
        label=gettext_lazy("Where is the consent kept?"),
        help_text=gettext_lazy(
            "Only seen at the desk. Example: “folder Einwilligungen, May 2026”."
        ),
        required=False,
        max_length=300,
    )
    may_show = forms.BooleanField(
        label=gettext_lazy("We may show this picture"),
        help_text=gettext_lazy("The person who took it has allowed it, for the internet, too."),
        error_messages={
            "required": gettext_lazy("Only pictures that you may show can be published.")
        },
    )

    use_required_attribute = False

    def full_clean(self) -> None:
        """An ornament needs no words."""
        self.fields["alt"].required = not self.data.get("is_ornament")
        super().full_clean()

    def clean(self) -> dict[str, Any]:
        told: dict[str, Any] = super().clean() or self.cleaned_data
        if told.get("is_ornament"):
            told["alt"] = ""
        if told.get("people") == People.AGREED and not told.get("consent_note"):
            self.add_error("consent_note", _("Please note where the consent is kept."))
        return told

    def values(self) -> dict[str, Any]:
        """What is stored about the picture."""
        return {name: self.cleaned_data[name] for name in FIELDS}


class NewPictureForm(PictureForm):
    """The same, with the file."""

    file = forms.FileField(
        label=gettext_lazy("Picture"),
        help_text=gettext_lazy("JPEG, PNG or WebP, up to 10 megabytes."),
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
        error_messages={
            "required": gettext_lazy("Please choose a picture."),
            "empty": gettext_lazy("This file is empty. Please choose another one."),
        },
    )

    kept = forms.CharField(required=False, widget=forms.HiddenInput)

    field_order = ("file", "kept", *FIELDS)

    def full_clean(self) -> None:
        """A picture that came with the form before need not be chosen again."""
        self.fields["file"].required = not self.data.get("kept")
        super().full_clean()

    def clean_file(self) -> tuple[Rendering, Rendering] | None:
        """Decode it here, so that a bad file is told beside its field."""
        told = self.cleaned_data["file"]
        return renderings(told, told.size) if told else None


def picture_initial(picture: OfferPicture) -> dict[str, Any]:
    """What is said about a picture now."""
    return {name: getattr(picture, name) for name in FIELDS}
