"""Who is named in a row, and which numbers and mails are whose."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _

from knotenpunkt.foundation.core.folding import fold
from knotenpunkt.registers.partners.imports.drafts.shapes import ContactDraft, Number, Values
from knotenpunkt.registers.partners.models import WayForm
from knotenpunkt.tools.imports.cells import Cells
from knotenpunkt.tools.imports.cleaning import contacts
from knotenpunkt.tools.imports.cleaning.dates import day
from knotenpunkt.tools.imports.cleaning.people import PersonName, people
from knotenpunkt.tools.imports.cleaning.texts import show
from knotenpunkt.tools.imports.tables import Cell

_NUMBERED = re.compile(r"(\d)\s*\)?$")
_LEFT = re.compile(r"ausgeschieden|nicht mehr|verstorben|ruhestand|rente\b", re.IGNORECASE)
_UNTIL = re.compile(r"\bbis\s+(?:ende\s+)?([\d./]+)", re.IGNORECASE)
_LISTED = re.compile(r"\s*[;\n/]\s*")
_GENERAL_MAILBOX = re.compile(
    r"(?:info|kontakt|post|poststelle|mail|buero|büro|office|zentrale|sekretariat|verwaltung|"
    r"kita|hort|schule|praxis|team|leitung|beratung|familienzentrum)\d*$",
    re.IGNORECASE,
)
WAYS = ("phones", "mobiles", "faxes", "emails")


def contacts_of(cells: Cells) -> list[ContactDraft]:
    """Everybody whom the row names, each with what is theirs; an office for the rest."""
    found: list[ContactDraft] = []
    for number in _numbers(cells):
        found += _group(cells, number)
    _end_roles(cells, found)
    office = _office(cells)
    rest = [one for one in found if one.person is None]
    told = [one for one in found if one.person is not None]
    for one in rest:
        office = _joined(office, one)
    return [*told, *([office] if office else [])]


def _numbers(cells: Cells) -> list[str]:
    """ "1" and "2" of "Ansprechpartner 1", "Ansprechpartner 2"; "" where nothing is numbered."""
    names = [*_columns(cells, "contact_name"), *_columns(cells, "family_name")]
    told = sorted({_number_of(name) for name in names} - {""})
    return [*([""] if not told or _unnumbered(cells) else []), *told]


def _unnumbered(cells: Cells) -> bool:
    keys = ("contact_name", "family_name", "full_name", "given_name")
    return any(not _number_of(name) for key in keys for name in _columns(cells, key))


def _number_of(column: str) -> str:
    match = _NUMBERED.search(column)
    return match[1] if match else ""


def _columns(cells: Cells, key: str) -> tuple[str, ...]:
    return cells.mapping.columns.get(key, ())


def _told(cells: Cells, key: str, number: str) -> list[Cell]:
    """The cells of a field that belong to this number; all, where people are not numbered."""
    told = cells.mapping.cells(cells.row, key)
    numbered = len(_numbers(cells)) > 1 or number
    return [cell for name, cell in told if not numbered or _number_of(name) == number]


def _group(cells: Cells, number: str) -> list[ContactDraft]:
    named = _named(cells, number)
    ways = [cell for key in WAYS for cell in _told(cells, key, number)]
    if not named:
        return [_with_all(cells, ContactDraft(), number)] if ways else []
    people_of_it = [_contact(one) for one in named]
    _add_functions(cells, people_of_it, number)
    persons = [one for one in people_of_it if one.person is not None]
    if len(people_of_it) == 1:
        return [_with_all(cells, people_of_it[0], number)]
    rest = ContactDraft()
    _share_mails(persons, _mails(cells, number), rest)
    _share_phones(persons, _phones(cells, number), rest)
    return [*people_of_it, *([rest] if rest.email or rest.phones else [])]


def _named(cells: Cells, number: str) -> list[PersonName]:
    parts = [_one(cells, key, number) for key in ("family_name", "given_name")]
    if parts[0]:
        return _from_parts(cells, number, *parts)
    found: list[PersonName] = []
    for key in ("contact_name", "full_name"):
        for cell in _told(cells, key, number):
            named = cells.keep(key, people(cell))
            found += named
    if len(found) == 1:
        found = [_with_parts(cells, found[0], number)]
    return found


def _one(cells: Cells, key: str, number: str) -> str:
    return " ".join(show(cell).strip() for cell in _told(cells, key, number))


def _from_parts(cells: Cells, number: str, family: str, given: str) -> list[PersonName]:
    """Names in columns of their own; several in one cell are left to the reader of names."""
    told = [part for part in _LISTED.split(family) if part]
    if len(told) > 1:
        named = cells.keep("family_name", people(family))
        return list(named)
    title = _one(cells, "person_title", number)
    line = " ".join(filter(None, (_salutation(cells, number), title, f"{family}, {given}")))
    found = cells.keep("family_name", people(line.strip(" ,")))
    return list(found[:1])


def _with_parts(cells: Cells, name: PersonName, number: str) -> PersonName:
    salutation = name.salutation or _salutation(cells, number)
    title = name.title or _one(cells, "person_title", number)
    if name.is_office:
        return name
    return PersonName(salutation, title[:60], name.given, name.family, name.function, name.note)


def _salutation(cells: Cells, number: str) -> str:
    told = fold(_one(cells, "salutation", number)).split()
    if {"frau", "w", "weiblich", "geehrte"} & set(told):
        return "Frau"
    return "Herr" if {"herr", "herrn", "m", "maennlich", "geehrter"} & set(told) else ""


def _contact(name: PersonName) -> ContactDraft:
    if name.is_office:
        return ContactDraft(function=name.function, note=name.note)
    person: Values = {
        "salutation": name.salutation[:20],
        "title": name.title[:60],
        "given_name": name.given[:120],
        "family_name": name.family[:120],
    }
    has_left = bool(_LEFT.search(name.note))
    until = _UNTIL.search(name.note)
    left_on = _date(until[1]) if until else None
    return ContactDraft(
        person=person,
        function=name.function[:200],
        note=name.note,
        has_left=has_left or left_on is not None,
        left_on=left_on,
    )


def _date(told: str) -> str | None:
    found = day(told).value
    return found.isoformat() if found else None


def _add_functions(cells: Cells, found: Sequence[ContactDraft], number: str) -> None:
    told = _one(cells, "contact_function", number)
    parts = [part for part in _LISTED.split(told) if part]
    many = len(found) > 1 and len(parts) == len(found)
    for place, one in enumerate(found):
        one.function = one.function or (parts[place] if many else told)[:200]
        one.profession = _one(cells, "profession", "")[:120]


def _with_all(cells: Cells, one: ContactDraft, number: str) -> ContactDraft:
    """All ways of the row belong to this one."""
    mails = _mails(cells, number)
    if len(mails) > 1:
        reason = _("holds more than one mail address; the first one was taken")
        cells.remark("emails", "more_mails", reason, "; ".join(mails), mails[0])
    one.email = mails[0] if mails else ""
    one.phones = _phones(cells, number)
    return one


def _mails(cells: Cells, number: str) -> list[str]:
    told = [
        mail
        for cell in _told(cells, "emails", number)
        for mail in cells.keep("emails", contacts.mails(cell))
    ]
    if not told:
        told = [
            mail
            for cell in _told(cells, "contact_name", number)
            if "@" in show(cell)
            for mail in contacts.mails(cell).value
        ]
    return list(dict.fromkeys(told))


def _phones(cells: Cells, number: str) -> list[Number]:
    forms = (("phones", WayForm.PHONE), ("mobiles", WayForm.MOBILE))
    found = [
        one
        for key, form in forms
        for cell in _told(cells, key, number)
        for one in _numbers_in(cells, key, cell, form)
    ]
    if not found:
        found = [one for cell in _told(cells, "contact_name", number) for one in _within_name(cell)]
    faxes = [
        one
        for cell in _told(cells, "faxes", number)
        for one in _numbers_in(cells, "faxes", cell, WayForm.FAX)
    ]
    return _distinct([*found, *faxes])


_INSIDE = re.compile(r"[+0][\d\s()/\-–]{5,}\d")


def _within_name(cell: Cell) -> list[Number]:
    told = " ; ".join(match[0] for match in _INSIDE.finditer(show(cell)))
    found = contacts.telephones(told).value if told else ()
    return [_number(one, WayForm.PHONE) for one in found]


def _numbers_in(cells: Cells, key: str, cell: Cell, form: WayForm) -> list[Number]:
    return [_number(one, form) for one in cells.keep(key, contacts.telephones(cell))]


def _number(one: contacts.Telephone, form: WayForm) -> Number:
    is_mobile = re.match(r"\+491[567]", one.dialled)
    kind = WayForm.MOBILE if form == WayForm.PHONE and is_mobile else form
    return [kind.value, one.shown, one.dialled, one.note]


def _distinct(found: Iterable[Number]) -> list[Number]:
    """Each number once, also when it is written in two ways."""
    return list({one[2] or one[1]: one for one in found}.values())


def _share_mails(found: Sequence[ContactDraft], mails: Sequence[str], rest: ContactDraft) -> None:
    """Whose name stands in it, or in the same order; a general mailbox is the office's."""
    left = list(mails)
    for one in found:
        mine = next((mail for mail in left if _is_named(one, mail)), "")
        if mine:
            one.email = mine
            left.remove(mine)
    open_ones = [one for one in found if not one.email]
    personal = [mail for mail in left if not _GENERAL_MAILBOX.match(mail.partition("@")[0])]
    if len(personal) == len(open_ones):
        for one, mail in zip(open_ones, personal, strict=True):
            one.email = mail
            left.remove(mail)
    if left:
        rest.email = left[0]


def _is_named(one: ContactDraft, mail: str) -> bool:
    family = fold(str((one.person or {}).get("family_name", ""))).replace(" ", "")
    local = re.sub(r"[^a-z]", "", fold(mail.partition("@")[0]))
    return len(family) > 2 and family in local


def _share_phones(
    found: Sequence[ContactDraft], numbers: Sequence[Number], rest: ContactDraft
) -> None:
    left = list(numbers)
    for one in found:
        family = fold(str((one.person or {}).get("family_name", "")))
        mine = [number for number in left if family and family in fold(number[3])]
        one.phones += mine
        left = [number for number in left if number not in mine]
    if left and len(left) == len([one for one in found if not one.phones]):
        for one, number in zip((o for o in found if not o.phones), left, strict=True):
            one.phones.append(number)
        return
    rest.phones += left


def _end_roles(cells: Cells, found: Iterable[ContactDraft]) -> None:
    since = _day(cells, "since")
    left_on = _day(cells, "left_on")
    has_left = left_on is not None or _says_so(cells)
    for one in found:
        if one.person is not None:
            one.since = one.since or since
            one.left_on = one.left_on or left_on
            one.has_left = one.has_left or has_left


def _says_so(cells: Cells) -> bool:
    """ "ja", "x" in the column "ausgeschieden", or "ausgeschieden" in that of the state."""
    told = fold(cells.text("left_on", 60))
    state = fold(cells.text("status", 60))
    return told in {"ja", "x", "1", "true", "ausgeschieden"} or bool(_LEFT.search(state))


def _day(cells: Cells, key: str) -> str | None:
    cell = cells.raw(key)
    if not any(sign.isdigit() for sign in show(cell)):
        return None
    found = day(cell).value
    return found.isoformat() if found else None


def _office(cells: Cells) -> ContactDraft | None:
    mails = [
        mail
        for _name, cell in cells.mapping.cells(cells.row, "office_emails")
        for mail in cells.keep("office_emails", contacts.mails(cell))
    ]
    phones = [
        one
        for _name, cell in cells.mapping.cells(cells.row, "office_phones")
        for one in _numbers_in(cells, "office_phones", cell, WayForm.PHONE)
    ]
    if not (mails or phones):
        return None
    return ContactDraft(email=mails[0] if mails else "", phones=_distinct(phones))


def _joined(office: ContactDraft | None, other: ContactDraft) -> ContactDraft:
    """An organisation has one office; what several cells say of it comes together."""
    if office is None:
        return other
    office.function = office.function or other.function
    office.email = office.email or other.email
    office.phones = _distinct([*office.phones, *other.phones])
    return office
