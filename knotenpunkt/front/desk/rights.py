"""What each role may do, in words."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from knotenpunkt.foundation.accounts.rights import RIGHTS, Right, Role
from knotenpunkt.foundation.core.tables import Cell, Head, Row

# In the order in which people meet them.
SAID = {
    Right.OPEN_DESK: gettext_lazy("Sign in and see published offers"),
    Right.READ_INTERNAL: gettext_lazy("Read drafts, contacts and everything that is not published"),
    Right.EDIT_OWN_ENTRIES: gettext_lazy("Change the offers of one's own organisation"),
    Right.EDIT_REGISTERS: gettext_lazy("Add and change offers, organisations and contacts"),
    Right.PUBLISH: gettext_lazy("Publish offers and take them back"),
    Right.IMPORT: gettext_lazy("Read in whole lists, and undo that"),
    Right.ANSWER_FAMILIES: gettext_lazy("Answer requests of families, and see their numbers"),
    Right.WRITE_NOTES: gettext_lazy("Write and read contact notes"),
    Right.RUN_CAMPAIGNS: gettext_lazy("Run campaigns, orders and what partners do in them"),
    Right.WRITE_TO_MANY: gettext_lazy("Write to many at once, by mail and letter"),
    Right.INVITE_PEOPLE: gettext_lazy("Invite people, give roles and take them away"),
    Right.READ_AUDIT: gettext_lazy("Read who changed what, and when"),
    Right.SEE_JOBS: gettext_lazy("See what runs in the background, and try it again"),
    Right.CHANGE_NETWORK: gettext_lazy("Change the settings of the network"),
}
ABOUT = {
    Role.COORDINATOR: gettext_lazy("keeps everything together, and decides who works here"),
    Role.EDITOR: gettext_lazy("keeps offers and answers families"),
    Role.READER: gettext_lazy("reads along and changes nothing"),
    Role.PROVIDER: gettext_lazy("keeps the offers of one's own organisation"),
}


@dataclass(frozen=True, slots=True)
class Summary:
    """What one role may do and what not, as phrases."""

    may: list[str]
    may_not: list[str]


@dataclass(frozen=True, slots=True)
class Difference:
    """What another role would bring and cost."""

    gained: list[str]
    lost: list[str]


def summary(role: Role) -> Summary:
    """All rights, parted by whether the role has them."""
    has = _held(role)
    return Summary(
        may=[str(text) for right, text in SAID.items() if right in has],
        may_not=[str(text) for right, text in SAID.items() if right not in has],
    )


def _held(role: Role) -> frozenset[Right]:
    """The rights of a role; who may change all offers is not told that those of one are closed."""
    held = frozenset(RIGHTS[role])
    return held | {Right.EDIT_OWN_ENTRIES} if Right.EDIT_REGISTERS in held else held


def difference(former: Role, role: Role) -> Difference:
    """From one role to another."""
    before, after = _held(former), _held(role)
    return Difference(
        gained=[str(text) for right, text in SAID.items() if right in after - before],
        lost=[str(text) for right, text in SAID.items() if right in before - after],
    )


def comparison_columns() -> list[Head]:
    """The four roles side by side."""
    return [Head(_("Right")), *(Head(str(role.label)) for role in Role)]


def comparison_rows() -> list[Row]:
    """One row for each right."""
    return [Row([Cell(str(text)), *_answers(right)]) for right, text in SAID.items()]


def _answers(right: Right) -> list[Cell]:
    return [
        Cell(_("yes"), label=str(role.label), state="active")
        if right in _held(role)
        else Cell(_("no"), label=str(role.label), state="none")
        for role in Role
    ]


def role_choices() -> list[tuple[str, str]]:
    """The roles for a form, each with half a sentence about it."""
    return [(role.value, f"{role.label}: {ABOUT[role]}") for role in Role]
