"""Place and filters decide what is in, meaning decides the order; drafts and strangers stay out."""

from __future__ import annotations

from datetime import datetime, time, timedelta

import pytest
from django.contrib.auth.models import AnonymousUser

from knotenpunkt.foundation.accounts.actors import ANYONE, Actor
from knotenpunkt.foundation.accounts.queries import actor_for
from knotenpunkt.foundation.networks.models import Network
from knotenpunkt.foundation.networks.scope import in_network
from knotenpunkt.registers.areas.models import SchoolHolidays
from knotenpunkt.registers.areas.postal_codes import locate
from knotenpunkt.registers.offers.actions import TimeDraft, save_offer, withdraw_offer
from knotenpunkt.registers.offers.finder import Finding, find
from knotenpunkt.registers.offers.models import Offer
from knotenpunkt.registers.offers.rules import may_see, visible_to
from knotenpunkt.registers.offers.times import BERLIN
from knotenpunkt.registers.offers.wishes import Wish, located
from knotenpunkt.registers.offers.wishing import understand_wish
from tests.conftest import Cast
from tests.factories import DOEBELN, EXACT_FREIBERG, FREIBERG, make_offer

pytestmark = pytest.mark.django_db
TUESDAY = datetime(2026, 11, 24, 8, tzinfo=BERLIN)


def titles(finding: Finding) -> list[str]:
    return [found.offer.title for found in finding.found]


def look(network: Network, now: datetime = TUESDAY, **wish: object) -> Finding:
    return find(ANYONE, network, Wish(**wish), now=now)  # type: ignore[arg-type]


@pytest.fixture
def offers(inside_a: Network) -> dict[str, Offer]:
    tuesday = TimeDraft("weekly", time(14), time(17), weekday=1, pauses_in_school_holidays=True)
    return {
        "schrei": make_offer(
            "Schreibaby-Sprechstunde", summary="Wenn Ihr Baby viel weint.", age_from=0, age_to=36,
            topics=["schreien"], costs="free", times=[tuesday], languages=["de", "ar"],
        ),
        "schulden": make_offer(
            "Schuldnerberatung", summary="Ordnung in Rechnungen und Mahnungen.",
            topics=["schulden"], place=DOEBELN,
        ),
        "telefon": make_offer(
            "Hebammen-Telefon", summary="Fragen nach der Geburt.", setting="telephone",
            topics=["hebamme"], age_from=0, age_to=12,
        ),
    }  # fmt: skip


def test_a_worry_finds_the_help_that_means_it(inside_a: Network, offers: dict[str, Offer]) -> None:
    assert titles(look(inside_a, text="mein kleines brüllt die ganze nacht"))[0] == (
        "Schreibaby-Sprechstunde"
    )
    assert titles(look(inside_a, text="ich kann meine miete nicht zahlen"))[0] == (
        "Schuldnerberatung"
    )


def test_filters_decide_what_is_in(inside_a: Network, offers: dict[str, Offer]) -> None:
    assert "Schreibaby-Sprechstunde" not in titles(look(inside_a, age_months=60))
    assert titles(look(inside_a, language="ar")) == ["Schreibaby-Sprechstunde"]
    assert titles(look(inside_a, free=True)) == ["Schreibaby-Sprechstunde"]
    assert titles(look(inside_a, no_way=True)) == ["Hebammen-Telefon"]
    assert titles(look(inside_a, topic="baby")) == ["Schreibaby-Sprechstunde"]
    assert titles(look(inside_a, day="di", time="nachmittag")) == ["Schreibaby-Sprechstunde"]
    assert not look(inside_a, day="mi").total


def test_today_means_that_it_takes_place(inside_a: Network, offers: dict[str, Offer]) -> None:
    assert titles(look(inside_a, day="heute")) == ["Schreibaby-Sprechstunde"]
    SchoolHolidays.objects.create(
        land="SN", name="Ferien", starts=TUESDAY.date(), ends=TUESDAY.date()
    )
    assert not look(inside_a, day="heute").total


def test_the_circle_decides_and_says_when_it_grew(
    inside_a: Network, offers: dict[str, Offer]
) -> None:
    freiberg = locate("09599", ["14522"])
    near = look(inside_a, place=freiberg, place_text="09599", radius_km=5)
    assert set(titles(near)) == {"Schreibaby-Sprechstunde", "Hebammen-Telefon"}
    assert not near.widened
    schulden = look(inside_a, place=freiberg, topic="schulden", radius_km=5)
    assert titles(schulden) == ["Schuldnerberatung"]
    assert schulden.widened and (schulden.radius_km or 0) > 20


def test_today_leaves_out_what_is_over(inside_a: Network, offers: dict[str, Offer]) -> None:
    running, over = TUESDAY.replace(hour=16), TUESDAY.replace(hour=18)
    assert titles(look(inside_a, now=running, day="heute")) == ["Schreibaby-Sprechstunde"]
    assert not look(inside_a, now=over, day="heute").total
    monday_evening = over - timedelta(days=1)
    assert look(inside_a, now=monday_evening, day="morgen").total


def test_a_distance_is_as_exact_as_the_vaguer_of_its_ends(inside_a: Network) -> None:
    exact = located(make_offer("genau", place=EXACT_FREIBERG).at_places.get().place)
    make_offer("ungefähr", place=FREIBERG)
    found = look(inside_a, place=exact).found
    assert {one.offer.title: one.approximate for one in found} == {
        "genau": False,
        "ungefähr": True,
    }
    assert not look(inside_a, place=exact).nearest_is_approximate
    from_a_code = look(inside_a, place=locate("09599", ["14522"]))
    assert all(one.approximate for one in from_a_code.found)
    assert from_a_code.nearest_is_approximate
    assert not any(one.approximate for one in look(inside_a).found)


def test_every_offer_stands_on_one_page(inside_a: Network) -> None:
    names = {make_offer(f"Krabbelgruppe {number}").title for number in range(7)}
    pages = [look_at_page(inside_a, page) for page in (1, 2, 3)]
    assert [len(page.found) for page in pages] == [3, 3, 1]
    assert {title for page in pages for title in titles(page)} == names
    assert {(page.total, page.pages) for page in pages} == {(7, 3)}
    for unknown in (0, 4, 10**9):
        assert look_at_page(inside_a, unknown) == pages[2]


def look_at_page(network: Network, page: int) -> Finding:
    return find(ANYONE, network, Wish(), now=TUESDAY, limit=3, page=page)


def test_dates_pause_by_the_land_of_the_offer(network_a: Network, network_b: Network) -> None:
    tuesday = TimeDraft("weekly", time(14), weekday=1, pauses_in_school_holidays=True)
    SchoolHolidays.objects.create(
        land="NI", name="Ferien", starts=TUESDAY.date(), ends=TUESDAY.date()
    )
    with in_network(network_b):
        make_offer("nebenan", place=EXACT_FREIBERG, times=[tuesday])
    with in_network(network_a):
        make_offer("hier", place=EXACT_FREIBERG, times=[tuesday])
        freiberg = locate("09599", ["14522"])
        found = look(network_a, place=freiberg).found
        assert titles(look(network_a, place=freiberg, day="heute")) == ["hier"]
    days = {one.offer.title: one.next.day.day for one in found if one.next}
    assert days == {"hier": 24, "nebenan": 1}


def test_what_one_may_see_is_what_the_list_shows(
    network_a: Network, cast: Cast, system: Actor
) -> None:
    with in_network(network_a):
        make_offer("veröffentlicht")
        make_offer("Entwurf", published=False)
        withdraw_offer(actor=system, offer=make_offer("zurückgezogen"))
        for user in (AnonymousUser(), cast.birgit, cast.carla, cast.frida, cast.petra):
            actor = actor_for(user)
            seen = set(Offer.objects.filter(visible_to(actor)))
            assert seen == {offer for offer in Offer.objects.all() if may_see(actor, offer)}
            assert len(seen) in (1, 3)


def test_drafts_and_withdrawn_offers_are_not_found(
    inside_a: Network, offers: dict[str, Offer], system: Actor
) -> None:
    make_offer("Entwurf", published=False)
    withdraw_offer(actor=system, offer=offers["schulden"])
    assert set(titles(look(inside_a))) == {"Schreibaby-Sprechstunde", "Hebammen-Telefon"}


def test_a_change_is_found_by_the_next_search(
    inside_a: Network, offers: dict[str, Offer], system: Actor
) -> None:
    save_offer(actor=system, offer=offers["schulden"], title="Kochkurs für Väter")
    assert titles(look(inside_a, text="kochen lernen mit papa"))[0] == "Kochkurs für Väter"


def test_a_neighbours_published_offer_is_shown_as_the_neighbours(
    network_a: Network, network_b: Network
) -> None:
    with in_network(network_b):
        make_offer("Krabbelgruppe nebenan", place=EXACT_FREIBERG)
        make_offer("Entwurf nebenan", place=EXACT_FREIBERG, published=False)
    with in_network(network_a):
        make_offer("Krabbelgruppe hier", place=EXACT_FREIBERG)
        freiberg = locate("09599", ["14522"])
        found = look(network_a, text="krabbelgruppe", place=freiberg).found
        assert {one.offer.title: one.from_neighbour for one in found} == {
            "Krabbelgruppe hier": False,
            "Krabbelgruppe nebenan": True,
        }
        neighbour = next(one for one in found if one.from_neighbour)
        assert neighbour.network == network_b
        network_a.shows_neighbours = False
        assert titles(look(network_a, text="krabbelgruppe", place=freiberg)) == [
            "Krabbelgruppe hier"
        ]
        assert titles(look(network_a, text="krabbelgruppe")) == ["Krabbelgruppe hier"]


def look_for(network: Network, text: str, now: datetime = TUESDAY) -> Finding:
    """What the finder answers to words alone."""
    wish = understand_wish(Wish(text=text), near_area_keys=network.area_keys)
    return find(ANYONE, network, wish, now=now)


def test_words_become_filters(inside_a: Network, offers: dict[str, Offer]) -> None:
    found = look_for(inside_a, "schuldnerberatung in döbeln")
    assert [one.kind for one in found.wish.read] == ["place"]
    assert found.radius_km == 20
    assert titles(look_for(inside_a, "baby weint dienstags auf arabisch"))[0] == (
        "Schreibaby-Sprechstunde"
    )


def test_a_filter_of_the_words_gives_way_where_nothing_fits(
    inside_a: Network, offers: dict[str, Offer]
) -> None:
    found = look_for(inside_a, "Schuldnerberatung samstag")
    assert titles(found)[0] == "Schuldnerberatung"
    assert found.confident
    assert [one.words for one in found.given_way] == ["samstag"]
    assert not found.wish.read
    assert not look(inside_a, text="Schuldnerberatung", day="sa").found


def test_what_fits_badly_does_not_hide_what_fits(
    inside_a: Network, offers: dict[str, Offer]
) -> None:
    saturday = TimeDraft("weekly", time(9), time(12), weekday=5)
    make_offer("Familienbrunch", summary="Essen und Gespräche", times=[saturday])
    found = look_for(inside_a, "Schuldnerberatung am samstag")
    assert titles(found)[0] == "Schuldnerberatung"


def test_without_a_visit_a_telephone_saves_the_way_too(
    inside_a: Network, offers: dict[str, Offer]
) -> None:
    found = look_for(inside_a, "Hebamme per Video")
    assert titles(found) == ["Hebammen-Telefon"]
    assert [one.kind for one in found.given_way] == ["way"]
    assert found.wish.no_way


def test_what_nobody_can_read_is_no_question(inside_a: Network, offers: dict[str, Offer]) -> None:
    assert look(inside_a, text="\u200b\u200d …!").total == 3
    assert titles(look(inside_a, text="Hebam\u00admen-Telefon"))[0] == "Hebammen-Telefon"
