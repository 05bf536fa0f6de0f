"""The form of a responsibility, for one contact or for several."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from knotenpunkt.foundation.core import spoken
from knotenpunkt.registers.areas.models import Region
from knotenpunkt.registers.offers.models import Topic
from knotenpunkt.registers.responsibilities.models import Duty, ForWhom, Responsibility

# From the first week to the end of school; what is stored otherwise is offered, too.
AGES_OFFERED = (0, 6, 12, 18, 24, 36, 48, 60, 72, 84, 96, 120, 144, 168, 192, 216)


class ResponsibilityForm(forms.Form):
    """What for, for whom, which ages, where."""

    for_whom = forms.ChoiceField(
        label=_("Who may ask?"),
        choices=ForWhom.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Please say who may ask.")},
    )
    title = forms.CharField(
        label=_("What for, in your own words"),
        required=False,
        max_length=200,
        help_text=_("Such as “Welcome visits in Freiberg”. May stay empty."),
    )
    duties = forms.MultipleChoiceField(
        label=_("What professionals ask about"),
        required=False,
        choices=Duty.choices,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Whoever advises as an iseF is shown to signed-in professionals only."),
    )
    topics = forms.MultipleChoiceField(
        label=_("Topics of families"), required=False, widget=forms.CheckboxSelectMultiple
    )
    age_from = forms.TypedChoiceField(
        label=_("Age of the child from"), required=False, coerce=int, empty_value=None
    )
    age_to = forms.TypedChoiceField(
        label=_("Age of the child up to"), required=False, coerce=int, empty_value=None
    )
    regions = forms.MultipleChoiceField(
        label=_("Regions"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Nothing ticked means: in the whole network."),
    )
    note = forms.CharField(
        label=_("Note"),
        required=False,
        max_length=300,
        help_text=_("Shown beside it, such as “mornings only”."),
    )
    position = forms.IntegerField(
        label=_("Place in the list"),
        required=False,
        min_value=0,
        max_value=999,
        help_text=_("Lower numbers come first."),
    )

    def __init__(
        self, data: Any, *, topics: Sequence[Topic], regions: Sequence[Region], **named: Any
    ) -> None:
        super().__init__(data, **named)
        self.known_topics, self.known_regions = topics, regions
        self._offer("topics", [(topic.key, topic.name) for topic in topics])
        self._offer("regions", [(str(region.pk), region.name) for region in regions])
        for end in ("age_from", "age_to"):
            self._offer(end, _ages(self.initial.get(end)))

    def _offer(self, name: str, choices: list[tuple[Any, str]]) -> None:
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = choices

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        youngest, oldest = cleaned.get("age_from"), cleaned.get("age_to")
        if youngest is not None and oldest is not None and oldest < youngest:
            self.add_error("age_to", _("The oldest age is below the youngest one."))
        whom = cleaned.get("for_whom")
        if Duty.ISEF in cleaned.get("duties", []) and whom and whom != ForWhom.PROFESSIONALS:
            self.add_error("for_whom", _("Advice by an iseF is for professionals only."))
        return cleaned

    def values(self) -> dict[str, Any]:
        """What the action takes, once the form is valid."""
        told = self.cleaned_data
        topics, regions = set(told["topics"]), set(told["regions"])
        return {
            "for_whom": told["for_whom"],
            "title": told["title"],
            "duties": [duty for duty in Duty.values if duty in told["duties"]],
            "age_from": told["age_from"],
            "age_to": told["age_to"],
            "note": told["note"],
            "position": told["position"] or 0,
            "topics": [topic for topic in self.known_topics if topic.key in topics],
            "regions": [region for region in self.known_regions if str(region.pk) in regions],
        }


def _ages(stored: int | None) -> list[tuple[Any, str]]:
    months = sorted({*AGES_OFFERED, *([] if stored is None else [stored])})
    return [("", str(_("no limit"))), *((one, _age(one)) for one in months)]


def _age(months: int) -> str:
    return spoken.age(months) if months else str(_("from the birth on"))


def filled(one: Responsibility) -> dict[str, Any]:
    """The values of a responsibility for its form."""
    return {
        "for_whom": one.for_whom,
        "title": one.title,
        "duties": one.duties,
        "topics": [link.topic.key for link in one.topic_links.all()],
        "regions": [str(link.region_id) for link in one.region_links.all()],
        "age_from": one.age_from,
        "age_to": one.age_to,
        "note": one.note,
        "position": one.position,
    }
