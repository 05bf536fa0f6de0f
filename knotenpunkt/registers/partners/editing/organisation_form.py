"""The form of an organisation."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from knotenpunkt.foundation.core.controls import LongText, WebAddress, optional, optional_day
from knotenpunkt.registers.areas import postal_codes
from knotenpunkt.registers.areas.models import Region
from knotenpunkt.registers.partners.models import Level, SubKind, Tag
from knotenpunkt.registers.partners.rules import INTERVALS
from knotenpunkt.registers.partners.wording import kind_options, sub_kind_options

ADDRESS = ("venue", "street", "postal_code", "town")
# What a provider says of their own; the rest is the coordination's.
OF_THE_PROVIDER = ("name", *ADDRESS, "website", "description")
LONGEST_TAG, MOST_TAGS = 80, 30
APPROVALS = [
    ("", gettext_lazy("as the network does")),
    ("yes", gettext_lazy("wait until somebody here has approved them")),
    ("no", gettext_lazy("go live at once")),
]


class OrganisationForm(forms.Form):
    """Everything that is kept about an organisation, but its contacts and offers."""

    name = forms.CharField(
        label=gettext_lazy("Name of the organisation"),
        max_length=300,
        help_text=gettext_lazy("As people know it. Example: “Family house Lindenbrücke”."),
        error_messages={"required": gettext_lazy("Please write the name.")},
    )
    level = forms.ChoiceField(
        label=gettext_lazy("What is it?"),
        choices=[
            (Level.FACILITY, gettext_lazy("a facility, such as a Kita, a practice, an office")),
            (Level.BODY, gettext_lazy("a body that runs facilities, such as an association")),
        ],
        widget=forms.RadioSelect,
        initial=Level.FACILITY,
    )
    body = forms.CharField(
        **optional(
            gettext_lazy("Which body runs it?"),
            gettext_lazy("Begin to type and choose. May stay empty, for example for a practice."),
            max_length=300,
            widget=forms.TextInput(attrs={"autocomplete": "off", "list": "traeger"}),
        )
    )
    body_new = forms.BooleanField(
        **optional(gettext_lazy("This body is not kept here yet: add it"))
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("Kind of partner"),
        help_text=gettext_lazy(
            "By the list of the law. It decides whether the network is complete."
        ),
    )
    sub_kind = forms.ChoiceField(
        **optional(
            gettext_lazy("Own kind"),
            gettext_lazy("A finer word of your own, such as “paediatric practice”."),
        )
    )
    regions = forms.MultipleChoiceField(
        **optional(
            gettext_lazy("Which regions does it work for?"),
            gettext_lazy("Nothing ticked means: for the whole network."),
            widget=forms.CheckboxSelectMultiple,
        )
    )
    venue = forms.CharField(**optional(gettext_lazy("House"), max_length=200))
    street = forms.CharField(
        **optional(
            gettext_lazy("Street and number"), gettext_lazy("Example: “Uferweg 4”."), max_length=200
        )
    )
    postal_code = forms.CharField(
        **optional(
            gettext_lazy("Postal code"),
            max_length=5,
            widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        )
    )
    town = forms.CharField(
        **optional(
            gettext_lazy("Town"),
            gettext_lazy("May stay empty: the postal code tells it."),
            max_length=120,
        )
    )
    website = WebAddress(
        **optional(gettext_lazy("Website"), max_length=500),
        error_messages={"invalid": gettext_lazy("Please check the web address.")},
    )
    description = LongText(
        **optional(
            gettext_lazy("What does it do?"),
            gettext_lazy("Two or three sentences. Families read them below its offers."),
            max_length=5_000,
            rows=4,
        )
    )
    tags = forms.MultipleChoiceField(
        **optional(gettext_lazy("Tags"), widget=forms.CheckboxSelectMultiple)
    )
    new_tags = forms.CharField(
        **optional(
            gettext_lazy("Further tags"),
            gettext_lazy("New words, with commas between them."),
            max_length=500,
        )
    )
    internal_note = LongText(
        **optional(
            gettext_lazy("Internal note"),
            gettext_lazy("Only seen at the desk."),
            max_length=5_000,
            rows=3,
        )
    )
    joined_on = optional_day(
        gettext_lazy("Partner of the network since"),
        gettext_lazy("Empty: it is only kept here, for example because it has offers."),
    )
    confirm_months = forms.TypedChoiceField(
        **optional(
            gettext_lazy("How often is it asked whether everything is still true?"),
            coerce=int,
            empty_value=None,
        )
    )
    approves_changes = forms.ChoiceField(
        **optional(
            gettext_lazy("Changes that it makes itself"),
            gettext_lazy("By the personal page that is linked in our mails."),
            choices=APPROVALS,
        )
    )

    def __init__(
        self,
        *args: Any,
        sub_kinds: Sequence[SubKind] = (),
        regions: Sequence[Region] = (),
        tags: Sequence[Tag] = (),
        usual_months: int = 12,
        is_provider: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self._choose("kind", [("", _("Please choose")), *kind_options()])
        self._choose("sub_kind", [("", _("none")), *sub_kind_options(sub_kinds)])
        self._choose("regions", [(str(one.pk), one.name) for one in regions])
        self._choose("tags", [(one.name, one.name) for one in tags])
        self._choose("confirm_months", [("", as_usual(usual_months)), *interval_options()])
        self.sub_kinds = {str(one.pk): one for one in sub_kinds}
        if is_provider:
            self._drop(name for name in list(self.fields) if name not in OF_THE_PROVIDER)
        for name in ("regions", "tags"):
            if name in self.fields and not self.fields[name].choices:  # type: ignore[attr-defined]
                self._drop([name])

    def _choose(self, name: str, options: list[tuple[str, Any]]) -> None:
        self.fields[name].choices = options  # type: ignore[attr-defined]

    def _drop(self, names: Iterable[str]) -> None:
        for name in names:
            del self.fields[name]

    def clean_name(self) -> str:
        """Without blanks around and between."""
        return " ".join(str(self.cleaned_data["name"]).split())

    def clean_postal_code(self) -> str:
        """Only codes that exist."""
        code = str(self.cleaned_data["postal_code"]).strip()
        if code and postal_codes.find(code) is None:
            raise ValidationError(_("This postal code does not exist. Please check the digits."))
        return code

    def clean_joined_on(self) -> Any:
        """Nobody joins tomorrow."""
        day = self.cleaned_data["joined_on"]
        if day is not None and day > timezone.localdate():
            raise ValidationError(_("This day is still to come."))
        return day

    def clean_new_tags(self) -> list[str]:
        """Words between commas."""
        words = [" ".join(one.split()) for one in self.cleaned_data["new_tags"].split(",")]
        found = [one for one in words if one]
        if len(found) > MOST_TAGS or any(len(one) > LONGEST_TAG for one in found):
            raise ValidationError(
                _("At most %(count)d tags with at most %(length)d letters each, please.")
                % {"count": MOST_TAGS, "length": LONGEST_TAG}
            )
        return found

    def clean(self) -> dict[str, Any]:
        told: dict[str, Any] = super().clean() or self.cleaned_data
        row = postal_codes.find(told.get("postal_code") or "")
        if row is not None and not told.get("town"):
            told["town"] = row.town
        finer = self.sub_kinds.get(told.get("sub_kind") or "")
        if finer is not None and told.get("kind") and finer.kind != told["kind"]:
            self.add_error(
                "sub_kind",
                _("“%(own)s” belongs to another kind: %(kind)s.")
                % {"own": finer.name, "kind": finer.get_kind_display()},
            )
        if told.get("level") == Level.BODY:
            told["body"], told["body_new"] = "", False
        return told


def interval_options() -> list[tuple[str, str]]:
    """How often somebody can be asked."""
    return [
        (str(n), ngettext("every month", "every %(n)d months", n) % {"n": n}) for n in INTERVALS
    ]


def as_usual(months: int) -> str:
    """ "wie im Netzwerk üblich (alle 12 Monate)"."""
    told = ngettext("every month", "every %(n)d months", months) % {"n": months}
    return _("as usual in the network (%(interval)s)") % {"interval": told}
