"""What the address of the contact finder asks for, and what there is to choose."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from knotenpunkt.registers.areas.postal_codes import Located, locate
from knotenpunkt.registers.offers.forms import Choice, topic_choices
from knotenpunkt.registers.offers.models import Topic
from knotenpunkt.registers.offers.wishes import age_in_address, read_age
from knotenpunkt.registers.responsibilities.models import Duty, ForWhom, Responsibility
from knotenpunkt.registers.responsibilities.rules import Question, is_for

FAMILY, PROFESSIONAL = "familie", "fachkraft"
WHO = {FAMILY: ForWhom.FAMILIES.value, PROFESSIONAL: ForWhom.PROFESSIONALS.value}
LONGEST_PLACE = 80


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as it was typed, and as it was understood."""

    who: str
    place_text: str
    place: Located | None
    topic: str
    age_months: int | None
    problems: tuple[str, ...]

    @property
    def question(self) -> Question:
        """What the rules answer."""
        return Question(WHO[self.who], self.place, self.topic, self.age_months)

    @property
    def is_open(self) -> bool:
        """Whether nothing was asked for yet."""
        return not (self.place_text or self.topic or self.age_months is not None)

    def address(self, **changes: str) -> str:
        """The query string with these changes."""
        told = {"wer": self.who, "ort": self.place_text, "thema": self.topic,
                "alter": age_in_address(self.age_months)} | changes  # fmt: skip
        return f"?{urlencode({word: value for word, value in told.items() if value})}"


def read(
    given: Mapping[str, str], *, near_area_keys: Sequence[str], topics: Iterable[Topic], who: str
) -> Asked:
    """Read an address; it never fails. `who` asks where the address does not say."""
    place_text = " ".join(given.get("ort", "").replace("\0", "").split())[:LONGEST_PLACE]
    place = locate(place_text, near_area_keys) if place_text else None
    months, age_problem = read_age(given.get("alter", "").replace("\0", ""))
    problems = [age_problem] if age_problem else []
    if place_text and place is None:
        problems.append(
            _("We do not know the place “%(place)s”. Please check it, or type the postal code.")
            % {"place": place_text}
        )
    topic = given.get("thema", "")
    known = {one.key for one in topics} | set(Duty.values)
    return Asked(
        who=given.get("wer", "") if given.get("wer", "") in WHO else who,
        place_text=place_text,
        place=place,
        topic=topic if topic in known else "",
        age_months=months,
        problems=tuple(problems),
    )


def choices(
    those: Sequence[Responsibility], topics: Sequence[Topic], for_whom: str
) -> list[tuple[str, list[Choice]]]:
    """Topics that somebody answers for by name, grouped; for professionals their duties first."""
    meant = [one for one in those if is_for(one, for_whom)]
    named = {link.topic.key for one in meant for link in one.topic_links.all()}
    named |= {topic.key for topic in topics if topic.pk in _parents(named, topics)}
    groups = [
        (label, [choice for choice in group if choice.value in named])
        for label, group in topic_choices(topics)
    ]
    duties = {duty for one in meant for duty in one.duties}
    for_professionals = [Choice(d.value, str(d.label)) for d in Duty if d.value in duties]
    if for_professionals:
        groups.insert(0, (_("For professionals"), for_professionals))
    return [(label, group) for label, group in groups if group]


def _parents(keys: set[str], topics: Sequence[Topic]) -> set[object]:
    return {topic.parent_id for topic in topics if topic.key in keys and topic.parent_id}


def topic_name(key: str, topics: Iterable[Topic]) -> str:
    """A topic or duty in words."""
    if key in Duty.values:
        return str(Duty(key).label)
    return next((topic.name for topic in topics if topic.key == key), "")
