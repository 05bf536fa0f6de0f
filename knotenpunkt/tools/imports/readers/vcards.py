"""Address books (vCard 2.1, 3.0 and 4.0): every card is a row."""

from __future__ import annotations

import quopri
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from knotenpunkt.tools.imports.readers.separated import MAX_ROWS, decode
from knotenpunkt.tools.imports.tables import Cell, Reading, Row, Table, UnreadableFile

SIGN = b"BEGIN:VCARD"
CALENDAR = b"BEGIN:VCALENDAR"
_FOLD = re.compile(r"\r?\n[ \t]")
_SOFT_BREAK = re.compile(r"=\r?\n")
_PROPERTY = re.compile(r"(?:[\w-]+\.)?([\w-]+)((?:;(?:\"[^\"]*\"|[^:\"])*)?):(.*)", re.DOTALL)
_ESCAPED = re.compile(r"\\([nN,;:\\])")
_QUOTED = "QUOTED-PRINTABLE"
_PICTURES = {"PHOTO", "LOGO", "SOUND", "KEY"}
_GENDERS = {"F": "Frau", "M": "Herr"}


@dataclass(frozen=True, slots=True)
class _Property:
    """One line of a card. `words` are its parameters in capitals, with and without names."""

    name: str
    words: frozenset[str]
    value: str


@dataclass(slots=True)
class _Card:
    """What one card says, each value by its column's place in `_columns`."""

    values: dict[str, list[str]] = field(default_factory=dict)
    is_organisation: bool = False
    has_picture: bool = False

    def add(self, key: str, *told: str) -> None:
        """Values that say something."""
        self.values.setdefault(key, []).extend(one.strip() for one in told if one.strip())


def read_vcards(data: bytes) -> Reading:
    """All cards of a file as one table; pictures are named, not kept."""
    text, encoding = decode(data)
    cards = [card for card in map(_card, _cards(text)) if any(card.values.values())]
    if not cards:
        raise UnreadableFile(_("The address book holds no card."))
    if len(cards) > MAX_ROWS:
        raise UnreadableFile(_("The file has too many rows or columns to be a list."))
    columns = {
        key: name for key, name in _columns().items() if any(c.values.get(key) for c in cards)
    }
    rows = tuple(_row(number, card, columns) for number, card in enumerate(cards, start=1))
    left_out = (
        (_("Pictures of people were not kept."),) if any(c.has_picture for c in cards) else ()
    )
    return Reading(f"vCard, {encoding}", (Table("", tuple(columns.values()), rows),), left_out)


def refuse_calendars() -> UnreadableFile:
    """What is said of a file with appointments."""
    return UnreadableFile(
        _("This is a calendar. Please hand in an address book (vCard) or a list.")
    )


def _columns() -> dict[str, str]:
    """What a card may say → how its column is called, as a list would call it."""
    return {
        "id": _("Record id"),
        "salutation": _("Salutation"),
        "title": _("Academic title"),
        "given": _("Given name"),
        "family": _("Family name"),
        "name": _("Name"),
        "organisation": _("Organisation"),
        "department": _("Department"),
        "function": _("Function"),
        "street": _("Street"),
        "postal_code": _("Postal code"),
        "town": _("Town"),
        "phone": _("Telephone"),
        "mobile": _("Mobile"),
        "fax": _("Fax"),
        "email": _("E-mail"),
        "website": _("Website"),
        "tags": _("Keywords"),
        "note": _("Note"),
    }


def _row(number: int, card: _Card, columns: dict[str, str]) -> Row:
    cells: dict[str, Cell] = {
        name: "; ".join(dict.fromkeys(card.values.get(key, ()))) or None
        for key, name in columns.items()
    }
    return Row(number, cells)


def _cards(text: str) -> Iterator[list[_Property]]:
    """The properties of each card; a card within a card is none of its own."""
    depth, waiting = 0, list[_Property]()
    for line in _lines(text):
        bare = line.strip().upper()
        if bare == "BEGIN:VCARD":
            depth += 1
            if depth == 1:
                waiting = []
        elif bare == "END:VCARD":
            if depth == 1:
                yield waiting
                waiting = []
            depth = max(0, depth - 1)
        elif depth == 1 and (told := _property(line)) is not None:
            waiting.append(told)
    if waiting:
        yield waiting


def _lines(text: str) -> Iterator[str]:
    """Whole lines: folded ones are put together, quoted ones only at their soft breaks."""
    waiting = ""
    for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n"):
        if _is_quoted(waiting) and waiting.endswith("="):
            waiting = waiting[:-1] + line
        elif line[:1] in (" ", "\t") and waiting:
            waiting += line[1:]
        else:
            yield waiting
            waiting = line
    yield waiting


def _is_quoted(line: str) -> bool:
    return _QUOTED in line.partition(":")[0].upper()


def _property(line: str) -> _Property | None:
    match = _PROPERTY.fullmatch(line)
    if match is None:
        return None
    words = frozenset(
        word
        for part in match[2].upper().replace('"', "").split(";")
        for word in (part, *part.rpartition("=")[2].split(","))
    )
    value = _unquoted(match[3], words) if _QUOTED in words else match[3]
    return _Property(match[1].upper(), words, value)


def _unquoted(value: str, words: frozenset[str]) -> str:
    charset = next(
        (word.partition("=")[2] for word in words if word.startswith("CHARSET=")), "UTF-8"
    )
    raw = quopri.decodestring(value.encode("utf-8", "replace"))
    try:
        return raw.decode(charset, "replace").replace("\r\n", "\n")
    except LookupError:
        return raw.decode("utf-8", "replace")


def _parts(value: str, sign: str = ";") -> list[str]:
    return [_plain(part) for part in re.split(rf"(?<!\\){sign}", value)]


def _plain(value: str) -> str:
    return _ESCAPED.sub(lambda match: "\n" if match[1] in "nN" else match[1], value)


def _card(told: Sequence[_Property]) -> _Card:
    card = _Card()
    for one in told:
        _take(card, one)
    _settle_name(card)
    return card


def _take(card: _Card, one: _Property) -> None:
    if one.name in _PICTURES:
        card.has_picture = True
    elif one.name == "N":
        family, given, more, title = [*_parts(one.value), "", "", ""][:4]
        card.add("family", family)
        card.add("given", f"{given} {more}".strip())
        card.add("title", title)
    elif one.name == "ORG":
        organisation, *departments = _parts(one.value)
        card.add("organisation", organisation)
        card.add("department", *departments)
    elif one.name == "ADR":
        street, town, _state, code = [*_parts(one.value), "", "", "", "", "", ""][2:6]
        for key, value in (("street", street), ("town", town), ("postal_code", code)):
            card.add(key, value)
    elif one.name == "TEL":
        card.add(_sort_of_number(one.words), _number(one.value))
    elif one.name == "KIND" or one.name == "X-ABSHOWAS":
        card.is_organisation = one.value.strip().lower() in ("org", "company")
    elif one.name == "GENDER":
        card.add("salutation", _GENDERS.get(one.value[:1].upper(), ""))
    elif one.name == "CATEGORIES":
        card.add("tags", *_parts(one.value, ","))
    elif one.name in _SIMPLE:
        card.add(_SIMPLE[one.name], _plain(one.value))


_SIMPLE = {
    "FN": "name", "UID": "id", "TITLE": "function", "ROLE": "function", "EMAIL": "email",
    "URL": "website", "NOTE": "note",
}  # fmt: skip


def _sort_of_number(words: frozenset[str]) -> str:
    if words & {"FAX"}:
        return "fax"
    return "mobile" if words & {"CELL", "MOBILE", "IPHONE"} else "phone"


def _number(value: str) -> str:
    return _plain(value).removeprefix("tel:").partition(";")[0]


def _settle_name(card: _Card) -> None:
    """The formatted name says nothing more where its parts are told, or where it is a firm."""
    names = card.values.get("name", [])
    organisation = card.values.get("organisation", [])
    has_family = any(card.values.get("family", ()))
    if card.is_organisation or (not has_family and names and names == organisation):
        card.values["organisation"] = organisation or names
        for key in ("name", "family", "given"):
            card.values.pop(key, None)
    elif has_family:
        card.values.pop("name", None)
    elif given := card.values.pop("given", []):
        card.values["name"] = names or given
