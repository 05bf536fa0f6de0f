"""The form of a note: who, what, when to be reminded."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from knotenpunkt.activities.notes.actions import NoteDraft
from knotenpunkt.activities.notes.queries import OpenNote
from knotenpunkt.activities.notes.rules import reminder
from knotenpunkt.foundation.core.controls import optional_day

REMINDERS = [
    ("", gettext_lazy("not at all")),
    ("today", gettext_lazy("today")),
    ("tomorrow", gettext_lazy("tomorrow")),
    ("week", gettext_lazy("in a week")),
    ("date", gettext_lazy("on a day:")),
]


class NoteForm(forms.Form):
    """Fifteen seconds: two fields and a choice."""

    who = forms.CharField(
        label=gettext_lazy("With whom?"),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": gettext_lazy("Please write with whom you spoke.")},
    )
    text = forms.CharField(
        label=gettext_lazy("What is to be kept?"),
        max_length=4_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": gettext_lazy("Please write what is to be kept.")},
    )
    remind = forms.ChoiceField(
        label=gettext_lazy("Remind me"), required=False, choices=REMINDERS,
        widget=forms.RadioSelect,
    )  # fmt: skip
    remind_on = optional_day(gettext_lazy("Day"))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        chosen = cleaned.get("remind_on")
        if cleaned.get("remind") == "date" and "remind_on" not in self.errors:
            if chosen is None:
                self.add_error("remind_on", _("Please choose the day."))
            elif chosen < timezone.localdate() and chosen != self.initial.get("remind_on"):
                self.add_error("remind_on", _("This day is over. Please choose a coming one."))
        return cleaned

    def draft(self) -> NoteDraft:
        """What was entered, once it is valid."""
        told = self.cleaned_data
        day = reminder(told["remind"], told["remind_on"], timezone.localdate())
        return NoteDraft(who=told["who"], text=told["text"], remind_on=day)


def filled(one: OpenNote) -> dict[str, Any]:
    """The values of a note for its form."""
    day = one.note.remind_on
    return {"who": one.who, "text": one.text, "remind": "date" if day else "", "remind_on": day}
