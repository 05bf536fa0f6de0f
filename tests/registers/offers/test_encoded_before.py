"""What an offer says is encoded before the transaction that changes it: others wait for its end."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from django.db import connection

from knotenpunkt.foundation.accounts.actors import Actor
from knotenpunkt.foundation.core.versions import Seen, fingerprint
from knotenpunkt.foundation.networks.models import Network
from knotenpunkt.registers.offers.actions import prepare_topics, publish_offer
from knotenpunkt.registers.offers.editing.actions.keeping import keep_offer
from knotenpunkt.registers.offers.editing.drafts import OfferDraft, ProviderDraft
from knotenpunkt.registers.offers.editing.states import PLAIN, offer_state
from knotenpunkt.registers.offers.models import Topic
from knotenpunkt.registers.offers.queries import get_offer
from knotenpunkt.tools.search.actions import entries
from knotenpunkt.tools.search.encoder import Vectors, encode
from knotenpunkt.tools.search.models import Entry
from tests.factories import make_offer

TOPICS = ["schlafen", "stillen"]  # they stand the other way round in the taxonomy


@pytest.fixture
def encoded(inside_a: Network, monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many transactions deeper than the test itself each text was encoded."""
    prepare_topics()
    found: list[int] = []
    depth = len(connection.atomic_blocks)

    def noted(texts: Sequence[str]) -> Vectors:
        found.extend(len(connection.atomic_blocks) - depth for _text in texts)
        return encode(texts)

    monkeypatch.setattr(entries, "encode", noted)
    monkeypatch.setattr(entries, "_prepared", {})
    return found


def test_when_it_is_published(encoded: list[int], system: Actor) -> None:
    offer = make_offer("Krabbelgruppe", topics=TOPICS, published=False)
    assert encoded == []
    publish_offer(actor=system, offer=offer)
    assert encoded == [0]
    assert Entry.objects.get().title == "Krabbelgruppe"


def test_when_it_is_changed_at_the_desk(encoded: list[int], system: Actor) -> None:
    offer = get_offer(system, make_offer("Krabbelgruppe", topics=TOPICS[:1]).pk)
    encoded.clear()
    draft = OfferDraft(
        values={name: getattr(offer, name) for name in PLAIN} | {"title": "Spieltreff"},
        provider=ProviderDraft(known=offer.provider),
        topics=[Topic.objects.get(key=key) for key in TOPICS],
        seen=Seen({name: fingerprint(told) for name, told in offer_state(offer).items()}, {}),
    )
    keep_offer(actor=system, draft=draft, offer=offer)
    assert encoded == [0]
    assert Entry.objects.get().title == "Spieltreff"
