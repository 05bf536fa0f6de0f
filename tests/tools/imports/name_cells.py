"""Cells with names as people really write them, and who is meant by them.

Written before the code and judged without it. Each person is (salutation, title, given name,
family name, function); an office has no family name.
"""

from __future__ import annotations

Person = tuple[str, str, str, str, str]
NOBODY: list[Person] = []

CELLS: list[tuple[str, list[Person]]] = [
    # Titles
    (
        "Dr. med. Anna-Lena von der Heide-Müller",
        [("", "Dr. med.", "Anna-Lena", "von der Heide-Müller", "")],
    ),
    ("Prof. Dr. Dr. h.c. Karl Brandt", [("", "Prof. Dr. Dr. h. c.", "Karl", "Brandt", "")]),
    ("Frau Dipl.-Soz.päd. (FH) Meyer", [("Frau", "Dipl.-Soz.päd. (FH)", "", "Meyer", "")]),
    ("PD Dr.med.habil. Eva Roth", [("", "PD Dr. med. habil.", "Eva", "Roth", "")]),
    ("Dr.-Ing. Paul Klee", [("", "Dr.-Ing.", "Paul", "Klee", "")]),
    ("Herr Professor Klein", [("Herr", "Prof.", "", "Klein", "")]),
    ("Prof.in Dr.in Eva Roth", [("", "Prof.in Dr.in", "Eva", "Roth", "")]),
    ("Hans-Jürgen Maier, M.A.", [("", "M.A.", "Hans-Jürgen", "Maier", "")]),
    ("Anna Müller, Dipl.-Psych.", [("", "Dipl.-Psych.", "Anna", "Müller", "")]),
    ("Müller, Dr. Anna", [("", "Dr.", "Anna", "Müller", "")]),
    ("Frau Dr. rer. nat. Schmitt-Wagner", [("Frau", "Dr. rer. nat.", "", "Schmitt-Wagner", "")]),
    # Order
    ("Müller, Anna", [("", "", "Anna", "Müller", "")]),
    ("Müller, Anna Maria", [("", "", "Anna Maria", "Müller", "")]),
    ("MÜLLER, ANNA", [("", "", "Anna", "Müller", "")]),
    ("FRAU PETRA VON BÜLOW", [("Frau", "", "Petra", "von Bülow", "")]),
    ("anna-maria schmidt", [("", "", "Anna-Maria", "Schmidt", "")]),
    ("Fr. Müller, A.", [("Frau", "", "A.", "Müller", "")]),
    ("Frau M. Kunz", [("Frau", "", "M.", "Kunz", "")]),
    # Noble and foreign
    ("Ludwig van der Linden", [("", "", "Ludwig", "van der Linden", "")]),
    ("Karl Freiherr von Knigge", [("", "", "Karl", "Freiherr von Knigge", "")]),
    ("Graf von Hohenau, Friedrich", [("", "", "Friedrich", "Graf von Hohenau", "")]),
    ("de Vries, Jan", [("", "", "Jan", "de Vries", "")]),
    ("Maria da Silva Santos", [("", "", "Maria", "da Silva Santos", "")]),
    ("Ahmad al Hassan", [("", "", "Ahmad", "al Hassan", "")]),
    ("Yılmaz, Ayşe Gül", [("", "", "Ayşe Gül", "Yılmaz", "")]),
    ("O'Connor, Sinéad", [("", "", "Sinéad", "O'Connor", "")]),
    ("Nguyễn Thị Hoa", [("", "", "Thị Hoa", "Nguyễn", "")]),
    ("Frau zur Mühlen", [("Frau", "", "", "zur Mühlen", "")]),
    # Several in one cell
    ("Anna u. Peter Müller", [("", "", "Anna", "Müller", ""), ("", "", "Peter", "Müller", "")]),
    (
        "Eheleute Anna und Peter Müller",
        [("", "", "Anna", "Müller", ""), ("", "", "Peter", "Müller", "")],
    ),
    (
        "Fr. Richter und Hr. Krause",
        [("Frau", "", "", "Richter", ""), ("Herr", "", "", "Krause", "")],
    ),
    ("Fr. Richter/Hr.Krause", [("Frau", "", "", "Richter", ""), ("Herr", "", "", "Krause", "")]),
    (
        "Beate Lorenz / Sven Kunze",
        [("", "", "Beate", "Lorenz", ""), ("", "", "Sven", "Kunze", "")],
    ),
    ("Beate Lorenz\nSven Kunze", [("", "", "Beate", "Lorenz", ""), ("", "", "Sven", "Kunze", "")]),
    (
        "Beate Lorenz, Dr. Sven Kunze",
        [("", "", "Beate", "Lorenz", ""), ("", "Dr.", "Sven", "Kunze", "")],
    ),
    (
        "Beate Lorenz, Sven Kunze, Ute Arndt",
        [
            ("", "", "Beate", "Lorenz", ""),
            ("", "", "Sven", "Kunze", ""),
            ("", "", "Ute", "Arndt", ""),
        ],
    ),
    (
        "Lorenz, Beate; Kunze, Sven",
        [("", "", "Beate", "Lorenz", ""), ("", "", "Sven", "Kunze", "")],
    ),
    (
        "Frau Müller, Frau Schmidt",
        [("Frau", "", "", "Müller", ""), ("Frau", "", "", "Schmidt", "")],
    ),
    (
        "Frau Lehmann & Frau Dr. Beier",
        [("Frau", "", "", "Lehmann", ""), ("Frau", "Dr.", "", "Beier", "")],
    ),
    ("Fam. Schulze", [("Familie", "", "", "Schulze", "")]),
    # Functions, offices and asides
    ("Julia Winter (Leitung)", [("", "", "Julia", "Winter", "Leitung")]),
    ("Julia Winter, Leiterin", [("", "", "Julia", "Winter", "Leiterin")]),
    ("Leitung: Julia Winter", [("", "", "Julia", "Winter", "Leitung")]),
    ("Frau Winter - Schulsozialarbeiterin", [("Frau", "", "", "Winter", "Schulsozialarbeiterin")]),
    ("Ansprechpartnerin: Frau Berg", [("Frau", "", "", "Berg", "")]),
    ("z. Hd. Herrn Klaus Berg", [("Herr", "", "Klaus", "Berg", "")]),
    ("Pfarrer Thomas Grün", [("", "", "Thomas", "Grün", "Pfarrer")]),
    ("Hebamme Sabine Koch", [("", "", "Sabine", "Koch", "Hebamme")]),
    ("Bürgermeister Dr. Max Mohn", [("", "Dr.", "Max", "Mohn", "Bürgermeister")]),
    (
        "Anna Müller (Vertretung: Jens Roth)",
        [("", "", "Anna", "Müller", ""), ("", "", "Jens", "Roth", "Vertretung")],
    ),
    ("Frau Anna Müller geb. Schmidt", [("Frau", "", "Anna", "Müller", "")]),
    ("Anna Müller (ausgeschieden)", [("", "", "Anna", "Müller", "")]),
    ("Anna Müller bis 30.06.2024", [("", "", "Anna", "Müller", "")]),
    ("Frau Müller und Team", [("Frau", "", "", "Müller", "")]),
    ("Anna Müller, a.mueller@example.org", [("", "", "Anna", "Müller", "")]),
    ("Anna Müller Tel. 030 23125 014", [("", "", "Anna", "Müller", "")]),
    ("Sekretariat", [("", "", "", "", "Sekretariat")]),
    ("Zentrale / Frau Kern", [("", "", "", "", "Zentrale"), ("Frau", "", "", "Kern", "")]),
    ("Team Frühe Hilfen", [("", "", "", "", "Team Frühe Hilfen")]),
    ("Büro Freiberg", [("", "", "", "", "Büro Freiberg")]),
    ("Jugendamt, Frau Kern", [("", "", "", "", "Jugendamt"), ("Frau", "", "", "Kern", "")]),
    ("Kita-Leitung", [("", "", "", "", "Kita-Leitung")]),
    ("Amtsleiter Herr Koch", [("Herr", "", "", "Koch", "Amtsleiter")]),
    ("Netzwerkkoordinatorin Jana Wiesner", [("", "", "Jana", "Wiesner", "Netzwerkkoordinatorin")]),
    ("Dr. Ute Arndt-von Hagen", [("", "Dr.", "Ute", "Arndt-von Hagen", "")]),
    # Nobody
    ("n.n.", NOBODY),
    ("N. N.", NOBODY),
    ("unbekannt", NOBODY),
    ("-", NOBODY),
    ("?", NOBODY),
    ("vakant", NOBODY),
    ("derzeit nicht besetzt", NOBODY),
    ("", NOBODY),
]
