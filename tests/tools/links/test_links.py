"""Personal links: nobody guesses one, and none opens more than it was made for."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import urlsplit
from uuid import UUID, uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from knotenpunkt.foundation.accounts.actors import ANYONE, System
from knotenpunkt.foundation.core.personal_data import Person
from knotenpunkt.foundation.core.sealing import add_master_key
from knotenpunkt.foundation.networks.models import Network
from knotenpunkt.foundation.networks.scope import _scope, in_network
from knotenpunkt.tools.links import privacy
from knotenpunkt.tools.links.actions import (
    drop_old,
    link_token,
    personal_link,
    personal_links,
    revoke,
)
from knotenpunkt.tools.links.models import Link
from knotenpunkt.tools.links.queries import opened, recognised
from knotenpunkt.tools.links.tokens import LENGTH, hashed_secret, taken_apart

pytestmark = pytest.mark.django_db
SYSTEM = System("test")


@pytest.fixture
def holder(inside_a: Network) -> UUID:
    return uuid4()


def token_of(holder: UUID, days: int = 30) -> str:
    return link_token(actor=SYSTEM, holder=holder, days=days)


def test_a_link_leads_to_the_page_of_its_holder(holder: UUID, network_a: Network) -> None:
    url = personal_link(actor=SYSTEM, holder=holder)
    parts = urlsplit(url)
    token = parts.path.removeprefix(f"/{network_a.slug}/p/").rstrip("/")
    assert parts.netloc and len(token) == LENGTH
    found = opened(token)
    assert found is not None and found.holder == holder
    assert timedelta(days=29) < found.expires_at - timezone.now() <= timedelta(days=30)


def test_a_later_mail_renews_the_same_link_and_the_former_one_stays_true(holder: UUID) -> None:
    first, second = token_of(holder, days=10), token_of(holder, days=40)
    assert Link.objects.count() == 1
    assert first[:20] == second[:20]  # the same secret
    ends = [found.expires_at for found in map(opened, (first, second)) if found]
    assert len(ends) == 2 and ends[1] - ends[0] >= timedelta(days=29)


def test_the_database_alone_opens_nothing(holder: UUID) -> None:
    token = token_of(holder)
    row = Link.objects.get()
    kept = [str(row.pk), row.hashed, str(row.holder)]
    assert not any(part in token or token in part for part in kept)
    assert opened(row.hashed[:LENGTH]) is None


@pytest.mark.parametrize("place", [0, 10, 21, 23, 25, 27, 30, 40, 47])
def test_a_changed_sign_opens_nothing(holder: UUID, place: int) -> None:
    token = token_of(holder)
    other = "A" if token[place] != "A" else "B"
    assert opened(token[:place] + other + token[place + 1 :]) is None


@pytest.mark.parametrize("token", ["", "x", "A" * LENGTH, "ä" * LENGTH, "=" * LENGTH, "../" * 16])
def test_what_we_never_wrote_opens_nothing(holder: UUID, token: str) -> None:
    token_of(holder)
    assert opened(token) is None


def test_nobody_can_lengthen_its_time(holder: UUID) -> None:
    """Secret and seal of a link, with the time of another one of the same holder."""
    short, long = token_of(holder, days=1), token_of(holder, days=300)
    mixed = short[:20] + long[20:28] + short[28:]
    assert mixed not in (short, long)
    assert opened(mixed) is None


def test_it_ends_with_its_time_and_is_still_recognised(
    holder: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    token = token_of(holder, days=1)
    later = timezone.now() + timedelta(days=2)
    monkeypatch.setattr(timezone, "now", lambda: later)
    assert opened(token) is None
    found = recognised(token)
    assert found is not None and found.is_over and found.holder == holder


def test_it_opens_nothing_in_another_network(holder: UUID, network_b: Network) -> None:
    token = token_of(holder)
    assert opened(token) is not None
    assert _in_other(network_b, token) is None


def _in_other(network: Network, token: str) -> object:
    held = _scope.set(None)
    try:
        with in_network(network):
            # Even the same row, moved over: the seal names the network.
            link = Link(holder=uuid4(), hashed=_hash_in(token), expires_at=timezone.now())
            link.save(force_insert=True)
            return recognised(token)
    finally:
        _scope.reset(held)


def _hash_in(token: str) -> str:
    parts = taken_apart(token)
    assert parts is not None
    return hashed_secret(parts.secret)


def test_it_serves_no_other_purpose(holder: UUID) -> None:
    personal = token_of(holder)
    other = link_token(actor=SYSTEM, holder=holder, purpose="table")
    assert opened(personal, purpose="table") is None
    assert opened(other) is None
    assert opened(other, purpose="table") is not None


def test_a_revoked_link_opens_nothing_and_the_next_one_is_another(holder: UUID) -> None:
    former = token_of(holder)
    assert revoke(actor=SYSTEM, holder=holder)
    assert opened(former) is None and recognised(former) is None
    assert opened(token_of(holder)) is not None
    assert opened(former) is None
    assert not revoke(actor=SYSTEM, holder=uuid4())


def test_a_new_version_of_the_master_key_leaves_links_as_they_are(holder: UUID) -> None:
    former = token_of(holder)
    add_master_key()
    assert opened(former) is not None
    assert token_of(holder)[:20] == former[:20]
    assert opened(token_of(holder)) is not None


def test_without_its_master_key_a_new_link_is_made(holder: UUID) -> None:
    token_of(holder)
    row = Link.objects.get()
    row.hashed = "0" * 64
    row.save()
    assert opened(token_of(holder)) is not None
    assert Link.objects.filter(revoked_at=None).count() == 1


def test_only_who_keeps_the_register_writes_links(holder: UUID) -> None:
    with pytest.raises(PermissionDenied):
        link_token(actor=ANYONE, holder=holder)
    with pytest.raises(PermissionDenied):
        revoke(actor=ANYONE, holder=holder)


def test_old_links_go_and_erasure_ends_them_at_once(
    holder: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    token = token_of(holder, days=1)
    person = Person(kind="partners.Contact", ids=frozenset([holder]), networks=frozenset())
    assert "hashed" not in privacy.export(person)[0]
    assert drop_old().count == 0
    later = timezone.now() + timedelta(days=182)
    monkeypatch.setattr(timezone, "now", lambda: later)
    assert [one.count for one in privacy.expire()] == [1]
    monkeypatch.undo()
    token = token_of(holder)
    assert privacy.erase(person) == 1
    assert opened(token) is None


def token_in(address: str) -> str:
    return address.rstrip("/").rpartition("/")[2]


def test_links_of_many_are_those_that_each_would_get(inside_a: Network) -> None:
    holders = [uuid4() for _ in range(40)]
    single = personal_link(actor=SYSTEM, holder=holders[0])
    with CaptureQueriesContext(connection) as first:
        made = personal_links(actor=SYSTEM, holders=holders)
    assert set(made) == set(holders)
    assert token_in(made[holders[0]])[:20] == token_in(single)[:20]  # the same secret
    for holder, address in made.items():
        found = opened(token_in(address))
        assert found is not None and found.holder == holder
    assert Link.objects.count() == len(holders)
    with CaptureQueriesContext(connection) as second:
        personal_links(actor=SYSTEM, holders=[uuid4() for _ in range(120)])
    assert len(second) <= len(first)


def test_a_link_whose_key_is_gone_is_made_anew_for_many(holder: UUID) -> None:
    personal_link(actor=SYSTEM, holder=holder)
    lost = Link.objects.get()
    lost.hashed = "0" * 64
    lost.save()
    found = opened(token_in(personal_links(actor=SYSTEM, holders=[holder])[holder]))
    assert found is not None and found.holder == holder
    assert Link.objects.get(pk=lost.pk).revoked_at is not None
