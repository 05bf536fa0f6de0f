"""Pairs of records that are one, and pairs that only look so. Judged before the code."""

from __future__ import annotations

from knotenpunkt.registers.partners.duplicates.candidates import Card

Pair = tuple[Card, Card]


def org(name: str, address: str = "", *, body: str = "", mail: str = "", phone: str = "") -> Card:
    """An organisation: `address` is "street|house|code|town"."""
    street, house, code, town = [*address.split("|"), "", "", "", ""][:4]
    return Card(
        key=f"{name} {address} {body} {mail} {phone}",
        name=name,
        street=street,
        house=house,
        code=code,
        town=town,
        above=frozenset({body} if body else ()),
        mails=frozenset({mail} if mail else ()),
        phones=frozenset({phone} if phone else ()),
    )


def who(given: str, family: str, at: str = "", *, mail: str = "", phone: str = "") -> Card:
    """A person at an organisation."""
    return Card(
        key=f"{given} {family} {at} {mail} {phone}",
        name=family,
        given=given,
        above=frozenset({at} if at else ()),
        mails=frozenset({mail} if mail else ()),
        phones=frozenset({phone} if phone else ()),
    )


DOEBELN, FREIBERG = "Uferweg|4|04720|Döbeln", "Am Markt|1|09599|Freiberg"

SAME: list[Pair] = [
    (org("Familienhaus Lindenbrücke", DOEBELN),
     org("Fam.-Haus Lindenbruecke", "Uferweg|4 a|04720|Döbeln", mail="info@example.org")),
    (org("Kita Sonnenkäfer", DOEBELN), org("Kindertagesstätte Sonnenkäfer", "||04720|Döbeln")),
    (org("Kita Sonnenkäfer", DOEBELN), org("Sonnenkäfer, Kita", "Uferweg|4||")),
    (org("Wegwarte Familienhilfe e. V.", FREIBERG), org("WEGWARTE FAMILIENHILFE EV")),
    (org("Hebammenpraxis Sabine Koch", FREIBERG), org("Hebamme Sabine Koch", FREIBERG)),
    (org("Mehrgenerationenhaus Leisnig"), org("MGH Leisnig")),
    (org("Jugendamt Mittelsachsen", "||09599|Freiberg"),
     org("Landratsamt Mittelsachsen, Jugendamt", "||09599|Freiberg")),
    (org("Kinderarztpraxis Dr. Beier", phone="+493731231250"),
     org("Praxis Dr. med. Ute Beier", phone="+493731231250")),
    (org("Haus Wiesenpfad", DOEBELN, mail="wiesenpfad@example.org"),
     org("Wiesenpfadhaus", mail="wiesenpfad@example.org")),
    (org("Grundschule Am Kanal", DOEBELN), org("Grundschule am Knal", DOEBELN)),
    (who("Jana", "Wiesner", "Haus A"), who("J.", "Wiesner", "Haus A")),
    (who("Anna", "Müller", "Haus A"), who("Müller", "Anna", "Haus A")),
    (who("Anna-Lena", "Schmidt", "Haus A"), who("Annalena", "Schmitt", "Haus A")),
    (who("Ute", "Arndt", mail="arndt@example.org"), who("", "Arndt", mail="arndt@example.org")),
    (who("Sven", "Meyer", "Haus A"), who("Sven", "Maier", "Haus A")),
    (who("Beate", "von der Heide", "Haus A"), who("Beate", "v. d. Heide", "Haus A")),
]  # fmt: skip
OTHERS: list[Pair] = [
    (org("Kita Sonnenkäfer", DOEBELN), org("Kita Sonnenblume", FREIBERG)),
    (org("Kita Sonnenkäfer", DOEBELN), org("Kita Sonnenkäfer", "Ring|9|09648|Mittweida")),
    (org("Grundschule Am Kanal", DOEBELN), org("Hort Am Kanal", "Hauptstr.|7|09648|Mittweida")),
    (org("Beratungsstelle Nord", FREIBERG), org("Beratungsstelle Süd", DOEBELN)),
    (org("Praxis Dr. Beier", FREIBERG), org("Praxis Dr. Kunze", FREIBERG)),
    (org("Stadt Döbeln"), org("Stadt Freiberg")),
    (org("Krankenhaus Freiberg", FREIBERG), org("Krankenhaus Mittweida", "Ring|2|09648|Mittweida")),
    (org("Hebamme Sabine Koch", FREIBERG), org("Hebamme Anja Klee", FREIBERG)),
    (who("Anna", "Müller", "Haus A"), who("Petra", "Müller", "Haus A")),
    (who("Anna", "Müller", "Haus A"), who("Anna", "Müllner-Kohl", "Haus B")),
    (who("Anna", "Müller", "Haus A", phone="+49373123"),
     who("Jens", "Roth", "Haus A", phone="+49373123")),
    (who("Anna", "Richter", "Haus A", mail="info@example.org"),
     who("Jens", "Roth", "Haus A", mail="info@example.org")),
    (who("A.", "Müller", "Haus A"), who("P.", "Müller", "Haus A")),
]  # fmt: skip
