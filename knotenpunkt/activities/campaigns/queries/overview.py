"""How a campaign stands, in numbers. Once it has ended for good, as it was written down."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, Sum
from django.db.models.functions import Coalesce, TruncDate
from django.utils import timezone

from knotenpunkt.activities.campaigns.models import (
    Campaign,
    JoinIn,
    JoinInState,
    Line,
    Material,
    Order,
    OrderState,
)
from knotenpunkt.activities.campaigns.queries.join_ins import over
from knotenpunkt.activities.campaigns.rules.texts import OCCASIONS, REMINDER, THANKS
from knotenpunkt.activities.mailings.models import Circular, Recipient, Stage, Way

ON_ITS_WAY = (Stage.SENDING, Stage.PAUSED, Stage.STOPPED, Stage.SENT)


@dataclass(frozen=True, slots=True)
class MaterialFigures:
    """One material: packs in stock, wanted, given as a share, and handed over."""

    name: str
    unit: str
    pack_size: int
    stock: int
    wanted: int
    granted: int
    handed_over: int
    cents: int
    funding_area: str
    is_shared: bool = False

    @property
    def missing(self) -> int:
        """Packs that are wanted beyond what there is."""
        return max(self.wanted - self.stock, 0)


@dataclass(frozen=True, slots=True)
class Figures:
    """What came of a campaign. Counts of people, houses and packs; nobody's name.

    `join_ins` are all that are shown; `coming` of them are still to come, and nobody can say of
    those that they were held.
    """

    written: int = 0
    by_mail: int = 0
    by_letter: int = 0
    answered: int = 0
    orders: int = 0
    late: int = 0
    houses: int = 0
    packs_wanted: int = 0
    packs_granted: int = 0
    packs_handed_over: int = 0
    join_ins: int = 0
    coming: int = 0
    undecided: int = 0
    visitors: int = 0
    counted: int = 0
    materials: Sequence[MaterialFigures] = ()
    weeks: Sequence[tuple[str, int]] = field(default_factory=tuple)

    @property
    def held(self) -> int:
        """Shown join-ins whose time is over."""
        return self.join_ins - self.coming


def figures(campaign: Campaign) -> Figures:
    """The figures as they are, or as they were when personal data were deleted."""
    if campaign.forgotten_at is not None and campaign.facts:
        return from_facts(campaign.facts)
    return counted_now(campaign)


def counted_now(campaign: Campaign) -> Figures:
    """Counted from what stands there; eight queries."""
    materials = material_figures(campaign)
    return Figures(
        **_written(campaign),
        **_ordered(campaign),
        **_joined(campaign),
        packs_wanted=sum(one.wanted for one in materials),
        packs_granted=sum(one.granted for one in materials),
        packs_handed_over=sum(one.handed_over for one in materials),
        materials=materials,
        weeks=weeks(campaign),
    )


def as_facts(told: Figures) -> dict[str, Any]:
    """The figures as they are kept beside the campaign."""
    return asdict(told)


def from_facts(facts: dict[str, Any]) -> Figures:
    """What `as_facts` kept."""
    materials = [MaterialFigures(**one) for one in facts.get("materials", [])]
    weeks = [(str(day), int(count)) for day, count in facts.get("weeks", [])]
    return Figures(**{**facts, "materials": materials, "weeks": weeks})


def _written(campaign: Campaign) -> dict[str, int]:
    """Who was asked to join in; who is thanked afterwards is not asked by it."""
    rows = Recipient.objects.filter(
        circular__about=campaign.pk, circular__stage__in=ON_ITS_WAY, left_out=""
    ).exclude(Q(way=Way.NONE) | Q(circular__occasion=THANKS))
    told: dict[str, int] = rows.aggregate(
        written=Count("contact", distinct=True),
        by_mail=Count("contact", filter=Q(way=Way.MAIL), distinct=True),
        by_letter=Count("contact", filter=Q(way=Way.LETTER), distinct=True),
        answered=Count("contact", filter=Q(answered_at__isnull=False), distinct=True),
    )
    return told


def _ordered(campaign: Campaign) -> dict[str, int]:
    told: dict[str, int] = Order.objects.filter(campaign=campaign).aggregate(
        orders=Count("pk", filter=Q(state=OrderState.PLACED)),
        late=Count("pk", filter=Q(state=OrderState.LATE)),
    )
    return {**told, "houses": len(houses_of(campaign))}


def houses_of(campaign: Campaign) -> set[UUID]:
    """The organisations that ordered, or whose join-in was shown and is over."""
    ordered = Order.objects.filter(campaign=campaign, state=OrderState.PLACED)
    joined = JoinIn.objects.filter(
        over(timezone.now()), campaign=campaign, state=JoinInState.APPROVED
    )
    found = [*ordered.values_list("organisation_id", flat=True),
             *joined.values_list("organisation_id", flat=True)]  # fmt: skip
    return {one for one in found if one is not None}


def _joined(campaign: Campaign) -> dict[str, int]:
    shown = Q(state=JoinInState.APPROVED)
    held = shown & over(timezone.now())
    told: dict[str, int] = JoinIn.objects.filter(campaign=campaign).aggregate(
        join_ins=Count("pk", filter=shown),
        coming=Count("pk", filter=shown & ~over(timezone.now())),
        undecided=Count("pk", filter=Q(state=JoinInState.REPORTED)),
        counted=Count("visitors", filter=held),
        guests=Coalesce(Sum("visitors", filter=held), 0),
    )
    told["visitors"] = told.pop("guests")
    return told


def material_figures(campaign: Campaign) -> list[MaterialFigures]:
    """Each material with its packs, in the order of the order form."""
    valid = Q(lines__order__state=OrderState.PLACED)
    rows = (
        Material.objects.filter(campaign=campaign)
        .annotate(
            all_wanted=Coalesce(Sum("lines__wanted", filter=valid), 0),
            all_granted=Coalesce(Sum("lines__granted", filter=valid), 0),
            all_handed_over=Coalesce(Sum("lines__handed_over", filter=valid), 0),
        )
        .order_by("position", "name")
    )
    return [
        MaterialFigures(
            name=one.name, unit=one.unit, pack_size=one.pack_size, stock=one.packs,
            wanted=one.all_wanted, granted=one.all_granted, handed_over=one.all_handed_over,
            cents=one.pack_cents, funding_area=one.funding_area,
            is_shared=one.shared_at is not None,
        )
        for one in rows
    ]  # fmt: skip


def weeks(campaign: Campaign) -> list[tuple[str, int]]:
    """Monday of each week of the period → how many shown join-ins begin in it."""
    rows = (
        JoinIn.objects.filter(campaign=campaign, state=JoinInState.APPROVED)
        .annotate(day=TruncDate("starts_at", tzinfo=timezone.get_default_timezone()))
        .order_by()
        .values_list("day", flat=True)
    )
    counts: dict[date, int] = {}
    monday, last = _monday(campaign.starts_on), _monday(campaign.ends_on)
    while monday <= last:
        counts[monday] = 0
        monday += timedelta(days=7)
    for day in rows:
        if _monday(day) in counts:
            counts[_monday(day)] += 1
    return [(day.isoformat(), count) for day, count in counts.items()]


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


@dataclass(frozen=True, slots=True)
class Writing:
    """A circular of a campaign: where it stands and how far it is."""

    circular: Circular
    to: int
    by_letter: int
    answered: int


def writings(campaign: Campaign) -> list[Writing]:
    """All circulars about a campaign: who is invited first, who is thanked last."""
    kept = Q(recipients__left_out="") & ~Q(recipients__way=Way.NONE)
    rows = (
        Circular.objects.filter(about=campaign.pk)
        .select_related("audience")
        .annotate(
            all_to=Count("recipients", filter=kept),
            all_letters=Count("recipients", filter=kept & Q(recipients__way=Way.LETTER)),
            all_answered=Count(
                "recipients", filter=kept & Q(recipients__answered_at__isnull=False)
            ),
        )
    )
    return [
        Writing(one, one.all_to, one.all_letters, one.all_answered)
        for one in sorted(rows, key=_turn)
    ]


def _turn(circular: Circular) -> tuple[int, datetime]:
    """When its turn is; what has no occasion stands among the reminders, by its day."""
    occasion = circular.occasion if circular.occasion in OCCASIONS else REMINDER
    day = circular.fixed_at or circular.send_at or circular.created_at
    return OCCASIONS.index(occasion), day


def to_share(campaign: Campaign) -> list[Material]:
    """Materials that were ordered as wishes and wait to be shared."""
    wished = Line.objects.filter(
        order__campaign=campaign, order__state=OrderState.PLACED, granted__isnull=True
    )
    rows = Material.objects.filter(campaign=campaign, shared_at__isnull=True)
    return list(rows.exclude(giving="first_come").filter(pk__in=wished.values("material_id")))


def to_hand_over(campaign: Campaign) -> int:
    """How many orders got packs that nobody has fetched yet."""
    rows = Order.objects.filter(campaign=campaign, state=OrderState.PLACED, handed_over_at=None)
    return int(rows.filter(lines__granted__gt=0).distinct().count())


def forgets_on(campaign: Campaign) -> datetime | None:
    """When personal data of orders are deleted; None while the campaign has not ended."""
    if campaign.ended_at is None:
        return None
    return campaign.ended_at + timedelta(days=campaign.forget_days)
