"""Changes of partners in words: which field, what it said, what it says now."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from knotenpunkt.foundation.core import spoken
from knotenpunkt.foundation.core.comparing import Change, pieces
from knotenpunkt.foundation.core.versions import Clash, SaidClash
from knotenpunkt.registers.partners.models import (
    Audience,
    Level,
    PartnerKind,
    Purpose,
    WayForm,
)

LABELS = {
    "name": gettext_lazy("Name"),
    "level": gettext_lazy("Body or facility"),
    "body": gettext_lazy("Body"),
    "kind": gettext_lazy("Kind of partner"),
    "sub_kind": gettext_lazy("Own kind"),
    "regions": gettext_lazy("Regions"),
    "place": gettext_lazy("Place"),
    "venue": gettext_lazy("House"),
    "street": gettext_lazy("Street and number"),
    "postal_code": gettext_lazy("Postal code"),
    "town": gettext_lazy("Town"),
    "website": gettext_lazy("Website"),
    "description": gettext_lazy("What does it do?"),
    "tags": gettext_lazy("Tags"),
    "internal_note": gettext_lazy("Internal note"),
    "joined_on": gettext_lazy("Partner of the network since"),
    "left_on": gettext_lazy("No longer there since"),
    "confirmed_on": gettext_lazy("Last confirmed"),
    "confirm_months": gettext_lazy("Asked again after months"),
    "approves_changes": gettext_lazy("Changes wait for approval"),
    "is_public": gettext_lazy("Shown to families"),
    "is_internal": gettext_lazy("Only for members"),
    "salutation": gettext_lazy("Salutation"),
    "title": gettext_lazy("Title"),
    "given_name": gettext_lazy("Given name"),
    "family_name": gettext_lazy("Family name"),
    "profession": gettext_lazy("Professional group"),
    "person": gettext_lazy("Person"),
    "function": gettext_lazy("Task"),
    "since": pgettext_lazy("of a role", "Since"),
    "until": gettext_lazy("Last day"),
    "email": gettext_lazy("E-mail address"),
    "phone": gettext_lazy("Telephone"),
    "phones": gettext_lazy("Telephone numbers"),
    "name_audience": gettext_lazy("Who sees the name"),
    "email_audience": gettext_lazy("Who sees the e-mail address"),
    "name_ground": gettext_lazy("Ground for the name"),
    "email_ground": gettext_lazy("Ground for the e-mail address"),
    "email_purpose": gettext_lazy("Purpose of the e-mail address"),
    "answers_inquiries": gettext_lazy("Is asked whether the entries are still true"),
    "position": gettext_lazy("Order"),
    "file": gettext_lazy("File"),
}
DEEDS = {
    "partners.create": gettext_lazy("Added"),
    "partners.change": gettext_lazy("Changed"),
    "partners.create_person": gettext_lazy("Added"),
    "partners.change_person": gettext_lazy("Changed"),
    "partners.create_contact": gettext_lazy("New contact"),
    "partners.change_contact": gettext_lazy("Contact changed"),
    "partners.remove_contact": gettext_lazy("Contact removed"),
    "partners.end_link": gettext_lazy("Personal link ended"),
    "partners.release": gettext_lazy("Who may see a way was decided"),
    "partners.take_part": gettext_lazy("Took part in something"),
    "partners.add_file": gettext_lazy("File added"),
    "partners.remove_file": gettext_lazy("File removed"),
    "partners.represent": gettext_lazy("A provider keeps the entries"),
    "partners.stop_representing": gettext_lazy("A provider no longer keeps the entries"),
    "partners.merge": gettext_lazy("Merged"),
    "partners.split": gettext_lazy("Taken apart again"),
}
CHOICES: dict[str, Any] = {
    "level": Level,
    "kind": PartnerKind,
    "name_audience": Audience,
    "email_audience": Audience,
    "email_purpose": Purpose,
}
PROSE = {"name", "description", "internal_note"}
DAYS = {"joined_on", "left_on", "confirmed_on", "since", "until"}


@dataclass(frozen=True, slots=True)
class Deed:
    """One entry of the history, in words."""

    id: UUID
    what: str
    who: str
    when: str
    day: date
    changes: Sequence[Change] = field(default_factory=list)
    about: str = ""


Names = dict[str, str]


def change(name: str, pair: Any, names: Names) -> Change:
    """One field that changed, in words; `names` are those behind the keys in the audit."""
    label = str(LABELS.get(name, name))
    if not isinstance(pair, list) or len(pair) != 2:
        return Change(label, note=_("Details are not kept."))
    old, new = pair
    if name in PROSE and old and new:
        return Change(label, pieces=pieces(str(old), str(new)))
    before, after = said(name, old, names), said(name, new, names)
    if isinstance(old, list) and isinstance(new, list):
        return Change(
            label,
            gone=[one for one in before if one not in after],
            came=[one for one in after if one not in before],
        )
    return Change(label, gone=before, came=after)


def changes_of(told: dict[str, Any], names: Names) -> list[Change]:
    """All changes of an entry, in the order of the forms."""
    order = list(LABELS)
    placed = sorted(
        told.items(), key=lambda one: order.index(one[0]) if one[0] in order else len(order)
    )
    return [change(name, pair, names) for name, pair in placed]


def keys_in(changes: Iterable[dict[str, Any]]) -> set[str]:
    """The keys of records that these changes name."""
    found = set()
    for told in changes:
        for name in ("body", "sub_kind", "place", "profession", "person"):
            pair = told.get(name)
            found |= {str(one) for one in pair if one} if isinstance(pair, list) else set()
    return {one for one in found if is_key(one)}


def is_key(text: str) -> bool:
    """Whether this is the key of a record."""
    try:
        UUID(text)
    except ValueError:
        return False
    return True


def said(name: str, value: Any, names: Names) -> list[str]:
    """A value of the audit or of a form in words, line by line."""
    if value in (None, "", [], {}):
        return []
    if isinstance(value, bool):
        return [_("yes") if value else _("no")]
    if isinstance(value, list):
        return [_said_one(one, names) for one in value]
    if name in CHOICES:
        kinds = CHOICES[name]
        return [str(kinds(value).label) if value in kinds.values else str(value)]
    if name in DAYS:
        return [spoken.full_date(date.fromisoformat(str(value)))]
    if is_key(str(value)):
        return [names.get(str(value), _("a record that is no longer kept"))]
    return [str(value)]


def _said_one(one: Any, names: Names) -> str:
    """A number with its circle, a name, or a key."""
    if isinstance(one, list):
        shown, note, form, _purpose, audience, _ground = one
        told = [WayForm(form).label, shown, f"({note})" if note else "", Audience(audience).label]
        return " ".join(str(part) for part in told if part)
    return names.get(str(one), str(one))


def clashes(found: Sequence[Clash], names: Names) -> list[SaidClash]:
    """Both versions of what two people changed at once."""
    return [
        SaidClash(
            field=one.field,
            label=str(LABELS.get(one.field, one.field)),
            mine=said(one.field, one.mine, names) or [_("empty")],
            theirs=said(one.field, one.theirs, names) or [_("empty")],
            mark=one.mark,
        )
        for one in found
    ]
