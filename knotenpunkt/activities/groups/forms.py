"""Forms of groups and their members."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from knotenpunkt.activities.groups.actions import GroupDraft
from knotenpunkt.activities.groups.models import Function, Group, GroupKind, Member
from knotenpunkt.foundation.core.controls import Day, LongText, optional, optional_day
from knotenpunkt.registers.areas.models import Region
from knotenpunkt.registers.partners.models import Contact

FIELDS = ("name", "kind", "purpose", "is_public", "started_on", "internal_note")


class GroupForm(forms.Form):
    """What is written down about a group."""

    use_required_attribute = False

    name = forms.CharField(
        label=pgettext_lazy("of a group", "Name"),
        max_length=200,
        help_text=gettext_lazy("Example: “Working group for early childhood”."),
        error_messages={"required": gettext_lazy("Please write how the group is called.")},
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("What kind of group is it?"), choices=GroupKind, widget=forms.RadioSelect
    )
    purpose = LongText(**optional(gettext_lazy("What does it work on?")), max_length=4_000)
    region = forms.ChoiceField(**optional(gettext_lazy("Region")))
    started_on = optional_day(gettext_lazy("Works since"))
    is_public = forms.BooleanField(
        **optional(
            gettext_lazy("May be named on public pages"),
            gettext_lazy("For example as the host of a campaign. Its members are never shown."),
        )
    )
    internal_note = LongText(**optional(gettext_lazy("Note for the desk")), max_length=4_000)

    def __init__(self, *args: Any, regions: Sequence[Region], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._regions = {str(one.pk): one for one in regions}
        named = [(key, one.name) for key, one in self._regions.items()]
        choices = [("", _("the whole network")), *named]
        self.fields["region"].choices = choices  # type: ignore[attr-defined]

    def draft(self) -> GroupDraft:
        """What to keep, once it is valid."""
        told = self.cleaned_data
        return GroupDraft(
            name=told["name"],
            kind=GroupKind(told["kind"]),
            purpose=told["purpose"],
            region=self._regions.get(told["region"]),
            is_public=told["is_public"],
            started_on=told["started_on"],
            internal_note=told["internal_note"],
        )


def filled(group: Group) -> dict[str, Any]:
    """The values of a group for its form."""
    return {name: getattr(group, name) for name in FIELDS} | {"region": str(group.region_id or "")}


class FunctionForm(forms.Form):
    """What somebody does in a group, and since when."""

    use_required_attribute = False

    function = forms.ChoiceField(
        label=pgettext_lazy("in a group", "Function"), choices=Function, initial=Function.MEMBER
    )
    since = optional_day(gettext_lazy("In the group since"))


class JoiningForm(FunctionForm):
    """Who joins: one of those who were found."""

    wer = forms.ChoiceField(
        label=gettext_lazy("Who joins?"),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Please choose who joins.")},
    )
    field_order = ("wer", "function", "since")

    def __init__(self, *args: Any, found: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["wer"].choices = list(found)  # type: ignore[attr-defined]


class MemberForm(FunctionForm):
    """The same, and who speaks for the organisation."""

    contact = forms.ChoiceField(**optional(gettext_lazy("Who speaks for the organisation?")))
    field_order = ("contact", "function", "since")

    def __init__(self, *args: Any, speakers: Sequence[Contact], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._speakers = {str(one.pk): one for one in speakers}
        named = [(key, _who(one)) for key, one in self._speakers.items()]
        choices = [("", _("nobody in particular")), *named]
        self.fields["contact"].choices = choices  # type: ignore[attr-defined]

    @property
    def chosen(self) -> Contact | None:
        """Whoever was chosen, once it is valid."""
        return self._speakers.get(self.cleaned_data["contact"])


def _who(contact: Contact) -> str:
    return ", ".join(filter(None, (contact.name, contact.function))) or _("Office")


def filled_member(member: Member) -> dict[str, Any]:
    """The values of a membership for its form."""
    return {
        "function": member.function,
        "contact": str(member.contact_id or ""),
        "since": member.since,
    }


class LastDayForm(forms.Form):
    """Until when somebody was in a group."""

    use_required_attribute = False

    until = Day(
        label=gettext_lazy("Last day in the group"),
        error_messages={"required": gettext_lazy("Please choose the day.")},
    )


class GroupEndForm(forms.Form):
    """Since when a group works no longer."""

    use_required_attribute = False

    ended_on = Day(
        label=gettext_lazy("Works no longer since"),
        error_messages={"required": gettext_lazy("Please choose the day.")},
    )

    def clean_ended_on(self) -> date:
        """A day to come would leave open what holds until then."""
        day: date = self.cleaned_data["ended_on"]
        if day > timezone.localdate():
            raise ValidationError(_("This day has not come yet."))
        return day
