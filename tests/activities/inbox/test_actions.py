"""From the request to the answer: sealed, opened by one person, gone afterwards."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from knotenpunkt.activities.inbox import actions, privacy, queries
from knotenpunkt.activities.inbox.actions import AlreadyClosed, CallDraft, TakenByAnother
from knotenpunkt.activities.inbox.models import Concern, Outcome
from knotenpunkt.foundation.accounts.actors import ANYONE, Person
from knotenpunkt.foundation.accounts.rights import Role
from knotenpunkt.foundation.audit.models import Entry, Read
from knotenpunkt.foundation.core.sealing import Unreadable, unsealed
from knotenpunkt.foundation.networks.models import Network
from knotenpunkt.foundation.networks.scope import in_network
from knotenpunkt.registers.offers.models import Offer
from knotenpunkt.tools.jobs.models import Job
from knotenpunkt.tools.mail.queries import waiting_mails
from tests.conftest import Cast
from tests.factories import make_offer

PHONE = "+493731555010"
SECRETS = (PHONE, "Anna Sommer", "Mein Baby schreit")
DRAFT = CallDraft(phone=PHONE, name="Anna Sommer", text="Mein Baby schreit", language="de")

pytestmark = pytest.mark.django_db


@pytest.fixture
def inside(cast: Cast, network_a: Network) -> Iterator[Network]:
    with in_network(network_a):
        yield network_a


@pytest.fixture
def petra(cast: Cast) -> Person:
    return Person(cast.petra, Role.COORDINATOR)


@pytest.fixture
def ede(cast: Cast) -> Person:
    return Person(cast.ede, Role.EDITOR)


@pytest.fixture
def offer(inside: Network) -> Offer:
    return make_offer("Krabbelgruppe")


def asked(network: Network, draft: CallDraft = DRAFT, offer: Offer | None = None) -> Concern:
    return actions.ask_for_call(actor=ANYONE, network=network, draft=draft, offer=offer)


def stored() -> str:
    """Everything that the database holds of concerns and of the audit, as bytes of text."""
    found = []
    with connection.cursor() as cursor:
        for table in ("inbox_concern", "audit_entry", "audit_read"):
            cursor.execute(f"SELECT * FROM {table}")  # noqa: S608 - our own names
            found += [bytes(v) if isinstance(v, memoryview) else v
                      for row in cursor.fetchall() for v in row]  # fmt: skip
    return repr(found)


def test_nothing_of_a_family_is_stored_in_plain(inside: Network, petra: Person) -> None:
    concern = actions.take(actor=petra, concern_id=asked(inside).pk)
    actions.open_concern(actor=petra, concern=concern)
    actions.try_later(actor=petra, concern_id=concern.pk)
    assert not [one for one in SECRETS if one in stored()]
    assert not [one for one in SECRETS if one in repr((concern, DRAFT, str(concern)))]


def test_only_who_took_it_on_opens_it_and_that_is_logged(
    inside: Network, petra: Person, ede: Person
) -> None:
    concern = asked(inside)
    for actor in (petra, ede):
        with pytest.raises(PermissionDenied):
            actions.open_concern(actor=actor, concern=concern)
    concern = actions.take(actor=ede, concern_id=concern.pk)
    opened = actions.open_concern(actor=ede, concern=concern)
    assert (opened.phone, opened.name, opened.text) == SECRETS
    assert PHONE not in repr(opened)
    with pytest.raises(PermissionDenied):
        actions.open_concern(actor=petra, concern=concern)
    assert [(read.actor_label, read.object_id) for read in Read.objects.all()] == [
        ("Ede", concern.pk)
    ]


@pytest.mark.parametrize("role", [Role.READER, Role.PROVIDER])
def test_others_learn_nothing(inside: Network, cast: Cast, role: Role) -> None:
    concern = asked(inside)
    other = Person(cast.birgit, role)
    for deed in (
        lambda: queries.concerns(other),
        lambda: queries.get_concern(other, concern.pk),
        lambda: actions.take(actor=other, concern_id=concern.pk),
        lambda: actions.open_concern(actor=other, concern=concern),
        lambda: actions.close(actor=other, concern_id=concern.pk, outcome=Outcome.NONSENSE),
    ):
        with pytest.raises(PermissionDenied):
            deed()
    assert queries.waiting_count(other) == 0


def test_of_two_people_one_gets_it(inside: Network, petra: Person, ede: Person) -> None:
    concern = asked(inside)
    actions.take(actor=petra, concern_id=concern.pk)
    with pytest.raises(TakenByAnother, match="Petra"):
        actions.take(actor=ede, concern_id=concern.pk)
    with pytest.raises(TakenByAnother, match="Petra"):
        actions.close(actor=ede, concern_id=concern.pk, outcome=Outcome.REACHED)
    taken_over = actions.take(actor=ede, concern_id=concern.pk, instead_of=petra.user.pk)
    assert taken_over.taken_by_id == ede.user.pk
    with pytest.raises(TakenByAnother, match="Ede"):
        actions.try_later(actor=petra, concern_id=concern.pk)


def test_taking_it_twice_is_one_deed(inside: Network, petra: Person) -> None:
    concern = asked(inside)
    actions.take(actor=petra, concern_id=concern.pk)
    actions.take(actor=petra, concern_id=concern.pk)
    assert Entry.objects.filter(deed="inbox.take").count() == 1


@pytest.mark.parametrize(
    "outcome", [Outcome.REACHED, Outcome.NOT_REACHED, Outcome.PASSED_ON, Outcome.NONSENSE]
)
def test_with_the_answer_everything_is_gone(
    inside: Network, petra: Person, offer: Offer, outcome: Outcome
) -> None:
    concern = actions.take(actor=petra, concern_id=asked(inside, offer=offer).pk)
    actions.close(actor=petra, concern_id=concern.pk, outcome=outcome, passed_to="Haus Wiesenpfad")
    concern = Concern.objects.get()
    assert [bytes(getattr(concern, one)) for one in ("phone", "name", "text")] == [b""] * 3
    assert (concern.twin_key, concern.caller_key, concern.daytimes, concern.taken_by) == (
        "", "", [], None
    )  # fmt: skip
    assert (concern.offer, concern.outcome) == (offer, outcome)
    assert bool(concern.passed_to) == (outcome is Outcome.PASSED_ON)
    assert not [one for one in SECRETS if one in stored()]
    with pytest.raises(AlreadyClosed):
        actions.close(actor=petra, concern_id=concern.pk, outcome=Outcome.REACHED)
    with pytest.raises(PermissionDenied):
        actions.open_concern(actor=petra, concern=concern)


def test_the_table_itself_refuses_to_keep_an_answered_number(
    inside: Network, petra: Person
) -> None:
    concern = asked(inside)
    concern.outcome = Outcome.REACHED
    with pytest.raises(IntegrityError), transaction.atomic():
        concern.save()


def test_calls_that_reach_nobody_are_counted(inside: Network, petra: Person) -> None:
    concern = actions.take(actor=petra, concern_id=asked(inside).pk)
    for _ in range(2):
        actions.try_later(actor=petra, concern_id=concern.pk)
    concern = Concern.objects.get()
    assert (concern.attempts, concern.is_open) == (2, True)
    assert unsealed(concern, "phone") == PHONE


def test_given_back_it_waits_for_all(inside: Network, petra: Person, ede: Person) -> None:
    concern = actions.take(actor=petra, concern_id=asked(inside).pk)
    actions.give_back(actor=petra, concern_id=concern.pk)
    assert actions.take(actor=ede, concern_id=concern.pk).taken_by_id == ede.user.pk


def test_the_same_family_twice_is_one_request(inside: Network, offer: Offer) -> None:
    asked(inside, CallDraft(phone=PHONE, text="Mein Baby schreit", daytimes=["morning"]))
    again = CallDraft(phone=PHONE, text="Und ich bin müde", daytimes=["evening"], language="ar")
    asked(inside, again)
    concern = Concern.objects.get()
    assert unsealed(concern, "text") == "Mein Baby schreit\nUnd ich bin müde"
    assert (concern.repeated, concern.language) == (1, "ar")
    assert concern.daytimes == ["evening", "morning"]
    asked(inside, DRAFT, offer)
    assert Concern.objects.count() == 2  # about something else


def test_a_button_pressed_twice_in_one_moment_is_one_request(
    inside: Network, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both look for a twin before either of them is kept."""
    found = actions._twin
    monkeypatch.setattr(actions, "_twin", Looks(found))
    asked(inside)
    asked(inside)
    concern = Concern.objects.get()
    assert concern.repeated == 1


class Looks:
    """Finds nothing the first two times."""

    def __init__(self, find: Callable[..., Concern | None]) -> None:
        self.find, self.times = find, 0

    def __call__(self, *about: Any) -> Concern | None:
        self.times += 1
        return None if self.times <= 2 else self.find(*about)


def test_one_call_answers_all_that_a_number_asked(
    inside: Network, petra: Person, offer: Offer
) -> None:
    first, second = asked(inside), asked(inside, DRAFT, offer)
    asked(inside, CallDraft(phone="+493731555011"))
    assert queries.same_caller(petra, first) == [second]


def test_a_value_moved_to_another_request_does_not_open(inside: Network, petra: Person) -> None:
    first, second = asked(inside), asked(inside, CallDraft(phone="+493731555011"))
    second.phone = first.phone
    with pytest.raises(Unreadable):
        unsealed(second, "phone")


def test_danger_comes_first_and_advertising_last(inside: Network, petra: Person) -> None:
    plain = asked(inside, CallDraft(phone="+493731555011", text="Frage zur Hebamme"))
    spam = asked(inside, CallDraft(phone="+493731555012", text="SEO at www.x.example"))
    danger = asked(inside, CallDraft(phone="+493731555013", text="Ich kann nicht mehr"))
    assert [one.pk for one in queries.waiting(petra)] == [danger.pk, plain.pk, spam.pk]
    assert queries.waiting_count(petra) == 2


def test_a_hint_is_opened_by_all_who_answer_and_gone_when_done(
    inside: Network, offer: Offer, petra: Person, ede: Person
) -> None:
    hint = actions.leave_hint(
        actor=ANYONE, network=inside, offer=offer, text="Jetzt donnerstags", reply_to="a@x.example"
    )
    same = actions.leave_hint(actor=ANYONE, network=inside, offer=offer, text="jetzt Donnerstags!")
    assert same.pk == hint.pk
    for actor in (petra, ede):
        assert actions.open_concern(actor=actor, concern=hint).text == "Jetzt donnerstags"
    actions.close(actor=ede, concern_id=hint.pk, outcome=Outcome.DONE)
    assert "donnerstags" not in stored()
    assert Concern.objects.get().text in (b"", memoryview(b""))


def test_a_hint_is_not_reached_and_a_call_not_done(
    inside: Network, offer: Offer, petra: Person
) -> None:
    hint = actions.leave_hint(actor=ANYONE, network=inside, offer=offer, text="x")
    call = actions.take(actor=petra, concern_id=asked(inside).pk)
    for concern, outcome in ((hint, Outcome.REACHED), (call, Outcome.DONE),
                             (call, Outcome.EXPIRED)):  # fmt: skip
        with pytest.raises(ValueError, match="ends no"):
            actions.close(actor=petra, concern_id=concern.pk, outcome=outcome)


def aged(concern: Concern, days: int) -> Concern:
    concern.received_at = timezone.now() - timedelta(days=days)
    concern.due_at = concern.received_at + timedelta(days=2)
    concern.save()
    return concern


def test_what_nobody_answers_is_emptied_after_thirty_days(inside: Network) -> None:
    old = aged(asked(inside), 31)
    young = aged(asked(inside, CallDraft(phone="+493731555011")), 29)
    assert [one.count for one in privacy.expire()] == [1]
    old.refresh_from_db()
    young.refresh_from_db()
    assert (old.outcome, bytes(old.phone)) == (Outcome.EXPIRED, b"")
    assert unsealed(young, "phone") == "+493731555011"
    assert [one.count for one in privacy.expire()] == [0]


def test_overdue_ones_are_reminded_of_twice(inside: Network) -> None:
    """When the clock ran out, and once more long before it is deleted."""
    asked(inside)
    told = [
        days
        for days in range(30)
        if actions.remind(network=inside, now=timezone.now() + timedelta(days=days))
    ]
    assert len(told) == 2
    assert told[0] <= 6
    assert told[1] == 20


def test_advertising_reminds_nobody(inside: Network) -> None:
    asked(inside, CallDraft(phone=PHONE, text="www.casino.top"))
    assert actions.remind(network=inside, now=timezone.now() + timedelta(days=9)) == 0


def test_another_network_sees_none_of_it(
    network_a: Network, network_b: Network, cast: Cast
) -> None:
    with in_network(network_a):
        concern = asked(network_a)
    carla = Person(cast.carla, Role.COORDINATOR)
    with in_network(network_b):
        assert not queries.waiting(carla).exists()
        with pytest.raises(Concern.DoesNotExist):
            actions.take(actor=carla, concern_id=concern.pk)


def test_a_family_can_be_told_and_erased_by_its_number(inside: Network) -> None:
    asked(inside)
    asked(inside, CallDraft(phone="+493731555011", name="Berta"))
    person = privacy.find_caller("03731 / 555 010")
    assert person
    assert [row["name"] for row in privacy.export(person)] == ["Anna Sommer"]
    assert privacy.erase(person) == 1
    assert unsealed(Concern.objects.get(), "name") == "Berta"
    assert privacy.find_caller("03731 555010") is None


@pytest.fixture
def mails(settings: Any) -> Callable[[], list[dict[str, str]]]:
    """The mails that are queued, once a mail server is set up."""
    settings.EMAIL_HOST = "mail.example.org"
    return lambda: [
        {"to": who.to, "subject": what.subject, "text": what.text}
        for _message, who, what in waiting_mails()
    ]


def test_those_who_answer_get_a_mail_that_names_nobody(
    inside: Network, offer: Offer, mails: Callable[[], list[dict[str, str]]]
) -> None:
    link = "https://netz.example.org/mitte/desk/anliegen/"
    actions.ask_for_call(actor=ANYONE, network=inside, draft=DRAFT, offer=offer, link=link)
    assert {mail["to"] for mail in mails()} == {"petra@example.org", "ede@example.org"}
    for mail in mails():
        assert link in mail["text"]
        assert "Krabbelgruppe" in mail["text"]
        assert not [one for one in SECRETS if one in str(mail)]


def test_advertising_sends_no_mail(
    inside: Network, mails: Callable[[], list[dict[str, str]]]
) -> None:
    asked(inside, CallDraft(phone=PHONE, text="www.casino.top"))
    assert mails() == []


def test_an_overdue_one_is_told_by_mail(
    inside: Network, mails: Callable[[], list[dict[str, str]]]
) -> None:
    asked(inside)
    actions.remind(network=inside, now=timezone.now() + timedelta(days=9))
    assert sum("30 Tagen" in mail["text"] for mail in mails()) == 2


def test_without_a_mail_server_nothing_is_queued(inside: Network) -> None:
    asked(inside)
    assert not Job.objects.exists()
