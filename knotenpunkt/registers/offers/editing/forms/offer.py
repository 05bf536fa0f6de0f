"""What is asked once: the offer itself, and who offers it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from knotenpunkt.foundation.core import spoken
from knotenpunkt.foundation.core.controls import (
    LongText,
    WebAddress,
    choices,
    optional,
)
from knotenpunkt.registers.offers.models import (
    Costs,
    Kind,
    LifePhase,
    Registration,
    Setting,
    Topic,
)
from knotenpunkt.registers.partners.models import PartnerKind

MONTHS, YEARS = "monate", "jahre"
MONTHS_IN_A_YEAR = 12
OLDEST_YEARS = 27
# What families of a county most often speak; others come with the offers that have them.
LANGUAGES = (
    "de", "en", "ar", "uk", "ru", "tr", "fa", "prs", "ps", "ku", "pl", "ro", "bg", "sq", "sr",
    "vi", "fr", "es", "ti", "so", "cs", "gsg",
)  # fmt: skip


class OfferForm(forms.Form):
    """All single fields of an offer; what comes in rows is asked by the forms below."""

    required_css_class = ""
    error_css_class = ""

    title = forms.CharField(
        label=gettext_lazy("Name of the offer"),
        help_text=gettext_lazy("As families would call it. Example: “Breakfast for parents”."),
        max_length=300,
        error_messages={"required": gettext_lazy("Please give the offer a name.")},
    )
    sort = forms.CharField(
        **optional(
            gettext_lazy("What it is, in one word"),
            gettext_lazy("Stands small above the name. Example: “Breastfeeding café”."),
            max_length=80,
        )
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("Form"),
        help_text=gettext_lazy("The closest one is enough. It helps the search."),
        choices=choices(Kind),
    )
    summary = LongText(
        **optional(
            gettext_lazy("In one sentence"),
            gettext_lazy(
                "What does a family get out of it? Example: “Every Tuesday we have breakfast "
                "together while the children play.”"
            ),
            max_length=400,
            rows=3,
        )
    )
    description = LongText(
        **optional(
            gettext_lazy("Description"),
            gettext_lazy(
                "Write as you would tell it on the telephone. An empty line begins a new paragraph."
            ),
            max_length=20_000,
            rows=8,
        )
    )
    topics = forms.MultipleChoiceField(
        **optional(
            gettext_lazy("Topics"),
            gettext_lazy("What brings families here? Two or three are enough."),
            widget=forms.CheckboxSelectMultiple,
        )
    )
    website = WebAddress(
        **optional(
            gettext_lazy("Website of the offer"),
            gettext_lazy("Leave it empty if the provider's own website is the right one."),
            max_length=500,
        )
    )
    age_from = forms.IntegerField(
        **optional(
            gettext_lazy("Children from"),
            gettext_lazy("Empty means: from birth on."),
            min_value=0,
            max_value=OLDEST_YEARS * MONTHS_IN_A_YEAR,
        )
    )
    age_from_unit = forms.ChoiceField(
        **optional(gettext_lazy("Months or years (from)"), choices=())
    )
    age_to = forms.IntegerField(
        **optional(
            gettext_lazy("Children up to"),
            gettext_lazy("Empty means: no upper limit. Example: up to 3 years."),
            min_value=0,
            max_value=OLDEST_YEARS * MONTHS_IN_A_YEAR,
        )
    )
    age_to_unit = forms.ChoiceField(**optional(gettext_lazy("Months or years (up to)"), choices=()))
    phases = forms.MultipleChoiceField(
        **optional(
            gettext_lazy("Phases of life"),
            gettext_lazy(
                "Only where the age does not say it already. Example: “Pregnancy” for a birth "
                "preparation course."
            ),
            choices=choices(LifePhase),
            widget=forms.CheckboxSelectMultiple,
        )
    )
    times_note = forms.CharField(
        **optional(
            gettext_lazy("Times in words"),
            gettext_lazy(
                "For what does not fit into days and hours. Example: “by arrangement, also in "
                "the evening”."
            ),
            max_length=400,
        )
    )
    setting = forms.ChoiceField(
        label=gettext_lazy("Does the family have a way to go?"),
        choices=choices(Setting),
        widget=forms.RadioSelect,
    )
    costs = forms.ChoiceField(label=gettext_lazy("What does it cost?"), choices=choices(Costs))
    costs_note = forms.CharField(
        **optional(
            gettext_lazy("More about the costs"),
            gettext_lazy("Example: “3 euros for breakfast, siblings free”."),
            max_length=200,
        )
    )
    registration = forms.ChoiceField(
        label=gettext_lazy("Can families simply come?"), choices=choices(Registration)
    )
    registration_note = forms.CharField(
        **optional(
            gettext_lazy("More about the registration"),
            gettext_lazy("Example: “by telephone until the day before”."),
            max_length=300,
        )
    )
    free_places = forms.IntegerField(
        **optional(
            gettext_lazy("Free places"),
            gettext_lazy("Only if you keep it up to date. 0 means: none at the moment."),
            min_value=0,
            max_value=10_000,
        )
    )
    capacity = forms.IntegerField(
        **optional(
            gettext_lazy("Places altogether"),
            gettext_lazy("Only seen by members of the network."),
            min_value=0,
            max_value=10_000,
        )
    )
    waiting_time = forms.CharField(
        **optional(
            gettext_lazy("Waiting time"),
            gettext_lazy("Example: “about four weeks”."),
            max_length=120,
        )
    )
    other_contacts = forms.MultipleChoiceField(
        **optional(
            gettext_lazy("Other contacts of this provider"),
            gettext_lazy("Tick who else answers for this offer."),
            widget=forms.CheckboxSelectMultiple,
        )
    )
    languages = forms.MultipleChoiceField(
        **optional(
            gettext_lazy("Spoken languages"),
            gettext_lazy("In which languages can a family take part? German is always assumed."),
            widget=forms.CheckboxSelectMultiple,
        )
    )
    checked_today = forms.BooleanField(
        **optional(
            gettext_lazy("I have checked today that all of this is right"),
            gettext_lazy("Families see the date as “Last checked on …”."),
        )
    )

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        topics: Iterable[Topic],
        contacts: Iterable[tuple[str, str]],
        languages: Iterable[str],
        **kwargs: Any,
    ) -> None:
        super().__init__(data, use_required_attribute=False, **kwargs)
        units = [(MONTHS, _("months")), (YEARS, _("years"))]
        self._offer("age_from_unit", units)
        self._offer("age_to_unit", units)
        self._offer("topics", [(topic.key, topic.name) for topic in topics])
        self._offer("other_contacts", contacts)
        known = dict.fromkeys([*LANGUAGES, *languages])
        self._offer("languages", [(code, spoken.language_name(code)) for code in known])

    def _offer(self, name: str, choices: Iterable[tuple[str, str]]) -> None:
        field: Any = self.fields[name]
        field.choices = list(choices)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        for name in ("age_from", "age_to"):
            cleaned[name] = in_months(cleaned.get(name), cleaned.pop(f"{name}_unit", ""))
        youngest, oldest = cleaned["age_from"], cleaned["age_to"]
        if youngest is not None and oldest is not None and oldest < youngest:
            self.add_error("age_to", _("The oldest age is below the youngest one."))
        return cleaned


def in_months(count: int | None, unit: str) -> int | None:
    """An age as it is stored."""
    if count is None:
        return None
    return count * MONTHS_IN_A_YEAR if unit == YEARS else count


def age_and_unit(months: int | None) -> tuple[int | str, str]:
    """An age as it is asked: 18 months, 3 years."""
    if months is None:
        return "", YEARS
    if months and months % MONTHS_IN_A_YEAR == 0:
        return months // MONTHS_IN_A_YEAR, YEARS
    return months, MONTHS


class ProviderForm(forms.Form):
    """Who offers it: found by typing, or new."""

    provider = forms.CharField(
        label=gettext_lazy("Who offers this?"),
        help_text=gettext_lazy(
            "Type a part of the name and choose. Example: “Lindenbrücke Döbeln”."
        ),
        max_length=700,
        error_messages={"required": gettext_lazy("Please say who offers this.")},
    )
    provider_id = forms.CharField(required=False, widget=forms.HiddenInput, max_length=36)
    provider_pick = forms.ChoiceField(
        **optional(gettext_lazy("Which one do you mean?"), widget=forms.RadioSelect)
    )
    provider_new = forms.BooleanField(
        **optional(
            gettext_lazy("Add this as a new provider"),
            gettext_lazy("The name is taken from the field above."),
        )
    )
    provider_kind = forms.ChoiceField(
        **optional(
            gettext_lazy("What kind of provider is it?"),
            choices=choices(PartnerKind),
            initial=PartnerKind.OTHER,
        )
    )
    provider_body = forms.CharField(
        **optional(
            gettext_lazy("Who runs it?"),
            gettext_lazy("Only if another body stands behind it. Example: “Caritas Döbeln”."),
            max_length=300,
        )
    )
