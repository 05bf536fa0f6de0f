"""What happened to an offer is told in words, and can be taken back."""

from __future__ import annotations

from datetime import time
from typing import Any

import pytest
from django.test import Client

from knotenpunkt.foundation.audit.actions import record
from knotenpunkt.foundation.audit.models import Entry
from knotenpunkt.foundation.core.comparing import pieces
from knotenpunkt.foundation.networks.models import Network
from knotenpunkt.foundation.networks.scope import in_network
from knotenpunkt.registers.offers.actions import Belongings, TimeDraft, save_offer
from knotenpunkt.registers.offers.editing.saying import deeds
from knotenpunkt.registers.offers.models import Offer, Topic
from tests.conftest import Cast
from tests.factories import EXACT_FREIBERG, SYSTEM, make_offer, make_place

pytestmark = pytest.mark.django_db
DESK = "/mitte/desk/angebote/"
MONDAY = TimeDraft("weekly", time(9), weekday=0)


@pytest.fixture
def petra(client: Client, cast: Cast) -> Client:
    client.force_login(cast.petra)
    return client


@pytest.fixture
def offer(network_a: Network) -> Offer:
    with in_network(network_a):
        return make_offer("Krabbelgruppe", topics=["baby"], summary="Wir singen und lachen.")


def changed(offer: Offer, belongings: Belongings | None = None, **values: Any) -> Entry:
    """Change it and return the entry about it."""
    save_offer(actor=SYSTEM, offer=Offer.objects.get(pk=offer.pk), belongings=belongings, **values)
    entry: Entry = Entry.objects.filter(object_id=offer.pk).latest("at")
    return entry


def take_back(client: Client, offer: Offer, entry: Entry, page: str = "", **more: Any) -> Any:
    path = f"{DESK}{offer.pk}/verlauf/{entry.pk}/{page}"
    shown = client.get(path)
    assert shown.status_code == 200
    return client.post(path, {"stand": shown.context["plan"].mark, **more})


def test_inserted_and_deleted_words_are_marked() -> None:
    told = [(one.kind, one.text) for one in pieces("Wir singen und lachen.", "Wir lachen sehr.")]
    assert "".join(text for kind, text in told if kind != "in") == "Wir singen und lachen."
    assert "".join(text for kind, text in told if kind != "out") == "Wir lachen sehr."
    assert {kind for kind, _text in told} == {"", "in", "out"}


def test_every_kind_of_change_is_told_in_words(
    petra: Client, offer: Offer, network_a: Network
) -> None:
    with in_network(network_a):
        changed(
            offer,
            Belongings(
                topics=[Topic.objects.exclude(key="baby")[0]],
                contacts=[],
                places=[make_place(street="Neue Gasse 1", postal_code="04720")],
                times=[TimeDraft("weekly", time(9), time(11), weekday=1)],
            ),
            summary="Wir singen und tanzen.",
            age_from=6,
            costs="free",
            languages=["de", "ar"],
        )
    page = petra.get(f"{DESK}{offer.pk}/verlauf/").content.decode()
    for words in ("Mira Beispiel", "Neue Gasse 1", "Dienstag, 9–11 Uhr", "6 Monate", "kostenlos",
                  "Arabisch", "<ins>", "<del>", "gestrichen:"):  # fmt: skip
        assert words in page, words
    with in_network(network_a):
        kept = str(Entry.objects.get(deed="offers.change").changes)
    assert "Mira Beispiel" not in kept  # the audit keeps keys of contacts, never names


def test_older_entries_stay_readable(petra: Client, offer: Offer, network_a: Network) -> None:
    old = {"topics": [["Baby"], ["Stillen"]], "times": [["weekly 1 09:00:00"], []], "contacts": []}
    with in_network(network_a):
        record(actor=SYSTEM, deed="offers.change", on=offer, title=offer.title, changes=old)
        entry = Entry.objects.latest("at")
    page = petra.get(f"{DESK}{offer.pk}/verlauf/").content.decode()
    assert "Stillen" in page and "weekly 1 09:00:00" in page
    shown = petra.get(f"{DESK}{offer.pk}/verlauf/{entry.pk}/").context
    assert set(shown["lost"]) == {"Zeiten", "Kontakte"}


def test_one_change_is_undone_with_all_that_hung_on_it(
    petra: Client, offer: Offer, network_a: Network
) -> None:
    with in_network(network_a):
        before = list(offer.contacts.all()), offer.at_places.get().place
        entry = changed(
            offer,
            Belongings(topics=[], contacts=[], places=[], times=[MONDAY]),
            title="Neuer Titel",
            age_from=6,
        )
    assert take_back(petra, offer, entry).status_code == 302
    with in_network(network_a):
        now = Offer.objects.get(pk=offer.pk)
        assert (now.title, now.age_from, now.schedules.count()) == ("Krabbelgruppe", None, 0)
        assert (list(now.contacts.all()), now.at_places.get().place) == before
        assert [topic.key for topic in now.topics.all()] == ["baby"]
        assert now.contacts.get().is_public
        assert Entry.objects.latest("at").deed == "offers.undo"
    assert "Krabbelgruppe" in Client().get("/mitte/angebote/").content.decode()


@pytest.mark.parametrize(("more", "title"), [({}, "Dritter"), ({"auch": "title"}, "Krabbelgruppe")])
def test_what_changed_since_stays_unless_it_is_ticked(
    petra: Client, offer: Offer, network_a: Network, more: dict[str, str], title: str
) -> None:
    with in_network(network_a):
        entry = changed(offer, title="Zweiter", age_from=6)
        changed(offer, title="Dritter")
    path = f"{DESK}{offer.pk}/verlauf/{entry.pk}/"
    assert [one.field for one in petra.get(path).context["conflicts"]] == ["title"]
    take_back(petra, offer, entry, **more)
    with in_network(network_a):
        now = Offer.objects.get(pk=offer.pk)
    assert (now.title, now.age_from) == (title, None)


def test_back_to_an_earlier_version(petra: Client, offer: Offer, network_a: Network) -> None:
    with in_network(network_a):
        version = changed(offer, title="Zweiter")
        changed(offer, title="Dritter", summary="")
        changed(offer, Belongings(places=[]), age_to=12)
    take_back(petra, offer, version, "fassung/")
    with in_network(network_a):
        now = Offer.objects.get(pk=offer.pk)
        assert (now.title, now.summary, now.age_to, now.at_places.count()) == (
            "Zweiter",
            "Wir singen und lachen.",
            None,
            1,
        )
        assert Entry.objects.latest("at").deed == "offers.restore"


def test_what_was_shown_must_still_hold(petra: Client, offer: Offer, network_a: Network) -> None:
    with in_network(network_a):
        entry = changed(offer, title="Zweiter")
    path = f"{DESK}{offer.pk}/verlauf/{entry.pk}/"
    mark = petra.get(path).context["plan"].mark
    with in_network(network_a):
        changed(offer, summary="Inzwischen")
    petra.post(path, {"stand": mark})
    with in_network(network_a):
        assert Offer.objects.get(pk=offer.pk).title == "Zweiter"


def test_the_entry_of_another_offer_is_not_there(
    petra: Client, offer: Offer, network_a: Network
) -> None:
    with in_network(network_a):
        other = make_offer("Anderes", place=EXACT_FREIBERG)
        entry = changed(other, title="Neu")
    assert petra.get(f"{DESK}{offer.pk}/verlauf/{entry.pk}/").status_code == 404


def test_a_long_history_asks_a_fixed_number_of_times(
    offer: Offer, network_a: Network, django_assert_num_queries: Any
) -> None:
    with in_network(network_a):
        for number in range(8):
            changed(offer, Belongings(contacts=[]), title=f"Titel {number}")
        entries = list(Entry.objects.filter(object_id=offer.pk))
        with django_assert_num_queries(3):
            assert len(deeds(entries)) == len(entries)
