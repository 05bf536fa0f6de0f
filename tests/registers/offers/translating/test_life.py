"""The life of a text: missing, unchecked, checked, outdated, true again, gone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone, translation

from knotenpunkt.foundation.accounts.actors import ANYONE, Actor, Person
from knotenpunkt.foundation.accounts.rights import Role
from knotenpunkt.foundation.audit.models import Entry
from knotenpunkt.foundation.core.versions import ChangedMeanwhile, seen_in, write_marks
from knotenpunkt.foundation.networks.models import Network
from knotenpunkt.foundation.networks.scope import in_network
from knotenpunkt.registers.offers.actions import save_offer
from knotenpunkt.registers.offers.editing.actions.keeping import take_back
from knotenpunkt.registers.offers.editing.resets import undo_plan
from knotenpunkt.registers.offers.finder import find
from knotenpunkt.registers.offers.models import Offer, OfferText, TextState
from knotenpunkt.registers.offers.pages import offer_page
from knotenpunkt.registers.offers.queries import cards, get_offer
from knotenpunkt.registers.offers.translating.actions.writing import (
    OriginalChanged,
    check_text,
    remove_text,
    save_text,
)
from knotenpunkt.registers.offers.translating.drafts import TextDraft
from knotenpunkt.registers.offers.translating.parts import (
    changed_parts,
    fingerprint_of,
    german_parts,
)
from knotenpunkt.registers.offers.translating.reading import reading
from knotenpunkt.registers.offers.wishes import Wish
from knotenpunkt.registers.partners.models import Representative
from tests.conftest import Cast
from tests.factories import SYSTEM, make_offer

pytestmark = pytest.mark.django_db
TURKISH = TextDraft("tr", "Emzirme kahvesi", "Süt ve sohbet.", "Gelin, oturun.")


@pytest.fixture
def offer(network_a: Network, cast: Cast) -> Iterator[Offer]:
    with in_network(network_a):
        yield make_offer(
            "Stillcafé",
            summary="Milch und Gespräche.",
            description="Setzen Sie sich.",
            sort="Stillcafé",
            waiting_time="eine Woche",
        )


@pytest.fixture
def petra(cast: Cast) -> Actor:
    return Person(cast.petra, Role.COORDINATOR)


def state(offer: Offer, language: str = "tr") -> str:
    return str(OfferText.objects.get(offer=offer, language=language).state)


def changed(offer: Offer, **values: Any) -> Offer:
    return save_offer(actor=SYSTEM, offer=Offer.objects.get(pk=offer.pk), **values)


def test_from_missing_to_checked_to_outdated_and_back(offer: Offer, petra: Actor) -> None:
    save_text(actor=petra, offer=offer, draft=TURKISH)
    assert state(offer) == TextState.IMPORTED
    text = check_text(actor=petra, offer=offer, language="tr")
    assert (text.state, text.checked_by_id) == (TextState.CHECKED, petra.user_id)
    changed(offer, description="Nehmen Sie Platz.")
    assert state(offer) == TextState.OUTDATED
    changed(offer, description="Setzen Sie sich.")
    assert state(offer) == TextState.CHECKED
    changed(offer, waiting_time="zwei Wochen")
    assert state(offer) == TextState.OUTDATED
    check_text(actor=petra, offer=offer, language="tr")
    assert state(offer) == TextState.CHECKED


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("Setzen Sie sich!", TextState.CHECKED),
        ("Setzen  Sie\nsich", TextState.CHECKED),
        ("Setzen Sie dich.", TextState.OUTDATED),
        ("", TextState.OUTDATED),
    ],
)
def test_a_comma_makes_no_text_wrong(
    offer: Offer, petra: Actor, said: str, expected: TextState
) -> None:
    save_text(actor=petra, offer=offer, draft=TURKISH, checked=True)
    changed(offer, description=said)
    assert state(offer) == expected


def test_what_is_not_translated_does_not_outdate(offer: Offer, petra: Actor) -> None:
    save_text(actor=petra, offer=offer, draft=TURKISH, checked=True)
    changed(offer, website="https://example.org", age_from=3)
    assert state(offer) == TextState.CHECKED


def test_writing_again_is_not_checking(offer: Offer, petra: Actor) -> None:
    save_text(actor=petra, offer=offer, draft=TURKISH, checked=True)
    save_text(actor=petra, offer=offer, draft=TURKISH)  # nothing changed, nothing happens
    assert state(offer) == TextState.CHECKED
    save_text(actor=petra, offer=offer, draft=replace(TURKISH, title="Süt kahvesi"))
    assert state(offer) == TextState.IMPORTED
    assert OfferText.objects.get(offer=offer).checked_by is None


def test_it_knows_which_parts_changed(offer: Offer, petra: Actor) -> None:
    save_text(actor=petra, offer=offer, draft=TURKISH)
    fresh = changed(offer, summary="Tee und Gespräche.")
    assert changed_parts(OfferText.objects.get(offer=fresh), fresh) == ["summary"]


def test_nobody_checks_against_a_german_text_they_did_not_see(offer: Offer, petra: Actor) -> None:
    seen = fingerprint_of(german_parts(offer))
    save_text(actor=petra, offer=offer, draft=TURKISH, original=seen)
    changed(offer, title="Milchcafé")
    with pytest.raises(OriginalChanged):
        save_text(actor=petra, offer=offer, draft=TURKISH, original=seen, checked=True)
    with pytest.raises(OriginalChanged):
        check_text(actor=petra, offer=offer, language="tr", original=seen)


def test_two_people_at_one_text(offer: Offer, petra: Actor) -> None:
    save_text(actor=petra, offer=offer, draft=TURKISH)
    opened = seen_in({"gesehen": write_marks(TURKISH.parts)})
    save_text(actor=petra, offer=offer, draft=replace(TURKISH, title="Biri"), seen=opened)
    # Another part: both stay.
    save_text(actor=petra, offer=offer, draft=replace(TURKISH, summary="Öteki"), seen=opened)
    text = OfferText.objects.get(offer=offer)
    assert (text.title, text.summary) == ("Biri", "Öteki")
    with pytest.raises(ChangedMeanwhile):
        save_text(actor=petra, offer=offer, draft=replace(TURKISH, title="Üçüncü"), seen=opened)


def test_what_cannot_be_stored_is_refused(offer: Offer, petra: Actor) -> None:
    for wrong in (TextDraft("xx", "a"), TextDraft("de", "a"), TextDraft("tr", "a" * 301),
                  TextDraft("tr", "a\0")):  # fmt: skip
        with pytest.raises(ValidationError):
            save_text(actor=petra, offer=offer, draft=wrong)
    assert not OfferText.objects.exists()


def test_each_deed_is_told_and_can_be_taken_back(offer: Offer, petra: Actor) -> None:
    save_text(actor=petra, offer=offer, draft=TURKISH, checked=True)
    remove_text(actor=petra, offer=offer, language="tr")
    entries = list(Entry.objects.filter(object_id=offer.pk).order_by("at"))
    assert [entry.deed for entry in entries[-2:]] == ["offers.check_text", "offers.remove_text"]
    assert list(entries[-1].changes) == ["texts.tr"]
    fresh = get_offer(petra, offer.pk)
    take_back(actor=petra, offer=fresh, plan=undo_plan(fresh, entries[-1]), deed="offers.undo")
    text = OfferText.objects.get(offer=offer)
    assert (text.title, text.state) == ("Emzirme kahvesi", TextState.CHECKED)
    fresh = get_offer(petra, offer.pk)
    take_back(actor=petra, offer=fresh, plan=undo_plan(fresh, entries[-2]), deed="offers.undo",
              also=["texts.tr"])  # fmt: skip
    assert not OfferText.objects.exists()


def test_who_may_write(offer: Offer, petra: Actor, cast: Cast) -> None:
    frida = Person(cast.frida, Role.PROVIDER)
    birgit = Person(cast.birgit, Role.READER)
    for actor in (birgit, frida, ANYONE):
        with pytest.raises(PermissionDenied):
            save_text(actor=actor, offer=offer, draft=TURKISH)
    Representative.objects.create(organisation=offer.provider, user=cast.frida)
    # Her own, but published: families read it, and the network looks at changes first.
    with pytest.raises(PermissionDenied):
        save_text(actor=frida, offer=offer, draft=TURKISH)


def test_families_read_it_in_their_language(offer: Offer, petra: Actor) -> None:
    save_text(actor=petra, offer=offer, draft=TURKISH)
    with translation.override("tr"):
        page = offer_page(get_offer(ANYONE, offer.pk), [], timezone.localdate())
    assert (page.title, page.lead, page.paragraphs) == (
        "Emzirme kahvesi", "Süt ve sohbet.", ["Gelin, oturun."],
    )  # fmt: skip
    assert page.translation is not None
    assert page.translation.is_doubtful
    assert [one.paragraphs for one in page.translation.originals] == [
        ["Stillcafé"], ["Milch und Gespräche."], ["Setzen Sie sich."],
    ]  # fmt: skip
    # What nobody translated stays German, and knows it.
    waiting = next(fact for fact in page.facts if fact.lines == ["eine Woche"])
    assert waiting.lines[0].language == "de"  # type: ignore[attr-defined]


def test_an_outdated_text_is_shown_with_a_word_but_never_an_old_name(
    offer: Offer, petra: Actor
) -> None:
    save_text(actor=petra, offer=offer, draft=TURKISH, checked=True)
    changed(offer, title="Milchtreff am Markt", description="Kommen Sie herein.")
    with translation.override("tr"):
        page = offer_page(get_offer(ANYONE, offer.pk), [], timezone.localdate())
        card = reading(cards(ANYONE, [offer.pk])[offer.pk])
    assert page.title == card.part("title") == "Milchtreff am Markt"
    assert page.paragraphs == ["Gelin, oturun."]
    assert page.translation is not None
    assert page.translation.is_doubtful


def test_the_german_page_knows_nothing_of_translations(offer: Offer, petra: Actor) -> None:
    save_text(actor=petra, offer=offer, draft=TURKISH, checked=True)
    page = offer_page(get_offer(ANYONE, offer.pk), [], timezone.localdate())
    assert (page.title, page.translation) == ("Stillcafé", None)


def test_an_offer_is_found_by_its_name_in_another_language(
    offer: Offer, petra: Actor, network_a: Network
) -> None:
    make_offer("Werkstatt für Fahrräder", summary="Wir flicken.")
    wish = Wish(text="Emzirme kahvesi")
    save_text(actor=petra, offer=offer, draft=TURKISH)
    found = find(ANYONE, network_a, wish, now=timezone.now(), limit=3).found
    assert found[0].offer.pk == offer.pk
