"""What can be found by name in a network, held in the memory of this process and nowhere else.

It is read from the registers and built anew when the audit tells of a deed that may have changed a
name. It only proposes: what is shown is fetched again for the one who asks (`answers`).
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from knotenpunkt.foundation.accounts.actors import Actor, System
from knotenpunkt.foundation.accounts.rights import Right
from knotenpunkt.foundation.audit.queries import stamp
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
          "library.", "responsibilities.", "agreements.", "pages.", "networks.")  # fmt: skip

Owned = tuple[Named, frozenset[UUID]]
"""A thing with the organisations whose keepers may see all of it."""


@dataclass(frozen=True, slots=True)
class Part:
    """One kind of things: all of it for those who read the register, and what every member sees."""

    stamp: frozenset[UUID]
    inside: NameIndex
    owned: Sequence[Owned]
    shown: NameIndex


def proposals(actor: Actor, typed: str, *, limit: int) -> list[Match]:
    """What may be meant, by kind, of what this actor may see; the best of each kind first."""
    found: list[Match] = []
    for kind in PARTS:
        part = _part(kind)
        if actor.may(Right.READ_INTERNAL):
            found += find(part.inside, typed, limit=limit)
        else:
            found += _merged(
                find(part.shown, typed, limit=limit),
                find(_own(part, represented_by(actor)), typed, limit=limit),
            )
    return found


def _merged(shown: Iterable[Match], own: Iterable[Match]) -> list[Match]:
    best: dict[tuple[str, str], Match] = {}
    for match in (*shown, *own):
        key = match.named.group, match.named.key
        if key not in best or best[key].score < match.score:
            best[key] = match
    return sorted(best.values(), key=lambda match: -match.score)


def _own(part: Part, kept: frozenset[UUID]) -> NameIndex:
    return index_of(thing for thing, owners in part.owned if owners & kept)


# ── in memory ───────────────────────────────────────────────────────────────────────────────────

_kept: OrderedDict[tuple[UUID, str], Part] = OrderedDict()
_lock = threading.Lock()


def _part(kind: str) -> Part:
    """The part as the last deed left it."""
    read, without = PARTS[kind]
    key, now = (current_network_id(), kind), stamp(without=without)
    with _lock:
        part = _kept.get(key)
    if part is None or part.stamp != now:
        part = _built(now, *read())
        with _lock:
            _kept[key] = part
            while len(_kept) > MOST_NETWORKS * len(PARTS):
                _kept.popitem(last=False)
    with _lock:
        _kept.move_to_end(key)
    return part


def _built(now: frozenset[UUID], owned: Sequence[Owned], shown: Collection[Named]) -> Part:
    return Part(now, index_of(thing for thing, _owners in owned), owned, index_of(shown))


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
        """Those that members without a right to read the register see."""
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


def _roles() -> list[_Role]:
    numbers: dict[UUID, list[tuple[str, str]]] = {}
    for contact, told, audience in Phone.objects.order_by().values_list(
        "contact_id", "shown", "audience"
    ):
        numbers.setdefault(contact, []).append((told, audience))
    rows = contacts(READS_ALL).order_by().only(
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


def _of_organisations() -> tuple[list[Owned], list[Named]]:
    """With its place, its body, and how its offices are reached."""
    offices: dict[UUID, list[_Role]] = {}
    for role in _roles():
        if not role.name and role.person is None:
            offices.setdefault(role.organisation, []).append(role)
    owned, shown = [], []
    rows = organisations(READS_ALL).order_by().values_list(
        "pk", "body_id", "is_public", "name", "body__name", "sub_kind__name", "place__street",
        "place__postal_code", "place__town",
    )  # fmt: skip
    for pk, body, public, name, *told in rows:
        further = tuple(filter(None, told))
        reached = offices.get(pk, ())
        ways = tuple(way for role in reached for way in role.ways)
        whole = Named(ORGANISATION, str(pk), name, further, ways)
        owned.append((whole, frozenset(filter(None, (pk, body)))))
        if public:
            open_ways = tuple(way for role in reached if role.is_shown for way in role.shown_ways)
            shown.append(Named(ORGANISATION, str(pk), name, further, open_ways))
    return owned, shown


def _of_people() -> tuple[list[Owned], list[Named]]:
    """People with all their roles; and names of roles that no person stands behind."""
    called = dict(organisations(READS_ALL).order_by().values_list("pk", "name"))
    by_person: dict[UUID, list[_Role]] = {}
    owned, shown = [], []
    for role in _roles():
        if role.person is not None:
            by_person.setdefault(role.person, []).append(role)
        elif role.name:
            house = (role.function, called.get(role.organisation, ""))
            whole = Named(ROLE, str(role.id), role.name, _said(house), role.ways)
            owned.append((whole, frozenset([role.organisation])))
        if role.is_shown and role.shown_name:
            shown.append(_shown_person(role, called))
    rows = people(READS_ALL).order_by().values_list("pk", "title", "given_name", "family_name")
    for pk, *names in rows:
        roles = by_person.get(pk, ())
        owned.append((_whole_person(pk, names, roles, called),
                      frozenset(role.organisation for role in roles)))  # fmt: skip
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


def _of_offers() -> tuple[list[Owned], list[Named]]:
    owned, shown = [], []
    rows = offers(READS_ALL).order_by().values_list(
        "pk", "title", "sort", "status", "provider_id", "provider__body_id", "provider__name"
    )  # fmt: skip
    for pk, title, sort, status, provider, body, house in rows:
        thing = Named(OFFER, str(pk), title, _said((sort, house)))
        owned.append((thing, frozenset(filter(None, (provider, body)))))
        if status == Status.PUBLISHED:
            shown.append(thing)
    return owned, shown


def _said(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, names)))


def _of_topics() -> tuple[list[Owned], list[Named]]:
    shown = [
        Named(TOPIC, topic.key, name, (*names, *topic.words))
        for topic in topics()
        for name, *names in [list(topic.names.values()) or [topic.key]]
    ]
    return [(thing, frozenset()) for thing in shown], shown


Reading = Callable[[], tuple[Sequence[Owned], Collection[Named]]]
PARTS: dict[str, tuple[Reading, tuple[str, ...]]] = {
    PERSON: (_of_people, (*BESIDE, "offers.")),
    ORGANISATION: (_of_organisations, (*BESIDE, "offers.")),
    OFFER: (_of_offers, (*BESIDE, "partners.Contact", "partners.Person")),
    TOPIC: (_of_topics, (*BESIDE, "partners.", "offers.Offer", "imports.")),
}
