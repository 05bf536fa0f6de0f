"""Writes an invented county into the register, through the actions that pages call."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import cache

from django.utils import timezone

from knotenpunkt.front.demo.inventing.county import County, House, Inventor, Life, Role
from knotenpunkt.front.demo.inventing.plans import PLANS, RegionPlan
from knotenpunkt.front.demo.networks import NETWORKS, DemoNetwork
from knotenpunkt.front.demo.records import ACTOR, Row, coordinates, rows_of
from knotenpunkt.registers.areas.actions import save_place, save_region
from knotenpunkt.registers.areas.models import Place, Region
from knotenpunkt.registers.partners.actions import (
    PhoneDraft,
    save_contact,
    save_organisation,
    save_person,
    save_profession,
    set_regions,
    take_part,
)
from knotenpunkt.registers.partners.models import (
    Level,
    Organisation,
    Person,
    Profession,
)

MEETING = "meeting"

Progress = Callable[[int], None]


@cache
def counties(today: date) -> dict[str, County]:
    """All demo counties, by short name. They are drawn together: no two people share a name."""
    taken = {name for demo in NETWORKS for name in _told_names(demo)}
    return {
        demo.slug: Inventor(PLANS[demo.slug], demo.area_keys, today, taken).county_drawn()
        for demo in NETWORKS
    }


def county_of(demo: DemoNetwork) -> County:
    """What is invented for this network, as of today."""
    return counties(timezone.localdate())[demo.slug]


def _told_names(demo: DemoNetwork) -> Iterator[str]:
    """Who has a name in the files already."""
    yield demo.contact_name
    yield from (login.name for login in demo.logins)
    for row in (*rows_of(demo, "organisations"), *rows_of(demo, "offers")):
        if row["contact"]:
            yield row["contact"]["name"]


class Register:
    """Holds what has been made so far while one county is written."""

    def __init__(self, demo: DemoNetwork) -> None:
        self.plan, self.county = PLANS[demo.slug], county_of(demo)
        self.regions: dict[str, Region] = {}
        self.professions: dict[str, Profession] = {}
        self.organisations: list[Organisation] = []

    def load(self, progress: Progress) -> None:
        """Regions first, then houses, then the people in them."""
        for region in self.plan.regions:
            self._region(region)
        for house in self.county.houses:
            self.organisations.append(self._house(house))
            progress(len(self.organisations))
        for life in self.county.lives:
            self._life(life)

    def settle(self, organisations: Iterable[Organisation]) -> None:
        """Those that came with the offers work where they stand, as the invented ones do."""
        for one in organisations:
            code = one.place.postal_code if one.place else ""
            area = one.place.area_key[:5] if one.place else ""
            here = [
                self.regions[plan.name]
                for plan in self.plan.regions
                if code in plan.postal_codes or area in plan.area_keys
            ]
            set_regions(actor=ACTOR, organisation=one, regions=here)

    def _region(self, plan: RegionPlan) -> None:
        self.regions[plan.name] = save_region(
            actor=ACTOR,
            name=plan.name,
            kind=plan.kind,
            parent=self.regions.get(plan.parent),
            postal_codes=list(plan.postal_codes),
            area_keys=list(plan.area_keys),
            position=len(self.regions),
        )

    def _house(self, house: House) -> Organisation:
        organisation = save_organisation(
            actor=ACTOR,
            level=Level.BODY if house.is_body else Level.FACILITY,
            body=None if house.body is None else self.organisations[house.body],
            kind=house.kind,
            name=house.name,
            website=f"https://{house.site}" if house.site else "",
            place=self._place(house),
            joined_on=house.joined_on,
            left_on=house.left_on,
            confirmed_on=house.confirmed_on,
        )
        set_regions(
            actor=ACTOR,
            organisation=organisation,
            regions=[self.regions[name] for name in house.regions],
        )
        if house.phone or house.site:
            save_contact(
                actor=ACTOR,
                organisation=organisation,
                phones=_numbers(house.phone),
                email=f"kontakt@{house.site}" if house.site else "",
                is_public=not house.left_on,
            )
        return organisation

    def _place(self, house: House) -> Place:
        row = {"street": house.street, "postal_code": house.postal_code, "town": house.town}
        found: Row = dict(row) | coordinates(row)
        return save_place(actor=ACTOR, **found)

    def _life(self, life: Life) -> None:
        person = save_person(
            actor=ACTOR,
            salutation=life.salutation,
            title=life.title,
            given_name=life.given_name,
            family_name=life.family_name,
            profession=self._profession(life.profession),
            left_on=life.left_on,
            confirmed_on=life.confirmed_on,
        )
        for role in life.roles:
            self._role(person, role)
        for number in life.meetings:
            self._came(person, life, number)

    def _role(self, person: Person, role: Role) -> None:
        """Who leads a house is asked whether its entries are still true."""
        save_contact(
            actor=ACTOR,
            organisation=self.organisations[role.house],
            person=person,
            name=person.full_name,
            name_audience=role.audience,
            function=role.function,
            email=role.email,
            email_audience=role.audience,
            since=role.since,
            until=role.until,
            answers_inquiries=bool(role.email) and role.until is None,
        )

    def _came(self, person: Person, life: Life, number: int) -> None:
        meeting = self.county.meetings[number]
        role = next(one for one in life.roles if one.is_held_on(meeting.on))
        take_part(
            actor=ACTOR,
            organisation=self.organisations[role.house],
            person=person,
            kind=MEETING,
            title=meeting.title,
            on=meeting.on,
        )

    def _profession(self, name: str) -> Profession:
        if name not in self.professions:
            self.professions[name] = save_profession(actor=ACTOR, name=name)
        return self.professions[name]


def _numbers(phone: str) -> list[PhoneDraft]:
    return [PhoneDraft(shown=phone, dialled=f"+49{phone[1:].replace(' ', '')}")] if phone else []
