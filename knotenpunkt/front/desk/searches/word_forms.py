"""The forms of own words: one word, and a whole list from a file."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from knotenpunkt.foundation.core.controls import LongText, optional
from knotenpunkt.tools.search.models import OwnWord

BETWEEN = re.compile(r"[,;\n\r|]+")
LARGEST_FILE = 200_000
MOST_ROWS = 1_000
Rows = list[tuple[str, list[str], str]]
"""(word, meanings, note)"""


def meanings_in(text: str) -> list[str]:
    """The meanings of a field: one after the other, parted by comma, semicolon or line."""
    return [one.strip() for one in BETWEEN.split(text) if one.strip()]


class WordForm(forms.Form):
    """A word, what it means, and where it comes from."""

    said = forms.CharField(
        label=gettext_lazy("Word"),
        max_length=80,
        help_text=gettext_lazy("As people here say it. Example: “Mukibu”."),
        error_messages={"required": gettext_lazy("Please enter the word that people say.")},
    )
    means = LongText(
        label=gettext_lazy("What does it mean?"),
        max_length=1_200,
        rows=3,
        help_text=gettext_lazy(
            "One or more German words, with commas between them. Example: “Mutter-Kind-Bus, "
            "fahrende Beratung”. The words of your offers work best."
        ),
        error_messages={"required": gettext_lazy("Please say in other words what it means.")},
    )
    note = forms.CharField(
        **optional(
            gettext_lazy("Remark"),
            gettext_lazy("For colleagues: where it comes from, who says it. No names of families."),
            max_length=300,
        )
    )

    @property
    def meanings(self) -> list[str]:
        """What was entered, one by one."""
        return meanings_in(str(self.cleaned_data.get("means", "")))

    def values(self) -> dict[str, Any]:
        """What the action takes."""
        return {
            "said": self.cleaned_data["said"],
            "means": self.meanings,
            "note": self.cleaned_data["note"],
        }

    def blame(self, problem: ValidationError) -> None:
        """Put what the action refused beside its field."""
        for field, told in problem.message_dict.items():
            self.add_error(field if field in self.fields else None, told)


def filled(word: OwnWord) -> dict[str, str]:
    """What the form begins with for a word that is there."""
    return {"said": word.said, "means": ", ".join(word.means), "note": word.note}


class WordFileForm(forms.Form):
    """A list of words, as a file or as text."""

    file = forms.FileField(
        **optional(
            gettext_lazy("File"),
            gettext_lazy("A CSV file with the columns word, meaning, note."),
        )
    )
    text = LongText(
        **optional(
            gettext_lazy("Or as text"),
            gettext_lazy("One word a line: word; meaning, meaning; note"),
            max_length=LARGEST_FILE,
            rows=6,
        )
    )

    rows: Rows
    """The words in it, as they stand there."""

    def clean(self) -> dict[str, Any]:
        """The text of the file, where there is one, stands in the place of the text."""
        cleaned = super().clean() or {}
        file = cleaned.get("file")
        if file is not None:
            cleaned["text"] = _decoded(file)
        if not str(cleaned.get("text", "")).strip() and not self.errors:
            raise ValidationError(_("Please choose a file, or enter at least one line."))
        self.rows = _rows(str(cleaned.get("text", "")))
        return cleaned


def _decoded(file: Any) -> str:
    if file.size > LARGEST_FILE:
        raise ValidationError(_("This file is too large for a list of words."))
    content: bytes = file.read()
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _rows(text: str) -> Rows:
    try:
        return list(_read(text))[:MOST_ROWS]
    except csv.Error as problem:
        told = _("This is no list of words: please write one word a line.")
        raise ValidationError(told) from problem


def _read(text: str) -> Iterator[tuple[str, list[str], str]]:
    reader = csv.reader(io.StringIO(text.replace("\0", "")), delimiter=";")
    for number, cells in enumerate(reader):
        said, means, note = [*(cell.strip().removeprefix("'") for cell in cells), "", "", ""][:3]
        is_head = number == 0 and said.casefold() in ("wort", "word")
        if said and not is_head:
            yield said, meanings_in(means), note
