"""How upkeep says what it knows: states, fields, values, calls."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from knotenpunkt.activities.upkeep.models import Decision, Subject
from knotenpunkt.activities.upkeep.rules import State
from knotenpunkt.registers.offers.models import Costs, Registration
from knotenpunkt.registers.partners.models import Audience, ReleasedField

STATES: Mapping[State, Any] = {
    State.CONFIRMED: pgettext_lazy("entries", "Confirmed"),
    State.DUE: pgettext_lazy("entries", "Due"),
    State.ASKED: pgettext_lazy("entries", "Asked"),
    State.REMINDED: pgettext_lazy("entries", "Reminded"),
    State.SILENT: pgettext_lazy("entries", "To be called"),
}
SHAPES: Mapping[State, str] = {
    State.CONFIRMED: "published",
    State.DUE: "stale",
    State.ASKED: "waiting",
    State.REMINDED: "waiting",
    State.SILENT: "missing",
}
DECISIONS: Mapping[str, str] = {
    Decision.WAITING: "waiting",
    Decision.ACCEPTED: "published",
    Decision.PARTLY: "active",
    Decision.REFUSED: "rejected",
    Decision.TAKEN_BACK: "none",
}
FIELDS: Mapping[str, Any] = {
    "organisation.name": gettext_lazy("Name of the organisation"),
    "description": gettext_lazy("Description"),
    "website": gettext_lazy("Website"),
    "street": gettext_lazy("Street and number"),
    "postal_code": gettext_lazy("Postal code"),
    "town": gettext_lazy("Town"),
    "contact.name": gettext_lazy("Name"),
    "function": gettext_lazy("Function"),
    "email": gettext_lazy("E-mail address"),
    "phones": gettext_lazy("Telephone numbers"),
    "audiences": gettext_lazy("Who may see the new number"),
    "title": gettext_lazy("Title"),
    "summary": gettext_lazy("What it is, in one sentence"),
    "times_note": gettext_lazy("When it takes place, in your own words"),
    "costs": gettext_lazy("What it costs"),
    "costs_note": gettext_lazy("More about the costs"),
    "registration": gettext_lazy("Registration"),
    "registration_note": gettext_lazy("More about registration"),
    "contacts": gettext_lazy("Contact for this offer"),
    "successor": gettext_lazy("Who is responsible now"),
    "ended": gettext_lazy("Offer"),
}
AUDIENCES: Mapping[str, Any] = {
    Audience.PUBLIC: pgettext_lazy("who may see it", "public"),
    Audience.PROFESSIONALS: pgettext_lazy("who may see it", "only professionals of the network"),
    Audience.INTERNAL: pgettext_lazy("who may see it", "only the coordination"),
}
CHOICES = {"costs": dict(Costs.choices), "registration": dict(Registration.choices)}


def field_label(subject: str, name: str) -> str:
    """What a field is called for this kind of record."""
    label = FIELDS.get(f"{subject}.{name}") or FIELDS.get(name)
    return str(label or name)


def shown(name: str, value: Any, contacts: Mapping[str, str] | None = None) -> str:
    """A value as people read it; "" when nothing is there."""
    if isinstance(value, dict):
        return ", ".join(f"{key}: {AUDIENCES[one]}" for key, one in value.items())
    if isinstance(value, list):
        named = [(contacts or {}).get(str(one), str(one)) for one in value]
        return ", ".join(named)
    return str(CHOICES.get(name, {}).get(value, value or ""))


def consent(field: str, audience: str) -> str:
    """What somebody agrees to on their own page; it is kept with their consent."""
    told = {
        ReleasedField.NAME: _("my name"),
        ReleasedField.EMAIL: _("my e-mail address"),
        ReleasedField.PHONE: _("this telephone number"),
    }[ReleasedField(field)]
    if audience == Audience.PUBLIC:
        text = _("I agree that everybody may see %(what)s on the pages of the network. I can "
                 "change this at any time on my page.")  # fmt: skip
    else:
        text = _("I agree that professionals of the network may see %(what)s. I can change this "
                 "at any time on my page.")  # fmt: skip
    return text % {"what": told}


def subject_label(subject: str) -> str:
    """ "Angebot"."""
    return str(Subject(subject).label)


def nothing() -> str:
    """What stands where nothing is stored."""
    return _("nothing yet")
