"""Whose mail of a circular came back, and who of them a letter would reach."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from knotenpunkt.activities.mailings.models import Circular, Recipient, Way
from knotenpunkt.activities.mailings.queries.consents import latest_words
from knotenpunkt.activities.mailings.queries.printing import WITH_CONTACT
from knotenpunkt.activities.mailings.rules.choosing import who
from knotenpunkt.foundation.accounts.actors import Actor
from knotenpunkt.foundation.accounts.rights import Right
from knotenpunkt.registers.partners.postal import is_postal
from knotenpunkt.tools.mail.models import State


@dataclass(frozen=True, slots=True)
class CameBack:
    """Those whose mail came back and who got no letter instead.

    `unreachable`: how many have no postal address either, or want no more to be written to.
    """

    reachable: Sequence[Recipient]
    unreachable: int


def came_back(actor: Actor, circular: Circular) -> CameBack:
    """Three queries at most, in the order of the keys."""
    actor.must(Right.WRITE_TO_MANY)
    mails = Recipient.objects.filter(circular=circular, way=Way.MAIL)
    rows = list(
        mails.filter(message__state=State.BOUNCED).select_related(*WITH_CONTACT).order_by("pk")
    )
    said = latest_words() if rows else {}
    reachable = [
        row for row in rows
        if row.contact and is_postal(row.contact) and said.get(who(row.contact)) is not False
    ]  # fmt: skip
    return CameBack(reachable, len(rows) - len(reachable))
