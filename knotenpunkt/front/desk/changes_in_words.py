"""What changed, in words: of every kind of record that the change log knows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db.models import DateField, DateTimeField, Field
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from knotenpunkt.activities.upkeep.models import Outcome
from knotenpunkt.foundation.accounts.rights import Role
from knotenpunkt.foundation.audit.models import Entry
from knotenpunkt.foundation.core import spoken
from knotenpunkt.foundation.core.comparing import Change
from knotenpunkt.registers.library.models import How
from knotenpunkt.registers.offers.editing import saying as offers
from knotenpunkt.registers.offers.models import Offer
from knotenpunkt.registers.partners import saying as partners
from knotenpunkt.registers.partners.queries import names_behind
from knotenpunkt.registers.responsibilities.models import Duty

OFFER = Offer._meta.label
PARTNERS = frozenset({"partners.Organisation", "partners.Person", "partners.Contact"})
FIELDS = {
    "highlights": gettext_lazy("Highlighted offers"),
    "hosts": gettext_lazy("Hosts"),
    "language": gettext_lazy("Language"),
    "letters": gettext_lazy("Letters"),
    "links": gettext_lazy("Related addresses"),
    "lookback": gettext_lazy("Looking back"),
    "mails": gettext_lazy("E-mails"),
    "news": gettext_lazy("News"),
    "orders": gettext_lazy("Orders"),
    "packs": gettext_lazy("Packs"),
    "people_to_ask": gettext_lazy("People to ask"),
    "place": gettext_lazy("Place"),
    "accent": gettext_lazy("Colour"),
    "agreements.Agreement.kind": gettext_lazy("Kind of agreement"),
    "agreements.NotNeeded.reason": gettext_lazy("Reason"),
    "answer_days": gettext_lazy("Working days until families are called"),
    "area_keys": gettext_lazy("Area keys"),
    "areas.Region.coordinators": gettext_lazy("Who looks after it"),
    "areas.Region.parent": gettext_lazy("Part of"),
    "attempts": gettext_lazy("Calls that reached nobody"),
    "call_days": gettext_lazy("On the telephone list after days"),
    "changed": gettext_lazy("What is new"),
    "confirmed_on": gettext_lazy("Last confirmed"),
    "contact": gettext_lazy("Contact"),
    "coordinators": gettext_lazy("Who looks after it"),
    "created": gettext_lazy("New"),
    "decided_on": gettext_lazy("Decided on"),
    "decision": gettext_lazy("Decision"),
    "duties": gettext_lazy("Duties"),
    "email": gettext_lazy("E-mail address"),
    "end_reason": gettext_lazy("Reason"),
    "ended_on": gettext_lazy("Ended on"),
    "expected": gettext_lazy("Rows"),
    "file": gettext_lazy("File"),
    "first_reminder_days": gettext_lazy("First reminder after days"),
    "for_whom": gettext_lazy("For whom"),
    "function": gettext_lazy("Function"),
    "grey_months": gettext_lazy("Offers turn grey after months"),
    "groups.Group.is_public": gettext_lazy("May be named on public pages"),
    "groups.Group.kind": gettext_lazy("Kind of group"),
    "groups.Group.purpose": gettext_lazy("What does it work on?"),
    "how": gettext_lazy("Said how"),
    "internal_note": gettext_lazy("Note for the desk"),
    "is_given": gettext_lazy("Agreed"),
    "is_on": gettext_lazy("The network asks by itself"),
    "is_public": gettext_lazy("Shown to families"),
    "joined_on": gettext_lazy("Partner of the network since"),
    "kind": gettext_lazy("Kind"),
    "leave_months": gettext_lazy("Offers leave the search after months"),
    "library.Material.kind": gettext_lazy("Kind of material"),
    "list": gettext_lazy("Which list"),
    "mailings.Audience.parts": gettext_lazy("Who belongs to it"),
    "mails_a_day": gettext_lazy("Mails a day at most"),
    "merged": gettext_lazy("Brought together"),
    "name": gettext_lazy("Name"),
    "names": gettext_lazy("Names"),
    "note": gettext_lazy("Note"),
    "note_days": gettext_lazy("Days until notes are deleted"),
    "notice_days": gettext_lazy("Told so many days before"),
    "number": gettext_lazy("Number"),
    "one_each": gettext_lazy("One contact of each organisation"),
    "operator": gettext_lazy("Operator"),
    "organisation": gettext_lazy("Organisation"),
    "outcome": gettext_lazy("Outcome"),
    "parent": gettext_lazy("Part of"),
    "parties": gettext_lazy("Partners"),
    "personal": gettext_lazy("Personal details in it"),
    "phone": gettext_lazy("Telephone number"),
    "phones": gettext_lazy("Telephone numbers"),
    "position": gettext_lazy("Order"),
    "postal_code": gettext_lazy("Postal code"),
    "professions": gettext_lazy("Professions"),
    "published_on": gettext_lazy("Published on"),
    "purpose": gettext_lazy("What it is for"),
    "reason": gettext_lazy("Reason"),
    "recipients": gettext_lazy("Recipients"),
    "region": gettext_lazy("Region"),
    "regions": gettext_lazy("Regions"),
    "rejected": gettext_lazy("Rejected"),
    "remind_months": gettext_lazy("Reminder, months before"),
    "remind_on": gettext_lazy("Reminder on"),
    "reminded_on": gettext_lazy("Reminded on"),
    "removed": gettext_lazy("Removed again"),
    "restored": gettext_lazy("As before again"),
    "role": gettext_lazy("Role"),
    "rows": gettext_lazy("Rows"),
    "second_reminder_days": gettext_lazy("Second reminder after days"),
    "short_name": gettext_lazy("Short name"),
    "shows_neighbours": gettext_lazy("Offers of neighbours"),
    "signed_on": gettext_lazy("Concluded on"),
    "since": gettext_lazy("Since"),
    "source": gettext_lazy("Source"),
    "stage": gettext_lazy("State"),
    "started_on": gettext_lazy("Works since"),
    "stayed": gettext_lazy("Left as it is"),
    "street": gettext_lazy("Street"),
    "tags": gettext_lazy("Tags"),
    "text": gettext_lazy("Text"),
    "title": gettext_lazy("Title"),
    "town": gettext_lazy("Town"),
    "unchanged": gettext_lazy("Unchanged"),
    "until": gettext_lazy("Until"),
    "updated": gettext_lazy("Changed"),
    "valid_until": gettext_lazy("Valid until"),
    "version": gettext_lazy("Version"),
    "warnings": gettext_lazy("Warnings"),
    "website": gettext_lazy("Website"),
    "withdrawn": gettext_lazy("Withdrawn"),
    "withdrawn_on": gettext_lazy("Withdrawn"),
    "words": gettext_lazy("Other words"),
}
# What stands in changes without a column of its own.
CHOICES: dict[str, Any] = {
    "duties": dict(Duty.choices),
    "outcome": dict(Outcome.choices),
    "how": dict(How.choices),
    "role": dict(Role.choices),
}


@dataclass(frozen=True, slots=True)
class Names:
    """What stands behind the keys of entries."""

    of_offers: offers.Names
    of_partners: partners.Names


def names_in(entries: Sequence[Entry]) -> Names:
    """Fetched together, in a fixed number of queries."""
    of_offers = offers.Names(
        (name, value)
        for entry in entries
        if entry.kind == OFFER
        for name, pair in entry.changes.items()
        for value in pair
    )
    told = [entry.changes for entry in entries if entry.kind in PARTNERS]
    return Names(of_offers, names_behind(partners.keys_in(told)))


def changes_of(entry: Entry, names: Names) -> list[Change]:
    """All that an entry tells, field by field."""
    if entry.kind == OFFER:
        return [offers.change(name, pair, names.of_offers) for name, pair in offers.in_order(entry)]
    # The databases keep the keys of a change in orders of their own.
    changes = (_change(entry.kind, name, pair, names) for name, pair in entry.changes.items())
    return sorted(changes, key=lambda change: change.label)


def _change(kind: str, name: str, pair: Any, names: Names) -> Change:
    """Of other records than offers: the values as they stand, choices and days in words."""
    if not isinstance(pair, list):
        return Change(label(kind, name), came=_words(kind, name, pair))
    if len(pair) != 2:
        return Change(label(kind, name), note=_("Details are not kept."))
    if kind in PARTNERS and name in partners.LABELS:
        return partners.change(name, pair, names.of_partners)
    return Change(
        label(kind, name), gone=_words(kind, name, pair[0]), came=_words(kind, name, pair[1])
    )


def label(kind: str, name: str) -> str:
    """What a field is called: of partners, of this record, of records in general, of offers."""
    if kind in PARTNERS and name in partners.LABELS:
        return str(partners.LABELS[name])
    if kind == OFFER and name in offers.LABELS:
        return offers.field_label(name)
    if own := FIELDS.get(f"{kind}.{name}") or FIELDS.get(name):
        return str(own)
    if name in offers.LABELS:
        return offers.field_label(name)
    column = _column(kind, name)
    return str(column.verbose_name) if column else name


def _words(kind: str, name: str, value: Any) -> list[str]:
    if value in (None, "", [], {}):
        return []
    if isinstance(value, bool):
        return [_("yes") if value else _("no")]
    if isinstance(value, list):
        return [line for one in value for line in _words(kind, name, one)]
    column = _column(kind, name)
    if column is not None and column.is_relation:
        return [_("another record")]  # the audit keeps its key only
    return [_said(column, name, value)]


def _said(column: Field[Any, Any] | None, name: str, value: Any) -> str:
    choices = CHOICES.get(name) or (dict(column.flatchoices) if column else {})
    if value in choices:
        return str(choices[value])
    if isinstance(column, DateField) and not isinstance(column, DateTimeField):
        return spoken.full_date(date.fromisoformat(str(value)))
    return str(value)


def _column(kind: str, name: str) -> Field[Any, Any] | None:
    """The column of that name; None for what only the deed calls so."""
    try:
        found = apps.get_model(kind)._meta.get_field(name)
    except (LookupError, ValueError, FieldDoesNotExist):
        return None
    return found if isinstance(found, Field) else None
