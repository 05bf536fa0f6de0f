"""What a contact list may say, and the names that columns have for it."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from knotenpunkt.tools.imports.columns import Field, Vocabulary

ID, NUMBER, RUNNING = "external_id", "number", "running_number"
# Fields of people: a column of these is kept with the person and not with the organisation.
OF_PEOPLE = frozenset(
    (
        *("contact_name", "salutation", "person_title", "given_name", "family_name", "full_name"),
        *("contact_function", "profession", "phones", "mobiles", "faxes", "emails"),
        *("person_note", "left_on", "since"),
    )
)
_WHO = r"(?:(?:telefon|tel|handy|mobil|mail|e mail|email|fax) )?"
_AP = r"(?:ansprechpartner(?:in)?|ansprechperson|kontaktperson|kontakt|person|ap|name)"

FIELDS = (
    Field(ID, _("Id in the source"), (
        "external_id", "externe ID", "ID", "UUID", "UID", "GUID", "Kontakt-ID", "Partner-ID",
        "Partnernummer", "Adressnummer", "Adress-Nr.", "Kundennummer", "Mitgliedsnummer",
        "Einrichtungs-ID", "Einrichtungsnummer", "Kennung", "Schlüssel", "Datensatz-ID",
        "Record id", "Datensatznummer", "identifier")),
    Field(NUMBER, _("Number"), ("Nr", "Nummer", "No", "Num", "Number", "Kennnummer")),
    Field(RUNNING, _("Running number"), (
        "lfd. Nr.", "lfd Nr", "lfd", "lfdnr", "laufende Nummer", "laufende Nr",
        "fortlaufende Nummer", "Zeile", "row", "#", "index", "Pos", "Position", "Unnamed: 0",
        "Anzahl")),
    Field("name", _("Facility or organisation"), (
        "Einrichtung", "Name der Einrichtung", "Einrichtungsname", "Institution", "Organisation",
        "Organisation/Einrichtung", "Einrichtung/Organisation", "Name der Organisation",
        "Organisationsname", "Firma", "company", "organization", "organisation", "facility",
        "Partner", "Netzwerkpartner", "Kooperationspartner", "Name des Partners", "Dienststelle",
        "Behörde", "Kita", "Schule", "Praxis", "Verein", "Bezeichnung", "Institution/Einrichtung",
        "Praxisname", "Amt", "Stelle")),
    Field("body", _("Body that runs it"), (
        "Träger", "Name des Trägers", "Trägername", "Rechtsträger", "Träger der Einrichtung",
        "Trägerverein", "Einrichtungsträger", "Anstellungsträger", "Dachorganisation",
        "Arbeitgeber", "carrier", "provider")),
    Field("department", _("Department"), (
        "Abteilung", "Fachdienst", "Fachbereich", "Sachgebiet", "Referat", "Bereich", "Dezernat",
        "department", "unit")),
    Field("kind", _("Kind of partner"), (
        "Art", "Art der Einrichtung", "Einrichtungsart", "Kategorie", "Rubrik", "Typ", "Sparte",
        "Partnerart", "Art des Partners", "Branche", "category", "type", "kind", "Arbeitsfeld",
        "Handlungsfeld", "Fachrichtung", "Berufsgruppe der Einrichtung")),
    Field("full_name", _("Name of the person or organisation"), (
        "Name", "Vor- und Nachname", "Vorname Nachname", "Nachname Vorname", "Name Vorname",
        "Name, Vorname", "full name", "display name", "Formatted name", "Anzeigename"),
        made_of=(frozenset({"given_name", "family_name"}),)),
    Field("contact_name", _("Contact person"), (
        "Ansprechpartner", "Ansprechpartnerin", "Ansprechpartner/in", "Ansprechpartner:in",
        "Ansprechpartner/-in", "Ansprechperson", "Ansprechpartner Name", "Kontaktperson",
        "Kontakt", "Kontaktname", "contact", "contact person", "contact name", "AP", "ASP",
        "Leitung", "Leiter", "Leiterin", "Leiter/in", "Einrichtungsleitung", "Leitung Name",
        "Mitarbeiter", "Mitarbeiter/in", "Vertreter", "Vertreter/in", "Delegierte",
        "Stellvertretung", "stellv. Leitung", "Name Ansprechpartner", "Teilnehmer", "Person",
        "zuständig"), many=True, pattern=rf"{_AP} ?\d"),
    Field("salutation", _("Salutation"), (
        "Anrede", "salutation", "Briefanrede", "Geschlecht"), pattern=r"anrede ?\d"),
    Field("person_title", _("Academic title"), (
        "Titel", "akad. Titel", "akademischer Titel", "title", "Namenszusatz"),
        pattern=r"titel ?\d"),
    Field("given_name", _("Given name"), (
        "Vorname", "Rufname", "given name", "first name", "Vorname Ansprechpartner"),
        pattern=r"vorname ?\d"),
    Field("family_name", _("Family name"), (
        "Nachname", "Familienname", "Zuname", "surname", "last name", "family name",
        "Nachname Ansprechpartner"), pattern=r"nachname ?\d"),
    Field("contact_function", _("Function"), (
        "Funktion", "Funktion der Kontaktperson", "Position in der Einrichtung", "Rolle",
        "Aufgabe", "Tätigkeit", "Dienststellung", "Amtsbezeichnung", "job title", "function",
        "role", "Funktion/Rolle"), pattern=r"(?:funktion|rolle) ?\d"),
    Field("profession", _("Profession"), (
        "Beruf", "Profession", "Berufsgruppe", "Berufsbezeichnung", "Qualifikation",
        "Ausbildung")),
    Field("phones", _("Telephone"), (
        "Telefon", "Tel", "Telefonnummer", "Telefon-Nr.", "Tel.-Nr.", "Telefonnr", "phone",
        "phones", "phone number", "telephone", "Rufnummer", "Fon", "Festnetz", "Telefon dienstlich",
        "Telefon geschäftlich", "Kontakt Telefon", "Telefon Kontakt", "Durchwahl",
        "Telefon Ansprechpartner", "business phone", "Telefon (dienstl.)", "Telefon / Mobil"),
        many=True, pattern=rf"(?:telefon|tel|telefonnummer|rufnummer)(?: {_AP})? ?\d"),
    Field("mobiles", _("Mobile telephone"), (
        "Mobil", "Mobiltelefon", "Mobilnummer", "Handy", "Handynummer", "mobile", "Diensthandy",
        "mobile phone"), many=True, pattern=rf"(?:mobil|handy)(?: {_AP})? ?\d"),
    Field("faxes", _("Fax"), ("Fax", "Telefax", "Faxnummer", "Fax-Nr."), many=True),
    Field("emails", _("E-mail"), (
        "E-Mail", "Mail", "Email-Adresse", "Mailadresse", "E-Mail-Adresse", "Kontakt E-Mail",
        "E-Mail Kontakt", "E-Mail Ansprechpartner", "email", "email address", "E-Mail dienstlich",
        "Mail dienstlich"), many=True,
        pattern=rf"(?:mail|e mail|email|e mail adresse)(?: {_AP})? ?\d"),
    Field("office_phones", _("Telephone of the organisation"), (
        "Zentrale", "Telefon Zentrale", "Telefon Einrichtung", "Telefon der Einrichtung",
        "Telefonzentrale", "Sekretariat Telefon", "Telefon Sekretariat"), many=True),
    Field("office_emails", _("E-mail of the organisation"), (
        "E-Mail Einrichtung", "E-Mail der Einrichtung", "Mail Einrichtung", "Sammelmail",
        "E-Mail Zentrale", "Funktionspostfach", "E-Mail Sekretariat"), many=True),
    Field("street", _("Street"), (
        "Straße", "Strasse", "Str", "Straße/Platz", "street", "Straße dienstlich",
        "business street", "Straße und Hausnummer", "Straße, Hausnummer", "Straße / Nr.",
        "Straße Nr", "Straße, Nr.", "Straße u. Hausnummer", "Straße Hausnr", "Straße Haus-Nr.")),
    Field("house_number", _("House number"), (
        "Hausnummer", "Haus-Nr.", "Hausnr", "HNr", "Hsnr", "house number")),
    Field("address", _("Address"), (
        "Adresse", "Anschrift", "address", "Postanschrift", "Besucheradresse",
        "Adresse der Einrichtung", "Anschrift der Einrichtung", "Dienstadresse", "Standort"),
        made_of=(frozenset({"street", "house_number"}), frozenset({"street", NUMBER}))),
    Field("address_extra", _("Addition to the address"), ("Adresszusatz", "Zusatz", "Postfach")),
    Field("postal_code", _("Postal code"), (
        "PLZ", "Postleitzahl", "postal code", "postcode", "zip", "zip code", "Post-Leitzahl")),
    Field("town", _("Town"), (
        "Ort", "Stadt", "Gemeinde", "Kommune", "Ortschaft", "town", "city", "Stadt/Gemeinde",
        "Ort/Gemeinde", "Stadt / Ort")),
    Field("town_line", _("Postal code and town"), (
        "PLZ Ort", "PLZ/Ort", "PLZ, Ort", "PLZ und Ort", "PLZ + Ort", "PLZ / Wohnort"),
        made_of=(frozenset({"postal_code", "town"}),)),
    Field("regions", _("Region"), (
        "Region", "Regionen", "Altkreis", "Sozialraum", "Planungsraum", "Gebiet", "Raum",
        "Einzugsgebiet", "Zuständigkeitsbereich", "Regionalgruppe", "Landkreis", "district",
        "Stadtteil", "Ortsteil", "Quartier"), many=True),
    Field("tags", _("Keywords"), (
        "Schlagwort", "Schlagworte", "Schlagwörter", "Stichworte", "Stichwörter", "Verteiler",
        "Gruppe", "Gruppen", "AG", "Arbeitsgruppe", "Arbeitsgruppen", "Arbeitskreis", "Gremium",
        "Gremien", "tags", "keywords", "categories", "Kategorien", "Labels"), many=True),
    Field("website", _("Website"), (
        "Website", "Webseite", "Web", "Homepage", "Internet", "Internetseite", "Internetadresse",
        "URL", "Link", "www")),
    Field("note", _("Internal note"), (
        "Bemerkung", "Bemerkungen", "Anmerkung", "Anmerkungen", "Notiz", "Notizen", "Note",
        "Hinweis", "Hinweise", "Kommentar", "notes", "comment", "Sonstiges", "Info", "Infos"),
        many=True),
    Field("left_on", _("Left on"), (
        "ausgeschieden", "ausgeschieden am", "ausgetreten", "ausgetreten am", "Austritt", "bis",
        "aktiv bis", "verlassen am")),
    Field("since", _("Since"), ("seit", "Beginn", "Eintritt", "dabei seit", "Mitglied seit")),
    Field("status", _("Status"), ("status", "Zustand", "aktiv", "aktuell")),
    Field("confirmed_on", _("Confirmed on"), (
        "bestätigt am", "geprüft am", "zuletzt geprüft", "Stand", "Datenstand", "aktualisiert am",
        "letzte Aktualisierung")),
)  # fmt: skip

VOCABULARY = Vocabulary(FIELDS)
FIELD_KEYS = tuple(known.key for known in FIELDS)
