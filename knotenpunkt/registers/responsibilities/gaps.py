"""Where nobody answers: topics × regions, for families or for professionals."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from knotenpunkt.registers.areas.models import Region
from knotenpunkt.registers.offers.models import Branch, Topic
from knotenpunkt.registers.responsibilities import rules
from knotenpunkt.registers.responsibilities.models import Duty, ForWhom, Responsibility


@dataclass(frozen=True, slots=True)
class Square:
    """One topic in one region: how many answer."""

    region: str
    region_key: str
    count: int


@dataclass(frozen=True, slots=True)
class Line:
    """One topic over all regions."""

    key: str
    name: str
    squares: Sequence[Square]

    @property
    def missing(self) -> list[str]:
        """The regions in which nobody answers."""
        return [square.region for square in self.squares if not square.count]


def lines(
    those: Sequence[Responsibility],
    for_whom: str,
    topics: Sequence[Topic],
    regions: Sequence[Region],
) -> list[Line]:
    """The uppermost life situations, and for professionals their duties; all regions."""
    meant = [one for one in those if rules.is_for(one, for_whom)]
    asked = [(topic.key, topic.name) for topic in topics
             if topic.parent_id is None and topic.branch == Branch.SITUATION]  # fmt: skip
    if for_whom == ForWhom.PROFESSIONALS:
        asked = [(duty.value, str(duty.label)) for duty in Duty] + asked
    by_id = {region.pk: region for region in regions}
    squares = [(one.name, str(one.pk), [r.pk for r in rules.upwards(one, by_id)])
               for one in regions] or [(_("whole network"), "", [])]  # fmt: skip
    return [
        Line(
            key,
            name,
            [
                Square(label, region, _count(meant, _parts(key, topics), around))
                for label, region, around in squares
            ],
        )
        for key, name in asked
    ]


def _parts(key: str, topics: Sequence[Topic]) -> set[str]:
    """Who answers for a part of a topic counts for it, too."""
    above = next((topic.pk for topic in topics if topic.key == key), None)
    return {key, *(topic.key for topic in topics if above and topic.parent_id == above)}


def _count(those: Sequence[Responsibility], parts: set[str], around: Sequence[UUID]) -> int:
    return sum(1 for one in those if _answers(one, parts, around))


def _answers(one: Responsibility, parts: set[str], around: Sequence[UUID]) -> bool:
    """Without topics for everything, without regions everywhere; `around` empty: no regions."""
    named = {link.topic.key for link in one.topic_links.all()} | set(one.duties)
    own = {link.region_id for link in one.region_links.all()}
    there = not around or not own or bool(own & set(around))
    return there and (not named or bool(named & parts))
