"""The form of an audience: its name, its parts row by row, and for what it is counted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy, pgettext_lazy

from knotenpunkt.activities.mailings.queries.audiences import ADD, ONLY, WITHOUT
from knotenpunkt.foundation.core.form_rows import Row, Rows, raw_values
from knotenpunkt.tools.lists.listing import Filter
from knotenpunkt.tools.mail.models import MailKind

PARTS = "teile"
FIRST = ("art", "region", "gruppe", "q")
HOWS = [
    (ADD, pgettext_lazy("part of an audience", "these, too")),
    (ONLY, pgettext_lazy("part of an audience", "of them only")),
    (WITHOUT, pgettext_lazy("part of an audience", "but without")),
]


class CountedForm(forms.Form):
    """For what kind of mail is counted: it decides who is left out."""

    fuer = forms.ChoiceField(
        label=gettext_lazy("Count for"),
        choices=[
            (MailKind.INVITATION, gettext_lazy("an invitation")),
            (MailKind.NEWSLETTER, gettext_lazy("a newsletter")),
            (MailKind.SERVICE, gettext_lazy("a message that everybody needs")),
        ],
        initial=MailKind.INVITATION,
        required=False,
    )

    @property
    def kind(self) -> MailKind:
        """What was chosen; an invitation where nothing fits."""
        told = str(self["fuer"].value() or "")
        return MailKind(told) if told in MailKind.values else MailKind.INVITATION


class AudienceForm(CountedForm):
    """What stands above the parts."""

    use_required_attribute = False

    name = forms.CharField(
        label=pgettext_lazy("of an audience", "Name"),
        max_length=120,
        help_text=gettext_lazy("Example: “Childcare in the north”."),
        error_messages={"required": gettext_lazy("Please write how the audience is called.")},
    )
    one_each = forms.BooleanField(
        label=gettext_lazy("Write to one contact of each organisation only"),
        help_text=gettext_lazy("Whoever answers our questions, else whoever has an e-mail."),
        required=False,
    )


class PartRow(Row):
    """A part: what it does to the parts above, and filters."""

    @property
    def first(self) -> list[forms.BoundField]:
        """The filters that are always seen."""
        return [self[name] for name in self.telling if name in FIRST]

    @property
    def further(self) -> list[forms.BoundField]:
        """Those that are folded up until one of them is used."""
        return [self[name] for name in self.telling if name not in FIRST]

    @property
    def uses_further(self) -> bool:
        """Whether one of the folded filters is set."""
        return any(field.value() for field in self.further)


def part_row(filters: Sequence[Filter]) -> type[PartRow]:
    """The form of a part, with what this network can choose from."""
    how = forms.ChoiceField(
        label=gettext_lazy("What does this part do?"), choices=HOWS, initial=ADD, required=False
    )
    fields = {name: field for one in filters for name, field in one.fields.items()}
    told = {"how": how, **fields, "telling": tuple(fields), "__module__": __name__}
    return type("PartRow", (PartRow,), told)


class AudienceSheet:
    """The whole form, as it was sent or as it is stored."""

    def __init__(
        self,
        filters: Sequence[Filter],
        data: Mapping[str, Any] | None,
        stored: Mapping[str, Any],
    ) -> None:
        self.form = AudienceForm(data, initial=dict(stored))
        begun = [{"how": one["how"], **one["words"]} for one in stored.get("parts", [])]
        self.rows = Rows(PARTS, part_row(filters), data, begun or [{"how": ADD}])

    @property
    def as_typed(self) -> dict[str, Any]:
        """What was typed, unjudged, to be shown again."""
        rows = [{"how": _how(row), "words": _words(row)} for row in self.rows]
        return raw_values(self.form) | {"parts": rows}

    def is_valid(self) -> bool:
        """Whether all of it can be kept; every field is judged."""
        return all([self.form.is_valid(), *(row.is_valid() for row in self.rows)])

    @property
    def parts(self) -> list[dict[str, Any]]:
        """The parts as they are kept: the first one, and further ones that say something."""
        rows = list(self.rows)
        return [
            {"how": _how(row) if at else ADD, "words": _words(row)}
            for at, row in enumerate(rows)
            if not at or not row.is_blank()
        ]


def _how(row: PartRow) -> str:
    told = str(row["how"].value() or "")
    return told if told in (ADD, ONLY, WITHOUT) else ADD


def _words(row: PartRow) -> dict[str, str]:
    """What was chosen, as it stands in an address."""
    values = {name: row[name].value() for name in row.telling}
    return {name: _plain(value) for name, value in values.items() if value}


def _plain(value: Any) -> str:
    return "ja" if value is True else str(value).strip()
