"""Rules in both directions agree: may this person? Which ones may this person?"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db.models import Q

from knotenpunkt.foundation.accounts.actors import ANYONE, Actor, System
from knotenpunkt.foundation.accounts.queries import actor_for
from knotenpunkt.foundation.networks.models import Network
from knotenpunkt.foundation.networks.scope import in_network
from knotenpunkt.registers.offers import rules
from knotenpunkt.registers.offers.models import Offer
from knotenpunkt.registers.partners.models import Representative
from tests.conftest import Cast
from tests.factories import make_offer, make_organisation

pytestmark = pytest.mark.django_db
PAIRS = {
    "see": (rules.visible_to, rules.may_see),
    "keep at the desk": (rules.at_desk_of, rules.is_at_desk_of),
    "edit": (rules.editable_by, rules.may_edit),
}
# How many of: a house of her own with a published offer and a draft, its facility with a draft,
# another house with both.
SEEN = {
    "petra": (5, 5, 5), "ede": (5, 5, 5), "birgit": (5, 5, 0), "frida": (4, 3, 3),
    "carla": (2, 0, 0), "anyone": (2, 0, 0), "system": (5, 5, 5),
}  # fmt: skip


@pytest.fixture
def five(network_a: Network, cast: Cast) -> None:
    with in_network(network_a):
        own, other = make_organisation("Eigenes Haus"), make_organisation("Anderes Haus")
        part = make_organisation("Zweig", level="facility", body=own)
        Representative.objects.create(organisation=own, user=cast.frida)
        make_offer("Eigener Entwurf", provider=own, published=False)
        make_offer("Eigenes", provider=own)
        make_offer("Entwurf des Zweigs", provider=part, published=False)
        make_offer("Fremder Entwurf", provider=other, published=False)
        make_offer("Fremdes", provider=other)


def actor(who: str, cast: Cast) -> Actor:
    if who == "anyone":
        return ANYONE
    return System("test") if who == "system" else actor_for(getattr(cast, who))


@pytest.mark.usefixtures("five")
@pytest.mark.parametrize("who", SEEN)
def test_both_directions_agree(who: str, cast: Cast, network_a: Network) -> None:
    with in_network(network_a):
        somebody = actor(who, cast)
        counted = [_agreed(somebody, *pair) for pair in PAIRS.values()]
    assert tuple(counted) == SEEN[who]


def _agreed(
    somebody: Actor, among: Callable[[Actor], Q], may: Callable[[Actor, Offer], bool]
) -> int:
    found = set(Offer.objects.filter(among(somebody)))
    assert found == {offer for offer in Offer.objects.all() if may(somebody, offer)}
    return len(found)


@pytest.mark.usefixtures("five")
def test_a_provider_writes_for_their_own_and_publishes_nothing(
    cast: Cast, network_a: Network
) -> None:
    with in_network(network_a):
        frida = actor("frida", cast)
        own, other = (Offer.objects.get(title=title).provider for title in ("Eigenes", "Fremdes"))
        assert rules.may_add(frida) and not rules.may_publish(frida)
        assert rules.may_offer_for(frida, own) and not rules.may_offer_for(frida, other)
        assert not rules.may_add(actor("birgit", cast))
