"""Is the network complete? Kinds of § 3 (2) KKG × regions: who is in, signed, seen, confirmed.

In is who joined and has not left; a facility joins with its body. Who only stands in the register
could come. A partner without a region works for the whole network and stands in every column; one
of a part of a region stands in the region. What a body signed holds for its facilities. However
many there are, eight questions are asked of the database.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import Enum
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import Max

from knotenpunkt.foundation.accounts.actors import Actor
from knotenpunkt.foundation.accounts.rights import Right
from knotenpunkt.registers.agreements.models import AgreementKind, NotNeeded
from knotenpunkt.registers.agreements.queries import joined, not_left, valid_parties
from knotenpunkt.registers.agreements.rules import may_see
from knotenpunkt.registers.areas.models import Region
from knotenpunkt.registers.partners.models import (
    KINDS_OF_THE_LAW,
    Involvement,
    PartnerKind,
    Serves,
)

YEAR = timedelta(days=365)
# No day comes later: an agreement with an open end.
OPEN_END = date.max


class State(Enum):
    """What a field says, from the worst to the best; and that nobody is needed there."""

    GAP = "gap"
    NOBODY = "nobody"
    SOME = "some"
    ALL = "all"
    NOT_NEEDED = "not_needed"


@dataclass(frozen=True, slots=True)
class Partner:
    """One organisation: `until` is the last day of what they signed, None for nothing."""

    id: UUID
    name: str
    body: str
    until: date | None
    seen: date | None
    confirmed: date | None
    everywhere: bool
    regions: frozenset[UUID]
    is_in: bool = True

    def works_in(self, region: Region | None) -> bool:
        """Whether this is one of the regions they work for."""
        return region is None or self.everywhere or region.pk in self.regions

    @property
    def has_signed(self) -> bool:
        """Whether they, or their body, stand behind a valid agreement."""
        return self.until is not None


@dataclass(frozen=True, slots=True)
class Field:
    """One kind in one region; `region` None is the whole network."""

    kind: PartnerKind
    region: Region | None
    partners: Sequence[Partner]
    decision: NotNeeded | None = None

    @property
    def count(self) -> int:
        """How many are in."""
        return len(self.partners)

    @property
    def signed(self) -> int:
        """How many of them signed."""
        return sum(one.has_signed for one in self.partners)

    @property
    def until(self) -> date | None:
        """When the first of the agreements ends; None when none does."""
        days = (one.until for one in self.partners)
        return min((day for day in days if day and day != OPEN_END), default=None)

    @property
    def seen(self) -> date | None:
        """When one of them last took part in something."""
        return max((one.seen for one in self.partners if one.seen), default=None)

    @property
    def confirmed(self) -> date | None:
        """When one of them last said that the entries are true."""
        return max((one.confirmed for one in self.partners if one.confirmed), default=None)

    @property
    def is_gap(self) -> bool:
        """Nobody is in, and nobody decided that nobody is needed."""
        return not self.partners and self.decision is None

    @property
    def state(self) -> State:
        """What the agreements say."""
        return self.judged(self.signed)

    def recent(self, day_of: str, today: date) -> State:
        """The same for "seen" or "confirmed"."""
        return self.judged(self.lately(day_of, today))

    def lately(self, day_of: str, today: date) -> int:
        """How many were "seen", or have "confirmed", within a year."""
        days = (getattr(one, day_of) for one in self.partners)
        return sum(day is not None and day > today - YEAR for day in days)

    def judged(self, good: int) -> State:
        """Nobody, some or all of those who are in."""
        if not self.partners:
            return State.GAP if self.decision is None else State.NOT_NEEDED
        if good == 0:
            return State.NOBODY
        return State.ALL if good == self.count else State.SOME


@dataclass(frozen=True, slots=True)
class Completeness:
    """The whole page.

    `overall`: each kind in the network as a whole; `unsorted`: how many partners have no kind of
    the law; `others`: who stands in the register and has not joined.
    """

    today: date
    regions: Sequence[Region | None]
    kinds: Sequence[PartnerKind]
    fields: Mapping[tuple[PartnerKind, UUID | None], Field]
    overall: Mapping[PartnerKind, Field]
    unsorted: int = 0
    partners: Sequence[Partner] = field(default=(), repr=False)
    others: Sequence[Partner] = field(default=(), repr=False)

    def row(self, kind: PartnerKind) -> list[Field]:
        """One kind in all regions."""
        return [self.fields[kind, region.pk if region else None] for region in self.regions]

    @property
    def gaps(self) -> list[Field]:
        """Where somebody is missing."""
        return [one for one in self.fields.values() if one.is_gap]

    @property
    def signed(self) -> int:
        """How many partners signed."""
        return sum(one.has_signed for one in self.partners)


def completeness(
    actor: Actor, today: date, *, about: AgreementKind = AgreementKind.COOPERATION
) -> Completeness:
    """All kinds and regions; PermissionDenied for those who do not read the register."""
    return _built(actor, today, about, KINDS_OF_THE_LAW)


def one_kind(
    actor: Actor,
    today: date,
    kind: PartnerKind,
    *,
    about: AgreementKind = AgreementKind.COOPERATION,
) -> Completeness:
    """The same for one kind."""
    return _built(actor, today, about, (kind,))


def _built(
    actor: Actor, today: date, about: AgreementKind, kinds: Sequence[PartnerKind]
) -> Completeness:
    if not may_see(actor):
        raise PermissionDenied(Right.READ_INTERNAL)
    known = {region.pk: region for region in Region.objects.all()}
    regions: list[Region | None] = [one for one in known.values() if one.parent_id not in known]
    columns = regions or [None]
    register = _register(today, about, kinds, known)
    partners = {kind: [one for one in found if one.is_in] for kind, found in register.items()}
    decided = {(one.kind, one.region_id): one for one in _decisions(kinds)}
    fields = {
        (kind, region.pk if region else None): _field(kind, region, partners[kind], decided)
        for kind in kinds
        for region in columns
    }
    return Completeness(
        today=today,
        regions=columns,
        kinds=kinds,
        fields=fields,
        overall={kind: _field(kind, None, partners[kind], decided) for kind in kinds},
        unsorted=joined(today).exclude(kind__in=KINDS_OF_THE_LAW).count(),
        partners=[one for kind in kinds for one in partners[kind]],
        others=[one for kind in kinds for one in register[kind] if not one.is_in],
    )


def _decisions(kinds: Sequence[PartnerKind]) -> Iterable[NotNeeded]:
    rows: Iterable[NotNeeded] = NotNeeded.objects.filter(kind__in=kinds).select_related("region")
    return rows


def _field(
    kind: PartnerKind,
    region: Region | None,
    partners: Sequence[Partner],
    decided: Mapping[tuple[str, UUID | None], NotNeeded],
) -> Field:
    """A decision for the whole network holds in each region."""
    here = [one for one in partners if one.works_in(region)]
    decision = decided.get((kind.value, None))
    if region is not None:
        decision = decided.get((kind.value, region.pk)) or decision
    return Field(kind, region, here, decision)


def _register(
    today: date, about: AgreementKind, kinds: Sequence[PartnerKind], known: Mapping[UUID, Region]
) -> dict[PartnerKind, list[Partner]]:
    rows = not_left(today).filter(kind__in=kinds).order_by("name", "pk")
    inside = set(joined(today).filter(kind__in=kinds).values_list("pk", flat=True))
    signed = _last_days(today, about)
    served = _served(kinds, known)
    seen = _seen(kinds)
    found: dict[PartnerKind, list[Partner]] = {kind: [] for kind in kinds}
    columns = "pk", "kind", "name", "body_id", "body__name", "confirmed_on"
    for pk, kind, name, body_id, body, confirmed in rows.values_list(*columns):
        days = [signed[one] for one in (pk, body_id) if one in signed]
        regions = served.get(pk, frozenset())
        found[PartnerKind(kind)].append(
            Partner(
                id=pk,
                name=name,
                body=body or "",
                until=max(days, default=None),
                seen=seen.get(pk),
                confirmed=confirmed,
                everywhere=not regions,
                regions=regions,
                is_in=pk in inside,
            )
        )
    return found


def _last_days(today: date, about: AgreementKind) -> dict[UUID, date]:
    """Until when who signed; the longest counts."""
    found: dict[UUID, date] = {}
    for row in valid_parties(today, about):
        ends = [day for day in (row["agreement__valid_until"], row["agreement__ended_on"]) if day]
        day = min(ends, default=OPEN_END)
        found[row["organisation_id"]] = max(day, found.get(row["organisation_id"], day))
    return found


def _served(
    kinds: Sequence[PartnerKind], known: Mapping[UUID, Region]
) -> dict[UUID, frozenset[UUID]]:
    """For which columns of the page who works."""
    found: dict[UUID, set[UUID]] = {}
    links = Serves.objects.filter(organisation__kind__in=kinds)
    for organisation, region in links.values_list("organisation_id", "region_id"):
        found.setdefault(organisation, set()).add(_column(region, known))
    return {organisation: frozenset(regions) for organisation, regions in found.items()}


def _column(region_id: UUID, known: Mapping[UUID, Region]) -> UUID:
    """The uppermost region that this one is a part of."""
    return list(_upwards(region_id, known))[-1]


def _upwards(region_id: UUID, known: Mapping[UUID, Region]) -> Iterator[UUID]:
    seen: set[UUID] = set()
    while region_id in known and region_id not in seen:
        seen.add(region_id)
        yield region_id
        parent = known[region_id].parent_id
        if parent is None:
            return
        region_id = parent


def _seen(kinds: Sequence[PartnerKind]) -> dict[UUID, date]:
    """When who last took part in something."""
    rows = Involvement.objects.filter(organisation__kind__in=kinds).order_by()
    return dict(rows.values_list("organisation_id").annotate(last=Max("on")))
