"""Forms of the library: the material, and a new version of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from knotenpunkt.registers.library.actions import ALLOWED, Handed
from knotenpunkt.registers.library.models import Material, MaterialKind
from knotenpunkt.registers.partners.models import Profession
from knotenpunkt.tools.files.content import LARGEST_BYTES, checked

ACCEPT = ".pdf,.docx,.odt,.xlsx,.pptx,.png,.jpg,.jpeg"


class HandedField(forms.FileField):
    """A file whose content is looked at; becomes a `Handed`."""

    def __init__(self, **more: Any) -> None:
        super().__init__(
            widget=forms.FileInput(attrs={"accept": ACCEPT}),
            error_messages={
                "empty": gettext_lazy("This file is empty. Please choose another one.")
            },
            **more,
        )

    def clean(self, data: Any, initial: Any = None) -> Handed | None:
        file: UploadedFile[Any] | None = super().clean(data, initial)
        if not file:
            return None
        handed = Handed(file.name or _("file"), file.read(LARGEST_BYTES + 1))
        checked(handed.name, handed.content, ALLOWED)
        return handed


class MaterialForm(forms.Form):
    """What it is, what it is for, who works with it."""

    title = forms.CharField(
        label=gettext_lazy("Title"),
        max_length=200,
        error_messages={"required": gettext_lazy("Please give it a title.")},
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("What is it?"), choices=MaterialKind.choices, widget=forms.RadioSelect
    )
    purpose = forms.CharField(
        label=gettext_lazy("What is it for?"),
        required=False,
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("One or two sentences, such as “When you worry about a child.”"),
    )
    professions = forms.MultipleChoiceField(
        label=gettext_lazy("For which professions?"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Nothing ticked means: for all."),
    )
    is_public = forms.BooleanField(
        label=gettext_lazy("Everybody may have it, without signing in"), required=False
    )

    def __init__(self, data: Any, *, professions: Sequence[Profession], **named: Any) -> None:
        super().__init__(data, **named)
        self.known = professions
        field = self.fields["professions"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [(str(one.pk), one.name) for one in professions]

    def values(self) -> dict[str, Any]:
        """What the action takes, once the form is valid."""
        told = dict(self.cleaned_data)
        wanted = set(told["professions"])
        told["professions"] = [one for one in self.known if str(one.pk) in wanted]
        return told


class VersionForm(forms.Form):
    """A file, a text, or both."""

    file = HandedField(
        label=gettext_lazy("File"),
        required=False,
        help_text=gettext_lazy("PDF, Word, Excel, PowerPoint, OpenDocument or a picture, up to 20"
                               " megabytes."),
    )  # fmt: skip
    text = forms.CharField(
        label=gettext_lazy("Text"),
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=gettext_lazy("Instead of a file, or beside it."),
    )
    changed = forms.CharField(
        label=gettext_lazy("What is new?"),
        required=False,
        max_length=400,
        help_text=gettext_lazy("Partners read this when they are asked to adopt it."),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors and not cleaned.get("file") and not cleaned.get("text", "").strip():
            self.add_error("file", _("Please add a file or a text."))
        return cleaned


def filled(material: Material) -> dict[str, Any]:
    """The values of a material for its form."""
    return {
        "title": material.title,
        "kind": material.kind,
        "purpose": material.purpose,
        "is_public": material.is_public,
        "professions": [str(link.profession_id) for link in material.profession_links.all()],
    }
