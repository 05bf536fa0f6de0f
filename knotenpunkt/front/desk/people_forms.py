"""Forms about the people of a network."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from knotenpunkt.foundation.accounts.rights import Role
from knotenpunkt.front.desk.rights import role_choices
from knotenpunkt.registers.partners.models import Organisation

MOST_ORGANISATIONS = 3


class RoleForm(forms.Form):
    """A role, and for a provider the organisations whose offers they keep."""

    role = forms.ChoiceField(
        label=gettext_lazy("Role"),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Please choose a role.")},
    )

    def __init__(
        self,
        organisations: Sequence[Organisation],
        data: Any = None,
        *,
        initial: Mapping[str, Any] | None = None,
        kept: Sequence[UUID] = (),
    ) -> None:
        super().__init__(data, initial=dict(initial or {}), use_required_attribute=False)
        self._known = {str(one.pk): one for one in organisations}
        self._role_field().choices = role_choices()
        for number, name in enumerate(self._names(), start=1):
            self.fields[name] = self._organisation_field(number)
            self.initial[name] = str(kept[number - 1]) if len(kept) >= number else ""

    def _role_field(self) -> forms.ChoiceField:
        field = self.fields["role"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - declared above
        return field

    @staticmethod
    def _names() -> list[str]:
        return [f"organisation_{number}" for number in range(1, MOST_ORGANISATIONS + 1)]

    def _organisation_field(self, number: int) -> forms.ChoiceField:
        first = number == 1
        return forms.ChoiceField(
            label=_("Organisation") if first else _("Another organisation"),
            required=first and (not self.is_bound or self.data.get("role") == Role.PROVIDER),
            error_messages={
                "required": _("A provider keeps at least one organisation: please choose it.")
            },
            choices=[("", "–"), *((key, one.name) for key, one in self._known.items())],
            help_text=_("Choose a body to include all its facilities.") if first else "",
        )

    @property
    def first_fields(self) -> list[BoundField]:
        """All but the organisations."""
        return [field for field in self if field.name not in self._names()]

    @property
    def organisation_fields(self) -> list[BoundField]:
        """What only a provider needs; style sheets show it when that role is chosen."""
        return [self[name] for name in self._names()]

    @property
    def role_given(self) -> Role:
        """The role, after it was checked."""
        return Role(self.cleaned_data["role"])

    @property
    def organisations(self) -> list[Organisation]:
        """What was chosen, each once."""
        keys = dict.fromkeys(self.cleaned_data.get(name, "") for name in self._names())
        return [self._known[key] for key in keys if key]


class InviteForm(RoleForm):
    """Whom to invite, and as what."""

    name = forms.CharField(
        label=gettext_lazy("Name"),
        max_length=120,
        error_messages={"required": gettext_lazy("Please enter the person's name.")},
    )
    email = forms.EmailField(
        label=gettext_lazy("E-mail address"),
        max_length=254,
        error_messages={"required": gettext_lazy("Please enter the person's e-mail address.")},
    )
    field_order = ("name", "email", "role")


class RolesField(forms.MultipleChoiceField):
    """Some roles; to choose none is an answer, not an omission."""

    def validate(self, value: Any) -> None:
        for one in value:
            if not self.valid_value(one):
                raise ValidationError(self.error_messages["invalid_choice"])


class SecondFactorForm(forms.Form):
    """Of which roles a second factor is asked."""

    roles = RolesField(
        label=gettext_lazy("Who must protect their account in a second way?"),
        choices=Role.choices,
        widget=forms.CheckboxSelectMultiple,
    )
