"""Who got which circular is told to the person, and forgotten in time."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from unittest.mock import patch
from uuid import UUID

import pytest
from django.utils import timezone

from knotenpunkt.activities.mailings import privacy
from knotenpunkt.activities.mailings.actions import sending
from knotenpunkt.activities.mailings.composing import reading_for
from knotenpunkt.activities.mailings.models import Circular, Recipient, Stage
from knotenpunkt.activities.mailings.printing.recipients import Reader
from knotenpunkt.foundation.accounts.actors import Person as Member
from knotenpunkt.foundation.accounts.models import User
from knotenpunkt.foundation.accounts.rights import Role
from knotenpunkt.foundation.core.personal_data import Person
from knotenpunkt.foundation.networks.models import Network
from knotenpunkt.front.desk.partners import timeline
from knotenpunkt.registers.partners.models import Contact
from tests.activities.mailings.people import circular_for, everybody, somebody
from tests.conftest import Cast
from tests.factories import SYSTEM

pytestmark = pytest.mark.django_db


def person(contact: Contact, network: Network) -> Person:
    return Person("partners.Contact", frozenset([contact.pk]), frozenset([network.pk]),
                  frozenset([contact.name]))  # fmt: skip


Written = tuple[Circular, Contact, Contact]


@pytest.fixture
def draft(inside_a: Network) -> Written:
    """A circular on paper, with something of one's own for both who would get it."""
    first, second = somebody(1, email=False), somebody(2, email=False)
    everybody()
    own = {str(first.pk): {"dank": "für das Fest"}, str(second.pk): {"dank": "wie Kontakt 1"}}
    text = "{anrede}\n\ndanke {dank}, und Gruß an Kontakt 1."
    return circular_for(text=text, own_values=own), first, second


@pytest.fixture
def sent(draft: Written) -> Written:
    """The same, sent."""
    circular, first, second = draft
    return sending.start(actor=SYSTEM, circular=circular), first, second


def test_a_person_is_told_what_they_got(sent: Written, network_a: Network) -> None:
    _circular, first, _second = sent
    told = privacy.export(person(first, network_a))
    assert [one["circular"] for one in told] == ["Einladung 2027"]
    assert told[0]["filled_in"] == {"dank": "für das Fest"} and told[0]["way"] == "letter"
    assert any("Einladung 2027" in one for one in privacy.mentions(person(first, network_a)))


def test_an_erased_person_is_in_no_circular(sent: Written, network_a: Network) -> None:
    circular, first, second = sent
    assert privacy.erase(person(first, network_a))
    circular.refresh_from_db()
    assert set(circular.own_values) == {str(second.pk)}
    assert "Kontakt 1" not in str(circular.own_values)
    assert [row.contact for row in Recipient.objects.all()] == [second]


def test_an_account_leaves_its_circulars_without_its_name(
    cast: Cast, sent: Written, network_a: Network
) -> None:
    circular = sent[0]
    circular.author, circular.released_by = cast.ede, cast.petra
    circular.save()
    ede = Person(User._meta.label, frozenset([UUID(str(cast.ede.pk))]), frozenset([network_a.pk]),
                 frozenset(["Ede"]))  # fmt: skip
    privacy.erase(ede)
    circular.refresh_from_db()
    assert (circular.author, circular.released_by) == (None, cast.petra)


def test_after_the_term_it_is_forgotten_who_got_it(sent: Written, network_a: Network) -> None:
    circular = sent[0]
    assert privacy.expire()[0].count == 0
    circular.fixed_at = timezone.now() - timedelta(days=network_a.mail_days + 1)
    circular.stage = Stage.SENDING
    circular.save()
    assert privacy.expire()[0].count == 0  # it is still on its way
    circular.stage = Stage.SENT
    circular.save()
    assert privacy.expire()[0].count == 2
    circular.refresh_from_db()
    assert circular.own_values == {} and circular.text


def _lay(circular: Circular, *, days: int, stage: Stage = Stage.DRAFT) -> None:
    """As if nobody had touched it for so long."""
    with patch.object(timezone, "now", lambda: datetime.now(UTC) - timedelta(days=days)):
        circular.stage = stage
        circular.save()


def test_what_was_filled_into_a_draft_that_was_never_sent_is_forgotten_in_time(
    draft: Written, network_a: Network
) -> None:
    circular, first, _second = draft
    _lay(circular, days=network_a.mail_days - 1)
    privacy.expire()
    circular.refresh_from_db()
    assert circular.own_values
    _lay(circular, days=network_a.mail_days + 1)
    assert [one.count for one in privacy.expire()] == [0, 1]
    circular.refresh_from_db()
    assert circular.own_values == {}
    told = reading_for(Reader(first), circular, "").text
    assert "danke , und Gruß" in told  # the place is known still, with nothing in it


def test_what_is_planned_for_later_keeps_what_was_filled_in(
    draft: Written, network_a: Network
) -> None:
    circular = draft[0]
    circular.send_at = timezone.now() + timedelta(days=30)
    _lay(circular, days=network_a.mail_days + 1, stage=Stage.SCHEDULED)
    assert [one.count for one in privacy.expire()] == [0, 0]


def test_a_text_can_be_read_after_the_only_one_with_values_of_their_own_is_erased(
    draft: Written, network_a: Network
) -> None:
    circular, first, second = draft
    privacy.erase(person(first, network_a))
    privacy.erase(person(second, network_a))
    circular.refresh_from_db()
    assert circular.own_values == {}
    assert "danke , und" in reading_for(Reader(somebody(3)), circular, "").text


def test_the_portrait_tells_what_was_sent(cast: Cast, sent: Written) -> None:
    circular, first, _second = sent
    row = Recipient.objects.get(contact=first)
    row.answered_at = timezone.now()
    row.save()
    events = timeline.of_mails(Member(cast.ede, Role.EDITOR), [first.pk])
    assert [one.what for one in events] == [f"Rundschreiben per Brief: {circular.title}"]
    assert "noch zu verschicken" in events[0].text and "beantwortet" in events[0].text
    assert timeline.of_mails(Member(cast.birgit, Role.READER), [first.pk]) == []
