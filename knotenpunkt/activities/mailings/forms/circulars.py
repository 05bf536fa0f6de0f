"""Forms by which circulars are written and planned, and the settings of the network."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, cast
from uuid import UUID

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from knotenpunkt.activities.mailings.actions.circulars import CircularDraft
from knotenpunkt.activities.mailings.merging import problem_with, problem_with_links, tidied
from knotenpunkt.activities.mailings.models import Audience, Circular, MailingSettings
from knotenpunkt.foundation.core.controls import ClockTime, Day, LongText, optional
from knotenpunkt.tools.mail.models import MailKind

KINDS = {
    MailKind.INVITATION: gettext_lazy("Invitation: wants an answer, can be ended by the reader"),
    MailKind.NEWSLETTER: gettext_lazy("Newsletter: tells news, can be ended by the reader"),
    MailKind.SERVICE: gettext_lazy("Message: what everybody must know, cannot be ended"),
}
FURTHEST = timedelta(days=400)


class CircularForm(forms.Form):
    """What a circular says, to whom, and by which ways. `known` are the places that it may have."""

    title = forms.CharField(
        label=gettext_lazy("What do we call it?"), max_length=200,
        help_text=gettext_lazy("Only colleagues see this name."),
    )  # fmt: skip
    kind = forms.ChoiceField(
        label=gettext_lazy("What is it?"), choices=list(KINDS.items()), widget=forms.RadioSelect,
        initial=MailKind.INVITATION,
    )  # fmt: skip
    audience = forms.ChoiceField(**optional(gettext_lazy("To whom?")))
    by_mail = forms.BooleanField(**optional(gettext_lazy("By e-mail")), initial=True)
    by_letter = forms.BooleanField(
        **optional(gettext_lazy("By letter, where there is no e-mail address")), initial=True
    )
    subject = forms.CharField(**optional(gettext_lazy("Subject")), max_length=200)
    text = LongText(**optional(gettext_lazy("Text")), rows=16, max_length=20_000)

    def __init__(self, *args: Any, audiences: list[Audience], known: list[str], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.known = known
        self.audiences = {str(one.pk): one for one in audiences}
        choice = cast(forms.ChoiceField, self.fields["audience"])
        named = [(key, one.name) for key, one in self.audiences.items()]
        choice.choices = [("", _("not chosen yet")), *named]

    def clean(self) -> dict[str, Any]:
        """Places that nothing fills, and links that lead nowhere, are told where they stand."""
        told: dict[str, Any] = super().clean() or self.cleaned_data
        for name in ("subject", "text"):
            if problem := problem_with(tidied(told.get(name, ""), self.known), self.known):
                self.add_error(name, problem)
        if problem := problem_with_links(tidied(told.get("text", ""), self.known)):
            self.add_error("text", problem)
        return told

    def draft(self, circular: Circular | None) -> CircularDraft:
        """What shall be stored; what the form does not show stays as it is."""
        told = {name: self.cleaned_data[name] for name in ("title", "subject", "text")}
        kept = {name: getattr(circular, name) for name in KEPT} if circular else {}
        return CircularDraft(
            **told, **kept, kind=MailKind(self.cleaned_data["kind"]),
            audience=self.audiences.get(self.cleaned_data["audience"]),
            by_mail=self.cleaned_data["by_mail"], by_letter=self.cleaned_data["by_letter"],
        )  # fmt: skip


KEPT = ("about", "occasion", "follows", "shared_values", "own_values", "send_at")


def initial_of(circular: Circular) -> dict[str, Any]:
    """What stands in the form of a circular."""
    fields = ("title", "kind", "by_mail", "by_letter", "subject", "text")
    chosen: UUID | None = circular.audience_id
    return {name: getattr(circular, name) for name in fields} | {"audience": str(chosen or "")}


class MomentForm(forms.Form):
    """When it begins by itself."""

    day = Day(label=gettext_lazy("Day"))
    clock = ClockTime(label=gettext_lazy("At what time?"), initial="8:00")

    def clean(self) -> dict[str, Any]:
        """A moment that is still to come."""
        told: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.errors:
            at = self.moment()
            if not timezone.now() < at <= timezone.now() + FURTHEST:
                self.add_error("day", _("Please choose a moment in the coming twelve months."))
        return told

    def moment(self) -> datetime:
        """Day and time, as the clock on the wall shows them."""
        told = datetime.combine(self.cleaned_data["day"], self.cleaned_data["clock"])
        return timezone.make_aware(told)


class SettingsForm(forms.ModelForm):  # type: ignore[type-arg]
    """How this network writes to many."""

    class Meta:
        model = MailingSettings
        fields = ("four_eyes", "newsletter_needs_consent", "return_line")
        labels = {
            "four_eyes": gettext_lazy("A second person releases what goes to many"),
            "newsletter_needs_consent": gettext_lazy(
                "A newsletter goes only to those who have agreed"
            ),
            "return_line": gettext_lazy("Sender line above the address of letters"),
        }
        help_texts = {
            "four_eyes": gettext_lazy(
                "Whoever wrote it last cannot release it. A change afterwards ends the release."
            ),
            "newsletter_needs_consent": gettext_lazy(
                "Invitations and messages do not need this consent. An objection holds for all."
            ),
            "return_line": gettext_lazy(
                "For example: “Netzwerk Frühe Hilfen, Musterweg 1, 12345 Musterstadt”. "
                "Empty: name and address of the operator."
            ),
        }
