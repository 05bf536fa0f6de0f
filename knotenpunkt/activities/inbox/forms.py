"""The public forms and the one by which a concern is answered."""

from __future__ import annotations

from typing import Any, cast

import phonenumbers
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from phonenumbers import PhoneNumberFormat, ValidationResult

from knotenpunkt.activities.inbox.models import Daytime, Outcome
from knotenpunkt.activities.inbox.wording import own_names
from knotenpunkt.foundation.core.public_forms import PublicForm

# What families speak most; each is named as its speakers call it.
LANGUAGES = ("de", "en", "ar", "fa", "ku", "pl", "ro", "ru", "tr", "uk", "vi", "fr", "es")
LONGEST_SENTENCE = 600
TOO_LONG = gettext_lazy("This number has too many digits. Please write only one number.")
# How often a call reached nobody before one may stop trying.
ENOUGH_ATTEMPTS = 2


class PhoneField(forms.CharField):
    """A telephone number as people write it; cleaned to international form (E.164)."""

    def clean(self, value: Any) -> str:
        return international(super().clean(value))


def international(written: str) -> str:
    """ "03731 / 555-010" → "+493731555010", "00420 601 …" → "+420601…".

    ValidationError with a friendly sentence when nobody could call that.
    """
    plus = "+" if "+" in written else ""
    digits = plus + phonenumbers.normalize_digits_only(written)
    if not digits.startswith(("0", "+")):
        digits = _with_prefix(digits)
    try:
        number = phonenumbers.parse(digits, "DE")
    except phonenumbers.NumberParseException as problem:
        if problem.error_type == phonenumbers.NumberParseException.TOO_LONG:
            raise ValidationError(TOO_LONG) from problem
        raise ValidationError(_("Please write the number in digits.")) from problem
    _refuse_impossible(number)
    return str(phonenumbers.format_number(number, PhoneNumberFormat.E164))


def _with_prefix(digits: str) -> str:
    """Somebody left out the plus before 49 or 420; a local number cannot be called from afar."""
    try:
        if phonenumbers.is_valid_number(phonenumbers.parse(f"+{digits}")):
            return f"+{digits}"
    except phonenumbers.NumberParseException:
        pass
    raise ValidationError(_("Please write the number with its area code, such as 03731 …"))


def _refuse_impossible(number: phonenumbers.PhoneNumber) -> None:
    problem = phonenumbers.is_possible_number_with_reason(number)
    if problem == ValidationResult.TOO_LONG:
        raise ValidationError(TOO_LONG)
    if problem != ValidationResult.IS_POSSIBLE or len(str(number.national_number)) < 5:
        raise ValidationError(_("Some digits seem to be missing. Please check the number."))


def shown(number: str) -> str:
    """ "+493731555010" → "03731 555010"; foreign ones keep their country."""
    try:
        parsed = phonenumbers.parse(number)
    except phonenumbers.NumberParseException:
        return number
    german = parsed.country_code == 49
    form = PhoneNumberFormat.NATIONAL if german else PhoneNumberFormat.INTERNATIONAL
    return str(phonenumbers.format_number(parsed, form))


class CallForm(PublicForm):
    """ "Bitte rufen Sie mich an": only the number must be told."""

    phone = PhoneField(
        label=gettext_lazy("Your telephone number"),
        max_length=60,
        widget=forms.TextInput(
            attrs={"type": "tel", "autocomplete": "tel", "dir": "ltr", "class": "kp-input--large"}
        ),
        error_messages={"required": gettext_lazy("Please write your number, so that we can call.")},
    )
    name = forms.CharField(
        label=gettext_lazy("Your name"),
        required=False,
        max_length=120,
        help_text=gettext_lazy("Your first name is enough."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    daytimes = forms.MultipleChoiceField(
        label=gettext_lazy("When is a good time?"),
        required=False,
        choices=[
            (Daytime.MORNING, pgettext_lazy("a good time", "In the morning")),
            (Daytime.AFTERNOON, pgettext_lazy("a good time", "In the afternoon")),
            (Daytime.EVENING, pgettext_lazy("a good time", "In the early evening")),
        ],
        widget=forms.CheckboxSelectMultiple,
    )
    language = forms.ChoiceField(label=gettext_lazy("Which language shall we speak?"))
    text = forms.CharField(
        label=gettext_lazy("What is it about?"),
        required=False,
        max_length=LONGEST_SENTENCE,
        help_text=gettext_lazy("One sentence is enough."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, language: str = "de", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice = cast(forms.ChoiceField, self.fields["language"])
        choice.choices = [*own_names(LANGUAGES), ("other", _("another language"))]
        choice.initial = language


class HintForm(PublicForm):
    """ "Stimmt etwas nicht?": what is wrong, and how to answer, if at all."""

    text = forms.CharField(
        label=gettext_lazy("What is not right?"),
        max_length=LONGEST_SENTENCE,
        help_text=gettext_lazy("For example: “The group meets on Thursdays now.”"),
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": gettext_lazy("Please write in a few words what is not right.")},
    )
    reply_to = forms.CharField(
        label=gettext_lazy("How can we ask you about it?"),
        required=False,
        max_length=200,
        help_text=gettext_lazy("Telephone number or e-mail address. You need not tell it."),
        widget=forms.TextInput(attrs={"dir": "ltr"}),
    )


class OutcomeForm(forms.Form):
    """How a call went."""

    LATER = "later"

    outcome = forms.ChoiceField(
        label=gettext_lazy("How did the call go?"),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Please choose how the call went.")},
    )
    passed_to = forms.CharField(
        label=gettext_lazy("Passed on to whom?"),
        required=False,
        max_length=120,
        help_text=gettext_lazy("Name of the office or organisation, nothing about the family."),
    )

    def __init__(self, *args: Any, attempts: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice = cast(forms.ChoiceField, self.fields["outcome"])
        choice.choices = self._choices(attempts)

    def _choices(self, attempts: int) -> list[tuple[str, Any]]:
        given_up = (Outcome.NOT_REACHED.value, _("Not reached after several calls, I stop trying"))
        return [
            (Outcome.REACHED.value, _("I spoke with the family")),
            (self.LATER, _("Nobody answered, I try again later")),
            (Outcome.PASSED_ON.value, _("Somebody else takes care of it")),
            *([given_up] if attempts >= ENOUGH_ATTEMPTS else []),
            (Outcome.NONSENSE.value, _("This is no real request")),
        ]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("outcome") == Outcome.PASSED_ON and not cleaned.get("passed_to"):
            self.add_error("passed_to", _("Please write who takes care of it."))
        return cleaned
