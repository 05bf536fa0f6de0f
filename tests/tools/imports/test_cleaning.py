"""Cleaning of single values: what is kept, what is told, what is never guessed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knotenpunkt.tools.imports.cleaning import (
    addresses,
    ages,
    contacts,
    costs,
    dates,
    languages,
    numbers,
    times,
)
from knotenpunkt.tools.imports.cleaning.texts import text
from knotenpunkt.tools.imports.remarks import Cleaned
from knotenpunkt.tools.imports.tables import Cell

WEEK = (0, 1, 2, 3, 4)


def codes(cleaned: Cleaned[Any]) -> list[str]:
    return [remark.code for remark in cleaned.remarks]


@pytest.mark.parametrize(
    ("cell", "value", "told"),
    [(" a\u00a0 b\u200b ", "a b", []), (7768.0, "7768", []), ("k. A.", "", []), (None, "", []),
     ("N. N.", "", []), ("GrÃ¶ÃŸe", "GrÃ¶ÃŸe", ["broken_letters"]),
     ("Gr\ufffd\ufffde", "Gr\ufffd\ufffde", ["broken_letters"]),
     ("Größe", "Größe", []), ("Ãtna", "Ãtna", []), ("=1+1", "", ["formula"]),
     ("#NV", "", ["formula"]),
     ("= so", "", ["formula"]), ("=> hier", "=> hier", []), ("u\u0308ber", "über", [])],
)  # fmt: skip
def test_text(cell: Cell, value: str, told: list[str]) -> None:
    cleaned = text(cell)
    assert (cleaned.value, codes(cleaned)) == (value, told)


def test_probable_umlauts_are_named_but_not_written() -> None:
    (remark,) = text("GrÃ¶ÃŸe").remarks
    assert "Größe" in remark.reason
    assert remark.cleaned == "GrÃ¶ÃŸe"


def test_long_text_is_cut_at_a_word_and_told() -> None:
    cleaned = text("wort " * 50, limit=40)
    assert len(cleaned.value) <= 40
    assert cleaned.value.endswith("wort…")
    assert codes(cleaned) == ["too_long"]


@pytest.mark.parametrize(
    ("cell", "value", "told"),
    [(7768, "07768", ["leading_zero"]), ("7768", "07768", ["leading_zero"]),
     (7768.0, "07768", ["leading_zero"]), ("07768", "07768", []), (24939, "24939", []),
     ("D-09599", "09599", []), ("09599 Freiberg", "09599", ["more_than_code"]),
     ("ABC 1234", "", ["no_postal_code"]), (123456, "", ["no_postal_code"]), ("", "", []),
     ("０９５９９", "", ["no_postal_code"]), (-9599, "", ["no_postal_code"])],
)  # fmt: skip
def test_postal_codes(cell: Cell, value: str, told: list[str]) -> None:
    cleaned = addresses.postal_code(cell)
    assert (cleaned.value, codes(cleaned)) == (value, told)


@pytest.mark.parametrize(
    ("line", "street", "house"),
    [("Preesterbarg 20 a", "Preesterbarg", "20 a"), ("Marienstr. 29/31", "Marienstr.", "29/31"),
     ("Weg 58/60a", "Weg", "58/60a"), ("Weg 4 und 4a", "Weg", "4 und 4a"),
     ("Hauptstr. 4 und 4a", "Hauptstr.", "4 und 4a"), ("Travestr. 4-6", "Travestr.", "4-6"),
     ("Straße des 17. Juni 12", "Straße des 17. Juni", "12"), ("Am Markt", "Am Markt", ""),
     ("Straße Usti nad Labem", "Straße Usti nad Labem", "")],
)  # fmt: skip
def test_streets_with_numbers(line: str, street: str, house: str) -> None:
    assert addresses.split_street(line) == (street, house)


@pytest.mark.parametrize(
    "line",
    ["Hauptstr. 5, 09599 Freiberg", "09599 Freiberg, Hauptstr. 5", "Hauptstr. 5\n09599 Freiberg"],
)
def test_whole_addresses(line: str) -> None:
    assert addresses.address(line).value == addresses.Address("Hauptstr.", "5", "09599", "Freiberg")


def test_house_numbers_that_became_dates_are_told() -> None:
    assert codes(addresses.house_number("2024-06-03")) == ["date_instead"]
    assert addresses.house_number(12.0).value == "12"
    assert addresses.house_number("58/60a").value == "58/60a"


@pytest.mark.parametrize(
    ("pair", "value", "told"),
    [(("50,91", "13,34"), (50.91, 13.34), []), ((50.91, 13.34), (50.91, 13.34), []),
     ((13.34, 50.91), (50.91, 13.34), ["exchanged"]), ((100, 101), None, ["no_coordinates"]),
     ((5640000, 390000), None, ["no_coordinates"]), ((0, 0), None, ["no_coordinates"]),
     ((None, None), None, []), ((50.9, None), None, ["no_coordinates"])],
)  # fmt: skip
def test_coordinates(pair: tuple[Cell, Cell], value: Any, told: list[str]) -> None:
    cleaned = addresses.point(*pair)
    found = cleaned.value and (cleaned.value.latitude, cleaned.value.longitude)
    assert (found, codes(cleaned)) == (value, told)


@pytest.mark.parametrize(
    ("cell", "shown", "told"),
    [("0371 52455487", ["0371 52455487"], []), ("0371/52455487", ["0371/52455487"], []),
     ("03731 799-0 oder 0172 1234567", ["03731 799-0", "0172 1234567"], []),
     ("0371 50220 / 52027551", ["0371 50220", "0371 52027551"], ["area_code_taken"]),
     (3132978, ["3132978"], ["no_area_code"]), (1702428972, ["0170 2428972"], ["leading_zero"]),
     ("0371", [], ["only_area_code"]), ("03731/", [], ["only_area_code"]),
     ("(0371)", [], ["only_area_code"]), ("auf Anfrage", [], ["no_telephone"]),
     ("Mo-Fr 8-12 Uhr", [], ["no_telephone"]),
     ("0371 488-5100 u. -5101", ["0371 488-5100"], ["only_extension"]),
     ("Tel.: 03731 12345, Fax: 03731 12346", ["03731 12345"], ["fax"]), ("112", ["112"], []),
     ("0371/12345-0 Fax: 0371/12345-99", ["0371/12345-0"], ["fax"]),
     ("0371 12345-0 Telefax 0371 12345-99", ["0371 12345-0"], ["fax"]),
     ("03731 12345, 03731 12346 (Fax)", ["03731 12345"], ["fax"]),
     ("03731 12345; 03731 12346 Fax", ["03731 12345"], ["fax"]),
     ("Tel./Fax: 03731 12345", ["03731 12345"], []),
     ("371", [], ["only_area_code"]), (3731, [], ["only_area_code"]),
     (371123456, ["0371 123456"], ["leading_zero"]),
     ("371123456", ["0371 123456"], ["leading_zero"]),
     ("12345-6789", ["12345-6789"], ["no_area_code"]),
     ("12345", ["12345"], ["no_area_code"]), ("37206", ["37206"], ["no_area_code"]),
     ("+49 371 4880", ["+49 371 4880"], []), ("", [], []), ("-", [], [])],
)  # fmt: skip
def test_telephones(cell: Cell, shown: list[str], told: list[str]) -> None:
    cleaned = contacts.telephones(cell)
    assert ([phone.shown for phone in cleaned.value], codes(cleaned)) == (shown, told)


def test_only_certain_numbers_can_be_dialled() -> None:
    (known,) = contacts.telephones("0371 52455487 (Frau Müller)").value
    assert (known.dialled, known.note) == ("+4937152455487", "Frau Müller")
    (local,) = contacts.telephones("3132978").value
    assert local.dialled == ""


@pytest.mark.parametrize(
    ("cell", "note"),
    [("0049372155501 (AB!)", "AB!"), ("0049372155501 AB!", "AB!"), ("0049372155501 (AB!", "AB!"),
     ("0049372155501 – nur vormittags", "nur vormittags"), ("0049372155501 (AB)!", "AB")],
)  # fmt: skip
def test_words_behind_a_number_are_its_note(cell: str, note: str) -> None:
    (told,) = contacts.telephones(cell).value
    assert (told.shown, told.dialled, told.note) == ("0049372155501", "+49372155501", note)


def test_a_fax_is_told_apart_from_the_number_before_it() -> None:
    (told,) = contacts.telephones("0371/12345-0 Fax: 0371/12345-99").remarks
    assert told.original == "Fax: 0371/12345-99"


@pytest.mark.parametrize(
    ("cell", "value", "told"),
    [("a@b.de; c@d.de", ("a@b.de", "c@d.de"), []), ("mailto:Info@X.DE", ("Info@x.de",), []),
     ("info(at)x.de", ("info@x.de",), ["mail_unhidden"]), ("kein", (), ["no_mail"]),
     ("a@b.de, kaputt@", ("a@b.de",), []), (None, (), [])],
)  # fmt: skip
def test_mails(cell: Cell, value: tuple[str, ...], told: list[str]) -> None:
    cleaned = contacts.mails(cell)
    assert (cleaned.value, codes(cleaned)) == (value, told)


@pytest.mark.parametrize(
    ("cell", "value", "told"),
    [("http://www.SFZ.de/A", "http://www.sfz.de/A", []),
     ("www.x.de", "https://www.x.de", ["web_repaired"]),
     ("https:\\\\www.x.de", "https://www.x.de", ["web_repaired"]),
     ("javascript:alert(1)", "", ["no_web_address"]), ("info@x.de", "", ["no_web_address"]),
     ("https://x.de; https://y.de", "https://x.de", ["more_web_addresses"]), ("", "", [])],
)  # fmt: skip
def test_web_addresses(cell: Cell, value: str, told: list[str]) -> None:
    cleaned = contacts.web(cell)
    assert (cleaned.value, codes(cleaned)) == (value, told)


@pytest.mark.parametrize(
    ("cell", "value"),
    [("ja", True), ("Nein", False), ("X", True), (1, True), (0, False), (True, True), ("✓", True),
     ("", None), (None, None), ("0.0", None), ("vielleicht", None)],
)  # fmt: skip
def test_yes_and_no(cell: Cell, value: bool | None) -> None:
    assert numbers.yes_no(cell).value is value


@pytest.mark.parametrize(
    ("cell", "value"),
    [("1.234,5", 1234.5), ("12", 12.0), ("3,5", 3.5), (7, 7.0), ("x", None), (float("nan"), None),
     (float("inf"), None), ("9" * 400, None)],
)  # fmt: skip
def test_numbers(cell: Cell, value: float | None) -> None:
    assert numbers.number(cell).value == value


@pytest.mark.parametrize(
    ("cell", "value"),
    [("1.5.2024", date(2024, 5, 1)), ("01.05.24", date(2024, 5, 1)),
     ("2024-05-01", date(2024, 5, 1)),
     ("2024-05-01T10:00:00Z", date(2024, 5, 1)), ("1. Mai 2024", date(2024, 5, 1)),
     (45413, date(2024, 5, 1)), ("31.2.2024", None), ("bald", None), (12, None), ("", None)],
)  # fmt: skip
def test_dates(cell: Cell, value: date | None) -> None:
    cleaned = dates.day(cell)
    assert cleaned.value == value
    assert bool(cleaned.remarks) == (value is None and cell != "")


@pytest.mark.parametrize(
    ("cell", "slots"),
    [("Mo-Fr 8-12 Uhr, Do 14–18 Uhr", "0 1 2 3 3 4"), ("dienstags von 15 bis 17 Uhr", "1"),
     ("Mo, Mi und Fr 9.30 - 11 Uhr", "0 2 4"), ("8-12 Uhr Mo-Fr", "0 1 2 3 4"),
     ("Mo–Do: 8:00–16:00, Fr: 8:00–13:00", "0 1 2 3 4"), ("täglich 6-18", "0 1 2 3 4 5 6"),
     ("Mo 8-12 und 14-18 Uhr; Di geschlossen; nach Vereinbarung", "0 0"), ("Sa/So 10-12", "5 6")],
)  # fmt: skip
def test_certain_times(cell: str, slots: str) -> None:
    cleaned = times.times(cell)
    assert " ".join(str(slot.weekday) for slot in cleaned.value.slots) == slots
    assert not cleaned.remarks


@pytest.mark.parametrize(
    "cell",
    ["jeden 1. Montag 10-12", "Mo 10-9", "rund um die Uhr", "Mittwoch 15.00 Uhr", "Mo-Fr",
     "07:30-16:30", "Mo 8-12, in den Ferien geschlossen", "Mo 8-12 (14-tägig)", "Mo 25-26",
     "Fr-Mo 8-10"],
)  # fmt: skip
def test_uncertain_times_stay_text_and_are_told(cell: str) -> None:
    cleaned = times.times(cell)
    assert cleaned.value == times.Times((), cell)
    assert codes(cleaned) == ["times_as_text"]


@pytest.mark.parametrize(
    ("cell", "told"),
    [("jeden 2. Di im Monat 10 Uhr", "2/1 10:00"),
     ("jeden 1. Montag im Monat 9-11 Uhr", "1/0 09:00-11:00"),
     ("letzter Freitag im Monat 15 Uhr", "-1/4 15:00"),
     ("Jeden ersten und dritten Mittwoch im Monat, 15:30 bis 17 Uhr",
      "1/2 15:30-17:00 3/2 15:30-17:00"),
     ("1. und 3. Do. im Monat von 9.30 Uhr - 11 Uhr", "1/3 09:30-11:00 3/3 09:30-11:00"),
     ("am letzten Sonnabend des Monats 10:00-12:00", "-1/5 10:00-12:00")],
)  # fmt: skip
def test_times_of_each_month(cell: str, told: str) -> None:
    cleaned = times.times(cell)
    found = [f"{m.nth}/{m.weekday} {span(m.opens, m.closes)}" for m in cleaned.value.monthly]
    assert (" ".join(found), cleaned.value.note, cleaned.remarks) == (told, "", ())


@pytest.mark.parametrize(
    ("cell", "told"),
    [("2026-03-12 15:00", "2026-03-12 15:00"), ("12.03.2026 15 Uhr", "2026-03-12 15:00"),
     ("12.3.26, 15-17 Uhr", "2026-03-12 15:00-17:00"),
     ("Do, 12.03.2026, 15:00 bis 17:00 Uhr", "2026-03-12 15:00-17:00"),
     ("12. März 2026 um 9.30 Uhr", "2026-03-12 09:30"),
     ("2026-03-12T15:00:00", "2026-03-12 15:00")],
)  # fmt: skip
def test_times_of_one_date(cell: str, told: str) -> None:
    cleaned = times.times(cell)
    assert [f"{one.day} {span(one.opens, one.closes)}" for one in cleaned.value.dates] == [told]
    assert not cleaned.remarks


@pytest.mark.parametrize(
    "cell",
    ["Mo, 12.03.2026 15 Uhr", "12.03.2026", "31.02.2026 15 Uhr", "12.03. 15 Uhr",
     "12.03.2026 17-15 Uhr", "12.03.2026 99 Uhr", "jeden 6. Montag im Monat 9 Uhr",
     "jeden 2. Quark im Monat 9 Uhr", "2. Montag im Monat", "2. Mo im Monat 9 Uhr, außer Mai"],
)  # fmt: skip
def test_dates_and_months_are_not_guessed(cell: str) -> None:
    cleaned = times.times(cell)
    assert (cleaned.value, codes(cleaned)) == (times.Times((), cell), ["times_as_text"])


def span(opens: time, closes: time | None) -> str:
    return f"{opens:%H:%M}-{closes:%H:%M}" if closes else f"{opens:%H:%M}"


@pytest.mark.parametrize("cell", ["07:30-16:30", "07:30-16.30"])
def test_assumed_weekdays_are_told(cell: str) -> None:
    cleaned = times.times(cell, days=WEEK)
    assert [slot.weekday for slot in cleaned.value.slots] == list(WEEK)
    assert codes(cleaned) == ["weekdays_assumed"]


@pytest.mark.parametrize(
    ("cell", "start", "end"),
    [("0-3 Jahre", 0, 36), ("ab 6 Monate", 6, None), ("bis 10", None, 120), ("U3", None, 35),
     ("8 Wochen bis 3 Jahre", 2, 36), ("6 Monate - 3 Jahre", 6, 36), ("ab Geburt", 0, None),
     ("0 bis 6 Monate", 0, 6), ("1,5-3", 18, 36), ("alle", None, None), ("18+", 216, None),
     ("von 3 bis unter 6 Jahren", 36, 71), ("3 Jahre bis Schuleintritt", 36, 72)],
)  # fmt: skip
def test_ages(cell: str, start: int | None, end: int | None) -> None:
    cleaned = ages.ages(cell)
    assert cleaned == Cleaned(ages.Ages(start, end))


@pytest.mark.parametrize(
    ("cell", "told"),
    [("2024-06-03", "date_instead"), ("Erwachsene", "not_an_age"), ("5-3", "not_an_age")],
)
def test_what_is_no_age_is_told(cell: str, told: str) -> None:
    assert codes(ages.ages(cell)) == [told]


def test_one_end_of_an_age() -> None:
    assert ages.age(3).value == 36
    assert ages.age("18", months=True).value == 18
    assert ages.age("0,5", last=True).value == 6
    assert ages.age("6 Monate").value == 6


def test_languages() -> None:
    assert languages.languages("Deutsch, Englisch; Arabisch").value == ("de", "en", "ar")
    unknown = languages.languages("Deutsch und Klingonisch")
    assert (unknown.value, codes(unknown)) == (("de",), ["unknown_language"])


@pytest.mark.parametrize(
    ("cell", "code"),
    [("kostenlos", "free"), (0, "free"), ("0,00 €", "free"), ("5 € pro Termin", "fee"),
     ("Spende erbeten", "donation"), ("zahlt die Krankenkasse", "insurance"),
     ("nach Einkommen gestaffelt", "income"), ("kostenlos für Mitglieder, sonst 5 €", "fee"),
     ("nicht kostenlos", "fee"), ("auf Anfrage", ""), (12.5, "fee")],
)  # fmt: skip
def test_costs(cell: Cell, code: str) -> None:
    assert costs.price(cell).value.code == code


CLEANERS: list[Callable[[Cell], Cleaned[Any]]] = [
    text, addresses.postal_code, addresses.house_number, addresses.address,
    addresses.town_with_code,
    contacts.telephones, contacts.mails, contacts.web, numbers.yes_no, numbers.number,
    numbers.whole,
    dates.day, times.times, ages.ages, ages.age, languages.languages, costs.price,
]  # fmt: skip
CELLS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(max_size=40),
    st.text("0123456789 -–/.,:+()MoFrbisUhrund@wJahre", max_size=40),
)


@pytest.mark.parametrize("cleaner", CLEANERS)
@given(cell=CELLS)
def test_no_cell_makes_cleaning_fail(cleaner: Callable[[Cell], Cleaned[Any]], cell: Cell) -> None:
    cleaned = cleaner(cell)
    assert all(remark.code and remark.reason for remark in cleaned.remarks)


@given(st.text("0123456789/+ -().;,oderu", max_size=30))
def test_no_telephone_disappears_silently(value: str) -> None:
    cleaned = contacts.telephones(value)
    if any(letter.isdigit() for letter in value):
        assert cleaned.value or cleaned.remarks
