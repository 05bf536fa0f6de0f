"""Rows of contact lists as offices keep them, and what they mean.

Written before the code and judged without it. `cells` are a row by column; `means` names what the
draft must say: organisation, kind, body, place, people, ways, and so on. What it does not name is
not looked at.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Messy:
    """`people` are (salutation, title, given, family, function, mail, dialled numbers)."""

    what: str
    cells: dict[str, Any]
    means: dict[str, Any] = field(default_factory=dict)
    people: tuple[tuple[Any, ...], ...] | None = None
    rejected: bool = False

    def __str__(self) -> str:
        return self.what


TEL = "+493023125014"
ROWS = [
    Messy(
        "plain",
        {"Einrichtung": "Kita Sonnenkäfer", "Träger": "Wegwarte e. V.", "Straße": "Uferweg 4 a",
         "PLZ": "04720", "Ort": "Döbeln", "Ansprechpartner": "Frau Müller", "Tel.": "030 23125014",
         "E-Mail": "kita@example.org"},
        {"name": "Kita Sonnenkäfer", "kind": "childcare", "body": "Wegwarte e. V.",
         "level": "facility", "street": "Uferweg 4 a", "postal_code": "04720", "town": "Döbeln"},
        (("Frau", "", "", "Müller", "", "kita@example.org", (TEL,)),),
    ),
    Messy(
        "two people in one cell, numbers and mails in parallel",
        {"Einrichtung": "Beratungsstelle", "Ansprechpartner": "Fr. Richter / Hr. Krause",
         "Telefon": "030 23125014 / 030 23125015", "Mail": "a@example.org; b@example.org"},
        people=(("Frau", "", "", "Richter", "", "a@example.org", (TEL,)),
                ("Herr", "", "", "Krause", "", "b@example.org", ("+493023125015",))),
    ),
    Messy(
        "mails tell whose they are",
        {"Einrichtung": "Beratungsstelle", "Ansprechpartner": "Beate Lorenz\nSven Kunze",
         "E-Mail": "kunze@example.org, b.lorenz@example.org"},
        people=(("", "", "Beate", "Lorenz", "", "b.lorenz@example.org", ()),
                ("", "", "Sven", "Kunze", "", "kunze@example.org", ())),
    ),
    Messy(
        "one number for two people is the office's",
        {"Einrichtung": "Beratungsstelle", "Ansprechpartner": "Beate Lorenz, Sven Kunze",
         "Telefon": "030 23125014", "E-Mail": "info@example.org"},
        {"office": ("info@example.org", (TEL,))},
        (("", "", "Beate", "Lorenz", "", "", ()), ("", "", "Sven", "Kunze", "", "", ())),
    ),
    Messy(
        "numbered columns",
        {"Institution": "Grundschule Am Kanal", "Ansprechpartner 1": "Ute Arndt",
         "Telefon 1": "030 23125014", "Ansprechpartner 2": "Herr Klee", "Telefon 2": "030 23125015",
         "E-Mail 2": "klee@example.org"},
        {"kind": "school"},
        (("", "", "Ute", "Arndt", "", "", (TEL,)),
         ("Herr", "", "", "Klee", "", "klee@example.org", ("+493023125015",))),
    ),
    Messy(
        "names in parts",
        {"Organisation": "Klinikum", "Anrede": "Frau", "Titel": "Dr. med.", "Vorname": "Anna-Lena",
         "Nachname": "von der Heide-Müller", "Funktion": "Oberärztin"},
        {"kind": "hospital"},
        (("Frau", "Dr. med.", "Anna-Lena", "von der Heide-Müller", "Oberärztin", "", ()),),
    ),
    Messy(
        "capitals, gaps and lost zeros",
        {"NAME DER EINRICHTUNG": "  HORT  AM  KANAL ", "PLZ": 4720, "ORT": "DÖBELN",
         "ANSPRECHPARTNERIN": "MÜLLER, ANNA", "TELEFON": 3023125014},
        {"name": "HORT AM KANAL", "postal_code": "04720", "kind": "childcare"},
        (("", "", "Anna", "Müller", "", "", (TEL,)),),
    ),
    Messy(
        "secretariat, no person",
        {"Einrichtung": "Jugendamt", "Ansprechpartner": "Sekretariat", "Telefon": "030 23125014"},
        {"kind": "public_youth_welfare", "office": ("", (TEL,)), "office_function": "Sekretariat"},
        (),
    ),
    Messy(
        "nobody named",
        {"Einrichtung": "Frauenhaus", "Ansprechpartner": "n.n.", "E-Mail": "haus@example.org"},
        {"kind": "violence_protection", "office": ("haus@example.org", ())},
        (),
    ),
    Messy(
        "freelancer without an organisation",
        {"Name": "Sabine Koch", "Beruf": "Hebamme", "Mobil": "0171 3920001"},
        {"name": "Sabine Koch", "kind": "health_profession", "profession": "Hebamme"},
        (("", "", "Sabine", "Koch", "", "", ("+491713920001",)),),
    ),
    Messy(
        "who left",
        {"Einrichtung": "Kita A", "Ansprechpartner": "Anna Müller (ausgeschieden)"},
        {"has_left": True},
        (("", "", "Anna", "Müller", "", "", ()),),
    ),
    Messy(
        "who left on a day, in a column of its own",
        {"Einrichtung": "Kita A", "Ansprechpartner": "Anna Müller",
         "ausgeschieden am": "30.06.2024"},
        {"left_on": "2024-06-30"},
        (("", "", "Anna", "Müller", "", "", ()),),
    ),
    Messy(
        "an address in one cell",
        {"Einrichtung": "Stadtbibliothek", "Adresse": "Am Markt 1, 09599 Freiberg"},
        {"street": "Am Markt 1", "postal_code": "09599", "town": "Freiberg"},
    ),
    Messy(
        "town and code in one cell",
        {"Einrichtung": "Stadtbibliothek", "PLZ/Ort": "09599 Freiberg"},
        {"postal_code": "09599", "town": "Freiberg"},
    ),
    Messy(
        "tags and groups",
        {"Einrichtung": "Kita A", "Verteiler": "Steuerungsgruppe; AG Frühe Hilfen, iseF"},
        {"tags": ["AG Frühe Hilfen", "Steuerungsgruppe", "iseF"]},
    ),
    Messy(
        "a note with two lines",
        {"Einrichtung": "Kita A", "Bemerkung": "erst ab 10 Uhr\nSchlüssel beim Hausmeister"},
        {"note": "erst ab 10 Uhr\nSchlüssel beim Hausmeister"},
    ),
    Messy(
        "kind told by a column",
        {"Einrichtung": "Haus Regenbogen", "Art": "Schwangerschaftsberatung"},
        {"kind": "pregnancy_counselling"},
    ),
    Messy(
        "a number of one's own",
        {"ID": "K-17", "Einrichtung": "Kita A"},
        {"external_id": "K-17"},
    ),
    Messy("a running number", {"lfd. Nr.": 7, "Einrichtung": "Kita A"}, {"external_id": ""}),
    Messy("neither house nor name", {"Einrichtung": "", "Telefon": "030 23125014"}, rejected=True),
    Messy("a heading between the rows", {"Einrichtung": "", "Ort": "Region Nord"}, rejected=True),
    Messy(
        "a mail in the column of names",
        {"Einrichtung": "Kita A", "Ansprechpartner": "Anna Müller, a.mueller@example.org"},
        people=(("", "", "Anna", "Müller", "", "a.mueller@example.org", ()),),
    ),
    Messy(
        "a number in the column of names",
        {"Einrichtung": "Kita A", "Ansprechpartner": "Anna Müller Tel. 030 23125014"},
        people=(("", "", "Anna", "Müller", "", "", (TEL,)),),
    ),
    Messy(
        "mobile and landline of one person",
        {"Einrichtung": "Kita A", "Ansprechpartner": "Anna Müller", "Telefon": "030 23125014",
         "Handy": "0171 3920001", "Fax": "030 23125099"},
        people=(("", "", "Anna", "Müller", "", "", (TEL, "+491713920001")),),
    ),
    Messy(
        "function in a column, two functions for two people",
        {"Einrichtung": "Kita A", "Ansprechpartner": "Anna Müller; Ute Arndt",
         "Funktion": "Leitung; Stellvertretung"},
        people=(("", "", "Anna", "Müller", "Leitung", "", ()),
                ("", "", "Ute", "Arndt", "Stellvertretung", "", ())),
    ),
    Messy(
        "the body alone",
        {"Träger": "Stadt Döbeln", "Ansprechpartner": "Frau Kern", "Region": "Döbeln"},
        {"name": "Stadt Döbeln", "level": "body", "kind": "municipality", "regions": ["Döbeln"]},
        (("Frau", "", "", "Kern", "", "", ()),),
    ),
    Messy(
        "a practice named after its doctor",
        {"Einrichtung": "Praxis Dr. Beier", "Fachrichtung": "Kinder- und Jugendmedizin",
         "Ansprechpartner": "Dr. Ute Beier"},
        {"kind": "health_profession"},
        (("", "Dr.", "Ute", "Beier", "", "", ()),),
    ),
    Messy(
        "broken mail, local number",
        {"Einrichtung": "Kita A", "Ansprechpartner": "Anna Müller", "Telefon": "4711",
         "E-Mail": "a.mueller(at)example.org"},
        people=(("", "", "Anna", "Müller", "", "a.mueller@example.org", ("",)),),
    ),
    Messy(
        "department as a house below its body",
        {"Organisation": "Landratsamt Mittelsachsen", "Abteilung": "Gesundheitsamt",
         "Ansprechpartner": "Frau Kern"},
        {"name": "Gesundheitsamt", "body": "Landratsamt Mittelsachsen", "kind": "health_office"},
    ),
    Messy(
        "website",
        {"Einrichtung": "Kita A", "Homepage": "www.kita-a.example"},
        {"website": "https://www.kita-a.example"},
    ),
    Messy(
        "a couple of childminders",
        {"Einrichtung": "Kindertagespflege Müller", "Ansprechpartner": "Anna u. Peter Müller",
         "Telefon": "030 23125014"},
        {"kind": "childcare"},
        (("", "", "Anna", "Müller", "", "", ()), ("", "", "Peter", "Müller", "", "", ())),
    ),
    Messy(
        "a total below the list",
        {"Einrichtung": "Gesamt", "Anzahl": 12},
        rejected=True,
    ),
]  # fmt: skip
