"""What people enter about texts in other languages."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from knotenpunkt.foundation.core import languages
from knotenpunkt.foundation.core.controls import LongText
from knotenpunkt.registers.offers.models import Offer, OfferText
from knotenpunkt.registers.offers.translating.drafts import TextDraft
from knotenpunkt.registers.offers.translating.exchange import ALL, NEEDED
from knotenpunkt.registers.offers.translating.parts import PARTS, german, longest
from knotenpunkt.registers.offers.translating.wording import PART_LABELS, text_language
from knotenpunkt.tools.translations import formats
from knotenpunkt.tools.translations.units import LARGEST

ROWS = {"description": 12, "summary": 3}
ALWAYS = ("title", "summary", "description")


class TextForm(forms.Form):
    """One text: a field for each part that has a German original, or says something already."""

    required_css_class = ""
    error_css_class = ""

    def __init__(
        self, offer: Offer, language: str, text: OfferText | None, data: QueryDict | None
    ) -> None:
        initial = {part: getattr(text, part) for part in PARTS} if text else {}
        super().__init__(data, initial=initial)
        self.language = language
        for part in shown_parts(offer, text):
            self.fields[part] = self._field(part)

    def _field(self, part: str) -> forms.CharField:
        field = LongText(
            label=PART_LABELS[part],
            required=False,
            max_length=longest(part),
            rows=ROWS.get(part, 1),
            error_messages={"max_length": gettext_lazy("Please shorten this text.")},
        )
        direction = languages.BY_CODE[self.language].direction
        field.widget.attrs |= {"lang": self.language, "dir": direction}
        return field

    def draft(self) -> TextDraft:
        """What it says; a part without a field stays empty."""
        return TextDraft(language=self.language, **self.cleaned_data)

    def typed(self, part: str) -> str:
        """What stands in a field now, judged or not."""
        return str(self[part].value() or "") if part in self.fields else ""


def shown_parts(offer: Offer, text: OfferText | None) -> Sequence[str]:
    """The parts that are worth a field."""
    return [
        part
        for part in PARTS
        if part in ALWAYS or german(offer, part) or (text is not None and getattr(text, part))
    ]


class ExportForm(forms.Form):
    """Which texts a translator gets."""

    sprache = forms.ChoiceField(label=gettext_lazy("Language"))
    texte = forms.ChoiceField(
        label=gettext_lazy("Which texts"),
        choices=[
            (NEEDED, gettext_lazy("what is missing or outdated")),
            (ALL, gettext_lazy("everything, also what is checked")),
        ],
    )
    form = forms.ChoiceField(
        label=gettext_lazy("Kind of file"),
        choices=[
            (formats.XLIFF, gettext_lazy("XLIFF 1.2, for translators' programs")),
            (formats.XLIFF_2, gettext_lazy("XLIFF 2.0")),
            (formats.XLSX, gettext_lazy("Excel (XLSX), for everybody else")),
        ],
    )

    def __init__(self, data: Any = None, *, language: str = "") -> None:
        super().__init__(data, initial={"sprache": language}, auto_id="ausgabe-%s")
        field: Any = self.fields["sprache"]
        field.choices = language_choices()


class FileForm(forms.Form):
    """A file that comes back from a translator."""

    file = forms.FileField(
        label=gettext_lazy("File of the translator"),
        help_text=gettext_lazy("XLIFF or Excel, as it was saved here and filled in. 8 MB at most."),
        max_length=200,
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".xlf,.xliff,.xml,.xlsx"}),
        error_messages={"required": gettext_lazy("Please choose a file.")},
    )

    def clean_file(self) -> Any:
        """Nothing larger than what is read."""
        file = self.cleaned_data["file"]
        if (file.size or 0) > LARGEST:
            raise forms.ValidationError(_("The file is too large: 8 MB at most."))
        return file


def language_choices() -> list[tuple[str, str]]:
    """The languages that texts are kept in."""
    return [(code, text_language(code)) for code in languages.OTHERS]
