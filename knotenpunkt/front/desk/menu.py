"""The whole menu of the desk in one file: what there is, for whom, and where one is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
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


COMPLETENESS = tuple(
    f"agreements:{page}" for page in ("completeness", "field", "invite", "not_needed")
)
AGREEMENTS = tuple(
    f"agreements:{page}"
    for page in ("list", "new", "detail", "edit", "end", "sign", "remove_p", "add_paper")
)
ASKING = ("responsibilities:desk_finder",)
RESPONSIBILITIES = tuple(
    f"responsibilities:{page}" for page in ("list", "new", "gaps", "remove", "edit")
)
MAIL = tuple(f"mail:{page}" for page in ("list", "message", "mailing", "suppressed", "take_off"))
MAILBOX = ("mail:mailbox", "mail:received")
PARTNERS = ("partners_desk:", "partners_import:", "partners_duplicates:", "areas:region",
            "areas:new_region", "areas:remove_region")  # fmt: skip
PEOPLE = ("desk:people", "desk:rights", "desk:invitation", "desk:member", "desk:take_role")
# Groups are parted by a line.
AREAS: tuple[tuple[Area, ...], ...] = (
    (Area(_("Today"), "desk:today", "sun", ("desk:today",)),),
    (
        Area(_("Requests"), "inbox:list", "phone", ("inbox:",), Right.ANSWER_FAMILIES),
        Area(_("Contact notes"), "notes:list", "edit", ("notes:",), Right.WRITE_NOTES),
    ),
    (
        Area(_("Partners"), "partners_desk:list", "network", PARTNERS),
        Area(_("Offers"), "offers_desk:list", "list", ("offers_desk:", "offers_import:")),
        Area(_("Find offers"), "offers:finder", "search", ("offers:",)),
    ),
    (
        Area(_("Whom can I ask?"), "responsibilities:desk_finder", "speech", ASKING),
        Area(
            _("Responsibilities"),
            "responsibilities:list",
            "tag",
            RESPONSIBILITIES,
            Right.READ_INTERNAL,
        ),
        Area(_("Library"), "library:list", "book", ("library:",)),
    ),
    (
        Area(
            _("Completeness"), "agreements:completeness", "grid", COMPLETENESS, Right.READ_INTERNAL
        ),
        Area(_("Agreements"), "agreements:list", "document", AGREEMENTS, Right.READ_INTERNAL),
        Area(_("Data care"), "upkeep:overview", "refresh", ("upkeep:",), Right.READ_INTERNAL),
    ),
    (
        Area(_("People and rights"), "desk:people", "people", PEOPLE, Right.INVITE_PEOPLE),
        Area(
            _("Data protection"), "desk:privacy", "shield", ("desk:privacy",), Right.CHANGE_NETWORK
        ),
        Area(_("Change log"), "desk:audit", "clock", ("desk:audit",), Right.READ_AUDIT),
        Area(_("Mail"), "mail:list", "mail", MAIL, Right.SEE_JOBS),
        Area(_("Mailbox of the demo"), "mail:mailbox", "letter", MAILBOX, only_in_demos=True),
        Area(_("Background work"), "jobs:list", "sliders", ("jobs:",), Right.SEE_JOBS),
    ),
)


def menu(
    actor: Actor, here: str, counts: dict[str, int], *, is_demo: bool = False
) -> Sequence[Sequence[Entry]]:
    """What this actor may open; `here` names the page one is on, `counts` says what waits."""
    shown = ([area for area in group if is_demo or not area.only_in_demos] for group in AREAS)
    groups = (list(_entries(group, actor, here, counts)) for group in shown)
    return [group for group in groups if group]


def _entries(
    group: Sequence[Area], actor: Actor, here: str, counts: dict[str, int]
) -> Iterator[Entry]:
    for area in group:
        if actor.may(area.right):
            yield Entry(
                str(area.label),
                reverse(area.page),
                area.icon,
                current=here.startswith(area.spaces),
                count=counts.get(area.page, 0),
            )
