"""Writing down by hand that a partner took part in something; activities do so by themselves."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_http_methods

from knotenpunkt.foundation.accounts.gate import DeskRequest, members_only
from knotenpunkt.foundation.accounts.kept_input import typed
from knotenpunkt.foundation.accounts.rights import Right
from knotenpunkt.foundation.core.controls import Day, optional
from knotenpunkt.registers.partners.actions import take_part
from knotenpunkt.registers.partners.desk.fetching import organisation_or_404
from knotenpunkt.registers.partners.desk.organisations.edit import url_of
from knotenpunkt.registers.partners.queries import current_roles

KINDS = [
    ("meeting", pgettext_lazy("took part in", "meeting")),
    ("working_group", pgettext_lazy("took part in", "working group")),
    ("conference", pgettext_lazy("took part in", "conference")),
    ("training", pgettext_lazy("took part in", "training")),
    ("campaign", pgettext_lazy("took part in", "campaign")),
    ("visit", pgettext_lazy("took part in", "visit")),
    ("other", pgettext_lazy("took part in", "something else")),
]


class TakingPartForm(forms.Form):
    """What, when, who."""

    kind = forms.ChoiceField(label=gettext_lazy("What was it?"), choices=KINDS)
    title = forms.CharField(
        label=gettext_lazy("Name"),
        help_text=gettext_lazy("Example: “Steering group, autumn”."),
        max_length=200,
        error_messages={"required": gettext_lazy("Please write what it was.")},
    )
    on = Day(
        label=gettext_lazy("Day"),
        error_messages={"required": gettext_lazy("Please choose the day.")},
    )
    person = forms.ChoiceField(**optional(gettext_lazy("Who was there?")))

    def __init__(self, *args: Any, people: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        options = [("", _("not kept")), *people]
        self.fields["person"].choices = options  # type: ignore[attr-defined]

    def clean_on(self) -> Any:
        """What is still to come has not been taken part in."""
        day = self.cleaned_data["on"]
        if day > timezone.localdate():
            raise ValidationError(_("This day is still to come."))
        return day


@require_http_methods(["GET", "HEAD", "POST"])
@members_only(Right.EDIT_REGISTERS)
def new(request: DeskRequest, organisation_id: UUID) -> HttpResponse:
    """The form, and keeping it."""
    one = organisation_or_404(request, organisation_id)
    people = {str(role.person_id): role for role in current_roles(request.actor, one)
              if role.person}  # fmt: skip
    options = [(key, str(role)) for key, role in people.items()]
    form = TakingPartForm(typed(request), people=options, initial={"on": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        role = people.get(told["person"])
        take_part(
            actor=request.actor,
            organisation=one,
            kind=told["kind"],
            title=told["title"],
            on=told["on"],
            person=role.person if role else None,
        )
        messages.success(request, _("Kept."))
        return HttpResponseRedirect(url_of(one))
    context = {"form": form, "organisation": one, "back_url": url_of(one)}
    status = 422 if form.is_bound and form.errors and request.method == "POST" else 200
    return render(request, "partners/desk/taking_part.html", context, status=status)
