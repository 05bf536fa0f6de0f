"""What sending a circular would do now: who is written to, by which way, and how long it takes."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings

from knotenpunkt.activities.mailings.models import Circular, LeftOut, Way
from knotenpunkt.activities.mailings.queries.audiences import Chosen, choose
from knotenpunkt.activities.mailings.queries.circulars import unanswered
from knotenpunkt.foundation.networks.scope import current_network
from knotenpunkt.tools.mail.models import MailKind


@dataclass(frozen=True, slots=True)
class Plan:
    """Everybody of the audience as of now, each with way or reason, in the order of the audience.

    Those who are not meant, because a circular goes to the rest of another one, are not in it.
    """

    chosen: Sequence[Chosen]

    @property
    def mails(self) -> list[Chosen]:
        """Who gets an e-mail."""
        return [one for one in self.chosen if one.way == Way.MAIL]

    @property
    def letters(self) -> list[Chosen]:
        """Who gets a letter."""
        return [one for one in self.chosen if one.way == Way.LETTER]

    @property
    def written(self) -> list[Chosen]:
        """Who is written to at all."""
        return [one for one in self.chosen if one.way != Way.NONE]

    @property
    def readers(self) -> list[Chosen]:
        """With whose eyes it can be read: those who are written to first, then the others."""
        return sorted(self.chosen, key=lambda one: one.way == Way.NONE)

    @property
    def lacks_consent(self) -> bool:
        """Whether it reaches nobody because nobody has agreed yet."""
        reasons = {one.left_out for one in self.chosen}
        return not self.written and LeftOut.NO_CONSENT in reasons

    @property
    def left_out(self) -> list[tuple[str, int]]:
        """Why the others are not, the most frequent reason first."""
        reasons = Counter(one.left_out for one in self.chosen if one.way == Way.NONE)
        return [(str(LeftOut(reason).label), many) for reason, many in reasons.most_common()]


def minutes_for(mails: int) -> int:
    """How long mails take at the pace of the installation; 0 where that is no question."""
    if not settings.MAILS_A_MINUTE or current_network().is_demo:
        return 0
    return math.ceil(mails / settings.MAILS_A_MINUTE)


def plan_of(circular: Circular) -> Plan:
    """The plan of a circular; nobody without an audience. A fixed number of queries."""
    audience = circular.audience
    if audience is None:
        return Plan([])
    chosen = choose(
        audience.parts, one_each=audience.one_each, kind=MailKind(circular.kind),
        by_mail=circular.by_mail, by_letter=circular.by_letter,
    )  # fmt: skip
    if circular.follows is None:
        return Plan(chosen)
    silent = set(unanswered(circular.follows).values_list("contact_id", flat=True))
    return Plan([one for one in chosen if one.contact.pk in silent])
