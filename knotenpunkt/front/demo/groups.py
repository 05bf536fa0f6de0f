"""The groups of a demo network, from `data/<network>/groups-*.jsonl`."""

from __future__ import annotations

import random
from datetime import timedelta

from django.utils import timezone

from knotenpunkt.activities.groups.actions import GroupDraft, add_member, end_group, save_group
from knotenpunkt.activities.groups.models import Function, Group, GroupKind
from knotenpunkt.front.demo.networks import DemoNetwork
from knotenpunkt.front.demo.records import ACTOR, Row, rows_of
from knotenpunkt.registers.partners.models import Contact
from knotenpunkt.registers.partners.rules import holds_role

FIRST = (Function.LEAD, Function.DEPUTY, Function.MINUTES)


def found_groups(demo: DemoNetwork) -> dict[str, Group]:
    """All of them with their members, by their keys in the file."""
    chance = random.Random(f"groups {demo.slug}")  # noqa: S311 - the same at every load
    people = _people()
    return {row["key"]: _group(row, chance.sample(people, row["members"]))
            for row in rows_of(demo, "groups")}  # fmt: skip


def _people() -> list[Contact]:
    """One of each house, by name, so that the same ones are drawn at every load."""
    rows = Contact.objects.filter(holds_role(timezone.localdate()), organisation__left_on=None)
    rows = rows.exclude(person=None).exclude(email="").select_related("organisation")
    by_house = {one.organisation_id: one for one in rows.order_by("organisation__name", "name")}
    return list(by_house.values())


def _group(row: Row, people: list[Contact]) -> Group:
    today = timezone.localdate()
    started = today - timedelta(days=row["since_days"])
    group = save_group(
        actor=ACTOR,
        draft=GroupDraft(
            name=row["name"],
            kind=GroupKind(row["kind"]),
            purpose=row["purpose"],
            is_public=row["public"],
            started_on=started,
        ),
    )
    for place, one in enumerate(people):
        add_member(
            actor=ACTOR,
            group=group,
            organisation=one.organisation,
            contact=one,
            function=FIRST[place] if place < len(FIRST) else Function.MEMBER,
            since=max(started, one.since or started),
        )
    if "ended_days" in row:
        end_group(actor=ACTOR, group=group, on=today - timedelta(days=row["ended_days"]))
    return group
