"""Rows of a list that tell of the same person or office once more.

They come together before anything is written: what a later row says beside the first one is
taken with the first, so that the same list leads to the same records each time, in whichever
batches its rows are written.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from knotenpunkt.registers.partners.imports import keys
from knotenpunkt.registers.partners.imports.drafts.shapes import ContactDraft, RowDraft, Values
from knotenpunkt.registers.partners.imports.fields import VOCABULARY
from knotenpunkt.tools.imports.remarks import Remark

_OF_CONTACT = {
    "function": "contact_function",
    "profession": "profession",
    "email": "emails",
    "since": "since",
    "left_on": "left_on",
}
_OF_PERSON = {"salutation": "salutation", "title": "person_title", "given_name": "given_name"}
_OF_ORGANISATION = {"website": "website"}
_OF_BOTH = {"internal_note": "note"}
_OF_PLACE = {"street": "street", "postal_code": "postal_code", "town": "town"}


@dataclass(frozen=True, slots=True)
class _First:
    """Somebody, and the row that told of them first."""

    row: RowDraft
    contact: ContactDraft


def join_repeats(rows: Iterable[RowDraft]) -> None:
    """Take what later rows add into the first, and say what they have otherwise."""
    houses: dict[str, RowDraft] = {}
    people: dict[str, _First] = {}
    for row in rows:
        house = keys.organisation_key(row)
        own: list[ContactDraft] = []
        fresh = 0
        for contact in row.contacts:
            key = keys.contact_key(house, contact)
            first = people.setdefault(key, _First(row, contact))
            if first.contact is contact:
                fresh += 1
            else:
                _join(first, contact, row)
            if first.row is not row or first.contact is contact:
                own.append(contact)
        row.contacts = own
        known = houses.setdefault(house, row)
        if known is not row and not fresh:
            _join_organisation(known, row)
            noted = next((people[keys.contact_key(house, one)].row for one in own), known)
            _join_note(noted, row)


def _join(first: _First, again: ContactDraft, row: RowDraft) -> None:
    before = len(first.contact.phones)
    _add_phones(first.contact, again)
    again.adds = len(first.contact.phones) > before
    for name, field in _OF_CONTACT.items():
        mine, theirs = getattr(first.contact, name), getattr(again, name)
        if theirs and not mine:
            setattr(first.contact, name, theirs)
            again.adds = True
        elif theirs and theirs != mine:
            row.remarks.append(_otherwise(first.row, row, field, theirs, mine))
    first.contact.has_left = first.contact.has_left or again.has_left
    if first.contact.person is not None and again.person is not None:
        told = _fill(first.contact.person, again.person, _OF_PERSON, first.row, row)
        again.adds = again.adds or told


def _add_phones(first: ContactDraft, again: ContactDraft) -> None:
    """Each number once; of another function, it says whose it is."""
    known = {one[2] or one[1] for one in first.phones}
    other = again.function if first.function and again.function != first.function else ""
    for form, shown, dialled, note in again.phones:
        if (dialled or shown) not in known:
            known.add(dialled or shown)
            first.phones.append([form, shown, dialled, note or other[:100]])


def _join_organisation(first: RowDraft, row: RowDraft) -> None:
    """A row that names nobody new says something of the organisation, or nothing."""
    told = _fill(first.organisation, row.organisation, _OF_ORGANISATION, first, row)
    place = _fill(first.place, row.place, _OF_PLACE, first, row)
    row.adds = told or place


def _join_note(first: RowDraft, row: RowDraft) -> None:
    """A note beside one person is theirs, and nobody else's."""
    if first is row or _names_one(first) != _names_one(row):
        if note := row.organisation["internal_note"]:
            reason = _("belongs to what row %(row)d tells and was not taken; please add it by hand")
            label = str(VOCABULARY.fields["note"].label)
            told = Remark("note_left", reason % {"row": first.number}, note, field=label)
            row.remarks.append(told)
        return
    added = _fill(first.organisation, row.organisation, _OF_BOTH, first, row)
    row.adds = row.adds or added
    for one in row.contacts:
        one.adds = one.adds or added


def _names_one(row: RowDraft) -> bool:
    return sum(one.person is not None for one in row.contacts) == 1


def _fill(
    mine: Values, theirs: Values, fields: dict[str, str], first: RowDraft, row: RowDraft
) -> bool:
    """What was empty is filled; whether anything was. What differs is told."""
    added = False
    for name, field in fields.items():
        new, known = theirs.get(name), mine.get(name)
        if new and not known:
            mine[name] = new
            added = True
        elif new and new != known:
            row.remarks.append(_otherwise(first, row, field, str(new), str(known)))
    return added


def _otherwise(first: RowDraft, row: RowDraft, field: str, told: str, kept: str) -> Remark:
    where = {"row": first.number, "sheet": first.sheet}
    if first.sheet == row.sheet:
        reason = _("stands already in row %(row)d, otherwise; what stands there was taken")
    else:
        reason = _(
            "stands already in row %(row)d of sheet “%(sheet)s”, otherwise; what stands there"
            " was taken"
        )
    label = str(VOCABULARY.fields[field].label)
    return Remark("told_before", reason % where, told, kept, label)
