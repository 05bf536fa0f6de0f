"""A county drawn from its plan: plain values, nothing is written here."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from knotenpunkt.front.demo.inventing.houses import BODIES, NAMES, work_in
from knotenpunkt.front.demo.inventing.plans import Plan
from knotenpunkt.front.demo.inventing.words import label, words
from knotenpunkt.registers.areas import postal_codes
from knotenpunkt.registers.partners.models import Audience, PartnerKind

YEARS = 3
DAYS = 365 * YEARS
RUN_BY_A_BODY = frozenset(
    {
        PartnerKind.CHILDCARE, PartnerKind.FREE_YOUTH_WELFARE, PartnerKind.SOCIAL_COUNSELLING,
        PartnerKind.PREGNANCY_COUNSELLING, PartnerKind.EARLY_INTERVENTION,
        PartnerKind.FAMILY_EDUCATION, PartnerKind.MULTI_GENERATION_HOUSE,
        PartnerKind.SGB_IX_PROVIDER, PartnerKind.VIOLENCE_PROTECTION,
    }
)  # fmt: skip
FACILITIES_OF_A_BODY = 9
NUMEROUS = frozenset({PartnerKind.CHILDCARE, PartnerKind.SCHOOL, PartnerKind.HEALTH_PROFESSION})
WITHOUT_A_NUMBER = 0.4
TITLES = {
    "Kinderärztin": "Dr. med.", "Frauenärztin": "Dr. med.", "Zahnärztin": "Dr. med. dent.",
    "Psychologin": "Dipl.-Psych.",
}  # fmt: skip
# How a profession or function is called where a man has it.
OF_MEN = {
    "Erzieherin": "Erzieher", "Lehrerin": "Lehrer", "Sozialpädagogin": "Sozialpädagoge",
    "Kinderärztin": "Kinderarzt", "Psychologin": "Psychologe",
    "Frauenärztin": "Frauenarzt", "Zahnärztin": "Zahnarzt", "Logopädin": "Logopäde",
    "Ergotherapeutin": "Ergotherapeut", "Physiotherapeutin": "Physiotherapeut",
    "Medizinische Fachangestellte": "Medizinischer Fachangestellter", "Hebamme": "Geburtshelfer",
    "Beraterin": "Berater", "Inhaberin": "Inhaber", "Praxisärztin": "Praxisarzt",
    "Oberärztin": "Oberarzt", "Beratungslehrerin": "Beratungslehrer",
    "Familienrichterin": "Familienrichter", "Kinderschutzbeauftragte": "Kinderschutzbeauftragter",
    "Leitende Hebamme": "Leitender Geburtshelfer",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class House:
    """An invented partner. `body` is the position of its body in the county, or None."""

    name: str
    kind: PartnerKind
    is_body: bool
    body: int | None
    street: str
    postal_code: str
    town: str
    regions: tuple[str, ...]
    site: str
    phone: str
    joined_on: date
    left_on: date | None
    confirmed_on: date | None

    @property
    def owner(self) -> str:
        """The family name at the door of a practice; "" where a house has a name of its own."""
        last = self.name.rpartition(" ")[2]
        return last if last in words("family_names") else ""


@dataclass(frozen=True, slots=True)
class Role:
    """What somebody did where, from when to when."""

    house: int
    function: str
    since: date
    until: date | None = None
    email: str = ""
    audience: Audience = Audience.PUBLIC

    def is_held_on(self, day: date) -> bool:
        """Whether they had it on that day."""
        return self.since <= day and (self.until is None or day <= self.until)


@dataclass(frozen=True, slots=True)
class Life:
    """An invented person: who they are, where they worked, what they came to."""

    salutation: str
    title: str
    given_name: str
    family_name: str
    profession: str
    roles: tuple[Role, ...]
    meetings: tuple[int, ...]
    left_on: date | None
    confirmed_on: date | None


@dataclass(frozen=True, slots=True)
class Meeting:
    """Something that partners came to."""

    title: str
    on: date


@dataclass(frozen=True)
class County:
    """All of it. Houses are named by their position; bodies stand before their facilities."""

    houses: list[House] = field(default_factory=list)
    lives: list[Life] = field(default_factory=list)
    meetings: list[Meeting] = field(default_factory=list)


class Inventor:
    """Draws one county; `taken` are full names that nobody else may have."""

    def __init__(
        self, plan: Plan, area_keys: tuple[str, ...], today: date, taken: set[str]
    ) -> None:
        self.plan, self.today, self.taken = plan, today, taken
        # The same county at every load; nothing secret hangs on it.
        self.chance = random.Random(plan.seed)  # noqa: S311
        self.towns = postal_codes.largest_towns(area_keys, plan.spread)
        self.weights = [max(town.population, 1_500) ** 0.85 for town in self.towns]
        self.names: set[str] = set()
        self.sites: set[str] = set()
        self.next_phone = plan.first_phone
        self.county = County()

    def county_drawn(self) -> County:
        """Bodies, facilities, meetings, lives."""
        self._bodies()
        for kind, count in self.plan.counts.items():
            for _number in range(count):
                self._add(kind, self._body_for(kind), is_body=False)
        self._meetings()
        for number in range(len(self.county.houses)):
            self.county.lives.extend(self._staff(number))
        return self.county

    def _bodies(self) -> None:
        run = sum(count for kind, count in self.plan.counts.items() if kind in RUN_BY_A_BODY)
        for _number in range(max(2, run // FACILITIES_OF_A_BODY)):
            self._add(PartnerKind.FREE_YOUTH_WELFARE, None, is_body=True)

    def _body_for(self, kind: PartnerKind) -> int | None:
        bodies = sum(1 for house in self.county.houses if house.is_body)
        wanted = kind in RUN_BY_A_BODY and self.chance.random() < 0.8
        return self.chance.randrange(bodies) if wanted else None

    def _add(self, kind: PartnerKind, body: int | None, *, is_body: bool) -> None:
        town = self.chance.choices(self.towns, self.weights)[0]
        code = self.chance.choice(town.postal_codes)
        patterns = BODIES if is_body else self.plan.names.get(kind, NAMES[kind])
        name = self._name(patterns, town.name)
        joined = self._day(DAYS + 900, 60)
        leaves = not is_body and self.chance.random() < 0.04
        self.county.houses.append(
            House(
                name=name,
                kind=kind,
                is_body=is_body,
                body=body,
                street=f"{self.chance.choice(words('streets'))} {self.chance.randint(1, 96)}",
                postal_code=code,
                town=town.name,
                regions=self._regions(code, town.area_key),
                site=self._site(name),
                phone=self._phone(kind),
                joined_on=joined,
                left_on=self._day(min(300, (self.today - joined).days), 5) if leaves else None,
                confirmed_on=self._confirmed(),
            )
        )

    def _name(self, patterns: tuple[str, ...], town: str) -> str:
        """One that no other house of the county has: with its town or its street if need be."""
        name = self.chance.choice(patterns).format(
            house=self.chance.choice(words("houses")),
            town=town,
            name=self.chance.choice(words("family_names")),
        )
        if name in self.names and town not in name:
            name = f"{name} {town}"
        if name in self.names:
            free = [one for one in words("streets") if f"{name}, {one}" not in self.names]
            name = f"{name}, {self.chance.choice(free)}"
        self.names.add(name)
        return name

    def _site(self, name: str) -> str:
        site = label(name)[:50].strip("-")
        if self.chance.random() < 0.3 or site in self.sites:
            return ""
        self.sites.add(site)
        return f"{site}.example.org"

    def _phone(self, kind: PartnerKind) -> str:
        """Numbers for fiction are few: of the many kinds of houses not each gets one."""
        if kind in NUMEROUS and self.chance.random() < WITHOUT_A_NUMBER:
            return ""
        self.next_phone += 1
        return f"{self.plan.phones}{self.next_phone:03d}" if self.next_phone < 1_000 else ""

    def _regions(self, code: str, area_key: str) -> tuple[str, ...]:
        inside = [
            region.name
            for region in self.plan.regions
            if code in region.postal_codes or area_key[:5] in region.area_keys
        ]
        quarters = [region.name for region in self.plan.regions if region.parent in inside]
        if quarters and self.chance.random() < 0.5:
            inside.append(self.chance.choice(quarters))
        # A few work for the whole network, or beyond their own region.
        if self.chance.random() < 0.08:
            return ()
        if self.chance.random() < 0.07 and self.plan.regions:
            inside.append(self.chance.choice(self.plan.regions).name)
        return tuple(dict.fromkeys(inside))

    def _day(self, most: int, least: int = 0) -> date:
        """A day between so many and so few days ago."""
        return self.today - timedelta(days=self.chance.randint(min(least, most), most))

    def _confirmed(self) -> date | None:
        luck = self.chance.random()
        if luck < 0.62:
            return self._day(360, 2)
        return self._day(900, 366) if luck < 0.9 else None

    def _meetings(self) -> None:
        """Each title comes back a few times, spread over the years."""
        for title in self.plan.meetings:
            for _time in range(self.chance.randint(1, 3)):
                day = self._day(DAYS, 8)
                while day.weekday() > 4:
                    day -= timedelta(days=1)
                self.county.meetings.append(Meeting(title, day))
        self.county.meetings.sort(key=lambda meeting: meeting.on)

    def _staff(self, number: int) -> Iterator[Life]:
        """Somebody leads nearly every house, a few have more people in the register."""
        house = self.county.houses[number]
        work = work_in(house.name, house.kind)
        share = (0.93, 0.38, 0.14)
        for place, (function, profession) in enumerate(work[:3]):
            if self.chance.random() < share[place]:
                yield self._life(number, function, profession)

    def _life(self, number: int, function: str, profession: str) -> Life:
        house = self.county.houses[number]
        is_man = self.chance.random() < 0.22
        owner = house.owner if function == "Inhaberin" else ""
        given, family = self._full_name("men" if is_man else "women", owner)
        function = OF_MEN.get(function, function) if is_man else function
        roles = list(self._roles(number, function, f"{label(given)}.{label(family)}"))
        gone = house.left_on or (self._day(420, 4) if self.chance.random() < 0.06 else None)
        if gone:
            roles = [_ended(role, gone) for role in roles]
        return Life(
            salutation="Herr" if is_man else "Frau",
            title=TITLES.get(profession, "") if self.chance.random() < 0.8 else "",
            given_name=given,
            family_name=family,
            profession=OF_MEN.get(profession, profession) if is_man else profession,
            roles=tuple(roles),
            meetings=self._came_to(roles),
            left_on=gone,
            confirmed_on=self._confirmed(),
        )

    def _full_name(self, given_names: str, owner: str) -> tuple[str, str]:
        """A name that nobody else in the demo has; a few are double names. `owner` is the family
        name that stands at the door already."""
        while True:
            given = self.chance.choice(words(given_names))
            family = owner or self.chance.choice(words("family_names"))
            if not owner and self.chance.random() < 0.05:
                family = f"{family}-{self.chance.choice(words('family_names'))}"
            if f"{given} {family}" not in self.taken:
                self.taken.add(f"{given} {family}")
                return given, family

    def _roles(self, number: int, function: str, mailbox: str) -> Iterator[Role]:
        """The present one, sometimes one before it elsewhere, sometimes a second beside it."""
        house = self.county.houses[number]
        since = max(house.joined_on, self._day(DAYS + 2_000, 30))
        if self.chance.random() < 0.12:
            before = self.chance.randrange(len(self.county.houses))
            began = since - timedelta(days=self.chance.randint(200, 1_800))
            yield Role(before, "Mitarbeit", began, since - timedelta(days=1))
        yield Role(number, function, since, None, self._mail(house, mailbox), self._audience())
        if self.chance.random() < 0.05:
            beside = self.chance.randrange(len(self.county.houses))
            yield Role(beside, "Vertretung im Netzwerk", self._day(700, 20))

    def _mail(self, house: House, mailbox: str) -> str:
        return f"{mailbox}@{house.site}" if house.site and self.chance.random() < 0.85 else ""

    def _audience(self) -> Audience:
        return self.chance.choices(
            (Audience.PUBLIC, Audience.PROFESSIONALS, Audience.INTERNAL), (4, 5, 1)
        )[0]

    def _came_to(self, roles: list[Role]) -> tuple[int, ...]:
        """How eager somebody is differs; nobody comes before they began or after they left."""
        eager = self.chance.betavariate(1.1, 6)
        return tuple(
            place
            for place, meeting in enumerate(self.county.meetings)
            if any(role.is_held_on(meeting.on) for role in roles) and self.chance.random() < eager
        )


def _ended(role: Role, day: date) -> Role:
    if role.until and role.until < day:
        return role
    return replace(role, until=max(day, role.since))
