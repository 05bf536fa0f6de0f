"""A county's list of offers as offices keep it, made up anew from a seed: every row reads its own.

Nothing in it exists: bodies, facilities and people are invented, telephone numbers are from the
range that is set aside for that.
"""

from __future__ import annotations

import csv
import random
from dataclasses import dataclass
from pathlib import Path

from openpyxl import Workbook

SEED = 20261121
COLUMNS = (
    "Angebots-ID", "Angebot", "Einrichtung", "Träger", "Art", "Themen", "Kurzbeschreibung",
    "Beschreibung", "Straße", "PLZ", "Ort", "Ansprechpartner", "Telefon", "E-Mail", "Wochentag",
    "Beginn", "Ende", "Alter von", "Alter bis", "Kosten", "Sprachen", "Barrierefrei", "Stand",
)  # fmt: skip

TOWNS = (
    ("09599", "Freiberg"), ("04720", "Döbeln"), ("09648", "Mittweida"), ("09669", "Frankenberg"),
    ("09557", "Flöha"), ("09217", "Burgstädt"), ("04703", "Leisnig"), ("09661", "Hainichen"),
    ("09618", "Brand-Erbisdorf"), ("04741", "Roßwein"), ("09306", "Rochlitz"),
    ("04736", "Waldheim"),
)  # fmt: skip
STREETS = ("Lindenweg", "Am Mühlgraben", "Bergstraße", "Schulgasse", "Bahnhofstraße", "Ahornallee",
           "Zum Wiesengrund", "Kirchplatz", "Gartenstraße", "Rosenhof")  # fmt: skip
HOUSES = ("Haus Wiesenpfad", "Familienzentrum Sonnenhof", "Treffpunkt Mühlrad", "Beratungsstelle",
          "Mehrgenerationenhaus Brücke", "Kinderhaus Regenbogen", "Stadtteilladen", "Haus am Park",
          "Gesundheitszentrum Ahorn", "Bürgerhaus")  # fmt: skip
BODIES = ("Wegwarte Familienhilfe e. V.", "Kompass Sozialwerk gGmbH", "Nestwärme Freiberg e.V.",
          "Lebensbrücke Mittelsachsen e. V.", "Sozialwerk Muldental gGmbH", "Familienbande e.V.",
          "Landratsamt", "Kinderkreis Striegistal e. V.", "Stiftung Lindenhof")  # fmt: skip
PEOPLE = ("Mira Beispiel", "Jana Muster", "Uta Probe", "Kai Vorlage", "Ines Entwurf")
DAYS = ("Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag")


@dataclass(frozen=True, slots=True)
class Pattern:
    """What one sort of offer is called and says of itself."""

    sort: str
    titles: tuple[str, ...]
    topics: str
    says: tuple[str, ...]


PATTERNS = (
    Pattern("Beratung", ("Schreibaby-Sprechstunde", "Beratung bei Schlaf und Schreien"),
            "Schreien; Schlaf", (
                "Wenn Ihr Baby viel weint und nichts mehr hilft, sprechen wir in Ruhe darüber.",
                "Gemeinsam schauen wir, was Ihrem Kind beim Einschlafen hilft.",
                "Auf Wunsch kommen wir auch zu Ihnen nach Hause.")),
    Pattern("Gruppe", ("Krabbelgruppe", "Eltern-Kind-Treff", "Offener Babytreff"),
            "Baby; Spielen", (
                "Eltern mit Kindern im ersten Lebensjahr treffen sich zum Spielen und Reden.",
                "Bitte bringen Sie eine Decke und warme Socken mit.",
                "Geschwister sind herzlich willkommen.")),
    Pattern("Kurs", ("Geburtsvorbereitung am Abend", "Rückbildung mit Kind", "Erste Hilfe am Kind"),
            "Schwangerschaft; Gesundheit", (
                "Eine Hebamme begleitet Sie durch acht Abende bis zur Geburt.",
                "Die Krankenkasse übernimmt die Kosten in den meisten Fällen.",
                "Ihr Partner oder eine Freundin kann an zwei Abenden dabei sein.")),
    Pattern("Beratung", ("Schuldnerberatung für Familien", "Hilfe bei Anträgen und Formularen"),
            "Geld; Anträge", (
                "Wir ordnen mit Ihnen Rechnungen und Mahnungen und schreiben an die Gläubiger.",
                "Elterngeld, Kinderzuschlag und Wohngeld beantragen wir gemeinsam.",
                "Alles, was Sie uns sagen, bleibt unter uns.")),
    Pattern("Betreuung", ("Kindertagespflege", "Kindertagesstätte", "Hort an der Grundschule"),
            "Betreuung", (
                "Eine Tagesmutter betreut bis zu fünf Kinder in ihrer eigenen Wohnung.",
                "Die Eingewöhnung richtet sich nach Ihrem Kind und dauert etwa vier Wochen.",
                "Mittags kochen wir selbst, möglichst mit Gemüse aus dem Garten.")),
    Pattern("Treffpunkt", ("Café für Alleinerziehende", "Vätertreff am Samstag", "Sprachcafé"),
            "Familienalltag; Ankommen", (
                "Hier reden Sie mit anderen, die auch allein für alles zuständig sind.",
                "Während Sie sich unterhalten, spielen Ehrenamtliche mit den Kindern.",
                "Deutsch muss niemand können: Wir helfen einander.")),
    Pattern("Beratung", ("Erziehungsberatung", "Beratung bei Trennung und Umgang"),
            "Erziehung; Trennung", (
                "Wenn Ihr Kind trotzt, schlägt oder sich zurückzieht, suchen wir nach den Gründen.",
                "Wir sprechen mit beiden Eltern, einzeln oder zusammen.",
                "Der erste Termin ist meist innerhalb von zwei Wochen frei.")),
    Pattern("Hausbesuch", ("Familienhebamme", "Willkommensbesuch", "Ehrenamtliche Familienpaten"),
            "Hebamme; Alles zu viel", (
                "Im ersten Jahr nach der Geburt besuchen wir Sie, so oft Sie uns brauchen.",
                "Eine Patin nimmt Ihnen einmal in der Woche für drei Stunden das Kind ab.",
                "Das Angebot ist freiwillig, und Sie können jederzeit aufhören.")),
)  # fmt: skip
EVERYWHERE = (
    "Ein Dolmetscher kann auf Wunsch dazukommen.",
    "Sie erreichen uns mit dem Bus, die Haltestelle liegt vor der Tür.",
    "In den Schulferien rufen Sie bitte vorher an.",
    "Der Eingang ist im Hof, bitte klingeln Sie bei {house}.",
    "Wir sind seit {year} in {town} und arbeiten mit Ärzten und Ämtern zusammen.",
    "Höchstens {seats} Familien nehmen teil, damit Zeit für jede bleibt.",
    "Rückfragen beantwortet {person} gern auch am Telefon.",
)


def rows(count: int, seed: int = SEED) -> list[dict[str, str]]:
    """So many offers, always the same ones for a seed."""
    chance = random.Random(seed)
    return [_row(number, chance) for number in range(1, count + 1)]


def _row(number: int, chance: random.Random) -> dict[str, str]:
    pattern = chance.choice(PATTERNS)
    postal_code, town = chance.choice(TOWNS)
    house, person = chance.choice(HOUSES), chance.choice(PEOPLE)
    fills = {"house": house, "town": town, "person": person,
             "year": chance.randint(1991, 2024), "seats": chance.randint(5, 14)}  # fmt: skip
    extra = [line.format(**fills) for line in chance.sample(EVERYWHERE, 3)]
    begins = chance.randint(8, 17)
    youngest = chance.choice((0, 0, 0, 1, 3, 6))
    values = (
        f"A-{number:05d}", f"{chance.choice(pattern.titles)} {town} {number}", f"{house} {town}",
        chance.choice(BODIES), pattern.sort, pattern.topics, pattern.says[0],
        " ".join([*pattern.says[1:], *extra]),
        f"{chance.choice(STREETS)} {chance.randint(1, 90)}", postal_code, town, person,
        f"030 23125 {number % 1000:03d}", f"kontakt{number % 400}@example.org",
        chance.choice(DAYS), f"{begins}:00", f"{begins + 2}:00", str(youngest),
        str(youngest + chance.randint(1, 6)), chance.choice(("kostenlos", "5 Euro", "auf Spende")),
        chance.choice(("Deutsch", "Deutsch, Englisch", "Deutsch, Arabisch")),
        chance.choice(("ja", "nein", "")), f"{chance.randint(1, 28):02d}.10.2026",
    )  # fmt: skip
    return dict(zip(COLUMNS, values, strict=True))


def write_csv(file: Path, told: list[dict[str, str]]) -> None:
    """As a German spreadsheet program saves it."""
    with file.open("w", encoding="utf-8-sig", newline="") as opened:
        writer = csv.DictWriter(opened, COLUMNS, delimiter=";")
        writer.writeheader()
        writer.writerows(told)


def write_xlsx(file: Path, told: list[dict[str, str]]) -> None:
    """As a workbook with one sheet."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Angebote")
    sheet.append(COLUMNS)
    for row in told:
        sheet.append([row[name] for name in COLUMNS])
    book.save(file)
