"""Two records side by side, field by field: what each says, and what we would keep."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from knotenpunkt.foundation.core import spoken
from knotenpunkt.registers.partners.duplicates.following import leading_to
from knotenpunkt.registers.partners.models import (
    Contact,
    Level,
    Organisation,
    PartnerKind,
    Person,
)
from knotenpunkt.registers.partners.saying import LABELS

A, B, BOTH = "a", "b", "beide"
Record = Organisation | Person
ORGANISATION = ("name", "level", "kind", "sub_kind", "body", "place", "website", "description",
                "internal_note", "joined_on", "left_on", "confirmed_on")  # fmt: skip
PERSON = ("salutation", "title", "given_name", "family_name", "profession", "internal_note",
          "left_on", "confirmed_on")  # fmt: skip
TEXTS = frozenset({"description", "internal_note"})
MARKED = frozenset({"name", "place", "website", "given_name", "family_name", "title"})
MOST_NAMED = 6


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a value; `marked` where the other says it otherwise."""

    text: str
    marked: bool = False


@dataclass(frozen=True, slots=True)
class Option:
    """What one of both says. `value` is what the form sends."""

    value: str
    parts: Sequence[Part]
    picked: bool

    @property
    def text(self) -> str:
        """Without marks."""
        return "".join(part.text for part in self.parts)


@dataclass(frozen=True, slots=True)
class FieldRow:
    """One field of the comparison; without options both say the same."""

    name: str
    label: str
    options: Sequence[Option]
    both: Option | None = None

    @property
    def result(self) -> str:
        """As it becomes, unless somebody chooses otherwise."""
        options = [*self.options, *([self.both] if self.both else [])]
        return next(one.text for one in options if one.picked)


@dataclass(frozen=True, slots=True)
class Collected:
    """What both bring along: it comes together."""

    label: str
    first: Sequence[str]
    second: Sequence[str]
    result: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """Everything that the page shows of a pair. `same` are fields in which both agree."""

    rows: Sequence[FieldRow]
    same: Sequence[tuple[str, str]]
    collected: Sequence[Collected]


def in_order(one: Record, other: Record) -> tuple[Record, Record]:
    """The one that stays first: confirmed last, else with more that leads to it."""
    return (one, other) if _weight(one) >= _weight(other) else (other, one)


def _weight(record: Record) -> tuple[date, bool, int]:
    still_there = record.left_on is None
    return record.confirmed_on or date.min, still_there, sum(1 for _row in leading_to(record))


def comparison(first: Record, second: Record) -> Comparison:
    """Field by field, then what hangs on them."""
    rows, same = [], []
    for name in names_of(first):
        row = _row(name, first, second)
        if row is not None:
            rows.append(row)
        elif told := said(first, name):
            same.append((_label(name), told))
    return Comparison(rows, same, list(_collected(first, second)))


def names_of(record: Record) -> Sequence[str]:
    """The fields that are chosen one by one."""
    return ORGANISATION if isinstance(record, Organisation) else PERSON


def chosen_values(first: Record, second: Record, told: Mapping[str, str]) -> dict[str, Any]:
    """What the first becomes: field → value, by what the form says or else by our suggestion."""
    values: dict[str, Any] = {}
    for name in names_of(first):
        row = _row(name, first, second)
        if row is None:
            continue
        default = next(one.value for one in (*row.options, row.both) if one and one.picked)
        answer = told.get(name, default)
        if answer == BOTH and row.both is not None:
            values[name] = row.both.text
        else:
            values[name] = getattr(second if answer == B else first, name)
    if isinstance(first, Organisation) and isinstance(second, Organisation):
        values["is_public"] = first.is_public or second.is_public
        if values.get("level", first.level) == Level.BODY:
            values["body"] = None
    if values.get("body") in (first, second):
        values["body"] = None
    return values


def _label(name: str) -> str:
    return str(_("Address") if name == "place" else LABELS.get(name, name))


def _row(name: str, first: Record, second: Record) -> FieldRow | None:
    here, there = said(first, name), said(second, name)
    if here == there:
        return None
    picked = _suggested(name, first, second, here, there)
    marks = _marked(here, there) if name in MARKED else ((Part(here),), (Part(there),))
    both = None
    if name in TEXTS and here and there:
        both = Option(BOTH, (Part(f"{here}\n{there}"),), picked == BOTH)
    options = (Option(A, marks[0], picked == A), Option(B, marks[1], picked == B))
    return FieldRow(name, _label(name), options, both)


def _suggested(name: str, first: Record, second: Record, here: str, there: str) -> str:
    """What says more; of two that say as much the first."""
    if not here or not there:
        return A if here else B
    if name in TEXTS:
        return BOTH
    if name == "kind":
        return B if first.kind == PartnerKind.OTHER else A  # type: ignore[union-attr]
    if name == "place":
        return B if _digits(there) > _digits(here) else A
    if name == "given_name":
        return B if len(here.rstrip(".")) < 2 < len(there) else A
    if name == "confirmed_on":
        return B if second.confirmed_on > first.confirmed_on else A  # type: ignore[operator]
    return A


def _digits(text: str) -> int:
    """A house number and a postal code make an address exact."""
    return sum(sign.isdigit() for sign in text) + text.count(" a")


def said(record: Record, name: str) -> str:
    """A field in words; "" where nothing is said."""
    value = getattr(record, name)
    if value is None or value == "":
        return ""
    if name in _IN_WORDS:
        return _IN_WORDS[name](value)
    return spoken.full_date(value) if isinstance(value, date) else str(value)


_IN_WORDS: dict[str, Callable[[Any], str]] = {
    "kind": lambda value: str(PartnerKind(value).label),
    "level": lambda value: str(Level(value).label),
    "place": lambda place: str(place.address_line or place.one_line),
}


def _marked(here: str, there: str) -> tuple[Sequence[Part], Sequence[Part]]:
    if not here or not there:
        return (Part(here),), (Part(there),)
    first, second = [], []
    matcher = SequenceMatcher(a=here, b=there, autojunk=False)
    if matcher.ratio() < 0.4:
        return (Part(here),), (Part(there),)
    for tag, a1, a2, b1, b2 in matcher.get_opcodes():
        first.append(Part(here[a1:a2], tag != "equal"))
        second.append(Part(there[b1:b2], tag != "equal"))
    return [one for one in first if one.text], [one for one in second if one.text]


def _collected(first: Record, second: Record) -> Sequence[Collected]:
    here, there = _things(first), _things(second)
    found = []
    for label in here:
        one, two = here[label], there[label]
        if one or two:
            all_of = list(dict.fromkeys((*one, *two)))
            found.append(Collected(str(label), _named(one), _named(two), _together(all_of)))
    return found


def _named(told: Sequence[str]) -> list[str]:
    more = len(told) - MOST_NAMED
    rest = [_("and %(count)d more") % {"count": more}] if more > 0 else []
    return [*told[:MOST_NAMED], *rest]


def _together(told: Sequence[str]) -> str:
    if len(told) <= 2:
        return "\n".join(told)
    return ngettext("%(count)d entry", "%(count)d entries", len(told)) % {"count": len(told)}


def _things(record: Record) -> dict[Any, list[str]]:
    """What hangs on a record and has a name, by what it is called."""
    contacts = list(_contacts(record))
    ways = [phone.shown for one in contacts for phone in one.phones.all()]
    mails = [one.email for one in contacts if one.email]
    told: dict[Any, list[str]] = {
        gettext_lazy("Telephone"): list(dict.fromkeys(ways)),
        gettext_lazy("E-mail"): list(dict.fromkeys(mails)),
    }
    if isinstance(record, Organisation):
        told[gettext_lazy("People")] = [str(one.person) for one in contacts if one.person]
        told[gettext_lazy("Facilities")] = [one.name for one in record.facilities.all()]
        links = record.region_links.select_related("region")
        told[gettext_lazy("Regions")] = [link.region.name for link in links]
    else:
        told[gettext_lazy("Works at")] = [_role(one) for one in contacts]
    tags = record.tag_links.select_related("tag").order_by("tag__name")
    told[gettext_lazy("Tags")] = [link.tag.name for link in tags]
    return told


def _contacts(record: Record) -> Any:
    wanted = {"organisation" if isinstance(record, Organisation) else "person": record}
    rows = Contact.objects.filter(**wanted).select_related("person", "organisation")
    return rows.prefetch_related("phones")


def _role(one: Contact) -> str:
    return f"{one.organisation.name} ({one.function})" if one.function else one.organisation.name


# By the name of the table; what is not named here counts as another entry.
_MOVING = {
    "contact": lambda n: ngettext("%(count)s contact", "%(count)s contacts", n),
    "offer": lambda n: ngettext("%(count)s offer", "%(count)s offers", n),
    "offercontact": lambda n: ngettext("%(count)s offer", "%(count)s offers", n),
    "party": lambda n: ngettext("%(count)s agreement", "%(count)s agreements", n),
    "involvement": lambda n: ngettext("%(count)s participation", "%(count)s participations", n),
    "message": lambda n: ngettext("%(count)s mail", "%(count)s mails", n),
    "note": lambda n: ngettext("%(count)s note", "%(count)s notes", n),
    "partnerfile": lambda n: ngettext("%(count)s file", "%(count)s files", n),
    "organisation": lambda n: ngettext("%(count)s facility", "%(count)s facilities", n),
}
_SILENT = frozenset({"link", "step", "job", "serves", "tagging", "entry"})


def moving(absorbed: Record) -> str:
    """What moves along, in one sentence; "" when nothing does."""
    counted: dict[str, int] = {}
    for row, _column in leading_to(absorbed):
        name = row._meta.model_name or ""
        if name not in _SILENT:
            kind = name if name in _MOVING else ""
            counted[kind] = counted.get(kind, 0) + 1
    told = [
        _MOVING[name](count) % {"count": spoken.number(count)}
        for name, count in counted.items()
        if name
    ]
    if others := counted.get(""):
        words = ngettext("%(count)s other entry", "%(count)s other entries", others)
        told.append(words % {"count": spoken.number(others)})
    if not told:
        return ""
    listed = _(" and ").join([", ".join(told[:-1]), told[-1]]) if len(told) > 1 else told[0]
    return _("Moving along: %(what)s.") % {"what": listed}
