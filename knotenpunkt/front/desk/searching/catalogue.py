"""What can be found by name in a network, held in the memory of this process and nowhere else.

It is read from the registers, and what a deed touched is read again as soon as the audit tells of
it. It only proposes: what is shown is fetched again for the one who asks (`answers`).
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from uuid import UUID

from django.db.models import Q

from knotenpunkt.foundation.accounts.actors import Actor, System
from knotenpunkt.foundation.accounts.rights import Right
from knotenpunkt.foundation.audit.queries import LATEST, latest_touched
from knotenpunkt.foundation.networks.scope import current_network_id
from knotenpunkt.registers.offers.models import Status
from knotenpunkt.registers.offers.queries import offers, topics
from knotenpunkt.registers.partners.models import Audience, Phone
from knotenpunkt.registers.partners.models.contacts import may_see
from knotenpunkt.registers.partners.queries import contacts, organisations, people, represented_by
from knotenpunkt.tools.search.names import Match, Named, NameIndex, find, index_of

ORGANISATION, PERSON, ROLE, OFFER, TOPIC = "organisation", "person", "role", "offer", "topic"
MOST_NETWORKS = 60
READS_ALL = System("the search of the desk")
# Deeds on these change no name of a partner or an offer.
BESIDE = ("notes.", "inbox.", "accounts.", "jobs.", "lists.", "mail.", "links.", "upkeep.",
          "library.", "responsibilities.", "agreements.", "pages.", "networks.", "campaigns.",
          "mailings.", "groups.")  # fmt: skip

# Deeds on these touch what stands in the record itself and in what names it.
TOLD_BY_RECORD = frozenset(
    {"partners.Organisation", "partners.Contact", "partners.Person", "offers.Offer"}
)
MOST_STALE = 400

Owned = tuple[Named, frozenset[UUID], Named]
"""A thing, the organisations whose keepers may see all of it, and what of it readers see."""
Things = tuple[Sequence[Owned], Sequence[Named]]
Reading = Callable[["Touched | None"], Things]


@dataclass(frozen=True)
class Laid:
    """Things laid out for finding: all of them, and what every member sees of them."""

    owned: Sequence[Owned]
    shown: Sequence[Named]

    @cached_property
    def inside(self) -> NameIndex:
        """For those who keep the register."""
        return index_of(thing for thing, _owners, _read in self.owned)

    @cached_property
    def read(self) -> NameIndex:
        """For those who only read it: by no way that the coordination keeps to itself."""
        return index_of(read for _thing, _owners, read in self.owned)

    @cached_property
    def outside(self) -> NameIndex:
        """For all other members."""
        return index_of(self.shown)

    def kept_by(self, houses: frozenset[UUID]) -> NameIndex:
        """All of what belongs to these organisations."""
        return index_of(thing for thing, owners, _read in self.owned if owners & houses)

    def seen_by(self, actor: Actor) -> NameIndex:
        """All that this member may find wherever it belongs."""
        if actor.may(Right.EDIT_REGISTERS):
            return self.inside
        return self.read if actor.may(Right.READ_INTERNAL) else self.outside


@dataclass(frozen=True)
class Part:
    """One kind of things: as it was read last in one go, and what changed since (`fresh`).

    What is `stale` of the whole is not looked at any more.
    """

    whole: Laid
    fresh: Laid = Laid((), ())
    stale: frozenset[tuple[str, str]] = frozenset()


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All kinds of things of a network, after these deeds."""

    deeds: Mapping[UUID, tuple[str, UUID]]
    parts: Mapping[str, Part]


def proposals(actor: Actor, typed: str, *, limit: int) -> list[Match]:
    """What may be meant, by kind, of what this actor may see; the best of each kind first."""
    reads_all = actor.may(Right.READ_INTERNAL)
    kept = frozenset() if reads_all else represented_by(actor)
    found: list[Match] = []
    for part in _catalogue().parts.values():
        known, new = part.whole.seen_by(actor), part.fresh.seen_by(actor)
        told = [*_still_true(part, known, typed, limit), *find(new, typed, limit=limit)]
        if kept:
            told += _still_true(part, part.whole.kept_by(kept), typed, limit)
            told += find(part.fresh.kept_by(kept), typed, limit=limit)
        found += _best_of_each(told)
    return found


def _still_true(part: Part, index: NameIndex, typed: str, limit: int) -> list[Match]:
    matches = find(index, typed, limit=limit + len(part.stale))
    return [one for one in matches if (one.named.group, one.named.key) not in part.stale]


def _best_of_each(matches: Iterable[Match]) -> list[Match]:
    best: dict[tuple[str, str], Match] = {}
    for match in matches:
        key = match.named.group, match.named.key
        if key not in best or best[key].score < match.score:
            best[key] = match
    return sorted(best.values(), key=lambda match: -match.score)


# ── in memory ───────────────────────────────────────────────────────────────────────────────────

_kept: OrderedDict[UUID, Catalogue] = OrderedDict()
_lock = threading.Lock()


def _catalogue() -> Catalogue:
    """The catalogue of the network at hand as the last deed left it."""
    network, now = current_network_id(), latest_touched(without=BESIDE)
    with _lock:
        known = _kept.get(network)
    if known is None or known.deeds.keys() != now.keys():
        known = Catalogue(now, _renewed(known, now))
    with _lock:
        _kept[network] = known
        _kept.move_to_end(network)
        while len(_kept) > MOST_NETWORKS:
            _kept.popitem(last=False)
    return known


def _renewed(known: Catalogue | None, now: Mapping[UUID, tuple[str, UUID]]) -> dict[str, Part]:
    """Only what the new deeds touched is read again, where that says all; else everything."""
    since = [now[deed] for deed in now.keys() - known.deeds.keys()] if known else []
    touched = touched_by(since) if known and len(since) < LATEST else None
    if known is None or touched is None:
        return {kind: Part(Laid(*read(None))) for kind, read in PARTS.items()}
    return {kind: _patched(part, touched, PARTS[kind]) for kind, part in known.parts.items()}


def _patched(part: Part, touched: Touched, read: Reading) -> Part:
    stale = part.stale | touched.keys
    if len(stale) > MOST_STALE:
        return Part(Laid(*read(None)))
    owned, shown = read(touched)
    others = [one for one in part.fresh.owned if _key(one[0]) not in touched.keys]
    open_ones = [one for one in part.fresh.shown if _key(one) not in touched.keys]
    return Part(part.whole, Laid([*others, *owned], [*open_ones, *shown]), stale)


def _key(thing: Named) -> tuple[str, str]:
    return thing.group, thing.key


@dataclass(frozen=True, slots=True)
class Touched:
    """What some deeds may have changed: the records, and those that name them."""

    organisations: frozenset[UUID]
    roles: frozenset[UUID]
    people: frozenset[UUID]
    offers: frozenset[UUID]

    @property
    def keys(self) -> frozenset[tuple[str, str]]:
        """As the index knows them."""
        told = ((ORGANISATION, self.organisations), (ROLE, self.roles), (PERSON, self.people),
                (OFFER, self.offers))  # fmt: skip
        return frozenset((group, str(one)) for group, ids in told for one in ids)


def touched_by(deeds: Iterable[tuple[str, UUID]]) -> Touched | None:
    """None where it cannot be told record by record: something is gone, or many at once."""
    by_kind: dict[str, set[UUID]] = {}
    for kind, record in deeds:
        by_kind.setdefault(kind, set()).add(record)
    if by_kind.keys() - TOLD_BY_RECORD:
        return None
    named = {kind: by_kind.get(kind, set()) for kind in TOLD_BY_RECORD}
    at = organisations(READS_ALL).filter(
        Q(pk__in=named["partners.Organisation"]) | Q(body__in=named["partners.Organisation"])
    )
    houses = set(at.values_list("pk", flat=True))
    roles = contacts(READS_ALL).filter(
        Q(pk__in=named["partners.Contact"]) | Q(organisation__in=houses)
        | Q(person__in=named["partners.Person"])
    )  # fmt: skip
    told = list(roles.order_by().values_list("pk", "organisation_id", "person_id"))
    if named["partners.Contact"] - {pk for pk, _house, _person in told}:
        return None
    if named["partners.Organisation"] - houses or len(told) > MOST_STALE:
        return None
    persons = {person for _pk, _house, person in told if person} | named["partners.Person"]
    of_houses = offers(READS_ALL).filter(provider__in=houses).order_by()
    return Touched(
        organisations=frozenset(houses | {house for _pk, house, _person in told}),
        roles=frozenset(pk for pk, _house, _person in told),
        people=frozenset(persons),
        offers=frozenset(named["offers.Offer"] | set(of_houses.values_list("pk", flat=True))),
    )


# ── read from the registers ─────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class _Role:
    """One contact as the search needs it, with its numbers by audience."""

    id: UUID
    organisation: UUID
    person: UUID | None
    name: str
    name_audience: str
    function: str
    email: str
    email_audience: str
    is_shown: bool
    numbers: Sequence[tuple[str, str]]

    @property
    def ways(self) -> tuple[str, ...]:
        """Every number and address."""
        return tuple(filter(None, (self.email, *(number for number, _for in self.numbers))))

    @property
    def shown_ways(self) -> tuple[str, ...]:
        """Those that members see who do not keep the register."""
        open_ones = [number for number, audience in self.numbers if _is_open(audience)]
        email = self.email if _is_open(self.email_audience) else ""
        return tuple(filter(None, (email, *open_ones)))

    @property
    def shown_name(self) -> str:
        """The name as those members see it."""
        return self.name if _is_open(self.name_audience) else ""


def _is_open(audience: str) -> bool:
    """Whoever signs in is a professional."""
    return may_see(Audience.PROFESSIONALS, audience)


def _roles(among: Q | None) -> list[_Role]:
    rows = contacts(READS_ALL).order_by()
    phones = Phone.objects.order_by()
    if among is not None:
        rows = rows.filter(among)
        phones = phones.filter(contact__in=rows.values("pk"))
    numbers: dict[UUID, list[tuple[str, str]]] = {}
    for contact, told, audience in phones.values_list("contact_id", "shown", "audience"):
        numbers.setdefault(contact, []).append((told, audience))
    rows = rows.only(
        "organisation_id", "person_id", "name", "name_audience", "function", "email",
        "email_audience", "is_public", "is_internal",
    )  # fmt: skip
    return [
        _Role(
            id=row.pk,
            organisation=row.organisation_id,
            person=row.person_id,
            name=row.name,
            name_audience=row.name_audience,
            function=row.function,
            email=row.email,
            email_audience=row.email_audience,
            is_shown=row.is_public and not row.is_internal,
            numbers=numbers.get(row.pk, ()),
        )
        for row in rows.select_related(None)
    ]


def _of_organisations(only: Touched | None) -> Things:
    """With its place, its body, and how its offices are reached."""
    an_office = Q(name="", person=None)
    of_these = Q(organisation__in=only.organisations) if only else Q()
    offices: dict[UUID, list[_Role]] = {}
    for role in _roles(an_office & of_these):
        offices.setdefault(role.organisation, []).append(role)
    owned, shown = [], []
    houses = organisations(READS_ALL).order_by()
    rows = (houses.filter(pk__in=only.organisations) if only else houses).values_list(
        "pk", "body_id", "is_public", "name", "body__name", "sub_kind__name", "place__street",
        "place__postal_code", "place__town",
    )  # fmt: skip
    for pk, body, public, name, *told in rows:
        further = tuple(filter(None, told))
        reached = offices.get(pk, ())
        ways = tuple(way for role in reached for way in role.ways)
        whole = Named(ORGANISATION, str(pk), name, further, ways)
        read = replace(whole, ways=tuple(way for role in reached for way in role.shown_ways))
        owned.append((whole, frozenset(filter(None, (pk, body))), read))
        if public:
            open_ways = tuple(way for role in reached if role.is_shown for way in role.shown_ways)
            shown.append(Named(ORGANISATION, str(pk), name, further, open_ways))
    return owned, shown


def _of_people(only: Touched | None) -> Things:
    """People with all their roles; and names of roles that no person stands behind."""
    houses = organisations(READS_ALL).order_by()
    persons = people(READS_ALL).order_by()
    if only:
        houses = houses.filter(contacts__person__in=only.people) | houses.filter(
            pk__in=only.organisations)  # fmt: skip
        persons = persons.filter(pk__in=only.people)
    called = dict(houses.values_list("pk", "name"))
    among = Q(pk__in=only.roles) | Q(person__in=only.people) if only else None
    by_person: dict[UUID, list[_Role]] = {}
    owned, shown = [], []
    for role in _roles(among):
        if role.person is not None:
            by_person.setdefault(role.person, []).append(role)
        elif role.name:
            house = (role.function, called.get(role.organisation, ""))
            whole = Named(ROLE, str(role.id), role.name, _said(house), role.ways)
            read = replace(whole, ways=role.shown_ways)
            owned.append((whole, frozenset([role.organisation]), read))
        if role.is_shown and role.shown_name:
            shown.append(_shown_person(role, called))
    rows = persons.values_list("pk", "title", "given_name", "family_name")
    for pk, *names in rows:
        roles = by_person.get(pk, ())
        whole = _whole_person(pk, names, roles, called)
        read = replace(whole, ways=tuple(way for role in roles for way in role.shown_ways))
        owned.append((whole, frozenset(role.organisation for role in roles), read))
    return owned, shown


def _whole_person(
    pk: UUID, names: Sequence[str], roles: Sequence[_Role], called: dict[UUID, str]
) -> Named:
    houses = (called.get(role.organisation, "") for role in roles)
    further = _said((*houses, *(role.function for role in roles), *(role.name for role in roles)))
    ways = tuple(way for role in roles for way in role.ways)
    return Named(PERSON, str(pk), " ".join(filter(None, names)), further, ways)


def _shown_person(role: _Role, called: dict[UUID, str]) -> Named:
    """A role as members see it who do not read the register."""
    group, key = (PERSON, role.person) if role.person else (ROLE, role.id)
    further = _said((role.function, called.get(role.organisation, "")))
    return Named(group, str(key), role.shown_name, further, role.shown_ways)


def _of_offers(only: Touched | None) -> Things:
    owned, shown = [], []
    told = offers(READS_ALL).order_by()
    rows = (told.filter(pk__in=only.offers) if only else told).values_list(
        "pk", "title", "sort", "status", "provider_id", "provider__body_id", "provider__name"
    )  # fmt: skip
    for pk, title, sort, status, provider, body, house in rows:
        thing = Named(OFFER, str(pk), title, _said((sort, house)))
        owned.append((thing, frozenset(filter(None, (provider, body))), thing))
        if status == Status.PUBLISHED:
            shown.append(thing)
    return owned, shown


def _said(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, names)))


def _of_topics(only: Touched | None) -> Things:
    if only:
        return (), ()  # a deed on a topic is not told by record
    shown = [
        Named(TOPIC, topic.key, name, (*names, *topic.words))
        for topic in topics()
        for name, *names in [list(topic.names.values()) or [topic.key]]
    ]
    return [(thing, frozenset(), thing) for thing in shown], shown


PARTS: dict[str, Reading] = {
    PERSON: _of_people,
    ORGANISATION: _of_organisations,
    OFFER: _of_offers,
    TOPIC: _of_topics,
}
