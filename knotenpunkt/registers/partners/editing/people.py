"""A person: the form, the plain values, and writing what the form says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from knotenpunkt.foundation.accounts.actors import Actor
from knotenpunkt.foundation.core.controls import LongText, optional
from knotenpunkt.foundation.core.versions import Seen, own_changes
from knotenpunkt.registers.partners.actions import save_contact, save_person, set_tags
from knotenpunkt.registers.partners.editing.organisation_form import (
    LONGEST_TAG,
    MOST_TAGS,
    as_usual,
    interval_options,
)
from knotenpunkt.registers.partners.models import Contact, Person, Profession, Tag
from knotenpunkt.registers.partners.queries import get_person

PLAIN = ("salutation", "title", "given_name", "family_name", "internal_note", "confirm_months")
SALUTATIONS = [
    ("", pgettext_lazy("salutation", "none")),
    ("Frau", pgettext_lazy("salutation", "Ms")),
    ("Herr", pgettext_lazy("salutation", "Mr")),
]


class NameFields(forms.Form):
    """How somebody is called."""

    salutation = forms.ChoiceField(**optional(gettext_lazy("Salutation"), choices=SALUTATIONS))
    title = forms.CharField(
        **optional(gettext_lazy("Title"), gettext_lazy("Example: “Dr. med.”."), max_length=60)
    )
    given_name = forms.CharField(**optional(gettext_lazy("Given name"), max_length=120))
    family_name = forms.CharField(
        label=gettext_lazy("Family name"),
        max_length=120,
        error_messages={"required": gettext_lazy("Please write the family name.")},
    )


class PersonForm(NameFields):
    """Everything that is kept about a person but what they do where."""

    profession = forms.ChoiceField(**optional(gettext_lazy("Professional group")))
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
            gettext_lazy(
                "Only seen at the desk. The person may ask to read it: write it accordingly."
            ),
            max_length=5_000,
            rows=3,
        )
    )
    confirm_months = forms.TypedChoiceField(
        **optional(
            gettext_lazy("How often is it asked whether everything is still true?"),
            coerce=int,
            empty_value=None,
        )
    )

    def __init__(
        self,
        *args: Any,
        professions: Sequence[Profession] = (),
        tags: Sequence[Tag] = (),
        usual_months: int = 12,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        chosen: Any = self.fields
        chosen["profession"].choices = [
            ("", _("none")), *((str(one.pk), one.name) for one in professions),
        ]  # fmt: skip
        chosen["tags"].choices = [(one.name, one.name) for one in tags]
        chosen["confirm_months"].choices = [("", as_usual(usual_months)), *interval_options()]
        if not tags:
            del self.fields["tags"]

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


@dataclass(frozen=True, slots=True)
class PersonDraft:
    """What a form says."""

    told: Mapping[str, Any] = field(repr=False)
    seen: Seen = field(default_factory=Seen)

    @property
    def tags(self) -> list[str]:
        """The ticked ones and the new ones."""
        words = [*self.told.get("tags", ()), *self.told.get("new_tags", ())]
        return sorted(dict.fromkeys(words))


def person_state(one: Person) -> dict[str, Any]:
    """What is kept of a person now."""
    return {
        **{name: getattr(one, name) for name in PLAIN},
        "profession": str(one.profession_id or ""),
        "tags": sorted(link.tag.name for link in one.tag_links.select_related("tag")),
    }


def draft_state(draft: PersonDraft) -> dict[str, Any]:
    """What a form says, in the same shape."""
    told = draft.told
    state = {name: told[name] for name in (*PLAIN, "profession") if name in told}
    return state | ({"tags": draft.tags} if "new_tags" in told else {})


def initial(one: Person | None) -> dict[str, Any]:
    """A person as their form has them."""
    if one is None:
        return {}
    return person_state(one) | {"confirm_months": one.confirm_months or ""}


@transaction.atomic
def keep_person(*, actor: Actor, draft: PersonDraft, person: Person | None = None) -> Person:
    """Store what a form says, as `keep_organisation` does."""
    told = draft_state(draft)
    if person is None:
        return _write(actor, draft, None, set(told))
    Person.objects.select_for_update(of=("self",)).only("pk").get(pk=person.pk)
    current = get_person(actor, person.pk)
    stored = {name: person_state(current)[name] for name in told}
    return _write(actor, draft, current, own_changes(told, stored, draft.seen))


def _write(actor: Actor, draft: PersonDraft, one: Person | None, changed: set[str]) -> Person:
    values = {name: draft.told[name] for name in PLAIN if name in changed}
    if "profession" in changed:
        key = draft.told["profession"] or None
        values["profession"] = Profession.objects.filter(pk=key).first()
    former = one.full_name if one else ""
    saved = save_person(actor=actor, person=one, **values)
    if one is not None and saved.full_name != former:
        _rename_roles(actor, saved, former)
    if "tags" in changed:
        set_tags(actor=actor, partner=saved, names=draft.tags)
    return saved


def _rename_roles(actor: Actor, person: Person, former: str) -> None:
    """Where a role was shown by the former name, the new one stands there now."""
    rows = Contact.objects.filter(person=person, name=former).select_related("organisation")
    for contact in rows:
        save_contact(
            actor=actor,
            organisation=contact.organisation,
            contact=contact,
            name=person.full_name,
        )
