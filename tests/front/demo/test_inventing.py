"""The invented counties: as large as real ones, and no two people with the same life."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date, timedelta

import pytest

from knotenpunkt.front.demo.inventing.county import County
from knotenpunkt.front.demo.networks import NETWORKS
from knotenpunkt.front.demo.records import rows_of
from knotenpunkt.front.demo.register import counties
from knotenpunkt.registers.areas import postal_codes
from knotenpunkt.registers.partners.models import PartnerKind

TODAY = date(2026, 11, 22)
COUNTIES = ("mittelsachsen", "bautzen", "erzgebirgskreis", "peine")
# Reserved for fiction by the Bundesnetzagentur.
FICTION = re.compile(r"^(?:030 23125|040 66969|069 90009|0221 4710|089 99998) \d{3}$")


@pytest.fixture(scope="module")
def drawn() -> dict[str, County]:
    return counties(TODAY)


def partners(slug: str, county: County) -> int:
    demo = next(one for one in NETWORKS if one.slug == slug)
    return len(county.houses) + sum(1 for _row in rows_of(demo, "organisations"))


def test_all_five_networks_are_there(drawn: dict[str, County]) -> None:
    assert set(drawn) == {*COUNTIES, "thekiz"}


@pytest.mark.parametrize("slug", COUNTIES)
def test_a_county_is_as_large_as_a_real_one(slug: str, drawn: dict[str, County]) -> None:
    assert 800 <= partners(slug, drawn[slug]) <= 1_200
    assert len(drawn[slug].lives) > len(drawn[slug].houses)


def test_the_programme_has_its_sites(drawn: dict[str, County]) -> None:
    sites = [one for one in drawn["thekiz"].houses if one.kind == PartnerKind.CHILDCARE]
    assert len(sites) == 35
    assert all("zentrum" in site.name.lower() for site in sites)


def test_the_same_day_draws_the_same_county(drawn: dict[str, County]) -> None:
    again = counties.__wrapped__(TODAY)
    assert again["peine"] == drawn["peine"]


def test_no_two_people_have_the_same_life(drawn: dict[str, County]) -> None:
    """Not even with their names taken away."""
    for slug, county in drawn.items():
        lives = Counter((one.profession, one.roles, one.meetings) for one in county.lives)
        assert max(lives.values()) == 1, slug


def test_nobody_has_the_name_of_somebody_else(drawn: dict[str, County]) -> None:
    names = Counter(
        f"{one.given_name} {one.family_name}" for county in drawn.values() for one in county.lives
    )
    names.update(
        row["contact"]["name"]
        for demo in NETWORKS
        for kind in ("organisations", "offers")
        for row in rows_of(demo, kind)
        if row["contact"]
    )
    invented = {f"{one.given_name} {one.family_name}" for c in drawn.values() for one in c.lives}
    assert [name for name in invented if names[name] > 1] == []


def test_houses_of_a_county_have_names_of_their_own(drawn: dict[str, County]) -> None:
    for county in drawn.values():
        assert max(Counter(house.name for house in county.houses).values()) == 1


def test_telephones_ring_nowhere_and_only_in_one_house(drawn: dict[str, County]) -> None:
    for county in drawn.values():
        numbers = Counter(house.phone for house in county.houses if house.phone)
        assert max(numbers.values()) == 1
        assert all(FICTION.match(number) for number in numbers)


def test_mail_leads_nowhere(drawn: dict[str, County]) -> None:
    for county in drawn.values():
        mails = [role.email for life in county.lives for role in life.roles if role.email]
        assert mails and all(mail.endswith(".example.org") for mail in mails)
        assert all(mail.isascii() for mail in mails)


def test_addresses_stand_on_real_geography(drawn: dict[str, County]) -> None:
    for county in drawn.values():
        unknown = [
            house
            for house in county.houses
            if postal_codes.row_for(house.postal_code, house.town) is None
        ]
        assert not unknown


def test_regions_are_filled(drawn: dict[str, County]) -> None:
    for county in drawn.values():
        served = Counter(region for house in county.houses for region in house.regions)
        assert len(served) >= 3 and min(served.values()) >= 8


def test_three_years_are_told(drawn: dict[str, County]) -> None:
    for county in drawn.values():
        days = [meeting.on for meeting in county.meetings]
        assert min(days) < TODAY - timedelta(days=730) and max(days) <= TODAY
        assert any(life.left_on for life in county.lives)
        assert any(len(life.roles) > 1 for life in county.lives)


def test_nobody_comes_before_they_began(drawn: dict[str, County]) -> None:
    for county in drawn.values():
        for life in county.lives:
            for number in life.meetings:
                assert any(role.is_held_on(county.meetings[number].on) for role in life.roles)
