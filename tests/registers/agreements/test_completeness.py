"""Who is in where, who signed until when: counted as the law and the register say it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from knotenpunkt.foundation.accounts.actors import ANYONE
from knotenpunkt.foundation.networks.models import Network
from knotenpunkt.foundation.networks.scope import in_network
from knotenpunkt.registers.agreements.actions import (
    add_parties,
    decide_not_needed,
    end_agreement,
    save_agreement,
)
from knotenpunkt.registers.agreements.completeness import (
    Completeness,
    Field,
    State,
    completeness,
    one_kind,
)
from knotenpunkt.registers.agreements.figures import complete
from knotenpunkt.registers.agreements.models import Agreement, AgreementKind
from knotenpunkt.registers.agreements.wording import field_sentence
from knotenpunkt.registers.areas.models import Region
from knotenpunkt.registers.partners.actions import take_part
from knotenpunkt.registers.partners.models import KINDS_OF_THE_LAW, Level, PartnerKind
from tests.factories import SYSTEM, make_organisation
from tests.registers.agreements.conftest import TODAY, Making

SCHOOL, COURT = PartnerKind.SCHOOL, PartnerKind.FAMILY_COURT


def found(**more: AgreementKind) -> Completeness:
    return completeness(SYSTEM, TODAY(), **more)


def field(kind: PartnerKind, region: Region | None) -> Field:
    return found().fields[kind, region.pk if region else None]


def names(one: Field) -> list[str]:
    return [partner.name for partner in one.partners]


def test_without_regions_there_is_one_column(inside_a: Network, partner: Making) -> None:
    partner("Schule am Bach")
    assert found().regions == [None]
    assert len(found().fields) == len(KINDS_OF_THE_LAW)
    assert names(field(SCHOOL, None)) == ["Schule am Bach"]


def test_a_partner_stands_where_they_work(north: Region, south: Region, partner: Making) -> None:
    partner("Nordschule", regions=[north])
    partner("Überall")
    assert names(field(SCHOOL, north)) == ["Nordschule", "Überall"]
    assert names(field(SCHOOL, south)) == ["Überall"]
    assert field(COURT, north).is_gap


def test_a_part_of_a_region_counts_for_the_region(
    north: Region, south: Region, partner: Making, part_of: Callable[[Region, str], Region]
) -> None:
    partner("Dorfschule", regions=[part_of(north, "Nossen")])
    assert found().regions == [north, south]
    assert names(field(SCHOOL, north)) == ["Dorfschule"]
    assert field(SCHOOL, south).is_gap


@pytest.mark.parametrize(
    ("values", "is_in"),
    [
        ({}, True),
        ({"joined_on": None}, False),
        ({"joined_on": date(2999, 1, 1)}, False),
        ({"left_on": date(2021, 1, 1)}, False),
        ({"left_on": date(2999, 1, 1)}, True),
    ],
    ids=["joined", "only in the register", "joins later", "has left", "leaves later"],
)
def test_in_is_who_joined_and_has_not_left(
    partner: Making, values: dict[str, date | None], is_in: bool
) -> None:
    house = partner("Schule", **values)
    assert bool(names(field(SCHOOL, None))) is is_in is house.is_partner


def test_a_facility_joins_with_its_body(partner: Making) -> None:
    body = partner("Träger", level=Level.BODY, kind="other")
    gone = partner("Weg", level=Level.BODY, kind="other", left_on=date(2022, 1, 1))
    partner("Haus", body=body, joined_on=None)
    partner("Ehemalig", body=gone, joined_on=None)
    assert names(field(SCHOOL, None)) == ["Haus"]
    assert [one.name for one in found().others] == ["Ehemalig"]


def test_what_a_body_signed_holds_for_its_facilities(
    principles: Agreement, partner: Making
) -> None:
    body = partner("Träger", level=Level.BODY, kind="other")
    partner("Eigenständig")
    partner("Vom Träger", body=body)
    add_parties(actor=SYSTEM, agreement=principles, organisations=[body], on=TODAY())
    one = field(SCHOOL, None)
    assert {partner.name: partner.has_signed for partner in one.partners} == {
        "Eigenständig": False, "Vom Träger": True,
    }  # fmt: skip
    assert (one.state, one.until) == (State.SOME, principles.valid_until)


def test_only_what_holds_counts(principles: Agreement, partner: Making) -> None:
    house = partner("Schule")
    add_parties(actor=SYSTEM, agreement=principles, organisations=[house], on=TODAY())
    assert field(SCHOOL, None).state is State.ALL
    end_agreement(actor=SYSTEM, agreement=principles, on=TODAY(), reason="")
    assert field(SCHOOL, None).state is State.NOBODY


def test_the_last_day_still_counts(principles: Agreement, partner: Making) -> None:
    add_parties(actor=SYSTEM, agreement=principles, organisations=[partner("Schule")], on=TODAY())
    save_agreement(actor=SYSTEM, agreement=principles, valid_until=TODAY())
    tomorrow = completeness(SYSTEM, TODAY() + timedelta(days=1))
    assert field(SCHOOL, None).state is State.ALL
    assert tomorrow.fields[SCHOOL, None].state is State.NOBODY


def test_of_two_agreements_the_longer_one_counts(principles: Agreement, partner: Making) -> None:
    house = partner("Schule")
    endless = save_agreement(actor=SYSTEM, kind="cooperation", title="Ohne Ende", signed_on=TODAY())
    for one in (principles, endless):
        add_parties(actor=SYSTEM, agreement=one, organisations=[house], on=TODAY())
    assert field(SCHOOL, None).state is State.ALL
    assert field(SCHOOL, None).until is None


def test_each_kind_of_agreement_is_its_own_question(principles: Agreement, partner: Making) -> None:
    add_parties(actor=SYSTEM, agreement=principles, organisations=[partner("Schule")], on=TODAY())
    told = found(about=AgreementKind.PROTECTION).fields[SCHOOL, None]
    assert told.state is State.NOBODY


def test_a_decision_closes_a_gap(north: Region, south: Region) -> None:
    told = {"actor": SYSTEM, "kind": COURT, "on": TODAY()}
    decide_not_needed(region=north, reason="sitzt nebenan", **told)
    assert field(COURT, north).state is State.NOT_NEEDED
    assert field(COURT, south).state is State.GAP
    decide_not_needed(region=None, reason="gibt es nicht", **told)
    assert field(COURT, south).state is State.NOT_NEEDED
    assert field(COURT, north).decision is not None
    assert field(COURT, north).decision.reason == "sitzt nebenan"  # type: ignore[union-attr]


def test_last_seen_and_last_confirmed_are_the_latest_days(partner: Making) -> None:
    first = partner("Eine", confirmed_on=date(2024, 3, 1))
    second = partner("Andere", confirmed_on=TODAY() - timedelta(days=20))
    for house, day in ((first, date(2023, 5, 1)), (first, date(2024, 5, 1))):
        take_part(actor=SYSTEM, organisation=house, kind="meeting", title="Runde", on=day)
    one = field(SCHOOL, None)
    assert (one.seen, one.confirmed) == (date(2024, 5, 1), second.confirmed_on)
    assert one.recent("seen", TODAY()) is State.NOBODY
    assert one.recent("confirmed", TODAY()) is State.SOME


def test_kinds_beyond_the_law_are_counted_apart(partner: Making) -> None:
    partner("Verein", kind="association")
    partner("Nur im Register", kind="other", joined_on=None)
    assert found().unsorted == 1
    assert not found().partners


def test_another_network_is_not_counted(network_a: Network, network_b: Network) -> None:
    with in_network(network_a):
        make_organisation("Schule", kind=SCHOOL, joined_on=date(2020, 1, 1))
    with in_network(network_b):
        assert not completeness(SYSTEM, TODAY()).partners


def test_figures_count_what_the_page_shows(
    north: Region, south: Region, principles: Agreement, partner: Making
) -> None:
    signing, _silent = partner("Nord", regions=[north]), partner("Süd", regions=[south])
    add_parties(actor=SYSTEM, agreement=principles, organisations=[signing], on=TODAY())
    decide_not_needed(actor=SYSTEM, kind=COURT, region=north, reason="nebenan", on=TODAY())
    told = complete(SYSTEM, TODAY())
    fields = 2 * len(KINDS_OF_THE_LAW)
    assert (told.fields, told.gaps, told.not_needed) == (fields, fields - 3, 1)
    assert (told.partners, told.signed, told.signed_percent) == (2, 1, 50)


def test_a_field_says_in_words_what_it_knows(principles: Agreement, partner: Making) -> None:
    add_parties(actor=SYSTEM, agreement=principles, organisations=[partner("Schule")], on=TODAY())
    said = field_sentence(one_kind(SYSTEM, TODAY(), SCHOOL).fields[SCHOOL, None])
    assert said.startswith("1 Partner ist dabei, 1 hat unterschrieben, die erste Vereinbarung")
    assert said.endswith("nie dabei gewesen, nie bestätigt")


def test_who_may_not_read_the_register_learns_nothing(inside_a: Network) -> None:
    with pytest.raises(PermissionDenied):
        completeness(ANYONE, TODAY())
