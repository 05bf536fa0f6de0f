"""The whole menu of the desk in one file: what there is, for whom, and where one is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from knotenpunkt.foundation.accounts.actors import Actor
from knotenpunkt.foundation.accounts.rights import Right


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a menu. `post` makes it a button in a form."""

    label: str
    url: str
    icon: str
    current: bool = False
    post: bool = False
    count: int = 0


@dataclass(frozen=True, slots=True)
class Area:
    """A part of the desk: its first page, its icon, the right it needs, and its addresses.

    `spaces` begin the names of all addresses that belong to it.
    """

    label: Promise
    page: str
    icon: str
    spaces: tuple[str, ...]
    right: Right = Right.OPEN_DESK
    only_in_demos: bool = False


COMPLETENESS = ("agreements:completeness", "agreements:field", "agreements:invite",
                "agreements:not_needed")  # fmt: skip
MAILBOX = ("mail:mailbox", "mail:received")
PARTNERS = ("partners_desk:", "partners_import:", "partners_duplicates:", "areas:",
            "mailings:consent")  # fmt: skip
OFFERS = ("offers_desk:", "offers_import:", "offers:")
SEARCHES = ("desk:searches", "desk:search_", "desk:words", "desk:word", "desk:shipped_words")
PEOPLE = ("desk:people", "desk:rights", "desk:invitation", "desk:member", "desk:take_role")


@dataclass(frozen=True, slots=True)
class Part:
    """Areas that belong together, parted from the others by a line.

    What has a `label` is folded up until one is on one of its pages.
    """

    areas: tuple[Area, ...]
    label: Promise | None = None
    icon: str = ""


PARTS: tuple[Part, ...] = (
    Part((Area(_("Today"), "desk:today", "sun", ("desk:today",)),)),
    Part((
        Area(_("Requests"), "inbox:list", "phone", ("inbox:",), Right.ANSWER_FAMILIES),
        Area(_("Contact notes"), "notes:list", "edit", ("notes:",), Right.WRITE_NOTES),
    )),
    Part((
        Area(_("Partners"), "partners_desk:list", "network", PARTNERS),
        Area(_("Offers"), "offers_desk:list", "list", OFFERS),
        Area(
            _("People to ask"), "responsibilities:desk_finder", "speech", ("responsibilities:",)
        ),
        Area(_("Library"), "library:list", "book", ("library:",)),
    )),
    Part((
        Area(
            _("Campaigns"), "campaigns:list", "megaphone", ("campaigns:",), Right.READ_INTERNAL
        ),
        Area(
            _("Circulars"), "mailings:circulars", "letter", ("mailings:",), Right.READ_INTERNAL
        ),
        Area(
            _("Audiences"), "mailings:audiences", "filter", ("mailings:audience",),
            Right.READ_INTERNAL,
        ),
        Area(_("Groups"), "groups:list", "people", ("groups:",), Right.READ_INTERNAL),
    )),
    Part((
        Area(_("Data care"), "upkeep:overview", "refresh", ("upkeep:",), Right.READ_INTERNAL),
        Area(_("Search words"), "desk:searches", "search", SEARCHES, Right.READ_INTERNAL),
        Area(
            _("Completeness"), "agreements:completeness", "grid", COMPLETENESS, Right.READ_INTERNAL
        ),
        Area(
            _("Agreements"), "agreements:list", "document", ("agreements:",), Right.READ_INTERNAL
        ),
    )),
    Part((
        Area(_("Mail"), "mail:list", "mail", ("mail:",), Right.SEE_JOBS),
        Area(_("Mailbox of the demo"), "mail:mailbox", "letter", MAILBOX, only_in_demos=True),
    )),
    Part(
        label=_("Administration"),
        icon="sliders",
        areas=(
            Area(_("People and rights"), "desk:people", "people", PEOPLE, Right.INVITE_PEOPLE),
            Area(
                _("Data protection"),
                "desk:privacy",
                "shield",
                ("desk:privacy",),
                Right.CHANGE_NETWORK,
            ),
            Area(_("Change log"), "desk:audit", "clock", ("desk:audit",), Right.READ_AUDIT),
            Area(_("Background work"), "jobs:list", "loop", ("jobs:",), Right.SEE_JOBS),
        ),
    ),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Group:
    """Entries that stand together; with a label they unfold."""

    entries: Sequence[Entry]
    label: str = ""
    icon: str = ""

    @property
    def is_open(self) -> bool:
        """Whether one is on one of its pages."""
        return any(entry.current for entry in self.entries)


def menu(
    actor: Actor, here: str, counts: dict[str, int], *, is_demo: bool = False
) -> Sequence[Group]:
    """What this actor may open; `here` names the page one is on, `counts` says what waits."""
    found = (_group(part, actor, here, counts, is_demo=is_demo) for part in PARTS)
    return [group for group in found if group.entries]


def _group(part: Part, actor: Actor, here: str, counts: dict[str, int], *, is_demo: bool) -> Group:
    shown = [
        area for area in part.areas if actor.may(area.right) and (is_demo or not area.only_in_demos)
    ]
    current = _current(here)
    entries = [
        Entry(
            str(area.label),
            reverse(area.page),
            area.icon,
            current=area is current,
            count=counts.get(area.page, 0),
        )
        for area in shown
    ]
    return Group(entries, str(part.label or ""), part.icon)


def _current(here: str) -> Area | None:
    """The area whose space fits the page's name best: the longest beginning decides."""
    fitting = [
        (len(space), area)
        for part in PARTS
        for area in part.areas
        for space in area.spaces
        if here.startswith(space)
    ]
    return max(fitting, key=lambda one: one[0])[1] if fitting else None
