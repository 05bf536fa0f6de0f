"""Which kind of partner words tell of: the law's own list (§ 3 (2) KKG) first."""

from __future__ import annotations

import re

from knotenpunkt.registers.partners.models import Level, PartnerKind

# The first that fits; the order goes from special to general.
WORDS = (
    (PartnerKind.PREGNANCY_COUNSELLING, r"schwanger"),
    (PartnerKind.MATERNAL_HEALTH, r"müttergenesung|mutter-kind-kur|mutter[- ]kind[- ]klinik"),
    (PartnerKind.VIOLENCE_PROTECTION, r"frauenhaus|gewalt|opferhilfe|interventionsstelle|"
     r"opferschutz|frauenschutz|schutzwohnung|weißer ring"),
    (PartnerKind.SOCIAL_PAEDIATRIC_CENTRE, r"sozialpädiatri|\bspz\b"),
    (PartnerKind.EARLY_INTERVENTION, r"frühförder|\biff\b"),
    (PartnerKind.FAMILY_COURT, r"familiengericht|amtsgericht|\bgericht"),
    (PartnerKind.POLICE, r"polizei"),
    (PartnerKind.PUBLIC_ORDER_OFFICE, r"ordnungsamt"),
    (PartnerKind.EMPLOYMENT_AGENCY, r"jobcenter|agentur für arbeit|arbeitsagentur|arbeitsamt"),
    (PartnerKind.HEALTH_OFFICE, r"gesundheitsamt|öffentlicher gesundheitsdienst|\böGD\b|"
     r"gesundheitsdienst"),
    (PartnerKind.PUBLIC_YOUTH_WELFARE, r"jugendamt|\basd\b|allgemeiner sozialer dienst|"
     r"jugendhilfeplan|netzwerkkoordin|frühe hilfen"),
    (PartnerKind.SOCIAL_OFFICE, r"sozialamt|wohngeld|ausländerbehörde|integrationsamt"),
    (PartnerKind.JOINT_SERVICE_POINT, r"servicestelle|\beutb\b|teilhabeberatung"),
    (PartnerKind.MULTI_GENERATION_HOUSE, r"mehrgenerationen|\bmgh\b"),
    (PartnerKind.FAMILY_EDUCATION, r"familienbildung|familienzentr|elternschule|volkshochschule|"
     r"\bvhs\b|elternbildung|familienhaus|eltern-kind-zentr"),
    (PartnerKind.HOSPITAL, r"klinik|krankenhaus|hospital|geburtsstation|kreißsaal"),
    (PartnerKind.HEALTH_PROFESSION, r"hebamme|arzt|ärzt|praxis|therap|logopäd|apothek|"
     r"kinderkrankenpfleg|pflegedienst|psycholog|medizin|gynäkolog|pädiatr|zahn|physio|"
     r"kinderschwester|fgkikp|geburtshaus|sanitätshaus"),
    (PartnerKind.CHILDCARE, r"\bkitas?\b|kindertages|kindergarten|kindergärt|krippe|\bhort|"
     r"tagespflege|tagesmutter|tagesvater|kinderhaus|kinderland|\bkiga\b"),
    (PartnerKind.SCHOOL, r"schule\b|schulen\b|gymnasium|schulsozial|\bbsz\b|landesamt für schule"),
    (PartnerKind.SGB_IX_PROVIDER, r"lebenshilfe|behindert|eingliederung|inklusion|werkstatt für"),
    (PartnerKind.SOCIAL_COUNSELLING, r"beratung|sucht|schulden|telefonseelsorge|mediation"),
    (PartnerKind.FREE_YOUTH_WELFARE, r"jugendhilfe|familienhilfe|kinderschutzbund|diakonie|"
     r"caritas|\bawo\b|arbeiterwohlfahrt|\bdrk\b|volkssolidarität|kinderheim|wohngruppe|"
     r"erziehungshilfe|jugendhaus|jugendclub|spfh"),
    (PartnerKind.MUNICIPALITY, r"^(?:stadt|gemeinde|landkreis|kreis|landratsamt|stadtverwaltung|"
     r"gemeindeverwaltung|samtgemeinde|verbandsgemeinde|hansestadt|große kreisstadt|rathaus)\b"),
    (PartnerKind.ASSOCIATION, r"\be\.?\s?v\.?(?:$|\W)|\bverein|verband|initiative|stiftung|"
     r"selbsthilfe"),
)  # fmt: skip
PATTERNS = tuple((kind, re.compile(pattern, re.IGNORECASE)) for kind, pattern in WORDS)
# Houses, where nothing else says what stands alone in its row.
HOUSES = frozenset(
    (
        PartnerKind.CHILDCARE,
        PartnerKind.SCHOOL,
        PartnerKind.HOSPITAL,
        PartnerKind.HEALTH_PROFESSION,
        PartnerKind.SOCIAL_COUNSELLING,
        PartnerKind.PREGNANCY_COUNSELLING,
        PartnerKind.MULTI_GENERATION_HOUSE,
        PartnerKind.VIOLENCE_PROTECTION,
        PartnerKind.EARLY_INTERVENTION,
        PartnerKind.FAMILY_EDUCATION,
    )
)


def kind_of(*texts: str) -> PartnerKind:
    """The kind that the first telling text names; `OTHER` when none tells."""
    for text in texts:
        for kind, pattern in PATTERNS:
            if text and pattern.search(text):
                return kind
    return PartnerKind.OTHER


def level_of(kind: PartnerKind) -> Level:
    """Whether an organisation that stands alone is a house or a legal body."""
    return Level.FACILITY if kind in HOUSES else Level.BODY
