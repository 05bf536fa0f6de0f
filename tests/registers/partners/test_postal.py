"""Addresses on envelopes: six lines at most, in the order that the post wants."""

from __future__ import annotations

import pytest

from knotenpunkt.registers.areas.models import Place
from knotenpunkt.registers.partners.models import Contact, Organisation, Person
from knotenpunkt.registers.partners.postal import (
    LINES,
    WIDTH,
    address_lines,
    clean,
    is_postal,
    wrapped,
)

MARKET = Place(street="Obermarkt 24", postal_code="09599", town="Freiberg")
ANNA = Person(salutation="Frau", title="Dr.", given_name="Anna", family_name="Beispiel")


def contact(person: Person | None = ANNA, name: str = "", function: str = "", **values) -> Contact:  # type: ignore[no-untyped-def]
    house = Organisation(**({"name": "Haus Wiesenpfad", "place": MARKET} | values))
    return Contact(organisation=house, person=person, name=name, function=function)


def test_organisation_function_person_street_and_town() -> None:
    assert address_lines(contact(function="Koordination Frühe Hilfen")) == [
        "Haus Wiesenpfad", "Koordination Frühe Hilfen", "Frau Dr. Anna Beispiel",
        "Obermarkt 24", "09599 Freiberg",
    ]  # fmt: skip


def test_a_man_gets_the_letter_in_the_accusative() -> None:
    jan = Person(salutation="Herr", given_name="Jan", family_name="Muster")
    assert "Herrn Jan Muster" in address_lines(contact(jan))


def test_somebody_without_a_salutation_is_named_alone() -> None:
    assert "Kim Muster" in address_lines(contact(Person(given_name="Kim", family_name="Muster")))


def test_an_office_has_no_person() -> None:
    assert address_lines(contact(None)) == ["Haus Wiesenpfad", "Obermarkt 24", "09599 Freiberg"]


def test_who_works_in_their_own_name_is_named_once() -> None:
    midwife = contact(name="Anna Beispiel", function="Hebamme")
    midwife.organisation.name = "Anna Beispiel"
    assert address_lines(midwife) == [
        "Hebamme", "Frau Dr. Anna Beispiel", "Obermarkt 24", "09599 Freiberg",
    ]  # fmt: skip


def test_the_body_is_named_where_there_is_room() -> None:
    body = Organisation(name="Wegwarte Familienhilfe e. V.")
    assert address_lines(contact(body=body))[1] == "Wegwarte Familienhilfe e. V."
    long = contact(body=body, function="Leitung", name="", place=Place(
        venue="Ärztehaus am Wall", street="Wallstraße 5", postal_code="09599", town="Freiberg",
    ))  # fmt: skip
    assert address_lines(long) == [
        "Haus Wiesenpfad", "Wegwarte Familienhilfe e. V.", "Leitung", "Frau Dr. Anna Beispiel",
        "Wallstraße 5", "09599 Freiberg",
    ]  # fmt: skip


def test_a_facility_without_an_address_is_written_to_at_its_body() -> None:
    body = Organisation(name="Landkreis Mitte", place=MARKET)
    team = contact(name="", body=body, place=None)
    assert is_postal(team)
    assert address_lines(team)[:2] == ["Landkreis Mitte", "Haus Wiesenpfad"]
    assert address_lines(team)[-1] == "09599 Freiberg"


@pytest.mark.parametrize(
    "gap", [{"street": " "}, {"postal_code": "9599"}, {"postal_code": ""}, {"town": "\x00"}]
)
def test_no_letter_arrives_at_half_an_address(gap: dict[str, str]) -> None:
    values = {"street": "Obermarkt 24", "postal_code": "09599", "town": "Freiberg"} | gap
    assert not is_postal(contact(place=Place(**values)))
    assert not is_postal(contact(place=None))


@pytest.mark.parametrize(
    "name", ["", "W" * 300, "Verein " * 42, "\x00\x07", "سلام " * 60, "😀" * 80, "a\u202eb"]
)
def test_any_name_gives_at_most_six_lines_none_of_them_empty(name: str) -> None:
    odd = Person(salutation="Frau", title=name[:60], given_name=name, family_name=name)
    body = Organisation(name=f"T {name}"[:300])
    lines = address_lines(contact(odd, name=name, function=name, body=body))
    assert len(lines) <= LINES
    assert all(line and len(line) <= WIDTH and line == clean(line) for line in lines)
    assert lines[-2:] == ["Obermarkt 24", "09599 Freiberg"]


def test_a_long_name_breaks_between_words() -> None:
    name = "Beratungsstelle für Ehe-, Familien- und Lebensfragen der Kirchenbezirke"
    assert wrapped(name) == [
        "Beratungsstelle für Ehe-, Familien- und", "Lebensfragen der Kirchenbezirke",
    ]  # fmt: skip
    assert wrapped(name * 3)[-1].endswith("…")
