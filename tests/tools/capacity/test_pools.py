"""A pool gives what it holds, and never more."""

from __future__ import annotations

from uuid import UUID, uuid4

import pytest

from knotenpunkt.foundation.networks.models import Network
from knotenpunkt.foundation.networks.scope import in_network
from knotenpunkt.tools.capacity.actions import (
    TooSmall,
    claim,
    close_pool,
    give_back,
    open_pool,
    resize,
)
from knotenpunkt.tools.capacity.models import Pool
from knotenpunkt.tools.capacity.queries import pools

pytestmark = pytest.mark.django_db


@pytest.fixture
def thing(inside_a: Network) -> UUID:
    about = uuid4()
    open_pool(about=about, size=5)
    return about


def left(thing: UUID) -> int:
    return pools([thing])[thing].left


def test_all_or_none(thing: UUID) -> None:
    assert claim(about=thing, units=3) == 3
    assert claim(about=thing, units=3) == 0
    assert left(thing) == 2


def test_as_many_as_are_left(thing: UUID) -> None:
    assert claim(about=thing, units=9, at_least=1) == 5
    assert claim(about=thing, units=9, at_least=1) == 0
    assert left(thing) == 0


def test_less_than_what_is_needed_is_nothing(thing: UUID) -> None:
    assert claim(about=thing, units=9, at_least=6) == 0
    assert left(thing) == 5


def test_what_comes_back_can_be_claimed_again(thing: UUID) -> None:
    claim(about=thing, units=5)
    give_back(about=thing, units=2)
    assert claim(about=thing, units=2) == 2
    with pytest.raises(ValueError, match="cannot come back"):
        give_back(about=thing, units=6)


@pytest.mark.parametrize("deed", [claim, give_back])
def test_nobody_takes_less_than_nothing(thing: UUID, deed: object) -> None:
    with pytest.raises(ValueError, match="from zero"):
        deed(about=thing, units=-1)  # type: ignore[operator]
    assert left(thing) == 5


def test_a_pool_never_gets_smaller_than_what_was_taken(thing: UUID) -> None:
    claim(about=thing, units=4)
    with pytest.raises(TooSmall) as told:
        resize(about=thing, size=3)
    assert told.value.taken == 4
    assert resize(about=thing, size=4).left == 0


def test_opened_twice_it_is_one_pool(thing: UUID) -> None:
    claim(about=thing, units=1)
    assert open_pool(about=thing, size=99).left == 4
    close_pool(about=thing)
    assert pools([thing]) == {}


def test_another_network_has_pools_of_its_own(thing: UUID, network_b: Network) -> None:
    from knotenpunkt.foundation.networks import scope

    token = scope._scope.set(None)
    try:
        with in_network(network_b), pytest.raises(Pool.DoesNotExist):
            claim(about=thing, units=1)
    finally:
        scope._scope.reset(token)
