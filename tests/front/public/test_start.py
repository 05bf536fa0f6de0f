from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest
from django.test import Client
from django.utils import timezone, translation

from knotenpunkt.activities.campaigns.models import Campaign, CampaignState
from knotenpunkt.foundation.accounts.actors import Actor
from knotenpunkt.foundation.networks.models import Network
from knotenpunkt.foundation.networks.scope import in_network
from knotenpunkt.front.public import start
from knotenpunkt.registers.areas.models import Place
from knotenpunkt.registers.offers.actions import (
    Belongings,
    TimeDraft,
    publish_offer,
    save_offer,
)
from knotenpunkt.registers.offers.models import Branch, Costs, Frequency, Kind, Offer, Topic
from knotenpunkt.registers.offers.times import BERLIN
from knotenpunkt.registers.offers.wishes import read_wish
from tests.factories import make_organisation

# A Tuesday at noon.
NOW = datetime(2026, 11, 24, 12, tzinfo=BERLIN)


@pytest.fixture
def _at_noon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "now", lambda: NOW)


def held(system: Actor, title: str, weekday: int, **values: object) -> Offer:
    """A published group in Freiberg, every week at three."""
    place = Place.objects.create(town="Freiberg", postal_code="09599")
    provider = make_organisation(f"Haus {title}")
    weekly = TimeDraft(Frequency.WEEKLY, time(15), time(17), weekday=weekday)
    offer = save_offer(
        actor=system,
        belongings=Belongings(times=[weekly], places=[place]),
        **{"title": title, "provider": provider, "kind": Kind.GROUP, "costs": Costs.FREE} | values,
    )
    return publish_offer(actor=system, offer=offer)


def test_the_whole_page_in_german(client: Client, founded: Network) -> None:
    page = client.get("/mitte/").content.decode()
    for text in ("Jana Wolfram", "tel:+493023125040", "Schwanger", "Trennung", "tel:112"):
        assert text in page
    assert 'action="/mitte/angebote/"' in page
    assert 'name="q"' in page and 'name="ort"' in page and 'name="alter"' in page


def test_the_whole_page_in_english(client: Client, founded: Network) -> None:
    page = client.get("/mitte/en/").content.decode()
    assert '<html lang="en"' in page
    assert "You do not have to manage alone." in page
    assert 'action="/mitte/en/angebote/"' in page
    assert "New in Germany" in page and "Ankommen" not in page


def test_nothing_is_stored_on_the_device(client: Client, founded: Network) -> None:
    for path in (
        "/",
        "/mitte/",
        "/mitte/en/",
        "/mitte/angebote/",
        "/mitte/impressum/",
        "/mitte/x/",
    ):
        response = client.get(path)
        assert not response.cookies, path
        assert "Cookie" not in response.get("Vary", ""), path


def test_an_empty_network_shows_no_empty_list(client: Client, founded: Network) -> None:
    page = client.get("/mitte/")
    assert page.context["rows"] == []
    assert "In den nächsten Tagen" not in page.content.decode()


@pytest.mark.usefixtures("_at_noon")
def test_the_next_dates_begin_with_today(client: Client, founded: Network, system: Actor) -> None:
    with in_network(founded):
        held(system, "Käferkinder", weekday=2)
        held(system, "Kleine Pause", weekday=1)
    context = client.get("/mitte/").context
    assert [(row.title, row.time, row.note) for row in context["rows"]] == [
        ("Kleine Pause", "Heute, 15–17 Uhr", "Freiberg · kostenlos"),
        ("Käferkinder", "15–17 Uhr", "Freiberg · kostenlos"),
    ]
    assert context["more_dates"].url == "/mitte/angebote/?tag=heute"


@pytest.mark.usefixtures("_at_noon")
def test_german_words_are_told_apart_in_english(
    client: Client, founded: Network, system: Actor
) -> None:
    with in_network(founded):
        held(system, "Kleine Pause", weekday=1, costs=Costs.FEE, costs_note="5 Euro")
    page = client.get("/mitte/en/").text
    for words in ("Kleine Pause", "5 Euro", "Freiberg", "Ansprechpartnerin", "Mo–Do"):
        assert f'<span lang="de">{words}</span>' in page, words
    assert '<span lang="de">' not in client.get("/mitte/").text


@pytest.mark.usefixtures("_at_noon")
def test_dates_are_of_published_gatherings_only(
    client: Client, founded: Network, system: Actor
) -> None:
    with in_network(founded):
        held(system, "Kita Sonne", weekday=1, kind=Kind.CHILDCARE)
        draft = held(system, "Entwurf", weekday=1)
        draft.status = "draft"
        draft.save()
    assert client.get("/mitte/").context["rows"] == []


@pytest.mark.urls("config.network_urls")
@pytest.mark.parametrize(
    ("day", "key"), [(24, "heute"), (25, "morgen"), (26, "do"), (28, "sa"), (30, "mo")]
)
def test_the_finder_can_show_the_day_of_a_date(inside_a: Network, day: int, key: str) -> None:
    tile = {"iso": date(2026, 11, day).isoformat()}
    way = start.day_in_finder(start.DateRow(tile, "", "", "", "", NOW), NOW.date())
    assert way.url.endswith(f"?tag={key}")


def test_every_way_in_is_understood_by_the_finder(client: Client, founded: Network) -> None:
    """A link whose wish the finder does not know would silently show everything."""
    context = client.get("/mitte/").context
    with in_network(founded):
        topics = [topic.key for topic in Topic.objects.all()]
    for way in (*context["phases"], *context["topics"], *context["examples"]):
        query = client.get(way.url).wsgi_request.GET
        wish = read_wish(query, near_area_keys=[], topics=topics, languages=[])
        assert not wish.is_empty, way.url


@pytest.mark.urls("config.network_urls")
def test_a_network_s_own_life_situation_gets_a_tile(founded: Network) -> None:
    with in_network(founded), translation.override("de"):
        Topic.objects.create(
            key="hochwasser", branch=Branch.SITUATION, names={"de": "Hochwasser"}, position=999
        )
        tile = start.life_situations()[-1]
    assert (tile.title, tile.icon, tile.note) == ("Hochwasser", "topic-together", "")


@pytest.mark.urls("config.network_urls")
def test_a_tile_says_what_families_say_for_it(founded: Network) -> None:
    with in_network(founded):
        with translation.override("de"):
            german = {tile.title: tile.note for tile in start.life_situations()}
        with translation.override("en"):
            english = {tile.title: tile.note for tile in start.life_situations()}
    assert german["Geld und Anträge"] == "Elterngeld, Kinderzuschlag, Wohnen"
    assert german["Familienalltag"] == "Erziehung, Wut und Trotz, Alles zu viel"
    assert english["Money and forms"].startswith("Parental allowance")


def test_a_campaign_that_runs_or_comes_soon_stands_there(
    client: Client, network_a: Network
) -> None:
    today = timezone.localdate()
    for days, slug in ((-5, "jetzt"), (30, "bald"), (200, "spaeter"), (-400, "vorbei")):
        starts = today + timedelta(days=days)
        with in_network(network_a):
            Campaign(
                title=f"Danke {slug}", slug=slug, state=CampaignState.OPEN, starts_on=starts,
                ends_on=starts + timedelta(days=60),
            ).save(force_insert=True)  # fmt: skip
    page = client.get("/mitte/").content.decode()
    assert "/mitte/aktionen/jetzt/" in page and "/mitte/aktionen/bald/" in page
    assert "Danke spaeter" not in page and "Danke vorbei" not in page
