"""Reads of circulars: which there are, how far each is, and what a contact was written."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, F, QuerySet

from knotenpunkt.activities.mailings.models import Circular, LeftOut, Recipient, Way
from knotenpunkt.foundation.accounts.actors import Actor
from knotenpunkt.foundation.accounts.rights import Right
from knotenpunkt.tools.mail.models import ARRIVED, State

# Mails that did not arrive, or of which nobody knows it.
TROUBLED = (State.BOUNCED, State.UNCLEAR, State.FAILED, State.SUPPRESSED)


def circulars(actor: Actor) -> QuerySet[Circular]:
    """All circulars of the network at hand, the latest first."""
    actor.must(Right.READ_INTERNAL)
    rows: QuerySet[Circular] = Circular.objects.select_related(
        "audience", "author", "released_by", "follows", "mailing__job"
    )
    return rows


def circulars_about(actor: Actor, about: UUID) -> list[Circular]:
    """What was written for an activity, such as a campaign; in the order of writing."""
    return list(circulars(actor).filter(about=about).order_by("created_at"))


@dataclass(frozen=True, slots=True)
class Standing:
    """How many of a circular are where. `mails` counts by state, `left_out` by reason."""

    mails: Counter[str]
    letters: int
    printed: int
    answered: int
    left_out: Counter[str]

    @property
    def written(self) -> int:
        """Who is written to, by mail or letter."""
        return self.mails.total() + self.letters

    @property
    def waiting(self) -> int:
        """Mails that are still to go."""
        return self.mails[State.QUEUED] + self.mails[State.SENDING]

    @property
    def done(self) -> int:
        """Mails of which it is decided what became of them."""
        return self.mails.total() - self.waiting - self.mails[State.STOPPED]

    @property
    def arrived(self) -> int:
        """What mail servers took, and nobody sent back."""
        return sum(self.mails[state] for state in ARRIVED)

    @property
    def lost(self) -> int:
        """What did not arrive, or of which nobody knows it."""
        return sum(self.mails[state] for state in TROUBLED)


def standings(of: Iterable[Circular]) -> dict[UUID, Standing]:
    """How far these are, in one query."""
    ids = [one.pk for one in of]
    rows = Recipient.objects.order_by().filter(circular__in=ids)
    found: dict[UUID, list[tuple[str, str, str | None, int, int, int]]] = defaultdict(list)
    counted = rows.values_list("circular", "way", "left_out", "message__state").annotate(
        many=Count("pk"), printed=Count("printed_at"), answered=Count("answered_at")
    )
    for circular, *told in counted:
        found[circular].append(tuple(told))
    return {pk: _standing(found[pk]) for pk in ids}


def _standing(rows: list[tuple[str, str, str | None, int, int, int]]) -> Standing:
    mails: Counter[str] = Counter()
    left_out: Counter[str] = Counter()
    letters = printed = answered = 0
    for way, reason, state, many, on_paper, back in rows:
        answered += back
        if way == Way.MAIL:
            mails[state or State.SENT] += many
        elif way == Way.LETTER:
            letters, printed = letters + many, printed + on_paper
        else:
            left_out[reason] += many
    return Standing(mails, letters, printed, answered, left_out)


@dataclass(frozen=True, slots=True)
class Sent:
    """What one contact was written: the circular, by which way, when, and where it stands.

    `state` is that of the mail, also of one that came back and became a letter; "" for other
    letters and where it is no longer kept.
    """

    circular: Circular
    contact_id: UUID | None
    way: Way
    at: datetime | None
    state: State | str
    reason: str = ""
    answered_at: datetime | None = None
    is_printed: bool = False
    message_id: UUID | None = None


def sent_to(contacts: Collection[UUID]) -> list[Sent]:
    """The log of these contacts, the latest first. Who may see them, their app decides."""
    rows = (
        Recipient.objects.filter(contact__in=contacts)
        .exclude(way=Way.NONE)
        .select_related("circular", "message")
        .order_by(F("circular__fixed_at").desc(nulls_last=True))
    )
    return [_sent(row) for row in rows]


def _sent(row: Recipient) -> Sent:
    mail = row.message
    gone = row.printed_at if row.way == Way.LETTER else mail and mail.sent_at
    return Sent(
        circular=row.circular,
        contact_id=row.contact_id,
        way=Way(row.way),
        at=gone or row.circular.fixed_at,
        state=State(mail.state) if mail else "",
        reason=mail.reason if mail else "",
        answered_at=row.answered_at,
        is_printed=row.printed_at is not None,
        message_id=row.message_id,
    )


def unanswered(circular: Circular) -> QuerySet[Recipient]:
    """Who was written to by this and has not answered."""
    rows: QuerySet[Recipient] = Recipient.objects.filter(circular=circular, answered_at=None)
    return rows.exclude(way=Way.NONE)


def recipients(actor: Actor, circular: Circular) -> QuerySet[Recipient]:
    """Everybody of a circular as they were fixed, also those who were left out."""
    actor.must(Right.READ_INTERNAL)
    rows: QuerySet[Recipient] = Recipient.objects.filter(circular=circular)
    return rows


def left_out_in_words(standing: Standing) -> list[tuple[str, int]]:
    """Why people are left out, the most frequent reason first."""
    return [(str(LeftOut(reason).label), many) for reason, many in standing.left_out.most_common()]
