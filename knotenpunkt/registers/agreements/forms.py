"""Forms of agreements and of decisions."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from knotenpunkt.foundation.core.controls import Day
from knotenpunkt.registers.agreements.actions import Handed
from knotenpunkt.registers.agreements.models import NORMS, Agreement, AgreementKind
from knotenpunkt.registers.partners.models import Contact
from knotenpunkt.tools.files.content import LARGEST_BYTES, papers

FIELDS = ("kind", "title", "signed_on", "valid_until", "remind_months", "note")
MONTHS = [
    (1, gettext_lazy("one month before")),
    (3, gettext_lazy("three months before")),
    (6, gettext_lazy("six months before")),
    (12, gettext_lazy("a year before")),
    (0, gettext_lazy("not at all")),
]
ACCEPT = ".pdf,.png,.jpg,.jpeg,.docx,.odt"


def kind_label(kind: str) -> str:
    """ "Zusammenarbeit im Netzwerk (§ 3 Abs. 3 KKG)"."""
    known = AgreementKind(kind)
    norm = NORMS.get(known)
    return f"{known.label} ({norm})" if norm else str(known.label)


class SignedField(Day):
    """A day on which somebody signed: it is over."""

    def clean(self, value: Any) -> date | None:
        day: date | None = super().clean(value)
        if day is not None and day > timezone.localdate():
            raise ValidationError(_("This day has not come yet."))
        return day


class PaperField(forms.FileField):
    """A file whose content is looked at; becomes a `Handed`."""

    def __init__(self, **more: Any) -> None:
        super().__init__(
            widget=forms.FileInput(attrs={"accept": ACCEPT}),
            help_text=gettext_lazy("PDF, Word, OpenDocument or a picture, up to 20 megabytes."),
            error_messages={"empty": gettext_lazy("This file is empty. Please choose another one."),
                            "required": gettext_lazy("Please choose a file.")},
            **more,
        )  # fmt: skip

    def clean(self, data: Any, initial: Any = None) -> Handed | None:
        file: UploadedFile[Any] | None = super().clean(data, initial)
        if not file:
            return None
        name = file.name or _("file")
        handed = Handed(name, file.read(LARGEST_BYTES + 1))
        papers(handed.name, handed.content)
        return handed


class AgreementForm(forms.Form):
    """One agreement, and at first one file of it."""

    kind = forms.ChoiceField(
        label=gettext_lazy("What is it about?"),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Please choose what it is about.")},
    )
    title = forms.CharField(
        label=gettext_lazy("Title"),
        max_length=200,
        help_text=gettext_lazy("As it stands on the paper."),
        error_messages={"required": gettext_lazy("Please write the title.")},
    )
    signed_on = SignedField(
        label=gettext_lazy("Concluded on"),
        error_messages={"required": gettext_lazy("Please choose the day.")},
    )
    valid_until = Day(
        label=gettext_lazy("Valid until"),
        required=False,
        help_text=gettext_lazy("Its last day. Empty: with an open end."),
    )
    remind_months = forms.TypedChoiceField(
        label=gettext_lazy("Remind us before it ends"), choices=MONTHS, coerce=int, initial=3
    )
    note = forms.CharField(
        label=gettext_lazy("Note for the desk"),
        required=False,
        max_length=4_000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    file = PaperField(label=gettext_lazy("Signed paper"), required=False)

    def __init__(self, *args: Any, with_file: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = [(kind.value, kind_label(kind)) for kind in AgreementKind]
        self.fields["kind"].choices = kinds  # type: ignore[attr-defined]
        if not with_file:
            del self.fields["file"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        begins, ends = cleaned.get("signed_on"), cleaned.get("valid_until")
        if begins and ends and ends < begins:
            self.add_error("valid_until", _("It would end before it was signed."))
        return cleaned

    def values(self) -> dict[str, Any]:
        """What is stored, once it is valid."""
        return {name: self.cleaned_data[name] for name in FIELDS}


def filled(agreement: Agreement) -> dict[str, Any]:
    """The values of an agreement for its form."""
    return {name: getattr(agreement, name) for name in FIELDS}


class PaperForm(forms.Form):
    """One more file."""

    file = PaperField(label=gettext_lazy("Add a file"))


class SignedForm(forms.Form):
    """When the picked partners signed."""

    signed_on = SignedField(
        label=gettext_lazy("Signed on"),
        error_messages={"required": gettext_lazy("Please choose the day.")},
    )


class EndForm(forms.Form):
    """As of when an agreement ends before its time, and why."""

    ended_on = Day(
        label=gettext_lazy("It ends on"),
        error_messages={"required": gettext_lazy("Please choose the day.")},
    )
    end_reason = forms.CharField(
        label=gettext_lazy("Why?"),
        max_length=300,
        required=False,
        help_text=gettext_lazy("A few words, for those who ask later."),
    )


class InvitationForm(forms.Form):
    """A mail to somebody who could come: to whom, and what it says."""

    to = forms.ChoiceField(
        label=gettext_lazy("To"),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Please choose to whom.")},
    )
    subject = forms.CharField(
        label=gettext_lazy("Subject"),
        max_length=200,
        error_messages={"required": gettext_lazy("Please write a subject.")},
    )
    text = forms.CharField(
        label=gettext_lazy("Text"),
        max_length=8_000,
        widget=forms.Textarea(attrs={"rows": 14}),
        error_messages={"required": gettext_lazy("Please write a text.")},
    )

    def __init__(self, *args: Any, contacts: Sequence[Contact], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        told = [(str(one.pk), f"{one} <{one.email}>") for one in contacts]
        self.fields["to"].choices = told  # type: ignore[attr-defined]
        self.fields["to"].initial = told[0][0] if told else ""


class NotNeededForm(forms.Form):
    """Why a kind of partner is not needed."""

    reason = forms.CharField(
        label=gettext_lazy("Why is nobody needed here?"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("For example: “The family court for this region is in Chemnitz.”"),
        error_messages={"required": gettext_lazy("Please write why, so that others understand.")},
    )
