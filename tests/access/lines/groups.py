"""Groups: read by members, kept by those who keep the register."""

from __future__ import annotations

from uuid import UUID

from knotenpunkt.activities.groups.actions import GroupDraft, add_member, save_group
from knotenpunkt.foundation.accounts.models import User
from knotenpunkt.foundation.networks.models import Network
from tests.access.table import EDITORS, MEMBERS, ROLES, Line, moved
from tests.factories import SYSTEM, make_organisation


def props(network: Network, people: dict[str, User | None]) -> dict[str, UUID]:
    """A group with a member."""
    group = save_group(actor=SYSTEM, draft=GroupDraft("AG Frühe Hilfen"))
    member = add_member(actor=SYSTEM, group=group, organisation=make_organisation("Haus Linde"))
    return {"group": group.pk, "group_member": member.pk}


READING = MEMBERS | {"provider": 403}
UNKNOWN = EDITORS | {"editor": 404, "coordinator": 404}
NOT_READ = READING | {"reader": 404, "editor": 404, "coordinator": 404}
FORMS = {
    "groups:new", "groups:edit", "groups:end", "groups:add_member", "groups:member",
    "groups:end_member", "groups:resume_member",
}  # fmt: skip
ON_A_GROUP = ("groups:edit", "groups:end", "groups:add_member")
ON_A_MEMBER = ("groups:member", "groups:end_member", "groups:resume_member")
BY_POST = ("groups:reopen", "groups:export")
LINES = [
    Line("groups:list", READING),
    Line("groups:list", READING, query="q=frühe&art=working&stand=beendet"),
    Line("groups:new", EDITORS),
    Line("groups:detail", READING, of="group", key="group_id"),
    Line("groups:detail", NOT_READ, of="invented", key="group_id"),
    *(Line(name, EDITORS, of="group", key="group_id") for name in ON_A_GROUP),
    *(Line(name, UNKNOWN, of="invented", key="group_id") for name in ON_A_GROUP),
    Line("groups:add_member", EDITORS, of="group", key="group_id", query="q=linde"),
    *(
        Line(name, EDITORS, of="group", key="group_id", kwargs={"member_id": "group_member"})
        for name in ON_A_MEMBER
    ),
    *(
        Line(name, UNKNOWN, of="group", key="group_id", kwargs={"member_id": "invented"})
        for name in ON_A_MEMBER
    ),
    *(Line(name, dict.fromkeys(ROLES, 405), of="group", key="group_id") for name in BY_POST),
    Line("groups:reopen", moved(EDITORS), of="group", key="group_id", method="post"),
    Line("groups:export", EDITORS, of="group", key="group_id", method="post",
         data={"form": "csv"}),
    Line("groups:export", UNKNOWN, of="group", key="group_id", method="post",
         data={"form": "exe"}),
]  # fmt: skip
