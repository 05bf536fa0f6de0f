"""The chapters of the handbook in their order, and which one helps on which page of the desk."""

from __future__ import annotations

from collections.abc import Mapping

# What stands in `data/<key>.md`.
ORDER = (
    "erster-tag",
    "heute",
    "suche",
    "angebote",
    "liste-einlesen",
    "datenqualitaet",
    "bilder",
    "anliegen",
    "notizen",
    "vollstaendigkeit",
    "vereinbarungen",
    "stimmt-das-noch",
    "zustaendigkeiten",
    "bibliothek",
    "personen",
    "protokoll",
    "post",
    "hintergrund",
    "probleme",
    "datenschutz",
    "tastatur",
)
# The beginning of an address's name → chapter, with the section where one says more. The longest
# beginning that fits decides.
HELPS: Mapping[str, str] = {
    "desk:today": "heute",
    "desk:search": "suche",
    "agreements:": "vereinbarungen",
    "agreements:sign": "vereinbarungen#unterschriften-eintragen",
    "agreements:end": "vereinbarungen#verlängern-und-beenden",
    "agreements:edit": "vereinbarungen#verlängern-und-beenden",
    "agreements:add_paper": "vereinbarungen#dateien",
    "agreements:remove_paper": "vereinbarungen#dateien",
    "agreements:completeness": "vollstaendigkeit",
    "agreements:field": "vollstaendigkeit#eine-lücke-schließen",
    "agreements:invite": "vollstaendigkeit#eine-lücke-schließen",
    "agreements:not_needed": "vollstaendigkeit#eine-lücke-schließen",
    "upkeep:": "stimmt-das-noch",
    "upkeep:ask": "stimmt-das-noch#von-hand-fragen",
    "upkeep:round": "stimmt-das-noch#von-hand-fragen",
    "upkeep:calls": "stimmt-das-noch#anrufen",
    "upkeep:call": "stimmt-das-noch#anrufen",
    "upkeep:proposal": "stimmt-das-noch#änderungen-freigeben",
    "upkeep:settings": "stimmt-das-noch#einschalten",
    "responsibilities:": "zustaendigkeiten",
    "responsibilities:gaps": "zustaendigkeiten#lücken",
    "responsibilities:desk_finder": "zustaendigkeiten#was-familien-und-fachkräfte-sehen",
    "library:": "bibliothek",
    "library:badge": "bibliothek#partnerzeichen",
    "library:behind": "bibliothek#gesehen-und-übernommen",
    "library:stand": "bibliothek#gesehen-und-übernommen",
    "desk:sign_in": "erster-tag",
    "desk:forgotten": "probleme#anmelden",
    "desk:new_password": "probleme#anmelden",
    "desk:invited": "erster-tag",
    "desk:address": "personen#ihr-eigenes-konto",
    "desk:prove_address": "personen#ihr-eigenes-konto",
    "desk:people": "personen",
    "desk:people_protection": "personen#zweiter-schutz",
    "desk:rights": "personen#wer-darf-was",
    "desk:invitation": "personen#jemanden-einladen",
    "desk:people_invite": "personen#jemanden-einladen",
    "desk:member": "personen#rolle-ändern-oder-nehmen",
    "desk:take_role": "personen#rolle-ändern-oder-nehmen",
    "desk:privacy": "datenschutz",
    "desk:privacy_person": "datenschutz#wer-sieht-welche-angabe",
    "desk:privacy_release": "datenschutz#wer-sieht-welche-angabe",
    "desk:privacy_withdraw": "datenschutz#wer-sieht-welche-angabe",
    "desk:privacy_information": "datenschutz#jemand-möchte-auskunft",
    "desk:privacy_json": "datenschutz#jemand-möchte-auskunft",
    "desk:privacy_pdf": "datenschutz#jemand-möchte-auskunft",
    "desk:privacy_erase": "datenschutz#jemand-möchte-gelöscht-werden",
    "desk:privacy_receipt": "datenschutz#jemand-möchte-gelöscht-werden",
    "desk:audit": "protokoll",
    "account:": "personen#ihr-eigenes-konto",
    "account:protect": "personen#zweiter-schutz",
    "account:passkey_sign_in": "erster-tag",
    "account_login": "erster-tag",
    "account_reauthenticate": "personen#zweiter-schutz",
    "mfa_authenticate": "personen#zweiter-schutz",
    "sign_on": "erster-tag",
    "offers_desk:": "angebote",
    "offers_desk:quality": "datenqualitaet",
    "offers_desk:finding": "datenqualitaet",
    "offers_desk:picture": "bilder",
    "offers_import:": "liste-einlesen",
    "lists:": "angebote#ansichten-aufheben",
    "inbox:": "anliegen",
    "notes:": "notizen",
    "mail:": "post",
    "mail:mailing": "post#an-viele",
    "mail:suppressed": "post#wer-keine-post-bekommt",
    "mail:take_off": "post#wer-keine-post-bekommt",
    "mail:mailbox": "post#das-postfach-der-demo",
    "mail:received": "post#das-postfach-der-demo",
    "jobs:": "hintergrund",
}


def help_for(page: str) -> tuple[str, str]:
    """Chapter and section for the page of this name; ("", "") where only the contents help."""
    fitting = [beginning for beginning in HELPS if page.startswith(beginning)]
    if not fitting:
        return "", ""
    chapter, _mark, section = HELPS[max(fitting, key=len)].partition("#")
    return chapter, section
