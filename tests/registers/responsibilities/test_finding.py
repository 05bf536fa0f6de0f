from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import timezone

from knotenpunkt.foundation.accounts.actors import ANYONE, Person
from knotenpunkt.foundation.accounts.rights import Role
from knotenpunkt.registers.areas.models import Region
from knotenpunkt.registers.areas.postal_codes import locate
from knotenpunkt.registers.offers.models import Topic
from knotenpunkt.registers.partners.models import Audience
from knotenpunkt.registers.responsibilities import wording
from knotenpunkt.registers.responsibilities.queries import who_answers
from knotenpunkt.registers.responsibilities.rules import Question
from tests.conftest import Cast
from tests.registers.responsibilities.conftest import Answers

pytestmark = pytest.mark.django_db
NEAR = ["14522"]


def found(question: Question, actor: object = ANYONE) -> list[str]:
    rows = who_answers(actor, question, timezone.localdate())  # type: ignore[arg-type]
    return [one.contact.name for one in rows]


def asked(place: str = "", **more: object) -> Question:
    located = locate(place, NEAR) if place else None
    return Question(place=located, **more)  # type: ignore[arg-type]


def test_the_nearest_first_and_nobody_from_elsewhere(
    answers: Answers, regions: dict[str, Region]
) -> None:
    answers("Whole Network")
    answers("Old County", regions=[regions["county"]])
    answers("Town Hall", regions=[regions["town"]])
    answers("Else Where", regions=[regions["other"]])
    assert found(asked("Freiberg")) == ["Town Hall", "Old County", "Whole Network"]
    assert found(asked("09618")) == ["Old County", "Whole Network"]
    assert found(asked("04720 Döbeln")) == ["Else Where", "Whole Network"]
    assert len(found(asked())) == 4


def test_the_topic_itself_then_the_one_above_then_those_for_everything(
    answers: Answers, topics: dict[str, Topic]
) -> None:
    answers("For All")
    answers("For Babies", topics=[topics["baby"]])
    answers("For Crying", topics=[topics["schreien"]])
    answers("For Money", topics=[topics["geld"]])
    assert found(asked(topic="schreien")) == ["For Crying", "For Babies", "For All"]
    assert found(asked(topic="geld")) == ["For Money", "For All"]


def test_ages_are_data(answers: Answers) -> None:
    answers("Small Ones", age_from=0, age_to=36)
    answers("Pilot", age_from=48, age_to=72)
    answers("No Limit")
    assert found(asked(age_months=36)) == ["No Limit", "Small Ones"]
    assert found(asked(age_months=37)) == ["No Limit"]
    assert found(asked(age_months=60)) == ["No Limit", "Pilot"]


def test_an_isef_is_for_those_who_are_signed_in(cast: Cast, answers: Answers) -> None:
    answers("Ida Isef", "professionals", duties=["fach-isef"])
    answers("Nina Netz", "both", duties=["fach-netzwerk"])
    question = asked(for_whom="professionals")
    assert found(question) == ["Nina Netz"]
    for user, role in ((cast.frida, Role.PROVIDER), (cast.birgit, Role.READER)):
        assert found(question, Person(user, role)) == ["Ida Isef", "Nina Netz"]
    assert found(asked(for_whom="families")) == ["Nina Netz"]


def test_who_left_or_whose_time_is_over_is_not_shown(answers: Answers) -> None:
    yesterday = timezone.localdate() - timedelta(days=1)
    answers("Gone By", contact_until=yesterday)
    answers("Not Yet", contact_since=date(2090, 1, 1))
    left = answers("Left House")
    left.contact.organisation.left_on = yesterday
    left.contact.organisation.save()
    answers("Still There")
    assert found(asked()) == ["Still There"]


def test_only_what_is_released_is_shown(cast: Cast, answers: Answers) -> None:
    one = answers("Paula Privat", "both", contact_function="Beraterin",
                  contact_name_audience=Audience.INTERNAL,
                  contact_phone_audience=Audience.PROFESSIONALS)  # fmt: skip
    public = wording.cards([one], circle=Audience.PUBLIC, for_whom="families")[0]
    assert public.heading == "Beraterin"
    assert [way.shown for way in public.ways] == ["paula@example.org"]
    signed_in = wording.cards([one], circle=Audience.PROFESSIONALS, for_whom="professionals")[0]
    assert signed_in.heading == "Beraterin"
    assert [(way.shown, way.is_direct) for way in signed_in.ways] == [
        ("030 23125 555", True), ("paula@example.org", False),
    ]  # fmt: skip


def test_one_card_for_somebody_who_answers_twice(
    answers: Answers, topics: dict[str, Topic]
) -> None:
    from knotenpunkt.registers.responsibilities.actions import save_responsibility
    from tests.factories import SYSTEM

    first = answers("Twice Over", topics=[topics["baby"]])
    second = save_responsibility(
        actor=SYSTEM, contact=first.contact, for_whom="families", topics=[topics["geld"]]
    )
    cards = wording.cards([first, second], circle=Audience.PUBLIC, for_whom="families")
    assert len(cards) == 1 and len(cards[0].tasks) == 2
