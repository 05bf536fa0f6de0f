"""Address books as programs really export them, and worse ones, with what they should give.

Written before the code. `says` are words of the German refusal; else `rows` are the values that the
cards must give, by column.
"""

from __future__ import annotations

from dataclasses import dataclass

Values = dict[str, str]


@dataclass(frozen=True, slots=True)
class CardFile:
    """One file. Values that a test does not name are not looked at."""

    what: str
    content: bytes
    rows: tuple[Values, ...] = ()
    says: tuple[str, ...] = ()

    def __str__(self) -> str:
        return self.what


def _card(*lines: str, version: str = "3.0", end: str = "\r\n") -> bytes:
    return end.join(("BEGIN:VCARD", f"VERSION:{version}", *lines, "END:VCARD", "")).encode()


ANNA = "N:von der Heide-Müller;Anna-Lena;;Dr. med.;"
FOLDED = _card(
    "FN:Dr. med. Anna-Lena von der Hei", " de-Müller", ANNA,
    "ORG:Kinderarztpraxis am Markt;Sprech", "\tstunde", "TEL;TYPE=WORK,VOICE:03731 2", "  3125",
)  # fmt: skip
QUOTED = (
    b"BEGIN:VCARD\r\nVERSION:2.1\r\nN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:M=C3=BCller;Anja;;;\r\n"
    b"ORG;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:Haus Wiesengr=C3=\r\n=BCn\r\n"
    b"NOTE;ENCODING=QUOTED-PRINTABLE;CHARSET=ISO-8859-1:"
    b"erst ab 10 Uhr=0D=0Aklingeln bei K=F6nig\r\n"
    b"TEL;WORK;VOICE:030 23125 014\r\nEMAIL;INTERNET:a.mueller@example.org\r\nEND:VCARD\r\n"
)

FILES = [
    CardFile(
        "version 3 with folded lines",
        FOLDED,
        (
            {
                "Nachname": "von der Heide-Müller",
                "Vorname": "Anna-Lena",
                "Titel": "Dr. med.",
                "Organisation": "Kinderarztpraxis am Markt",
                "Abteilung": "Sprechstunde",
                "Telefon": "03731 2 3125",
            },
        ),
    ),
    CardFile(
        "version 2.1, quoted-printable, soft line break in a letter",
        QUOTED,
        (
            {
                "Nachname": "Müller",
                "Vorname": "Anja",
                "Organisation": "Haus Wiesengrün",
                "Notiz": "erst ab 10 Uhr\nklingeln bei König",
                "Telefon": "030 23125 014",
                "E-Mail": "a.mueller@example.org",
            },
        ),
    ),
    CardFile(
        "version 4, values as addresses, several numbers and mails",
        _card(
            "FN:Jens Roth",
            "N:Roth;Jens;;;",
            "KIND:individual",
            "GENDER:M",
            'TEL;VALUE=uri;TYPE="voice,work":tel:+49-30-23125-015;ext=3',
            "TEL;TYPE=cell:0171 3920001",
            "EMAIL;PREF=1:j.roth@example.org",
            "EMAIL;TYPE=home:roth@example.org",
            "TITLE:Leiter\\, Hort",
            "ROLE:Vertretung",
            "ADR;TYPE=work:;;Uferweg 4 a;Döbeln;Sachsen;04720;Deutschland",
            "CATEGORIES:Steuerungsgruppe,iseF",
            "URL:https://example.org/hort",
            "UID:urn:uuid:5d1f",
            version="4.0",
        ),
        (
            {
                "Anrede": "Herr",
                "Nachname": "Roth",
                "Telefon": "+49-30-23125-015",
                "Mobil": "0171 3920001",
                "E-Mail": "j.roth@example.org; roth@example.org",
                "Funktion": "Leiter, Hort; Vertretung",
                "Straße": "Uferweg 4 a",
                "Ort": "Döbeln",
                "Postleitzahl": "04720",
                "Schlagworte": "Steuerungsgruppe; iseF",
                "Website": "https://example.org/hort",
                "Datensatz-ID": "urn:uuid:5d1f",
            },
        ),
    ),
    CardFile(
        "several cards, one an organisation",
        _card("FN:Kita Sonnenkäfer", "KIND:org", "ORG:Kita Sonnenkäfer", version="4.0")
        + b"\r\n"
        + _card("FN:Ute Arndt", "N:Arndt;Ute;;;"),
        (
            {"Organisation": "Kita Sonnenkäfer", "Nachname": ""},
            {"Nachname": "Arndt", "Vorname": "Ute"},
        ),
    ),
    CardFile(
        "only a formatted name",
        _card("FN:Frau Dr. Eva Roth", "TEL:030 23125 016"),
        ({"Name": "Frau Dr. Eva Roth", "Nachname": ""},),
    ),
    CardFile(
        "groups with labels, as telephones export them",
        _card(
            "N:Koch;Beate;;;",
            "FN:Beate Koch",
            "item1.EMAIL;type=INTERNET:b.koch@example.org",
            "item1.X-ABLabel:_$!<Work>!$_",
            "item2.TEL:030 23125 017",
            "PHOTO;ENCODING=b;TYPE=JPEG:/9j/4AAQ",
            " SkZJRgABAQ==",
        ),
        ({"Nachname": "Koch", "E-Mail": "b.koch@example.org", "Telefon": "030 23125 017"},),
    ),
    CardFile(
        "bare line feeds, small letters, a blank line between, mark at the start",
        b"\xef\xbb\xbf\n"
        + _card("n:Kunz;Mia;;;", "fn:Mia Kunz", end="\n").replace(b"BEGIN", b"begin"),
        ({"Nachname": "Kunz", "Vorname": "Mia"},),
    ),
    CardFile(
        "Windows letters",
        _card("N:Böhme;Jörg;;;", "FN:Jörg Böhme").decode().encode("cp1252"),
        ({"Nachname": "Böhme", "Vorname": "Jörg"},),
    ),
    CardFile(
        "cut off in the middle: what is whole is taken",
        _card("N:Arndt;Ute;;;", "FN:Ute Arndt") + b"BEGIN:VCARD\r\nVERSION:3.0\r\nN:Klee;Pa",
        ({"Nachname": "Arndt"}, {"Nachname": "Klee", "Vorname": "Pa"}),
    ),
    CardFile(
        "semicolons and commas written out",
        _card("N:Arndt;Ute;;;", "ORG:Hilfe\\; Rat und Tat\\, Döbeln e. V.", "NOTE:eins\\nzwei\\\\"),
        ({"Organisation": "Hilfe; Rat und Tat, Döbeln e. V.", "Notiz": "eins\nzwei\\"},),
    ),
    CardFile(
        "a card within a card",
        _card("N:Arndt;Ute;;;", "AGENT:", "BEGIN:VCARD", "N:X;Y", "END:VCARD"),
        ({"Nachname": "Arndt"},),
    ),
    CardFile("nothing inside", b"BEGIN:VCARD\r\nEND:VCARD\r\n", says=("keine Karte",)),
    CardFile("not even an end", b"BEGIN:VCARD\r\n", says=("keine Karte",)),
    CardFile(
        "a calendar", b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nEND:VCALENDAR\r\n", says=("Kalender",)
    ),
]
