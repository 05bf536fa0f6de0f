"""Words of lists and what they mean in the register."""

from __future__ import annotations

import re

from django.utils.translation import gettext as _
from django.utils.translation import override

from knotenpunkt.registers.areas.models import StepFree
from knotenpunkt.registers.offers.models import Kind, Registration
from knotenpunkt.registers.partners.models import PartnerKind

STEP_FREE = {
    word: code.value
    for code, words in {
        StepFree.YES: "ja|j|x|1|true|yes|y|vollstaendig|voll|barrierefrei|rollstuhlgerecht|"
        "stufenlos|vorhanden|step free|full|wheelchair accessible",
        StepFree.PARTLY: "teilweise|teils|bedingt|eingeschraenkt|partly|partial|limited|zum teil|"
        "teilweise barrierefrei|bedingt barrierefrei|mit hilfe|eingeschraenkt barrierefrei",
        StepFree.NO: "nein|n|0|false|no|nicht|nicht barrierefrei|kein|none|not accessible",
    }.items()
    for word in words.split("|")
}
NO_REGISTRATION = re.compile(
    r"^(?:nein|no|0|keine?|offen)$|ohne (?:vor)?anmeldung|keine (?:vor)?anmeldung|"
    r"nicht (?:erforderlich|nötig|notwendig)|einfach (?:kommen|vorbei)|not required|drop[- ]?in",
    re.IGNORECASE,
)
REGISTRATIONS = (
    (Registration.NONE, NO_REGISTRATION),
    (Registration.REFERRAL, re.compile(r"überweisung|verordnung|rezept|referral", re.IGNORECASE)),
    (
        Registration.RECOMMENDED,
        re.compile(r"empfohlen|erwünscht|recommended|erbeten", re.IGNORECASE),
    ),
    (
        Registration.REQUIRED,
        re.compile(
            r"^(?:ja|yes|x|1|true)$|erforderlich|nötig|notwendig|verbindlich|pflicht|required|"
            r"termin(?:vereinbarung)?|anmeldung (?:bei|unter|über|per|telefonisch|online|bis)",
            re.IGNORECASE,
        ),
    ),
)
# The first that fits the kind's own words or the title; the order goes from special to general.
KINDS = (
    (Kind.CHILDCARE, r"\bkitas?\b|kindertages|kindergarten|kindergärten|\bhort|krippe|"
     r"tagespflege|tagesmutter|tagesvater|kinderbetreuung|childcare|nursery"),
    (Kind.SHELTER, r"frauenhaus|schutzwohnung|notunterkunft|obdach|shelter"),
    (Kind.COUNSELLING, r"beratung|sprechstunde|counselling|counseling|advice|seelsorge|mediation"),
    (Kind.TELEPHONE, r"telefonseelsorge|hotline|sorgentelefon|hilfetelefon"),
    (Kind.HOME_VISIT, r"hausbesuch|familienhebamme|aufsuchend|willkommensbesuch|home visit"),
    (Kind.VOLUNTEER, r"\bpat(?:e|en|in|innen)\b|patenschaft|ehrenamt|leihoma|leihgroßeltern|"
     r"wellcome|volunteer"),
    (Kind.COURSE, r"kurs\b|kurse\b|\bkurs|training|seminar|workshop|elternschule|course|pekip"),
    (Kind.GROUP, r"gruppe|spielkreis|group|selbsthilfe|\bchor\b"),
    (Kind.MEETING_PLACE, r"treff|café|cafe|familienzentrum|mehrgenerationenhaus|begegnung|"
     r"meeting place|elternfrühstück"),
    (Kind.HEALTH, r"hebamme|arzt|ärzt|praxis|klinik|therapie|frühförder|gesundheit|logopäd|"
     r"vorsorge|health"),
    (Kind.LENDING, r"tausch|verleih|ausleihe|ludothek|kleiderkammer|lending|bibliothek|bücherei"),
    (Kind.MONEY, r"zuschuss|elterngeld|kindergeld|stiftung|finanzielle|antrag|financial"),
    (Kind.EVENT, r"\bfest\b|veranstaltung|\btag der\b|markt\b|event|konzert"),
    (Kind.LEISURE, r"freizeit|ferien|sport|turnen|schwimmen|spielplatz|leisure"),
    (Kind.ONLINE, r"\bonline\b|digital"),
)  # fmt: skip
KIND_PATTERNS = tuple((kind, re.compile(pattern, re.IGNORECASE)) for kind, pattern in KINDS)
BODY_KINDS = (
    (PartnerKind.MUNICIPALITY, re.compile(r"^(?:stadt|gemeinde|landkreis|kreis|stadtverwaltung|"
     r"samtgemeinde|verbandsgemeinde|hansestadt|große kreisstadt)\b", re.IGNORECASE)),
    (PartnerKind.PUBLIC_YOUTH_WELFARE, re.compile(r"jugendamt", re.IGNORECASE)),
    (PartnerKind.HEALTH_OFFICE, re.compile(r"gesundheitsamt", re.IGNORECASE)),
    (PartnerKind.HOSPITAL, re.compile(r"klinik|krankenhaus", re.IGNORECASE)),
    (PartnerKind.SCHOOL, re.compile(r"schule\b|gymnasium|volkshochschule", re.IGNORECASE)),
    (PartnerKind.ASSOCIATION, re.compile(r"\be\.?\s?v\.?(?:$|\W)|\bverein\b|"
     r"\bverband\b", re.IGNORECASE)),
)  # fmt: skip


def kind_of(*texts: str) -> str:
    """The kind that the first telling text names; information when none tells."""
    for text in texts:
        for kind, pattern in KIND_PATTERNS:
            if text and pattern.search(text):
                return kind.value
    return Kind.INFORMATION.value


def body_kind(name: str, *, childcare: bool) -> str:
    """The kind of a body by its name; those that run nurseries are youth welfare by law."""
    for kind, pattern in BODY_KINDS:
        if pattern.search(name) and not (childcare and kind is not PartnerKind.MUNICIPALITY):
            return kind.value
    return (PartnerKind.FREE_YOUTH_WELFARE if childcare else PartnerKind.OTHER).value


def german(message: str) -> str:
    """Words that become part of a German text, whatever language the person at work speaks."""
    with override("de"):
        return _(message)
