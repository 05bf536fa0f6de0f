"""What each demo county is made of: how many partners of which kind, regions, events."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from knotenpunkt.registers.areas.models import RegionKind
from knotenpunkt.registers.partners.models import PartnerKind as K


@dataclass(frozen=True, slots=True)
class RegionPlan:
    """A region of the network, and the postal codes or area keys that lie in it."""

    name: str
    kind: RegionKind
    postal_codes: tuple[str, ...] = ()
    area_keys: tuple[str, ...] = ()
    parent: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """How a county is invented. `counts` say how many facilities of each kind there shall be;
    `phones` is a range reserved for fiction, `first_phone` where it is still free. `names` replace
    the usual ones of a kind."""

    seed: str
    counts: Mapping[K, int]
    regions: tuple[RegionPlan, ...]
    meetings: tuple[str, ...]
    phones: str
    first_phone: int = 100
    spread: int = 60
    names: Mapping[K, tuple[str, ...]] = field(default_factory=dict)


# Shares of a typical county; the kinds that the demo leaves out show what a network misses.
COUNTY: dict[K, int] = {
    K.CHILDCARE: 258, K.SCHOOL: 120, K.HEALTH_PROFESSION: 140, K.FREE_YOUTH_WELFARE: 60,
    K.MUNICIPALITY: 50, K.ASSOCIATION: 58, K.PREGNANCY_COUNSELLING: 8, K.SOCIAL_COUNSELLING: 22,
    K.EARLY_INTERVENTION: 9, K.HOSPITAL: 6, K.FAMILY_EDUCATION: 10, K.MULTI_GENERATION_HOUSE: 5,
    K.PUBLIC_YOUTH_WELFARE: 8, K.HEALTH_OFFICE: 3, K.SOCIAL_OFFICE: 3, K.POLICE: 6,
    K.FAMILY_COURT: 3, K.EMPLOYMENT_AGENCY: 6, K.PUBLIC_ORDER_OFFICE: 4, K.SGB_IX_PROVIDER: 12,
    K.MATERNAL_HEALTH: 2, K.VIOLENCE_PROTECTION: 2, K.SOCIAL_PAEDIATRIC_CENTRE: 1, K.OTHER: 14,
}  # fmt: skip


def scaled(total: int, *without: K) -> dict[K, int]:
    """The typical county at another size, at least one of each kind but those left out."""
    kinds = {kind: count for kind, count in COUNTY.items() if kind not in without}
    whole = sum(kinds.values())
    counts = {kind: max(1, count * total // whole) for kind, count in kinds.items()}
    counts[K.CHILDCARE] += total - sum(counts.values())
    return counts


def _former(name: str, codes: str) -> RegionPlan:
    return RegionPlan(name, RegionKind.FORMER_COUNTY, postal_codes=tuple(codes.split()))


def _town(name: str, codes: str) -> RegionPlan:
    return RegionPlan(name, RegionKind.MUNICIPALITY, postal_codes=tuple(codes.split()))


def _quarter(name: str) -> RegionPlan:
    return RegionPlan(name, RegionKind.QUARTER, parent="Stadt Peine")


def _part(name: str, keys: str) -> RegionPlan:
    return RegionPlan(name, RegionKind.OTHER, area_keys=tuple(keys.split()))


PLANS = {
    "mittelsachsen": Plan(
        seed="mittelsachsen",
        counts=scaled(560, K.FAMILY_COURT, K.SOCIAL_PAEDIATRIC_CENTRE),
        phones="030 23125 ",
        first_phone=460,
        regions=(
            _former(
                "Altkreis Döbeln",
                "04703 04720 04736 04741 04746 04749",
            ),
            _former(
                "Altkreis Freiberg",
                "09544 09557 09569 09573 09575 09577 09599 09600 09603 09618 09619 09623 09627 "
                "09629 09633 09634 09638",
            ),
            _former(
                "Altkreis Mittweida",
                "09217 09232 09236 09241 09244 09249 09306 09322 09326 09328 09648 09661 09669",
            ),
        ),
        meetings=(
            "Netzwerktreffen: Wenn Babys viel schreien", "Runder Tisch Kinderschutz im Altkreis",
            "Fachtag: Eltern mit seelischer Erkrankung", "Vorbereitung der Dankeschön-Aktion",
            "Auswertung der Dankeschön-Aktion", "Netzwerktreffen: Hebammen werden knapp",
            "Arbeitsgruppe Material und Postkarten", "Schulung: Gefährdung erkennen",
            "Netzwerktreffen: Väter erreichen", "Hospitationstag in der Frühförderung",
            "Fachaustausch Kita und Jugendamt", "Netzwerktreffen: Zahnpflege von Anfang an",
            "Werkstatt: Briefe, die man versteht", "Fallwerkstatt ohne Namen",
            "Netzwerktreffen: Bildschirm im Kinderzimmer",
        ),
    ),
    "bautzen": Plan(
        seed="bautzen",
        counts=scaled(860, K.VIOLENCE_PROTECTION),
        phones="069 90009 ",
        first_phone=160,
        regions=(
            _town("Stadt Bautzen", "02625"),
            _town("Hoyerswerda", "02977"),
            _town("Radeberg und Rödertal", "01454 01458 01477 01900 01896"),
            _town("Kamenz und Westlausitz", "01917 01936 01920 01906 01909"),
            _town("Bischofswerda und Oberland", "01877 01904 02681 02689 02733 02633 02692"),
            _town(
                "Heide und Teiche", "02694 02699 02627 02979 02991 02994 02997 02999"
            ),
        ),
        meetings=(
            "Beirat Frühe Hilfen", "Arbeitskreis Schwangerschaft und Geburt",
            "Arbeitskreis Kita", "Arbeitskreis Schule", "Patenabend mit Suppe",
            "Schulung für Familienpatinnen", "Fachtag: Zweisprachig aufwachsen",
            "Treffen der Familienhebammen", "Auswertung der Begrüßungsbriefe",
            "Austausch mit den Standesämtern", "Grundkurs Kinderschutz",
            "Aufbaukurs Kinderschutz", "Abend für Tagespflegepersonen",
            "Werkstatt: Stillfreundliche Orte", "Rundfahrt durch die Beratungsstellen",
        ),
    ),
    "erzgebirgskreis": Plan(
        seed="erzgebirgskreis",
        counts=scaled(1120, K.MATERNAL_HEALTH),
        phones="0221 4710 ",
        first_phone=160,
        regions=(
            _former(
                "Altkreis Annaberg",
                "09419 09423 09427 09456 09465 09468 09471 09474 09477 09481 09484 09487 09488",
            ),
            _former(
                "Altkreis Aue-Schwarzenberg",
                "08280 08289 08294 08301 08304 08309 08312 08315 08318 08321 08324 08325 08326 "
                "08328 08340 08344 08349 08352 08355 08359",
            ),
            _former(
                "Mittlerer Erzgebirgskreis",
                "09405 09429 09430 09432 09435 09437 09439 09496 09509 09514 09517 09518 09526 "
                "09548 09579",
            ),
            _former(
                "Altkreis Stollberg",
                "08297 09221 09235 09366 09376 09380 09385 09387 09390 09392 09394 09395 09399",
            ),
        ),
        meetings=(
            "Netzwerkkonferenz im Frühling", "Netzwerkkonferenz im Herbst",
            "Workshop: Gespräche, die schwerfallen", "Workshop: Bindung in den ersten Monaten",
            "Workshop: Kinder von suchtkranken Eltern", "Workshop: Was Großeltern tragen",
            "Workshop: Schlafen, Essen, Streiten", "Regionalgruppe im Altkreis",
            "Steuerungsgruppe", "Einheitliche Abläufe im Kinderschutz: Erprobung",
            "Einheitliche Abläufe im Kinderschutz: Rückblick", "Schulung: Der Bogen für die Kita",
            "Kollegiale Beratung der Fachkräfte", "Tag der offenen Beratungsstellen",
            "Workshop: Trennung und Umgang", "Workshop: Pränatale Diagnostik verstehen",
        ),
    ),
    "peine": Plan(
        seed="peine",
        counts=scaled(785, K.SOCIAL_PAEDIATRIC_CENTRE, K.SGB_IX_PROVIDER),
        phones="040 66969 ",
        first_phone=160,
        regions=(
            _town("Stadt Peine", "31224 31226 31228"),
            _quarter("Kernstadt"),
            _quarter("Walzwerk-Viertel"),
            _quarter("Südstadt"),
            _town("Edemissen", "31234"),
            _town("Hohenhameln", "31249"),
            _town("Ilsede und Lahstedt", "31241 31246"),
            _town("Lengede", "38268"),
            _town("Vechelde", "38159"),
            _town("Wendeburg", "38176"),
        ),
        meetings=(
            "Steuerungsgruppe der Präventionskette", "Runde der Schulsozialarbeit",
            "Stadtteilrunde", "Familienkonferenz mit Kindern", "Auswertung der Familienbefragung",
            "Entwurf des gemeinsamen Zeichens", "Werkstatt: Ein Formular weniger",
            "Begehung mit Kinderwagen und Rollstuhl", "Austausch Kita und Grundschule",
            "Abend der Sportvereine", "Ferienplanung der Gemeinden", "Fachgespräch Kinderarmut",
            "Markt der Möglichkeiten", "Rückblick auf das erste Jahr",
        ),
    ),
    "thekiz": Plan(
        seed="thekiz",
        counts={K.CHILDCARE: 35, K.MUNICIPALITY: 18, K.FREE_YOUTH_WELFARE: 9,
                K.PUBLIC_YOUTH_WELFARE: 7, K.FAMILY_EDUCATION: 3, K.OTHER: 2},
        phones="089 99998 ",
        first_phone=160,
        spread=48,
        names={
            K.CHILDCARE: ("Eltern-Kind-Zentrum {house}", "Kita und Familienzentrum {house}"),
            K.OTHER: ("Demo-Hochschule, Kindheitspädagogik {town}", "Förderkreis {house}"),
        },
        regions=(
            _part("Nordthüringen", "16061 16062 16064 16065 16068"),
            _part("Mittelthüringen", "16051 16055 16067 16070 16071"),
            _part("Ostthüringen", "16052 16053 16073 16074 16075 16076 16077"),
            _part("Südthüringen", "16054 16063 16066 16069 16072"),
        ),
        meetings=(
            "Jahrestagung der Eltern-Kind-Zentren", "Standortbesuch unter Kolleginnen",
            "Fachgruppe Sozialraum", "Fachgruppe Elternbeteiligung",
            "Werkstatt: Familien, die wir nicht erreichen", "Steuerungsrunde mit den Gemeinden",
            "Einführung für neue Zentren", "Tauschbörse der guten Ideen",
            "Gespräch über den Verwendungsnachweis", "Lesung im Vorgarten",
        ),
    ),
}  # fmt: skip
