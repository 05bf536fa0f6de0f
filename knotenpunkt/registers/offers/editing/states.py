"""An offer as plain values that can be compared: what is stored, and what a form says."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import date, time
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder

from knotenpunkt.registers.areas.models import Place
from knotenpunkt.registers.offers.actions import TimeDraft
from knotenpunkt.registers.offers.editing.drafts import (
    ADDRESS,
    HOUSE,
    ContactDraft,
    OfferDraft,
    PlaceDraft,
    ProviderDraft,
)
from knotenpunkt.registers.offers.models import Offer, Schedule
from knotenpunkt.registers.partners.models import Contact, Phone

State = dict[str, Any]

PLAIN = (
    "title", "sort", "kind", "summary", "description", "website", "setting", "age_from", "age_to",
    "phases", "languages", "costs", "costs_note", "registration", "registration_note",
    "free_places", "capacity", "waiting_time", "times_note",
)  # fmt: skip
# In the order of the form.
FIELDS = (
    "title", "provider", "sort", "kind", "summary", "description", "topics", "website",
    "age_from", "age_to", "phases", "times", "times_note", "setting", "places", "costs",
    "costs_note", "registration", "registration_note", "free_places", "capacity", "waiting_time",
    "contacts", "languages",
)  # fmt: skip


def offer_state(offer: Offer) -> State:
    """What an offer says now."""
    return {
        **{name: _plain(getattr(offer, name)) for name in PLAIN},
        "provider": str(offer.provider_id),
        "topics": sorted(link.topic.key for link in offer.topic_links.all()),
        "contacts": [_contact(link.contact) for link in offer.contact_links.all()],
        "places": [_place(link.place) for link in offer.at_places.all()],
        "times": _times(time_draft(row) for row in repeating(offer)),
    }


def draft_state(draft: OfferDraft) -> State:
    """What a form says, in the same shape."""
    return {
        **{name: _plain(draft.values[name]) for name in PLAIN},
        "provider": _provider(draft.provider),
        "topics": sorted(topic.key for topic in draft.topics),
        "contacts": [_drafted_contact(one) for one in draft.contacts],
        "places": [_drafted_place(one) for one in draft.places],
        "times": _times(draft.times),
    }


def repeating(offer: Offer) -> list[Schedule]:
    """The times that hold for the whole offer."""
    return [row for row in offer.schedules.all() if row.at_place_id is None]


def time_draft(row: Schedule) -> TimeDraft:
    """A stored time as one to be stored."""
    return TimeDraft(**{name: getattr(row, name) for name in TimeDraft.__dataclass_fields__})


def phones_text(phones: Iterable[Phone]) -> str:
    """Numbers as the form has them: one a line, a note in brackets."""
    return "\n".join(
        f"{phone.shown} ({phone.note})" if phone.note else phone.shown for phone in phones
    )


def _plain(value: Any) -> Any:
    if isinstance(value, str):
        return value.replace("\r\n", "\n").strip()
    return sorted(value) if isinstance(value, list) else value


def _contact(contact: Contact) -> State:
    return {
        "id": str(contact.pk),
        "name": contact.name.strip(),
        "function": contact.function.strip(),
        "email": contact.email.strip(),
        "phones": phones_text(contact.phones.all()),
    }


def _drafted_contact(draft: ContactDraft) -> State:
    return {
        "id": str(draft.known.pk) if draft.known else "",
        "name": draft.name,
        "function": draft.function,
        "email": draft.email,
        "phones": draft.phones_text,
    }


def _place(place: Place) -> State:
    values = {name: _plain(getattr(place, name)) for name in (*ADDRESS, *HOUSE)}
    return {"id": str(place.pk), **values}


def _drafted_place(draft: PlaceDraft) -> State:
    values = {name: _plain(value) for name, value in (*draft.address.items(), *draft.house.items())}
    return {"id": str(draft.known.pk) if draft.known else "", **values}


def _provider(draft: ProviderDraft) -> str:
    return str(draft.known.pk) if draft.known else f"{draft.name}|{draft.kind}|{draft.body}"


def _times(drafts: Iterable[TimeDraft]) -> list[State]:
    told = [asdict(draft) for draft in drafts]
    return sorted(told, key=lambda one: json.dumps(one, sort_keys=True, cls=DjangoJSONEncoder))


def time_values(told: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of a time that came as plain JSON, as they are stored."""
    days = {name: day_of(told.get(name)) for name in ("day", "valid_from", "valid_to")}
    clocks = {name: _clock_of(told.get(name)) for name in ("starts_at", "ends_at")}
    return {**told, **days, **clocks}


def day_of(value: Any) -> date | None:
    """A day that came as plain JSON."""
    return date.fromisoformat(value) if isinstance(value, str) and value else value or None


def _clock_of(value: Any) -> time | None:
    return time.fromisoformat(value) if isinstance(value, str) and value else value or None
