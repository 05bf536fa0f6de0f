"""Forms of the guided preparation of a campaign."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from knotenpunkt.activities.campaigns.models import Campaign, FileUse
from knotenpunkt.activities.campaigns.rules.dates import is_far, is_too_long, proposed
from knotenpunkt.activities.campaigns.rules.deadlines import end_of_day
from knotenpunkt.activities.campaigns.rules.drafts import CampaignDraft
from knotenpunkt.foundation.core.controls import Day, LongText, WebAddress, optional
from knotenpunkt.tools.files.content import LARGEST_BYTES

REQUIRED_DAY = {"required": gettext_lazy("Please choose the day.")}
FORGET = [
    (90, gettext_lazy("after three months")),
    (180, gettext_lazy("after half a year")),
    (365, gettext_lazy("after a year")),
]


class NearDay(Day):
    """A day of these years: a campaign in the year 226 is a slip of the finger."""

    def to_python(self, value: Any) -> date | None:
        day = super().to_python(value)
        if day is not None and is_far(day, timezone.localdate()):
            raise ValidationError(_("Please check the year of this day."))
        return day


class PeriodPart(forms.Form):
    """First and last day, wherever a form asks for them."""

    starts_on = NearDay(label=gettext_lazy("First day"), error_messages=REQUIRED_DAY)
    ends_on = NearDay(label=gettext_lazy("Last day"), error_messages=REQUIRED_DAY)

    def clean(self) -> dict[str, Any]:
        told: dict[str, Any] = super().clean() or {}
        first, last = told.get("starts_on"), told.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", _("It would end before it begins."))
        elif first and last and is_too_long(first, last):
            told_so = _("A campaign lasts two years at most. Please check the year.")
            self.add_error("ends_on", told_so)
        return told


class BeginForm(PeriodPart):
    """The first page: what to begin with, what it is called, when it is."""

    beginning = forms.ChoiceField(
        label=gettext_lazy("What do you begin with?"),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Please choose what to begin with.")},
    )
    title = forms.CharField(
        label=gettext_lazy("What is the campaign called?"),
        max_length=120,
        help_text=gettext_lazy("Partners and families read this name. You can change it later."),
        error_messages={"required": gettext_lazy("Please write a name.")},
    )
    field_order = ("beginning", "title", "starts_on", "ends_on")

    def __init__(self, *args: Any, beginnings: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.use_required_attribute = False
        self.fields["beginning"].choices = beginnings  # type: ignore[attr-defined]


class GoalForm(forms.Form):
    """What it is called, what it is to reach, and the one sentence for everybody."""

    title = forms.CharField(
        label=gettext_lazy("Name of the campaign"),
        max_length=120,
        error_messages={"required": gettext_lazy("Please write a name.")},
    )
    goal = LongText(
        rows=3,
        max_length=2_000,
        **optional(
            gettext_lazy("What do you want to reach?"),
            gettext_lazy("For the desk. You look back at it when the campaign has ended."),
        ),
    )
    message = forms.CharField(
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        **optional(
            gettext_lazy("The message, in one sentence"),
            gettext_lazy("It stands on the public page, on posters and in the letters."),
        ),
    )

    def clean_message(self) -> str:
        return " ".join(str(self.cleaned_data["message"]).split())


class PeriodForm(PeriodPart):
    """All days of a campaign. Deadlines are days: they hold until midnight."""

    writes_on = NearDay(**optional(gettext_lazy("Write to the partners on"), ""))
    order_until = NearDay(
        **optional(
            gettext_lazy("Orders until"),
            gettext_lazy("Holds until midnight. Empty: nothing can be ordered."),
        )
    )
    allows_late = forms.BooleanField(
        **optional(
            gettext_lazy("Let late orders count at once"),
            gettext_lazy(
                "Otherwise they still arrive and wait for your answer. The order form says which "
                "of the two it is."
            ),
        )
    )
    gives_from = NearDay(**optional(gettext_lazy("Give out material from")))
    gives_until = NearDay(**optional(gettext_lazy("Give out material until")))
    join_in_until = NearDay(
        **optional(
            gettext_lazy("Report join-ins until"),
            gettext_lazy("Holds until midnight. Empty: until the last day of the campaign."),
        )
    )
    forget_days = forms.TypedChoiceField(
        label=gettext_lazy("Delete personal data of orders"),
        choices=FORGET,
        coerce=int,
        help_text=gettext_lazy("Counted from the end of the campaign. The figures stay."),
    )

    def clean(self) -> dict[str, Any]:
        told = super().clean()
        first, last = told.get("gives_from"), told.get("gives_until")
        if first and last and last < first:
            self.add_error("gives_until", _("The last day would be before the first."))
        return told

    def draft(self, before: CampaignDraft) -> CampaignDraft:
        """What the campaign says with these days."""
        told = dict(self.cleaned_data)
        for name in ("order_until", "join_in_until"):
            told[name] = _moment(told[name], getattr(before, name))
        return replace(before, **told)


def _moment(day: date | None, before: datetime | None) -> datetime | None:
    """The end of that day; a deadline that is on that day already keeps its time."""
    if day is None or before is None:
        return end_of_day(day) if day else None
    return before if timezone.localdate(before) == day else end_of_day(day)


def period_filled(campaign: Campaign) -> dict[str, Any]:
    """What the form of days begins with."""
    days = {
        name: getattr(campaign, name)
        for name in ("starts_on", "ends_on", "writes_on", "allows_late", "gives_from",
                     "gives_until", "forget_days")
    }  # fmt: skip
    moments = {
        name: timezone.localdate(at) if (at := getattr(campaign, name)) else None
        for name in ("order_until", "join_in_until")
    }
    return {**days, **moments}


def with_proposals(told: dict[str, Any], starts_on: date, ends_on: date) -> dict[str, Any]:
    """The days as they follow from the period; everything else as it was typed."""
    dates = proposed(starts_on, ends_on)
    return {
        **told,
        "starts_on": starts_on,
        "ends_on": ends_on,
        "writes_on": dates.writes_on,
        "order_until": timezone.localdate(dates.order_until),
        "gives_from": dates.gives_from,
        "gives_until": dates.gives_until,
        "join_in_until": timezone.localdate(dates.join_in_until),
    }


class PageForm(forms.Form):
    """What the public page says."""

    description = LongText(
        rows=8,
        max_length=6_000,
        **optional(
            gettext_lazy("What it is about"),
            gettext_lazy("For everybody. An empty line begins a new paragraph."),
        ),
    )
    slug = forms.SlugField(
        label=gettext_lazy("Word in the address"),
        max_length=60,
        help_text=gettext_lazy("Small letters, digits and hyphens."),
        error_messages={
            "required": gettext_lazy("Please write a word."),
            "invalid": gettext_lazy("Please use small letters a–z, digits and hyphens only."),
        },
    )
    public_orders = forms.BooleanField(
        **optional(
            gettext_lazy("Everybody may order on the public page"),
            gettext_lazy("Partners can always order by their personal link."),
        )
    )
    press_text = LongText(
        rows=6,
        max_length=8_000,
        **optional(
            gettext_lazy("Text for the press"),
            gettext_lazy("The press downloads it from the page. Empty: no press part."),
        ),
    )

    def clean_slug(self) -> str:
        return str(self.cleaned_data["slug"]).lower()


class FileForm(forms.Form):
    """A picture or a PDF, what it is for, and what is said about it."""

    use = forms.ChoiceField(label=gettext_lazy("What is it for?"), choices=FileUse.choices)
    file = forms.FileField(
        label=gettext_lazy("Picture or PDF"),
        widget=forms.FileInput(attrs={"accept": ".jpg,.jpeg,.png,.pdf"}),
        help_text=gettext_lazy("JPEG, PNG or PDF, up to 10 megabytes."),
        error_messages={
            "required": gettext_lazy("Please choose a file."),
            "empty": gettext_lazy("This file is empty. Please choose another one."),
        },
    )
    title = forms.CharField(
        label=gettext_lazy("What is it called?"),
        max_length=200,
        error_messages={"required": gettext_lazy("Please write a name.")},
    )
    alt = forms.CharField(
        max_length=300,
        **optional(
            gettext_lazy("What does the picture show?"),
            gettext_lazy("For people who do not see it. Needed for every picture."),
        ),
    )
    credit = forms.CharField(
        max_length=200, **optional(gettext_lazy("Who made it?"), gettext_lazy("Named beside it."))
    )

    def content(self) -> bytes:
        """The bytes that were handed in, as many as may be."""
        return bytes(self.cleaned_data["file"].read(LARGEST_BYTES + 1))


class FileWordsForm(forms.Form):
    """What is said about a file that is there."""

    title = forms.CharField(
        label=gettext_lazy("What is it called?"),
        max_length=200,
        error_messages={"required": gettext_lazy("Please write a name.")},
    )
    alt = forms.CharField(max_length=300, **optional(gettext_lazy("What does the picture show?")))
    credit = forms.CharField(max_length=200, **optional(gettext_lazy("Who made it?")))


class LinkForm(forms.Form):
    """A related address; a row without any entry is none."""

    title = forms.CharField(label=gettext_lazy("What is it?"), max_length=200, required=False)
    url = WebAddress(label=gettext_lazy("Address"), max_length=500, required=False)

    def clean(self) -> dict[str, Any]:
        told: dict[str, Any] = super().clean() or {}
        if told.get("url") and not told.get("title"):
            self.add_error("title", _("Please say what it is."))
        if told.get("title") and not told.get("url") and "url" not in self.errors:
            self.add_error("url", _("Please write the address."))
        return told


class NewsForm(forms.Form):
    """A short piece of news."""

    title = forms.CharField(
        label=gettext_lazy("Heading"),
        max_length=200,
        error_messages={"required": gettext_lazy("Please write a heading.")},
    )
    text = LongText(
        label=gettext_lazy("Text"),
        rows=4,
        max_length=3_000,
        error_messages={"required": gettext_lazy("Please write what is new.")},
    )
    on = NearDay(label=gettext_lazy("Day"), error_messages=REQUIRED_DAY)


class LessonForm(forms.Form):
    """What to keep, or to do otherwise."""

    text = LongText(
        label=gettext_lazy("What did you learn?"),
        rows=3,
        max_length=2_000,
        error_messages={"required": gettext_lazy("Please write one sentence.")},
    )
    keep = forms.TypedChoiceField(
        label=gettext_lazy("For the next time"),
        choices=[("ja", pgettext_lazy("lesson", "Keep")), ("nein", gettext_lazy("Do otherwise"))],
        widget=forms.RadioSelect,
        coerce=lambda said: said == "ja",
        initial="ja",
    )


class SearchForm(forms.Form):
    """Words that somebody looks for."""

    q = forms.CharField(max_length=100, required=False)


def add_errors(form: forms.Form, problem: ValidationError) -> None:
    """Say a refusal beside the fields it is about; the rest on top."""
    told = problem.message_dict if hasattr(problem, "error_dict") else {None: problem.messages}
    for name, sentences in told.items():
        field = name if name in form.fields else None
        for sentence in _all(sentences):
            form.add_error(field, sentence)


def _all(sentences: Iterable[str]) -> list[str]:
    return list(sentences)
