"""Where the entries of all organisations stand: confirmed, due, asked, reminded, silent."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Min, Q, QuerySet
from django.db.models.functions import Coalesce, TruncDate
from django.utils import timezone

from knotenpunkt.activities.upkeep.models import Notice, Part, Rhythm, Stage, Standing, Tally
from knotenpunkt.activities.upkeep.rules import STATE_OF_STAGE, State, interval, months_later
from knotenpunkt.foundation.accounts.actors import Actor
from knotenpunkt.foundation.accounts.rights import Right
from knotenpunkt.foundation.networks.models import Network
from knotenpunkt.foundation.networks.scope import current_network
from knotenpunkt.registers.areas.models import Region
from knotenpunkt.registers.offers.models import Offer, Silence, Status
from knotenpunkt.registers.partners.models import Contact, Organisation, Serves


@dataclass(frozen=True, slots=True)
class Stand:
    """One organisation: its state, when it was confirmed last, when it is or was due."""

    state: State
    confirmed_on: date | None
    due_on: date | None
    inquiry_id: UUID | None = None


def rhythm() -> Rhythm:
    """How the network at hand asks; the defaults, switched off, where nobody has decided."""
    return Rhythm.objects.first() or Rhythm()


def kept_organisations() -> QuerySet[Organisation]:
    """All that are still in the network."""
    rows: QuerySet[Organisation] = Organisation.objects.filter(left_on=None)
    return rows


def stands(organisations: Iterable[Organisation] | None = None) -> dict[UUID, Stand]:
    """Where each of these stands (all without a selection). Four queries, however many."""
    rows = list(_all() if organisations is None else organisations)
    network, today = current_network(), timezone.localdate()
    offers, people = _oldest_offers(), _oldest_people()
    parts = {
        part.organisation_id: part
        for part in Part.objects.filter(is_open=True).select_related("inquiry")
    }
    return {
        one.pk: _stand(one, network, today, offers.get(one.pk), people.get(one.pk), parts)
        for one in rows
    }


def _all() -> QuerySet[Organisation]:
    """Only what decides: a page asks for a thousand of them."""
    wanted = ("id", "network_id", "confirmed_on", "confirm_months")
    return kept_organisations().order_by().only(*wanted)


def _stand(
    organisation: Organisation,
    network: Network,
    today: date,
    offers: date | None,
    people: date | None,
    parts: Mapping[UUID, Part],
) -> Stand:
    last = oldest_of(organisation.confirmed_on, offers, people)
    due_on = months_later(last, interval(organisation, network)) if last else None
    part = parts.get(organisation.pk)
    if part is not None:
        return Stand(STATE_OF_STAGE[Stage(part.inquiry.stage)], last, due_on, part.inquiry_id)
    is_due = due_on is None or due_on <= today
    return Stand(State.DUE if is_due else State.CONFIRMED, last, due_on)


def oldest_of(own: date | None, *others: date | None) -> date | None:
    """An organisation is as true as its oldest entry; never confirmed itself, it is due."""
    return None if own is None else min([own, *(one for one in others if one is not None)])


def _oldest_offers() -> dict[UUID, date]:
    """The oldest trust date of the published offers; of one without, the day on which it came."""
    since = Coalesce("checked_on", TruncDate("created_at"))
    rows = Offer.objects.filter(Offer.published_when).order_by().values("provider_id")
    return {row["provider_id"]: row["oldest"] for row in rows.annotate(oldest=Min(since))}


def _oldest_people() -> dict[UUID, date]:
    """The oldest confirmation of the people who serve there; who never was, does not count."""
    today = timezone.localdate()
    rows = Contact.objects.filter(
        Q(until__isnull=True) | Q(until__gte=today), person__confirmed_on__isnull=False
    )
    told = rows.order_by().values("organisation_id").annotate(oldest=Min("person__confirmed_on"))
    return {row["organisation_id"]: row["oldest"] for row in told}


def counts(found: Mapping[UUID, Stand]) -> Counter[State]:
    """How many stand in each state."""
    return Counter(one.state for one in found.values())


@dataclass(frozen=True, slots=True)
class RegionCounts:
    """The figures of one region; `region` None: those that work for the whole network."""

    region: Region | None
    counts: Counter[State]

    @property
    def total(self) -> int:
        """All organisations of it."""
        return sum(self.counts.values())


def by_region(found: Mapping[UUID, Stand]) -> list[RegionCounts]:
    """The same for each region; who serves several counts in each of them."""
    links: dict[UUID, list[UUID]] = defaultdict(list)
    for organisation_id, region_id in Serves.objects.values_list("organisation_id", "region_id"):
        links[organisation_id].append(region_id)
    regions = {region.pk: region for region in Region.objects.order_by("name")}
    told: dict[UUID | None, Counter[State]] = defaultdict(Counter)
    for organisation_id, stand in found.items():
        for region_id in links.get(organisation_id) or [None]:  # type: ignore[list-item]
            told[region_id][stand.state] += 1
    rows = [RegionCounts(region, told[key]) for key, region in regions.items() if told[key]]
    everywhere = told[None]
    return [*rows, RegionCounts(None, everywhere)] if everywhere else rows


def leaving(actor: Actor) -> QuerySet[Notice]:
    """Offers that were told to leave the finder soon, and are still in it."""
    actor.must(Right.EDIT_REGISTERS)
    rows: QuerySet[Notice] = Notice.objects.select_related("offer").filter(
        offer__silence=Silence.GREY, offer__status=Status.PUBLISHED
    )
    return rows.order_by("on")


def standings(months: int) -> list[Standing]:
    """Where the whole network stood in each of the last months, the oldest first."""
    first = months_later(timezone.localdate().replace(day=1), 1 - months)
    return list(Standing.objects.filter(region=None, month__gte=first).order_by("month"))


def tallies(months: int) -> dict[date, Counter[str]]:
    """How many were confirmed in each of the last months, by way."""
    first = months_later(timezone.localdate().replace(day=1), 1 - months)
    told: dict[date, Counter[str]] = defaultdict(Counter)
    for row in Tally.objects.filter(month__gte=first):
        told[row.month][row.way] = row.count
    return told
