"""What people enter on the pages of an import."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from knotenpunkt.registers.offers.importing.receiving import MAX_BYTES, MAX_MEGABYTES, too_large

ACCEPT = ".csv,.txt,.tsv,.xlsx,.xlsm,.json,.geojson"


class UploadForm(forms.Form):
    """Step 1: a file."""

    file = forms.FileField(
        label=_("Your list"),
        max_length=255,
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ACCEPT, "data-max-bytes": MAX_BYTES}),
        error_messages={"required": _("Please choose a file.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].help_text = gettext(
            "Excel (XLSX), CSV, GeoJSON or HSDS JSON, up to %(megabytes)d megabytes. The first row"
            " says what stands in which column."
        ) % {"megabytes": MAX_MEGABYTES}
        self.fields["file"].widget.attrs["data-too-large"] = too_large()

    def clean_file(self) -> UploadedFile[bytes]:
        """Once more, however it came in."""
        file: UploadedFile[bytes] = self.cleaned_data["file"]
        if (file.size or 0) > MAX_BYTES:
            raise forms.ValidationError(too_large())
        return file


class RunForm(forms.Form):
    """Step 4: what becomes of what is new."""

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
        super().__init__(*args, **kwargs)
        if not missing:
            del self.fields["withdraw_missing"]
            return
        self.fields["withdraw_missing"].label = gettext(
            "Also withdraw the %(count)d offers that are no longer in the list"
        ) % {"count": missing}
