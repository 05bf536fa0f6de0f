"""What facilities of each kind are called, who works there, and what they do."""

from __future__ import annotations

from knotenpunkt.registers.partners.models import PartnerKind as K

# {house}: an invented name; {town}: where it stands; {name}: a family name.
NAMES: dict[K, tuple[str, ...]] = {
    K.CHILDCARE: (
        "Kita {house}", "Kinderhaus {house}", "Kindergarten {house}", "Krippe {house}",
        "Hort {house}", "Kindertagespflege {name}", "Integrative Kita {house}",
    ),
    K.SCHOOL: (
        "Grundschule {house}", "Oberschule {house}", "Förderschule {house}", "Gymnasium {house}",
        "Freie Schule {house}", "Schulsozialarbeit {house}",
    ),
    K.HEALTH_PROFESSION: (
        "Hebammenpraxis {name}", "Kinderarztpraxis {name}", "Frauenarztpraxis {name}",
        "Praxis für Logopädie {name}", "Ergotherapie {name}", "Zahnarztpraxis {name}",
        "Physiotherapie {house}", "Hebamme {name}",
    ),
    K.FREE_YOUTH_WELFARE: ("Familienhilfe {house}", "Jugendhaus {house}", "Wohngruppe {house}"),
    K.MUNICIPALITY: (
        "Demo-Gemeindeverwaltung {town}",
        "Demo-Stadtverwaltung {town}, Soziales",
        "Demo-Rathaus {town}, Kita und Schule",
        "Demo-Rathaus {town}, Kultur und Sport",
        "Demo-Bürgerbüro {town}",
    ),
    K.ASSOCIATION: (
        "Sportverein {house}", "Nachbarschaftsverein {house}", "Förderverein {house}",
        "Elterninitiative {house}", "Kleingartenverein {house}",
    ),
    K.PREGNANCY_COUNSELLING: ("Schwangerenberatung {house}",),
    K.SOCIAL_COUNSELLING: (
        "Suchtberatung {house}", "Schuldnerberatung {house}", "Erziehungsberatung {house}",
        "Lebensberatung {house}",
    ),
    K.EARLY_INTERVENTION: ("Frühförderstelle {house}",),
    K.HOSPITAL: ("Demo-Klinikum {house}, Geburtshilfe", "Demo-Kinderklinik {house}"),
    K.FAMILY_EDUCATION: ("Familienbildungsstätte {house}", "Elternschule {house}"),
    K.MULTI_GENERATION_HOUSE: ("Mehrgenerationenhaus {house}",),
    K.PUBLIC_YOUTH_WELFARE: (
        "Demo-Jugendamt, Sozialer Dienst {town}",
        "Demo-Jugendamt, Kindertagespflege {town}",
        "Demo-Jugendamt, Adoption und Pflege {town}",
        "Demo-Jugendamt, Beistand und Unterhalt {town}",
    ),
    K.HEALTH_OFFICE: (
        "Demo-Gesundheitsamt, Kinder- und Jugendärztlicher Dienst {town}",
        "Demo-Gesundheitsamt, Zahnärztlicher Dienst {town}",
    ),
    K.SOCIAL_OFFICE: (
        "Demo-Sozialamt, Teilhabe {town}",
        "Demo-Sozialamt, Wohngeld {town}",
    ),
    K.POLICE: (
        "Demo-Polizeirevier {town}",
        "Demo-Polizeistandort {town}",
    ),
    K.FAMILY_COURT: (
        "Demo-Familiengericht {town}",
        "Demo-Amtsgericht {town}, Familiensachen",
    ),
    K.EMPLOYMENT_AGENCY: ("Demo-Jobcenter {town}", "Demo-Arbeitsagentur {town}"),
    K.PUBLIC_ORDER_OFFICE: (
        "Demo-Ordnungsamt {town}",
        "Demo-Ordnungsamt {town}, Außendienst",
    ),
    K.SGB_IX_PROVIDER: ("Lebensräume {house}", "Offene Hilfen {house}"),
    K.MATERNAL_HEALTH: ("Mütterkurheim {house}",),
    K.VIOLENCE_PROTECTION: ("Interventionsstelle {house}",),
    K.SOCIAL_PAEDIATRIC_CENTRE: ("Demo-Sozialpädiatrisches Zentrum {house}",),
    K.JOINT_SERVICE_POINT: (
        "Demo-Servicestelle Teilhabe {town}",
    ),
    K.OTHER: ("Bibliothek {house}", "Familiencafé {house}", "Kirchgemeinde {house}"),
}  # fmt: skip

# Function and professional group of those who work there; the first one leads the house.
WORK: dict[K, tuple[tuple[str, str], ...]] = {
    K.CHILDCARE: (("Leitung", "Erzieherin"), ("Stellvertretende Leitung", "Erzieherin"),
                  ("Kinderschutzbeauftragte", "Erzieherin")),
    K.SCHOOL: (("Schulleitung", "Lehrerin"), ("Schulsozialarbeit", "Sozialpädagogin"),
               ("Beratungslehrerin", "Lehrerin")),
    K.MUNICIPALITY: (("Amtsleitung", "Verwaltung"), ("Sachbearbeitung Kita", "Verwaltung"),
                     ("Gleichstellung", "Verwaltung")),
    K.ASSOCIATION: (("Vorsitz", "Ehrenamt"), ("Kassenwart", "Ehrenamt"),
                    ("Jugendwart", "Ehrenamt")),
    K.POLICE: (("Opferschutz", "Polizei"), ("Prävention", "Polizei")),
    K.FAMILY_COURT: (("Familienrichterin", "Justiz"), ("Geschäftsstelle", "Justiz")),
    K.HOSPITAL: (("Leitende Hebamme", "Hebamme"), ("Sozialdienst", "Sozialpädagogin"),
                 ("Oberärztin", "Kinderärztin")),
    K.HEALTH_OFFICE: (("Sachgebietsleitung", "Kinderärztin"), ("Fachdienst", "Familienhebamme")),
    K.EMPLOYMENT_AGENCY: (("Beauftragte für Chancengleichheit", "Verwaltung"),
                          ("Fallmanagement", "Verwaltung")),
}  # fmt: skip
# Who works in a practice, the sign at the door says.
PRACTICES: dict[str, tuple[tuple[str, str], ...]] = {
    "Hebamme": (("Inhaberin", "Hebamme"), ("Vertretung", "Hebamme")),
    "Kinderarzt": (("Inhaberin", "Kinderärztin"), ("Anmeldung", "Medizinische Fachangestellte"),
                   ("Praxisärztin", "Kinderärztin")),
    "Frauenarzt": (("Inhaberin", "Frauenärztin"), ("Anmeldung", "Medizinische Fachangestellte")),
    "Zahnarzt": (("Inhaberin", "Zahnärztin"), ("Anmeldung", "Medizinische Fachangestellte")),
    "Praxis für Logopädie": (("Inhaberin", "Logopädin"), ("Anmeldung", "Verwaltung")),
    "Ergotherapie": (("Inhaberin", "Ergotherapeutin"), ("Anmeldung", "Verwaltung")),
    "Physiotherapie": (("Leitung", "Physiotherapeutin"), ("Anmeldung", "Verwaltung")),
}  # fmt: skip
COUNSELLING = (
    ("Leitung", "Sozialpädagogin"), ("Beraterin", "Sozialpädagogin"), ("Berater", "Psychologin"),
)  # fmt: skip

BODIES = (
    "{house} e. V.", "Stiftung {house}", "{house} gGmbH", "Verein für Familien {house} e. V.",
    "Kinderwelt {house} gGmbH", "Soziale Werke {house} e. V.",
)  # fmt: skip


def work_in(name: str, kind: K) -> tuple[tuple[str, str], ...]:
    """Function and professional group of those who work in a house of this name."""
    practice = next((work for sign, work in PRACTICES.items() if name.startswith(sign)), None)
    return practice or WORK.get(kind, COUNSELLING)
