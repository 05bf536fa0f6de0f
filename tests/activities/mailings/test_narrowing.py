"""Whom the parts of an audience mean, and how they combine."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from knotenpunkt.activities.groups.actions import GroupDraft, add_member, save_group
from knotenpunkt.activities.mailings.actions.audiences import save_audience
from knotenpunkt.activities.mailings.queries.audiences import known_filters, reached, read_part
from knotenpunkt.registers.areas.actions import save_region
from knotenpunkt.registers.partners.actions import (
    save_person,
    save_profession,
    save_sub_kind,
    save_tag,
    set_regions,
    set_tags,
    take_part,
)
from knotenpunkt.tools.mail.models import MailKind
from tests.activities.mailings.audiences_kit import EVERYBODY, chosen, contact, house, written_to
from tests.factories import SYSTEM, make_offer

pytestmark = pytest.mark.usefixtures("inside_a")
TODAY = timezone.localdate()


def add(**words: str) -> list[dict[str, Any]]:
    return [{"how": "add", "words": {name.replace("_", "-"): word for name, word in words.items()}}]


def named(name: str, **values: Any) -> Any:
    """A contact of that name at a house of the same name."""
    return contact(house(name, **values), name, f"{name.lower().replace(' ', '.')}@example.org")


def test_by_kind_and_by_own_kind() -> None:
    word = save_sub_kind(actor=SYSTEM, kind="childcare", name="Krippe")
    named("Kita", kind="childcare")
    named("Krippe", kind="childcare", sub_kind=word)
    named("Schule", kind="school")
    assert written_to(add(art="childcare")) == {"Kita", "Krippe"}
    assert written_to(add(unterart=str(word.pk))) == {"Krippe"}


def test_by_region_with_those_who_lie_there() -> None:
    north = save_region(actor=SYSTEM, name="Nord", kind="other", postal_codes=["09599"])
    serving = named("Dort")
    set_regions(actor=SYSTEM, organisation=serving.organisation, regions=[north])
    contact(house("Liegt", postal=True), "Liegt", "l@example.org")
    named("Woanders")
    assert written_to(add(region=str(north.pk))) == {"Dort", "Liegt"}
    assert written_to(add(region="alle")) == {"Liegt", "Woanders"}


def test_by_topic_of_what_families_find() -> None:
    shown, draft = named("Zeigt"), named("Plant")
    make_offer("A", provider=shown.organisation, topics=["schlafen"])
    make_offer("B", provider=draft.organisation, topics=["schlafen"], published=False)
    meant = written_to(add(thema="schlafen"))
    assert "Zeigt" in meant and "Plant" not in meant


def test_by_group() -> None:
    mira, ole = named("Mira"), named("Ole")
    group = save_group(actor=SYSTEM, draft=GroupDraft("AG"))
    add_member(actor=SYSTEM, group=group, organisation=mira.organisation, contact=mira)
    assert written_to(add(gruppe=str(group.pk))) == {"Mira"}
    assert written_to([*EVERYBODY, {"how": "without", "words": {"gruppe": str(group.pk)}}]) == {
        ole.name
    }


def test_by_tag_of_the_house_or_of_the_person() -> None:
    tag = save_tag(actor=SYSTEM, name="Post")
    of_house, of_person = named("Haus"), named("Andere")
    person = save_person(actor=SYSTEM, given_name="Ina", family_name="Lau")
    contact(of_person.organisation, "Ina", "ina@example.org", person=person)
    set_tags(actor=SYSTEM, partner=of_house.organisation, names=["Post"])
    set_tags(actor=SYSTEM, partner=person, names=["Post"])
    assert written_to(add(schlagwort=str(tag.pk))) == {"Haus", "Ina"}


def test_by_profession() -> None:
    midwife = save_profession(actor=SYSTEM, name="Hebamme")
    person = save_person(actor=SYSTEM, given_name="Ina", family_name="Lau", profession=midwife)
    contact(house(), "Ina", "ina@example.org", person=person)
    named("Andere")
    assert written_to(add(beruf=str(midwife.pk))) == {"Ina"}
    without = [*EVERYBODY, {"how": "without", "words": {"beruf": str(midwife.pk)}}]
    assert written_to(without) == {"Andere"}  # whoever is no person is not lost


def test_by_what_somebody_took_part_in() -> None:
    lately, before = named("Neulich"), named("Damals")
    named("Nie")
    for one, days, title in ((lately, 30, "Danke 2026"), (before, 500, "Danke 2025")):
        take_part(actor=SYSTEM, organisation=one.organisation, kind="campaign", title=title,
                  on=TODAY - timedelta(days=days))  # fmt: skip
    assert written_to(add(mitgemacht="12")) == {"Neulich"}
    assert written_to(add(mitgemacht="24")) == {"Neulich", "Damals"}
    assert written_to(add(mitgemacht="Danke 2025")) == {"Damals"}


def test_without_mail_means_houses_that_no_mail_reaches() -> None:
    here = house("A", postal=True)
    contact(here, "Ohne")
    contact(house("B", postal=True), "Mit", "mit@example.org")
    both = house("C", postal=True)
    contact(both, "Einer")
    contact(both, "Anderer", "a@example.org")
    assert written_to(add(ohne_mail="ja")) == {"Ohne"}


def test_words_in_contact_house_or_place() -> None:
    contact(house("Haus Linde", postal=True), "Mira Müller", "m@example.org")
    contact(house("Haus Eiche", postal=True), "Ole Brandt", "o@example.org")
    assert written_to(add(q="mueller freiberg")) == {"Mira Müller"}
    assert written_to(add(q="eiche")) == {"Ole Brandt"}
    assert written_to(add(q="freiberg")) == {"Mira Müller", "Ole Brandt"}


def test_parts_follow_one_another() -> None:
    named("Kita Linde", kind="childcare")
    named("Kita Eiche", kind="childcare")
    named("Schule Linde", kind="school")
    linde = {"q": "linde"}
    kitas, schools = add(art="childcare"), add(art="school")
    assert written_to([*kitas, *schools]) == {"Kita Linde", "Kita Eiche", "Schule Linde"}
    assert written_to([*kitas, {"how": "only", "words": linde}]) == {"Kita Linde"}
    assert written_to([*kitas, {"how": "without", "words": linde}]) == {"Kita Eiche"}
    assert written_to([*kitas, {"how": "without", "words": linde}, *schools]) == {
        "Kita Eiche", "Schule Linde",
    }  # fmt: skip
    assert written_to([{"how": "without", "words": linde}]) == {"Kita Eiche"}
    assert written_to([*kitas, {"how": "only", "words": {"art": "school"}}]) == set()


def test_within_a_part_everything_must_hold() -> None:
    named("Kita Linde", kind="childcare")
    named("Schule Linde", kind="school")
    assert written_to(add(art="school", q="linde")) == {"Schule Linde"}


@pytest.mark.parametrize(
    "words", [{"schlagwort": "weg"}, {"art": "nie"}, {"erfunden": "ja"}, {"thema": "x\0"}]
)
def test_a_choice_that_is_gone_means_nobody(words: dict[str, str]) -> None:
    named("Jemand")
    assert written_to([{"how": "add", "words": words}]) == set()
    assert read_part({"how": "add", "words": words}, known_filters(TODAY)).unknown


def test_no_parts_mean_nobody() -> None:
    named("Jemand")
    assert chosen([{"how": "add", "words": {"q": "niemand"}}]) == []


def test_the_list_counts_as_the_page_does() -> None:
    here = house("A")
    contact(here, "Eins", "eins@example.org")
    contact(here, "Zwei", "zwei@example.org")
    contact(house("B"), "Ohne")
    rows = [
        save_audience(actor=SYSTEM, name=str(one_each), parts=EVERYBODY, one_each=one_each)
        for one_each in (True, False)
    ]
    told = reached(rows, kind=MailKind.INVITATION)
    assert [told[one.pk] for one in rows] == [1, 2]
