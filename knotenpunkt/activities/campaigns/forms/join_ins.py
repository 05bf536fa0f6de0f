"""Forms of join-ins: reported by partners, entered at the desk, answered, looked back on."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any, cast
from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from knotenpunkt.activities.campaigns.actions.join_in_pictures import Picture
from knotenpunkt.activities.campaigns.actions.join_ins import Address, JoinInDraft
from knotenpunkt.activities.campaigns.forms.setup import NearDay
from knotenpunkt.activities.campaigns.models import AimedAt, JoinIn
from knotenpunkt.activities.campaigns.queries.finding import days_of
from knotenpunkt.foundation.core.controls import ClockTime, LongText, WebAddress, optional
from knotenpunkt.registers.areas.models import Place
from knotenpunkt.tools.files.aside import set_aside, taken_up
from knotenpunkt.tools.files.pictures import renderings

HOUSE, OTHER = "haus", "anders"
OPEN, INVITED = "ja", "nein"
ADDRESS = ("venue", "street", "postal_code", "town")
PICTURE_HELP = gettext_lazy("JPEG, PNG or WebP, up to 10 megabytes.")
PICTURES = "image/jpeg,image/png,image/webp"
ALT_HELP = gettext_lazy("For people who cannot see it: one sentence. Example: “Children paint.”")


class PictureForm(forms.Form):
    """A form with a picture. What was chosen once need not be chosen again: `kept` is its mark."""

    key = forms.CharField(widget=forms.HiddenInput, max_length=64)
    kept = forms.CharField(widget=forms.HiddenInput, required=False)
    file = forms.FileField(
        **optional(gettext_lazy("Picture"), PICTURE_HELP),
        widget=forms.FileInput(attrs={"accept": PICTURES}),
        error_messages={"empty": gettext_lazy("This file is empty. Please choose another one.")},
    )

    use_required_attribute = False

    def clean_file(self) -> Picture | None:
        """Decode it here, so that a bad file is told beside its field."""
        told = self.cleaned_data["file"]
        return Picture(*renderings(told, told.size)) if told else None

    def picture(self) -> Picture | None:
        """What was chosen now, or before."""
        chosen: Picture | None = self.cleaned_data.get("file")
        if chosen is not None:
            return chosen
        kept = taken_up(self.cleaned_data.get("kept", ""), owner=self._owner)
        return Picture(*kept) if kept else None

    def mark(self) -> str:
        """Of the picture of a form that still lacks something; "" without one."""
        chosen: Picture | None = self.cleaned_data.get("file") if self.is_bound else None
        if chosen is None:
            return str(self.data.get("kept", "")) if self.is_bound else ""
        return set_aside(chosen.large, chosen.small, owner=self._owner)

    @property
    def _owner(self) -> str:
        return f"join-in {self.data.get('key', '')}"


class JoinInForm(PictureForm):
    """What, when, where, for whom. `house` is proposed as its place, `present` what there is."""

    title = forms.CharField(
        label=gettext_lazy("What do you do?"),
        help_text=gettext_lazy("As it shall stand on posters. Example: “Summer party in the park”"),
        max_length=120,
        error_messages={"required": gettext_lazy("Please give it a name.")},
    )
    description = LongText(
        **optional(
            gettext_lazy("What happens there?"),
            gettext_lazy("Two or three sentences in simple words."),
        ),
        rows=4,
        max_length=2000,
    )
    day = NearDay(
        label=gettext_lazy("Day"),
        error_messages={"required": gettext_lazy("Please choose the day.")},
    )
    starts = ClockTime(
        label=gettext_lazy("Begins at"),
        error_messages={"required": gettext_lazy("Please say when it begins.")},
    )
    ends = ClockTime(**optional(gettext_lazy("Ends at")))
    last_day = NearDay(
        **optional(gettext_lazy("Last day"), gettext_lazy("Only if it lasts several days."))
    )
    where = forms.ChoiceField(label=gettext_lazy("Where?"), widget=forms.RadioSelect)
    venue = forms.CharField(
        **optional(gettext_lazy("Name of the place"), gettext_lazy("Example: “town park”")),
        max_length=200,
    )
    street = forms.CharField(
        **optional(gettext_lazy("Street and number")), max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip
    postal_code = forms.RegexField(
        r"^\d{5}$", **optional(gettext_lazy("Postal code")),
        error_messages={"invalid": gettext_lazy("Please write five digits, such as 09599.")},
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )  # fmt: skip
    town = forms.CharField(**optional(gettext_lazy("Town")), max_length=120)
    aimed_at = forms.ChoiceField(
        label=gettext_lazy("For whom is it?"), choices=AimedAt.choices, initial=AimedAt.EVERYBODY
    )
    for_whom = forms.CharField(
        **optional(gettext_lazy("More exactly"), gettext_lazy("Example: “children from 3 to 6”")),
        max_length=200,
    )
    is_open = forms.ChoiceField(
        label=gettext_lazy("May everybody come?"),
        choices=[
            (OPEN, gettext_lazy("Yes, everybody may come")),
            (INVITED, gettext_lazy("No, only those who are invited")),
        ],
        initial=OPEN,
        widget=forms.RadioSelect,
    )
    entry = forms.CharField(
        **optional(
            gettext_lazy("Cost and registration"),
            gettext_lazy("Example: “free of charge, without registration”"),
        ),
        max_length=200,
    )
    website = WebAddress(**optional(gettext_lazy("Website")), max_length=500)
    picture_alt = forms.CharField(
        **optional(gettext_lazy("What is on the picture?"), ALT_HELP), max_length=300
    )
    picture_credit = forms.CharField(
        **optional(gettext_lazy("Who took the picture?"), gettext_lazy("Stands below it.")),
        max_length=200,
    )
    has_rights = forms.BooleanField(
        **optional(
            gettext_lazy("We may show this picture"),
            gettext_lazy(
                "Whoever took it has agreed, and everybody who can be recognised; of children, "
                "those who have custody."
            ),
        )
    )
    drops_picture = forms.BooleanField(**optional(gettext_lazy("Remove the picture")))

    def __init__(
        self,
        data: Any = None,
        files: Any = None,
        *,
        house: Place | None = None,
        present: JoinIn | None = None,
        like: JoinIn | None = None,
    ) -> None:
        self.house, self.present = house, present or like
        told = _said(present, house) if present else _said_again(like, house) if like else {}
        first = {"key": uuid4().hex, "where": HOUSE if house else OTHER}
        super().__init__(data, files, initial=first | told)
        where = cast(forms.ChoiceField, self.fields["where"])
        where.choices = [
            *([(HOUSE, _("With us: %(place)s") % {"place": house.one_line})] if house else []),
            (OTHER, _("Somewhere else")),
        ]
        if not self.has_picture:
            del self.fields["drops_picture"]

    @property
    def has_picture(self) -> bool:
        """Whether there is one already."""
        return bool(self.present and self.present.picture_id)

    def clean(self) -> dict[str, Any]:
        told: dict[str, Any] = super().clean() or self.cleaned_data
        for name, value in told.items():
            if isinstance(value, str) and name not in ("description", "kept"):
                told[name] = " ".join(value.split())
        self._check_place(told)
        self._check_time(told)
        self._check_picture(told)
        return told

    def _check_place(self, told: Mapping[str, Any]) -> None:
        is_told = told.get("town") or told.get("postal_code") or self.has_error("postal_code")
        if told.get("where") == OTHER and not is_told:
            self.add_error("town", _("Please write at least the town."))

    def _check_time(self, told: Mapping[str, Any]) -> None:
        if not (told.get("day") and told.get("starts")):
            return
        if told.get("last_day") and told["last_day"] < told["day"]:
            self.add_error("last_day", _("The last day would be before the first."))
        elif told.get("ends") and self._ends(told) < self._starts(told):
            self.add_error("ends", _("It would end before it begins. Does it end on another day? "
                                     "Then please choose the last day, too."))  # fmt: skip

    def _check_picture(self, told: Mapping[str, Any]) -> None:
        if self.has_error("file") or told.get("drops_picture"):
            return
        if self.picture() is None and not self.has_picture:
            if told.get("kept"):
                self.add_error("file", _("Please choose the picture once more."))
            return
        if not told.get("picture_alt"):
            self.add_error("picture_alt", _("Please say in a sentence what is on the picture."))
        if not told.get("has_rights"):
            self.add_error("has_rights", _("Only pictures that you may show can be published."))

    def _starts(self, told: Mapping[str, Any]) -> datetime:
        return _moment(told["day"], told["starts"])

    def _ends(self, told: Mapping[str, Any]) -> datetime:
        return _moment(told.get("last_day") or told["day"], told.get("ends") or time(23, 59))

    def draft(self) -> JoinInDraft:
        """What is reported."""
        told = self.cleaned_data
        lasts = told["ends"] or told["last_day"]
        plain = ("title", "description", "aimed_at", "for_whom", "entry", "website", "has_rights",
                 "picture_alt", "picture_credit")  # fmt: skip
        return JoinInDraft(
            **{name: told[name] for name in plain},
            starts_at=self._starts(told),
            ends_at=self._ends(told) if lasts else None,
            place=self._place(told),
            is_open=told["is_open"] == OPEN,
            picture=self.picture(),
            drops_picture=bool(told.get("drops_picture")),
        )

    def _place(self, told: Mapping[str, Any]) -> Place | Address | None:
        if told["where"] == HOUSE:
            return self.house
        return Address(**{name: told[name] for name in ADDRESS})

    def refuse(self, refused: ValidationError) -> None:
        """What the action would not take, beside its field."""
        said = refused.message_dict if hasattr(refused, "error_dict") else {None: refused.messages}
        for name, sentences in said.items():
            self.add_error(name if name in self.fields else None, sentences)


def _moment(day: date, clock: time) -> datetime:
    """By the clock on the wall of the place."""
    return timezone.make_aware(datetime.combine(day, clock))


def _said(one: JoinIn, house: Place | None) -> dict[str, Any]:
    """What stands in the form of one that there is."""
    starts = timezone.localtime(one.starts_at)
    ends = timezone.localtime(one.ends_at) if one.ends_at else None
    days = days_of(one)
    told = _said_again(one, house)
    return told | {
        "day": starts.date(),
        "starts": starts.time(),
        "ends": ends.time() if ends else None,
        "last_day": days[-1] if len(days) > 1 else None,
    }


def _said_again(one: JoinIn, house: Place | None) -> dict[str, Any]:
    """The same for one more date: all but the day."""
    plain = ("title", "description", "aimed_at", "for_whom", "entry", "website", "picture_alt",
             "picture_credit", "has_rights")  # fmt: skip
    told: dict[str, Any] = {name: getattr(one, name) for name in plain}
    told["is_open"] = OPEN if one.is_open else INVITED
    told["where"] = HOUSE if house and one.place_id == house.pk else OTHER
    if one.place and told["where"] == OTHER:
        told |= {name: getattr(one.place, name) for name in ADDRESS}
    told["starts"] = timezone.localtime(one.starts_at).time()
    told["ends"] = timezone.localtime(one.ends_at).time() if one.ends_at else None
    return told


class LookBackForm(PictureForm):
    """How many came, and a picture of it."""

    visitors = forms.IntegerField(
        label=gettext_lazy("How many people came?"),
        help_text=gettext_lazy("A guess is enough."),
        min_value=0,
        max_value=100_000,
        error_messages={
            "required": gettext_lazy("Please write a number; a guess is enough."),
            "invalid": gettext_lazy("Please write a whole number."),
        },
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )
    lookback_alt = forms.CharField(
        **optional(gettext_lazy("What is on the picture?"), ALT_HELP), max_length=300
    )
    lookback_credit = forms.CharField(
        **optional(gettext_lazy("Who took the picture?")), max_length=200
    )
    has_rights = forms.BooleanField(
        **optional(
            gettext_lazy("You may show this picture when the campaign looks back"),
            gettext_lazy(
                "Whoever took it has agreed, and everybody who can be recognised; of children, "
                "those who have custody."
            ),
        )
    )
    field_order = ("visitors", "file", "lookback_alt", "lookback_credit", "has_rights")

    def clean(self) -> dict[str, Any]:
        told: dict[str, Any] = super().clean() or self.cleaned_data
        if self.has_error("file") or self.picture() is None:
            return told
        if not told.get("lookback_alt"):
            self.add_error("lookback_alt", _("Please say in a sentence what is on the picture."))
        if not told.get("has_rights"):
            self.add_error("has_rights", _("Only pictures that you may show can be published."))
        return told


class AnswerForm(forms.Form):
    """What is written to whoever reported it."""

    answer = LongText(label=gettext_lazy("Your words"), rows=4, max_length=2000)

    use_required_attribute = False

    def __init__(self, *args: Any, needs_words: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["answer"]
        field.required = needs_words
        field.error_messages["required"] = _("Please write in a sentence why: it is sent by mail.")
