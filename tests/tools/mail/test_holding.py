"""Holding what was written to many: nothing goes meanwhile, nothing is lost, nothing goes twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.utils import timezone
from pytest_django import Settings

from knotenpunkt.foundation.accounts.actors import Actor
from knotenpunkt.foundation.networks.models import Network
from knotenpunkt.foundation.networks.scope import in_network
from knotenpunkt.tools.jobs.actions import NotNow
from knotenpunkt.tools.jobs.models import Job
from knotenpunkt.tools.jobs.worker import run_waiting
from knotenpunkt.tools.mail.actions import Recipient, post, sending
from knotenpunkt.tools.mail.actions.forgetting import drop_old_texts
from knotenpunkt.tools.mail.actions.holding import go_on, hold, send_failed
from knotenpunkt.tools.mail.composing import letter_of
from knotenpunkt.tools.mail.delivery import BeforeText, Refused
from knotenpunkt.tools.mail.letters import Letter
from knotenpunkt.tools.mail.models import Mailing, MailKind, Message, State

pytestmark = pytest.mark.django_db


class Hand:
    """Takes letters; may do something when one comes."""

    def __init__(self) -> None:
        self.taken: Counter[str] = Counter()
        self.before: dict[str, object] = {}

    def __enter__(self) -> Hand:
        return self

    def __exit__(self, *problem: object) -> None:
        return None

    def hand_over(self, letter: Letter, before_text: BeforeText) -> None:
        deed = self.before.pop(letter.to, None)
        before_text()
        if callable(deed):
            deed()
        self.taken[letter.to] += 1


@pytest.fixture
def hand(monkeypatch: pytest.MonkeyPatch, settings: Settings) -> Iterator[Hand]:
    hand = Hand()
    settings.MAILS_A_MINUTE = 0
    monkeypatch.setattr(sending, "MailServer", lambda: hand)
    yield hand


def written(network: Network, actor: Actor, count: int = 5) -> Mailing:
    with in_network(network):
        return post(
            actor=actor, title="Rundbrief", subject="Neues", text="Hallo {name}",
            kind=MailKind.SERVICE,
            recipients=[Recipient(f"k{n}@example.org", f"Kontakt {n}") for n in range(count)],
        )  # fmt: skip


def states(network: Network) -> Counter[str]:
    with in_network(network):
        return Counter(Message.objects.values_list("state", flat=True))


def test_what_is_held_waits_and_goes_on(network_a: Network, system: Actor, hand: Hand) -> None:
    mailing = written(network_a, system)
    with in_network(network_a):
        assert hold(actor=system, mailing=mailing) == 5
        with pytest.raises(NotNow):
            hold(actor=system, mailing=mailing)
    assert run_waiting() == 0 and states(network_a) == {State.STOPPED: 5}
    with in_network(network_a):
        assert go_on(actor=system, mailing=mailing) == 5
        with pytest.raises(NotNow):
            go_on(actor=system, mailing=mailing)
        assert Job.objects.count() == 2
    run_waiting()
    assert states(network_a) == {State.SENT: 5} and set(hand.taken.values()) == {1}


def test_the_one_on_its_way_arrives_and_the_others_wait(
    network_a: Network, system: Actor, hand: Hand
) -> None:
    mailing = written(network_a, system)

    def stop_once() -> None:
        hand.before.clear()
        with in_network(network_a):
            hold(actor=system, mailing=mailing)

    hand.before = {f"k{n}@example.org": stop_once for n in range(5)}
    run_waiting()
    assert states(network_a) == {State.SENT: 1, State.STOPPED: 4}
    with in_network(network_a):
        go_on(actor=system, mailing=mailing)
    run_waiting()
    assert sorted(hand.taken.values()) == [1] * 5


def test_what_the_server_wants_later_waits_too(
    network_a: Network, system: Actor, hand: Hand
) -> None:
    mailing = written(network_a, system, 1)

    def stopped_and_refused() -> None:
        with in_network(network_a):
            hold(actor=system, mailing=mailing)
        raise Refused("später", again=True)

    hand.before["k0@example.org"] = stopped_and_refused
    run_waiting()
    assert states(network_a) == {State.STOPPED: 1} and not hand.taken
    with in_network(network_a):
        assert go_on(actor=system, mailing=mailing) == 1
    run_waiting()
    assert hand.taken == {"k0@example.org": 1}


def test_what_waited_for_a_month_is_not_sent_empty(
    network_a: Network, system: Actor, hand: Hand
) -> None:
    mailing = written(network_a, system)
    with in_network(network_a):
        hold(actor=system, mailing=mailing)
        assert drop_old_texts(timezone.now() + timedelta(days=31)).count == 5
        with pytest.raises(NotNow):
            go_on(actor=system, mailing=mailing)
    assert not hand.taken


def test_only_what_failed_is_sent_once_more(network_a: Network, system: Actor, hand: Hand) -> None:
    mailing = written(network_a, system, 3)
    with in_network(network_a):
        rows = list(Message.objects.order_by("id"))
        for row, state in zip(rows, (State.SENT, State.FAILED, State.UNCLEAR), strict=True):
            row.state = state
            row.save()
        failed = letter_of(rows[1], network_a).to
        assert send_failed(actor=system, mailing=mailing) == 1
        with pytest.raises(NotNow):
            send_failed(actor=system, mailing=mailing)
    run_waiting()
    assert hand.taken == {failed: 1}
