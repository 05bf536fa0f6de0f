"""The sheet of an offer: the fields and rows that a person fills in, put together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext as _

from knotenpunkt.foundation.accounts.actors import Actor
from knotenpunkt.foundation.accounts.rights import Right
from knotenpunkt.foundation.core.form_rows import AnyRow, Rows, raw_values, row_count
from knotenpunkt.foundation.core.versions import seen_in, write_marks
from knotenpunkt.registers.offers.editing.drafts import (
    ContactDraft,
    OfferDraft,
    ProviderDraft,
)
from knotenpunkt.registers.offers.editing.forms.offer import (
    YEARS,
    OfferForm,
    ProviderForm,
    age_and_unit,
)
from knotenpunkt.registers.offers.editing.forms.rows import (
    ContactRow,
    PlaceRow,
    TimeRow,
    place_initial,
    time_initial,
)
from knotenpunkt.registers.offers.editing.reading import (
    contact_initial,
    contact_label,
    key_of,
    phone_drafts,
    pinned,
    place_draft,
    unchanged,
)
from knotenpunkt.registers.offers.editing.rows import CONTACTS, PLACES, TIMES
from knotenpunkt.registers.offers.editing.searching import (
    contacts_of,
    named_so,
    provider_label,
    provider_of,
    providers,
)
from knotenpunkt.registers.offers.editing.states import (
    PLAIN,
    offer_state,
    phones_text,
    repeating,
    time_draft,
)
from knotenpunkt.registers.offers.models import (
    Costs,
    Kind,
    Offer,
    Registration,
    Setting,
    Topic,
)
from knotenpunkt.registers.offers.queries import topics as all_topics
from knotenpunkt.registers.offers.rules import may_offer_for
from knotenpunkt.registers.partners.actions.keeping import keeps
from knotenpunkt.registers.partners.models import Contact, Organisation

NEW = "neu"
# A new offer claims nothing that nobody said.
FRESH = {
    "kind": Kind.INFORMATION,
    "setting": Setting.ON_SITE,
    "costs": Costs.UNKNOWN,
    "registration": Registration.UNKNOWN,
    "age_from_unit": YEARS,
    "age_to_unit": YEARS,
}


@dataclass(frozen=True, slots=True)
class Tick:
    """One box to tick."""

    value: str
    label: str
    checked: bool


@dataclass(frozen=True, slots=True)
class TopicGroup:
    """An uppermost topic with those below it."""

    name: str
    topics: list[Tick]

    @property
    def chosen(self) -> int:
        """How many of them are ticked."""
        return sum(topic.checked for topic in self.topics)


def _tick(topic: Topic, label: str, chosen: set[str]) -> Tick:
    return Tick(topic.key, label, topic.key in chosen)


@dataclass(frozen=True, slots=True)
class ErrorList:
    """What is wrong on the whole sheet, as `design/components/_error_summary.html` wants it."""

    errors: Mapping[str, Any]
    fields: Sequence[forms.BoundField]
    non_field_errors: Sequence[str] = ()

    def __iter__(self) -> Iterator[forms.BoundField]:
        return iter(self.fields)


class Sheet:
    """The form of an offer. With `data` it was sent; else it shows what is stored.

    `as_typed` shows what somebody typed without judging it: they are not done yet. `wished` is the
    key of the provider that a new offer begins with, `title` its title.
    """

    def __init__(
        self,
        actor: Actor,
        offer: Offer | None = None,
        data: QueryDict | None = None,
        *,
        as_typed: bool = False,
        wished: str = "",
        title: str = "",
    ) -> None:
        self.actor, self.offer, self.title = actor, offer, title
        self.wished = self._wished_provider(wished)
        self.topics = all_topics()
        self.data = data
        self.bound = data is not None and not as_typed
        self.provider_form = self._provider_form()
        self.form = self._offer_form()
        self.times = self._rows(TIMES, TimeRow)
        self.places = self._rows(PLACES, PlaceRow)
        self.contacts = self._rows(CONTACTS, ContactRow)
        self._close_others_contacts()
        self.provider_draft: ProviderDraft | None = None

    # What it shows

    @cached_property
    def seen(self) -> str:
        """What the offer said when the form was opened, field by field, as marks."""
        if self.data is not None:
            return str(self.data.get("gesehen", ""))
        return write_marks(offer_state(self.offer)) if self.offer else ""

    @cached_property
    def provider(self) -> Organisation | None:
        """The provider whose contacts are offered: the chosen one, as far as it is clear."""
        if self.data is None:
            return self.offer.provider if self.offer else self.wished
        found = provider_of(self.actor, key_of(self.data.get("provider_id", "")))
        typed = str(self.data.get("provider", ""))
        if found is not None and provider_label(found) == typed.strip():
            return found
        named = [one for one in named_so(self.actor, typed) if may_offer_for(self.actor, one)]
        return named[0] if len(named) == 1 else None

    @cached_property
    def own_providers(self) -> list[Organisation]:
        """What is suggested before anything is typed: a provider has few of their own."""
        if not self.is_provider:
            return []
        return [one for one in providers(self.actor, "", 500) if may_offer_for(self.actor, one)]

    @property
    def is_provider(self) -> bool:
        """Whether somebody writes here who keeps only some organisations."""
        return not self.actor.may(Right.EDIT_REGISTERS)

    @cached_property
    def points(self) -> list[dict[str, Any]]:
        """The pins of the map: exact where known, else the middle of the postal code."""
        drafted = [pinned(row) for row in self.places]
        return [
            {"number": number, "lat": place.latitude, "lon": place.longitude,
             "title": place.one_line, "approximate": place.is_approximate}
            for number, place in enumerate(drafted, start=1)
            if place.has_coordinates
        ]  # fmt: skip

    @property
    def problems(self) -> ErrorList:
        """What still needs help."""
        errors: dict[str, Any] = {}
        fields: list[forms.BoundField] = []
        for form in self._judged():
            for field in form:
                if field.errors:
                    errors[field.html_name] = field.errors
                    fields.append(field)
        whole = [str(text) for form in self._judged() for text in form.non_field_errors()]
        return ErrorList(errors | {str(at): text for at, text in enumerate(whole)}, fields, whole)

    @property
    def topic_groups(self) -> list[TopicGroup]:
        """The topics to tick, below those above them."""
        chosen = {str(key) for key in self.form["topics"].value() or ()}
        groups = {
            topic.pk: TopicGroup(topic.name, [_tick(topic, _("in general"), chosen)])
            for topic in self.topics
            if topic.parent_id is None
        }
        for topic in self.topics:
            if topic.parent_id is not None:
                groups[topic.parent_id].topics.append(_tick(topic, topic.name, chosen))
        return list(groups.values())

    @property
    def may_name_new_provider(self) -> bool:
        """Whether the fields for a new provider are shown open: they were used already."""
        return bool(self.data is not None and self.data.get("provider_new"))

    # What it says

    def is_valid(self) -> bool:
        """Whether it can be stored as it is."""
        self.provider_draft = self._resolve_provider()
        # All of them are judged, so that everything that is wrong is told at once.
        wrong = [form for form in self._judged() if not form.is_valid()]
        return self.bound and not wrong

    def draft(self) -> OfferDraft:
        """What it says; only after it was found valid."""
        if self.provider_draft is None:
            raise ValueError("Ask is_valid() first.")
        told = self.form.cleaned_data
        return OfferDraft(
            values={name: told[name] for name in PLAIN},
            provider=self.provider_draft,
            topics=self._topics(told["topics"]),
            contacts=self._contacts(told["other_contacts"]),
            places=[place_draft(row) for row in self.places.filled],
            times=list(dict.fromkeys(row.draft() for row in self.times.filled)),
            checked_today=told["checked_today"],
            seen=seen_in(self.data or {}),
        )

    def refuse(self, refused: ValidationError) -> None:
        """Show what the tables refused beside its field, as far as it has one."""
        for name, texts in _by_field(refused).items():
            self.form.add_error(name if name in self.form.fields else None, texts)

    def _judged(self) -> list[forms.Form]:
        rows = [one for rows in (self.times, self.places, self.contacts)
                for one in rows.filled]  # fmt: skip
        return [self.provider_form, self.form, *rows] if self.bound else []

    def _topics(self, keys: Iterable[str]) -> list[Topic]:
        """The chosen ones; those that were there before stay in their order."""
        by_key = {topic.key: topic for topic in self.topics}
        before = [link.topic.key for link in self.offer.topic_links.all()] if self.offer else []
        chosen = set(keys)
        ordered = dict.fromkeys([*(key for key in before if key in chosen), *keys])
        return [by_key[key] for key in ordered]

    def _contacts(self, others: Iterable[str]) -> list[ContactDraft]:
        drafts = [self._contact_draft(row) for row in self.contacts.filled]
        taken = {draft.known.pk for draft in drafts if draft.known}
        known = [one for one in self._known_contacts if str(one.pk) in set(others)]
        return drafts + [unchanged(one) for one in known if one.pk not in taken]

    def _contact_draft(self, row: ContactRow) -> ContactDraft:
        told = row.cleaned_data
        known = next((c for c in self._possible_contacts if str(c.pk) == told["contact"]), None)
        if known and row.kept_by_others:
            return unchanged(known)
        before = phones_text(known.phones.all()) if known else ""
        numbers = None if known and told["phones"] == before else phone_drafts(told["phones"])
        return ContactDraft(
            known=known,
            name=told["name"],
            function=told["function"],
            email=told["email"],
            phones_text=told["phones"],
            phones=numbers,
        )

    # How it is put together

    def _close_others_contacts(self) -> None:
        """What a body keeps for itself, those who keep only its facility do not read here."""
        known = {str(one.pk): one for one in self._possible_contacts}
        for row in self.contacts:
            one = known.get(str(row["contact"].value()))
            if one is not None and not keeps(self.actor, one.organisation):
                row.kept_by_others = contact_label(one)

    def _rows(self, prefix: str, form: type[AnyRow]) -> Rows[AnyRow]:
        if self.data is not None and not self.bound:
            typed = Rows(prefix, form, self.data, ())
            shown = [raw_values(one) for one in typed]
            return Rows(prefix, form, None, shown)
        return Rows(prefix, form, self.data, self._stored_rows(prefix))

    def _stored_rows(self, prefix: str) -> list[dict[str, Any]]:
        if self.offer is None:
            return [{}] if prefix in (PLACES, CONTACTS) else []
        if prefix == TIMES:
            return [time_initial(time_draft(row)) for row in repeating(self.offer)]
        if prefix == PLACES:
            return [place_initial(link.place) for link in self.offer.at_places.all()]
        return [contact_initial(link.contact) for link in self.offer.contact_links.all()]

    def _offer_form(self) -> OfferForm:
        kwargs: dict[str, Any] = {
            "topics": self.topics,
            "contacts": [(str(one.pk), contact_label(one)) for one in self._known_contacts],
            "languages": self.offer.languages if self.offer else (),
        }
        if self.bound:
            return OfferForm(self.data, **kwargs)
        if self.data is None:
            wished = {"title": self.title} if self.title else {}
            return OfferForm(initial=self._stored() | wished, **kwargs)
        return OfferForm(initial=raw_values(OfferForm(self.data, **kwargs)), **kwargs)

    def _provider_form(self) -> ProviderForm:
        options: dict[str, Any] = {"use_required_attribute": False}
        if self.bound:
            return ProviderForm(self.data, **options)
        if self.data is not None:
            return ProviderForm(initial=raw_values(ProviderForm(self.data)), **options)
        provider = self.offer.provider if self.offer else self.wished or self._only_own
        label = provider_label(provider) if provider else ""
        initial = {"provider": label, "provider_id": provider.pk if provider else ""}
        return ProviderForm(initial=initial, **options)

    def _wished_provider(self, key: str) -> Organisation | None:
        """Whose page somebody came from, as far as they may write for it."""
        return provider_of(self.actor, key_of(key)) if self.offer is None else None

    @property
    def _only_own(self) -> Organisation | None:
        return self.own_providers[0] if len(self.own_providers) == 1 else None

    def _stored(self) -> dict[str, Any]:
        if self.offer is None:
            return FRESH
        initial = {name: getattr(self.offer, name) for name in PLAIN}
        for name in ("age_from", "age_to"):
            initial[name], initial[f"{name}_unit"] = age_and_unit(initial[name])
        initial["topics"] = [link.topic.key for link in self.offer.topic_links.all()]
        return initial

    @cached_property
    def _known_contacts(self) -> list[Contact]:
        """Contacts of the provider that are in no row of their own."""
        in_rows = self._contact_ids_in_rows()
        return [one for one in self._provider_contacts if str(one.pk) not in in_rows]

    @cached_property
    def _provider_contacts(self) -> list[Contact]:
        if self.provider is None:
            return []
        return contacts_of(self.provider)

    @cached_property
    def _possible_contacts(self) -> list[Contact]:
        linked = [link.contact for link in self.offer.contact_links.all()] if self.offer else []
        return [*linked, *self._provider_contacts]

    def _contact_ids_in_rows(self) -> set[str]:
        if self.data is not None:
            count = row_count(self.data, CONTACTS)
            return {str(self.data.get(f"{CONTACTS}-{at}-contact", "")) for at in range(count)}
        links = self.offer.contact_links.all() if self.offer else ()
        return {str(link.contact_id) for link in links}

    def _resolve_provider(self) -> ProviderDraft | None:
        form = self.provider_form
        if not form.is_bound:
            return None
        form.fields["provider_pick"].choices = self._picks()  # type: ignore[attr-defined]
        if not form.is_valid():
            return None
        told = form.cleaned_data
        if told["provider_pick"] not in ("", NEW):
            return self._picked(told["provider_pick"])
        if self.provider is not None and not told["provider_new"]:
            return ProviderDraft(known=self.provider)
        return self._new_provider(told)

    def _picked(self, provider_id: str) -> ProviderDraft | None:
        found = provider_of(self.actor, key_of(provider_id))
        if found is None:
            self.provider_form.add_error("provider", _("Please choose a provider."))
            return None
        return ProviderDraft(known=found)

    def _new_provider(self, told: Mapping[str, Any]) -> ProviderDraft | None:
        """A new one, when that is meant; else it is said whom one may have meant."""
        meant = told["provider_new"] or told["provider_pick"] == NEW
        alike = self._alike
        if self.is_provider:
            reason = _("Please choose one of your own organisations.")
        elif not meant and alike:
            reason = _("Several are called like this. Please choose one below.")
        elif not meant:
            reason = _(
                "We do not know this provider yet. Please choose one from the list, or tick "
                "“Add this as a new provider”."
            )
        elif told["provider_pick"] != NEW and named_so(self.actor, told["provider"]):
            reason = _("There is already a provider of this name. Please choose one below.")
        else:
            return ProviderDraft(
                name=told["provider"].strip(),
                kind=told["provider_kind"],
                body=told["provider_body"].strip(),
            )
        self.provider_form.add_error("provider", reason)
        return None

    @cached_property
    def _alike(self) -> list[Organisation]:
        typed = self._typed_provider
        found = named_so(self.actor, typed) or (providers(self.actor, typed) if typed else [])
        return [one for one in found if may_offer_for(self.actor, one)]

    def _picks(self) -> list[tuple[str, str]]:
        picks = [(str(one.pk), provider_label(one)) for one in self._alike]
        label = _("Add “%(name)s” as new") % {"name": self._typed_provider.strip()}
        return picks if self.is_provider else [*picks, (NEW, label)]

    @property
    def _typed_provider(self) -> str:
        return str(self.data.get("provider", "")) if self.data is not None else ""


def _by_field(refused: ValidationError) -> dict[str, list[str]]:
    found: dict[str, list[str]] = getattr(refused, "message_dict", {"": refused.messages})
    return found
