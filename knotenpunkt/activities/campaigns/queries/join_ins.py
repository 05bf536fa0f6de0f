"""Reads of join-ins: for the desk, for a partner, and what everybody sees."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Count, Q, QuerySet, Sum
from django.utils import timezone

from knotenpunkt.activities.campaigns.models import Campaign, JoinIn, JoinInState
from knotenpunkt.activities.campaigns.rules.join_ins import end_of
from knotenpunkt.foundation.accounts.actors import Actor
from knotenpunkt.foundation.accounts.rights import Right
from knotenpunkt.foundation.audit.models import Entry
from knotenpunkt.registers.partners.models import Contact, Organisation
from knotenpunkt.tools.lists.matching import one_text, says, words_of

MOST_HITS = 12
# Between two clicks of a button that seems not to answer.
A_MOMENT = timedelta(minutes=1)


def join_ins(actor: Actor, campaign: Campaign) -> QuerySet[JoinIn]:
    """All of a campaign, with partner and place, for the desk. PermissionDenied for others."""
    actor.must(Right.READ_INTERNAL)
    return _whole(JoinIn.objects.filter(campaign=campaign))


def get_join_in(actor: Actor, campaign_id: UUID, join_in_id: UUID) -> JoinIn:
    """One of a campaign for the desk; JoinIn.DoesNotExist."""
    actor.must(Right.READ_INTERNAL)
    return _whole(JoinIn.objects.filter(campaign=campaign_id)).get(pk=join_in_id)


def change_of(join_in: JoinIn) -> JoinIn | None:
    """What waits to replace it."""
    found: JoinIn | None = JoinIn.objects.filter(replaces=join_in).first()
    return found


def did_a_moment_ago(actor: Actor, join_in: JoinIn, deed: str) -> bool:
    """Whether the last deed on it is this one, by the same person just now: a second click."""
    last: Entry | None = Entry.objects.filter(
        kind=JoinIn._meta.label, object_id=join_in.pk, at__gt=timezone.now() - A_MOMENT
    ).first()
    return last is not None and (last.deed, last.actor_id) == (deed, actor.user_id)


def what_became_of_change(actor: Actor, change_id: UUID) -> str:
    """The deed that ended a change, which is gone since then; "" for what never was one."""
    actor.must(Right.READ_INTERNAL)
    last = Entry.objects.filter(kind=JoinIn._meta.label, object_id=change_id).first()
    return last.deed if last is not None else ""


def join_ins_of(contact: Contact, organisations: Iterable[Organisation]) -> list[JoinIn]:
    """What this contact reported, or somebody of the organisations that they answer for.

    Changes that wait hang on what they replace, as `.change`.
    """
    own = Q(contact=contact) | Q(organisation__in=[one.pk for one in organisations])
    rows = _whole(JoinIn.objects.filter(own, replaces=None)).exclude(state=JoinInState.WITHDRAWN)
    return list(rows.select_related("change"))


def shown(campaign: Campaign) -> list[JoinIn]:
    """What everybody sees of a public campaign, by time: one query, whatever their number."""
    rows = JoinIn.objects.filter(JoinIn.published_when, campaign=campaign)
    return list(_whole(rows))


def shown_one(campaign: Campaign, join_in_id: UUID) -> JoinIn:
    """One of them; JoinIn.DoesNotExist, also for one that is not shown (any more)."""
    return _whole(JoinIn.objects.filter(JoinIn.published_when, campaign=campaign)).get(
        pk=join_in_id
    )


def was_withdrawn(campaign: Campaign, join_in_id: UUID) -> bool:
    """Whether this one was shown once and does not take place."""
    rows = JoinIn.objects.filter(campaign=campaign, pk=join_in_id, state=JoinInState.WITHDRAWN)
    return bool(rows.exclude(decided_at=None).exists())


def shown_with_picture(campaign: Campaign, file_id: UUID) -> bool:
    """Whether a picture belongs to something that everybody sees."""
    rows = JoinIn.objects.filter(JoinIn.published_when, campaign=campaign)
    return bool(rows.filter(Q(picture=file_id) | Q(small_picture=file_id)).exists())


def who_could(actor: Actor, typed: str) -> list[Contact]:
    """Contacts of today whose name or house says these words, for whoever is on the telephone."""
    actor.must(Right.READ_INTERNAL)
    today = timezone.localdate()
    column = one_text("name", "organisation__name", "organisation__place__town", "email")
    rows = Contact.objects.select_related("organisation__place", "person").filter(
        Q(until=None) | Q(until__gte=today)
    )
    for word in words_of(typed):
        rows = rows.filter(says(column, word))
    return list(rows.order_by("organisation__name", "position")[:MOST_HITS]) if typed else []


def contact_at_desk(actor: Actor, contact_id: UUID) -> Contact:
    """One of them; Contact.DoesNotExist."""
    actor.must(Right.READ_INTERNAL)
    found: Contact = Contact.objects.select_related("organisation__place", "person").get(
        pk=contact_id
    )
    return found


@dataclass(frozen=True, slots=True)
class Counts:
    """How many there are of each, and how many people came, as far as partners said."""

    shown: int
    waiting: int
    visitors: int
    told: int


def counts(campaign: Campaign, narrowed: Q | None = None) -> Counts:
    """The figures of a campaign's join-ins; of those that are left, where they are narrowed."""
    is_shown = Q(state=JoinInState.APPROVED)
    found = JoinIn.objects.filter(narrowed or Q(), campaign=campaign).aggregate(
        all_shown=Count("pk", filter=is_shown),
        all_waiting=Count("pk", filter=Q(state=JoinInState.REPORTED)),
        came=Sum("visitors", filter=is_shown),
        told=Count("visitors", filter=is_shown),
    )
    return Counts(found["all_shown"], found["all_waiting"], found["came"] or 0, found["told"])


def over(now: datetime) -> Q:
    """Those whose time is over. One without an end is over when its day is: see `rules.end_of`."""
    midnight = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
    return Q(ends_at__lt=now) | Q(ends_at=None, starts_at__lt=midnight)


def upcoming(rows: Iterable[JoinIn], now: datetime) -> list[JoinIn]:
    """Those to which one can still go."""
    return [one for one in rows if end_of(one) >= now]


def _whole(rows: QuerySet[JoinIn]) -> QuerySet[JoinIn]:
    """With what every list of them shows."""
    return rows.select_related(
        "campaign", "organisation", "organisation__place", "place", "contact", "contact__person",
        "replaces",
    )  # fmt: skip
