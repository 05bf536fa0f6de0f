"""What people enter on the pages of an import."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from knotenpunkt.tools.imports.desk.receiving import MAX_BYTES, MAX_MEGABYTES, too_large
from knotenpunkt.tools.imports.desk.registers import ListDesk


class UploadForm(forms.Form):
    """Step 1: a file."""

    file = forms.FileField(
        label=_("Your list"),
        max_length=255,
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"data-max-bytes": MAX_BYTES}),
        error_messages={"required": _("Please choose a file.")},
    )

    def __init__(self, *args: Any, desk: ListDesk, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].help_text = str(desk.words.forms) % {"megabytes": MAX_MEGABYTES}
        self.fields["file"].widget.attrs["accept"] = desk.accepted
        self.fields["file"].widget.attrs["data-too-large"] = too_large()

    def clean_file(self) -> UploadedFile[bytes]:
        """Once more, however it came in."""
        file: UploadedFile[bytes] = self.cleaned_data["file"]
        if (file.size or 0) > MAX_BYTES:
            raise forms.ValidationError(too_large())
        return file


class RunForm(forms.Form):
    """Step 4: what becomes of what is new. A register may ask more."""

    def __init__(self, *args: Any, missing: int = 0, **kwargs: Any) -> None:
        self.missing = missing
        super().__init__(*args, **kwargs)

    def wishes(self) -> dict[str, bool]:
        """What was chosen, as an `Order` takes it."""
        return {"draft": False, "withdraw_missing": False}
