"""Personal data in groups."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from knotenpunkt.activities.groups import actions
from knotenpunkt.activities.groups.models import Group, Member
from knotenpunkt.foundation.core.personal_data import Expired, Holding, Person

HOLDINGS = (
    Holding(
        what="groups: who speaks for a member, with which function, from when until when",
        why="so that groups can work: who leads them, who is invited, whom one may ask",
        legal_basis="Art. 6 (1) e GDPR with § 3 KKG",
        term="three years after somebody left the group; afterwards only that the organisation was"
        " a member",
        where=("groups.Member.contact",),
    ),
    Holding(
        what="groups: name, purpose and a note of the desk, which may name people",
        why="so that everybody knows what a group works on",
        legal_basis="Art. 6 (1) e GDPR with § 3 KKG",
        term="as long as the group is kept",
        where=("groups.Group.name", "groups.Group.purpose", "groups.Group.internal_note"),
    ),
)


def export(person: Person) -> list[dict[str, Any]]:
    """The groups that this person is or was in."""
    return [
        {
            "group": one.group.name,
            "organisation": one.organisation.name,
            "function": str(one.get_function_display()),
            "since": one.since,
            "until": one.until,
        }
        for one in _of(person)
    ]


def erase(person: Person) -> int:
    """Only that their organisation was a member stays."""
    return actions.forget_speaker(_of(person))


def mentions(person: Person) -> list[str]:
    """Groups whose words name the person; an editor looks at them."""
    return [
        _("group “%(name)s”") % {"name": one.name}
        for one in Group.objects.iterator()
        if person.appears_in(f"{one.name} {one.purpose} {one.internal_note}")
    ]


def expire() -> list[Expired]:
    """Take out whoever left a group long ago."""
    return [actions.forget_former(today=timezone.localdate())]


def _of(person: Person) -> list[Member]:
    mine = Q(contact__in=person.ids) | Q(contact__person__in=person.ids)
    return list(Member.objects.filter(mine).select_related("group", "organisation"))
