"""Changes in words: which field, what it said, what it says now."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from knotenpunkt.foundation.audit.models import Entry
from knotenpunkt.foundation.core import spoken
from knotenpunkt.foundation.core.comparing import Change, Piece, pieces
from knotenpunkt.foundation.core.versions import Clash, SaidClash
from knotenpunkt.registers.offers import wording
from knotenpunkt.registers.offers.editing.queries import contacts_by_id, organisations_by_id
from knotenpunkt.registers.offers.editing.resets import Reset
from knotenpunkt.registers.offers.editing.states import day_of, time_values
from knotenpunkt.registers.offers.models import (
    Costs,
    Kind,
    LifePhase,
    Offer,
    Registration,
    Schedule,
    Setting,
    Status,
)
from knotenpunkt.registers.offers.queries import topics
from knotenpunkt.registers.offers.translating.actions.keeping import FIELD
from knotenpunkt.registers.offers.translating.parts import PARTS
from knotenpunkt.registers.offers.translating.wording import state_label, text_language
from knotenpunkt.registers.partners.models import Contact, Organisation

LABELS = {
    "title": gettext_lazy("Name of the offer"),
    "provider": gettext_lazy("Provider"),
    "sort": gettext_lazy("What it is, in one word"),
    "kind": gettext_lazy("Form"),
    "summary": gettext_lazy("In one sentence"),
    "description": gettext_lazy("Description"),
    "topics": gettext_lazy("Topics"),
    "website": gettext_lazy("Website of the offer"),
    "age_from": gettext_lazy("Children from"),
    "age_to": gettext_lazy("Children up to"),
    "phases": gettext_lazy("Phases of life"),
    "times": gettext_lazy("Times"),
    "times_note": gettext_lazy("Times in words"),
    "setting": gettext_lazy("Way to go"),
    "places": gettext_lazy("Places"),
    "costs": gettext_lazy("Costs"),
    "costs_note": gettext_lazy("More about the costs"),
    "registration": gettext_lazy("Registration"),
    "registration_note": gettext_lazy("More about the registration"),
    "free_places": gettext_lazy("Free places"),
    "capacity": gettext_lazy("Places altogether"),
    "waiting_time": gettext_lazy("Waiting time"),
    "contacts": gettext_lazy("Contacts"),
    "languages": gettext_lazy("Spoken languages"),
    "texts": gettext_lazy("Texts in other languages"),
    "status": gettext_lazy("State"),
    "checked_on": gettext_lazy("Last checked"),
    "picture": gettext_lazy("Picture"),
    "pictures": gettext_lazy("Order of the pictures"),
    "alt": gettext_lazy("Description of the picture"),
}
DEEDS = {
    "offers.add_picture": gettext_lazy("Picture added"),
    "offers.change": gettext_lazy("Changed"),
    "offers.change_picture": gettext_lazy("Picture changed"),
    "offers.check_text": gettext_lazy("Text in another language checked"),
    "offers.create": gettext_lazy("Added"),
    "offers.duplicate": gettext_lazy("Added as a copy"),
    "offers.publish": pgettext_lazy("what happened", "Published"),
    "offers.remove_picture": gettext_lazy("Picture removed"),
    "offers.remove_text": gettext_lazy("Text in another language removed"),
    "offers.restore": gettext_lazy("Earlier version brought back"),
    "offers.save_text": gettext_lazy("Text in another language saved"),
    "offers.take_back": gettext_lazy("Publishing taken back"),
    "offers.undo": gettext_lazy("Change undone"),
    "offers.withdraw": pgettext_lazy("what happened", "Withdrawn"),
}
CHOICES: dict[str, Any] = {
    "kind": Kind,
    "setting": Setting,
    "costs": Costs,
    "registration": Registration,
    "status": Status,
}
PROSE = {"title", "sort", "summary", "description", "costs_note", "registration_note",
         "waiting_time", "times_note"}  # fmt: skip
LISTS = {"topics", "phases", "times", "places", "contacts", "languages", "texts"}


@dataclass(frozen=True, slots=True)
class Deed:
    """One entry of the history, in words."""

    id: UUID
    what: str
    who: str
    when: str
    changes: Sequence[Change] = field(default_factory=list)
    undoable: bool = True


class Names:
    """The names behind the keys in the audit, fetched together."""

    def __init__(self, values: Iterable[tuple[str, Any]]) -> None:
        told = list(values)
        self.topics = {topic.key: topic.name for topic in topics()}
        self.contacts = contacts_by_id(_keys(told, "contacts"))
        self.providers = organisations_by_id(_keys(told, "provider"))

    def contact(self, contact_id: str) -> str:
        """Who it is today; the audit keeps no name."""
        found: Contact | None = self.contacts.get(contact_id)
        if found is None:
            return _("a contact that is no longer kept")
        return found.name or found.function or found.organisation.name

    def provider(self, provider_id: str) -> str:
        """The organisation of that key."""
        found: Organisation | None = self.providers.get(provider_id)
        return found.full_name if found else _("an organisation that is no longer kept")


def _keys(told: Iterable[tuple[str, Any]], name: str) -> set[str]:
    found: set[str] = set()
    for field_name, value in told:
        if field_name == name:
            found.update(map(_key, value if isinstance(value, list) else [value]))
    return {one for one in found if _is_key(one)}


def _key(value: Any) -> str:
    return str(value.get("id", "")) if isinstance(value, dict) else str(value or "")


def _is_key(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True


def deeds(found: Sequence[Entry]) -> list[Deed]:
    """The history in words, in a fixed number of queries."""
    names = Names(
        (name, value) for entry in found for name, pair in entry.changes.items() for value in pair
    )
    return [_deed(entry, names) for entry in found]


def _deed(entry: Entry, names: Names) -> Deed:
    first = entry.deed in ("offers.create", "offers.duplicate")
    return Deed(
        id=entry.pk,
        what=str(DEEDS.get(entry.deed, entry.deed)),
        who=entry.actor_label if entry.actor_id else _("done automatically"),
        when=spoken.moment(entry.at),
        changes=[] if first else [change(name, pair, names) for name, pair in in_order(entry)],
        undoable=not first and not entry.deed.endswith("_picture"),
    )


def in_order(entry: Entry) -> list[tuple[str, Any]]:
    """The changes of an entry in the order of the form."""
    order = list(LABELS)
    return sorted(
        entry.changes.items(), key=lambda one: order.index(one[0]) if one[0] in order else 99
    )


def change(name: str, pair: Sequence[Any], names: Names) -> Change:
    """One field that changed, in words."""
    label = field_label(name)
    if len(pair) != 2:
        return Change(label, note=_("Details are not kept."))
    old, new = pair
    if name.startswith(FIELD):
        return _text_change(label, old, new)
    if name in LISTS:
        before, after = said(name, old, names), said(name, new, names)
        gone = [one for one in before if one not in after]
        came = [one for one in after if one not in before]
        note = "" if gone or came else _("Only the order changed.")
        return Change(label, gone=gone, came=came, note=note)
    if name in PROSE and old and new:
        return Change(label, pieces=pieces(str(old), str(new)))
    return Change(label, gone=said(name, old, names), came=said(name, new, names))


def _text_change(label: str, old: Any, new: Any) -> Change:
    """A text in another language: its words, and where it stands now."""
    note = str(state_label(new["state"])) if new else ""
    before, after = _whole_text(old), _whole_text(new)
    if old and new:
        told = pieces(before, after) if before != after else ()
        return Change(label, pieces=told, note=note)
    return Change(label, gone=[before] if old else [], came=[after] if new else [], note=note)


def _whole_text(told: Any) -> str:
    return "\n".join(told[name] for name in PARTS if told.get(name)) if told else ""


def field_label(name: str) -> str:
    """What a field is called at the desk."""
    if name.startswith(FIELD):
        language = text_language(name.removeprefix(FIELD))
        return _("Text: %(language)s") % {"language": language}
    return str(LABELS.get(name, name))


def said(name: str, value: Any, names: Names) -> list[str]:
    """A value of the audit or of a form in words, line by line."""
    if value in (None, "", [], {}):
        return []
    if name.startswith(FIELD):
        return [_whole_text(value)]
    if name in LISTS:
        return [_said_one(name, one, names) for one in value]
    if name == "provider":
        return [names.provider(str(value)) if _is_key(str(value)) else str(value).split("|")[0]]
    if name in CHOICES:
        return [_choice(CHOICES[name], value)]
    if name in ("age_from", "age_to"):
        return [spoken.age(int(value))]
    if name == "checked_on":
        return [spoken.full_date(day_of(value) or date.min)]
    return [str(value)]


def _said_one(name: str, one: Any, names: Names) -> str:
    match name:
        case "topics":
            return names.topics.get(str(one), str(one))
        case "phases":
            return _choice(LifePhase, one)
        case "languages":
            return spoken.language_name(str(one))
        case "times":
            return said_time(one)
        case "places":
            return _said_place(one)
        case "contacts":
            return _said_contact(one, names)
    return text_language(str(one["language"] if isinstance(one, dict) else one))


def _choice(choices: Any, value: Any) -> str:
    return str(choices(value).label) if value in choices.values else str(value)


def said_time(one: Any) -> str:
    """A time of the audit; older entries have it as a line of text."""
    if not isinstance(one, dict):
        return str(one)
    schedule = Schedule(**time_values(one))
    note = f" ({schedule.note})" if schedule.note else ""
    return f"{wording.repeats(schedule)}{note}"


def _said_place(one: Any) -> str:
    if not isinstance(one, dict):
        return str(one)
    if "said" in one:
        return str(one["said"]) or _("a place without an address")
    postal_town = f"{one.get('postal_code', '')} {one.get('town', '')}".strip()
    return ", ".join(str(x) for x in (one.get("venue"), one.get("street"), postal_town) if x)


def _said_contact(one: Any, names: Names) -> str:
    if not isinstance(one, dict):
        return names.contact(str(one))
    phones = ", ".join(str(one.get("phones", "")).split("\n"))
    return ", ".join(part for part in (one["name"], one["function"], phones, one["email"]) if part)


def clashes(found: Sequence[Clash]) -> list[SaidClash]:
    """Both versions of what two people changed at once."""
    names = Names((clash.field, value) for clash in found for value in (clash.mine, clash.theirs))
    return [
        SaidClash(
            field=clash.field,
            label=field_label(clash.field),
            mine=said(clash.field, clash.mine, names) or [_("empty")],
            theirs=said(clash.field, clash.theirs, names) or [_("empty")],
            mark=clash.mark,
        )
        for clash in found
    ]


def missing(offer: Offer) -> list[str]:
    """What a family would miss on the page."""
    contacts = [link.contact for link in offer.contact_links.all() if not link.contact.is_internal]
    reachable = any(one.email or one.phones.all() for one in contacts)
    has_place = offer.setting != Setting.ON_SITE or bool(offer.at_places.all())
    has_time = bool(offer.schedules.all()) or bool(offer.times_note)
    wanted = (
        (bool(offer.summary), _("one sentence that says what a family gets out of it")),
        (reachable, _("a telephone number or an e-mail address")),
        (has_place, _("the place")),
        (has_time, _("when it takes place")),
        (bool(offer.topic_links.all()), _("a topic, so that the search finds it better")),
    )
    return [what for present, what in wanted if not present]


@dataclass(frozen=True, slots=True)
class SaidReset:
    """One field that would go back, in words."""

    field: str
    label: str
    now: Sequence[str]
    then: Sequence[str]
    pieces: Sequence[Piece]
    changed_since: bool
    lost: bool


def resets(found: Sequence[Reset]) -> list[SaidReset]:
    """What would go back, in words."""
    names = Names((one.field, value) for one in found for value in (one.now, one.then))
    return [
        SaidReset(
            field=one.field,
            label=field_label(one.field),
            now=said(one.field, one.now, names) or [_("empty")],
            then=[] if one.lost else said(one.field, one.then, names) or [_("empty")],
            pieces=_reset_pieces(one),
            changed_since=one.changed_since,
            lost=one.lost,
        )
        for one in found
    ]


def _reset_pieces(one: Reset) -> Sequence[Piece]:
    both = one.field in PROSE and one.now and one.then and not one.lost
    return pieces(str(one.now), str(one.then)) if both else []
