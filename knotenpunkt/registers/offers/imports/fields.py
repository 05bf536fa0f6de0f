"""What a list of offers may say, and the names that columns have for it."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from knotenpunkt.tools.imports.columns import Field, Vocabulary

RUNNING = "running_number"
NUMBER = "number"
ID = "external_id"
FACILITY_ID = "facility_id"
HOURS = ("hours_mo", "hours_di", "hours_mi", "hours_do", "hours_fr", "hours_sa", "hours_so")
CARE_FLAGS = ("care_kita", "care_hort", "care_krippe", "care_tagespflege")

FIELDS = (
    Field(ID, _("Id in the source"), (
        "external_id", "externe ID", "ID", "UUID", "GUID", "Angebots-ID", "Angebot ID",
        "offer id", "service id", "Kita-ID", "Kita-Nr.", "Angebotsnummer", "Angebots-Nr.",
        "Kursnummer", "Kurs-Nr.", "Kennung", "Schlüssel", "Datensatz-ID", "Datensatznummer",
        "record id",
        "identifier", "Fremdschlüssel", "Quell-ID", "Aktenzeichen", "Objekt-ID")),
    Field(NUMBER, _("Number"), ("Nr", "Nummer", "No", "Num", "Number", "Kennnummer")),
    Field(RUNNING, _("Running number"), (
        "lfd. Nr.", "lfd Nr", "lfd", "lfdnr", "laufende Nummer", "laufende Nr",
        "fortlaufende Nummer",
        "Zeile", "Zeilennummer", "Zeile Nr", "row", "row number", "rownum", "#", "index", "Pos",
        "Position", "OBJECTID", "FID", "OGC_FID", "Unnamed: 0")),
    Field("title", _("Title"), (
        "Angebot", "Angebotstitel", "Titel", "Title", "Name des Angebots", "Angebotsname",
        "Angebotsbezeichnung", "Bezeichnung des Angebots", "Name/Titel", "offer", "offer name",
        "service", "service name", "Leistung", "Leistungsbezeichnung", "Kurs", "Kurstitel",
        "Kursname", "Veranstaltung", "Veranstaltungstitel", "Projekt", "Projektname", "Maßnahme",
        "Name", "Bezeichnung", "Überschrift", "Kurzbezeichnung", "label")),
    Field("facility", _("Facility"), (
        "Einrichtung", "Name der Einrichtung", "Einrichtungsname", "Einrichtungsbezeichnung",
        "Bezeichnung der Einrichtung", "facility", "facility name", "Kita", "Kita-Name",
        "Name der Kita", "Kindertagesstätte", "Kindertageseinrichtung",
        "Name der Kindertageseinrichtung", "Kindergarten", "Hort", "Krippe", "Beratungsstelle",
        "Dienststelle", "Zentrum", "Familienzentrum", "Standortname")),
    Field("body", _("Provider"), (
        "Träger", "Name des Trägers", "Trägername", "Rechtsträger", "Träger der Einrichtung",
        "Trägerverein", "Einrichtungsträger", "Anbieter", "Name des Anbieters", "Anbietername",
        "provider", "provider name", "Organisation", "Name der Organisation", "Organisationsname",
        "organization", "organization.name", "organization name", "organisation name", "Betreiber",
        "Veranstalter", "Verein", "carrier", "institution", "Institution", "agency")),
    Field("body_id", _("Id of the provider"), (
        "organization.id", "organization_id", "organisation_id", "Organisations-ID", "Anbieter-ID",
        "Träger-ID", "provider id", "Träger-Nr.", "Trägernummer")),
    Field(FACILITY_ID, _("Id of the facility"), (
        "Einrichtungs-ID", "Einrichtung ID", "Einrichtungsnummer", "Einrichtungs-Nr.",
        "facility id", "facility_id", "Standort-ID")),
    Field("body_website", _("Website of the provider"), (
        "organization.website", "organization.url", "Webseite des Trägers", "Website des Trägers",
        "Homepage des Trägers", "Träger Webseite", "Träger Homepage", "Träger URL")),
    Field("body_description", _("About the provider"), (
        "organization.description", "Beschreibung des Trägers", "Über den Träger")),
    Field("kind", _("Kind of offer"), (
        "Art", "Angebotsart", "Art des Angebots", "Angebotsform", "Angebotstyp", "Format",
        "Kategorie", "category", "Rubrik", "Typ", "type", "kind", "Einrichtungsart",
        "Art der Einrichtung", "Einrichtungstyp", "service type")),
    Field("topics", _("Topics"), (
        "Thema", "Themen", "topic", "topics", "Themenfeld", "Themenfelder", "Themenbereich",
        "Lebenslage", "Lebenslagen", "Handlungsfeld", "Handlungsfelder", "Bereich", "Schlagwort",
        "Schlagworte", "Schlagwörter", "Stichworte", "Stichwörter", "tags", "keywords",
        "Schwerpunkt", "Schwerpunkte", "attributes", "taxonomy_terms", "categories", "Kategorien"),
        many=True),
    Field("summary", _("Summary"), (
        "Kurzbeschreibung", "Kurztext", "Kurzinfo", "Kurzinformation", "Zusammenfassung", "summary",
        "Teaser", "short description", "Untertitel", "subtitle")),
    Field("description", _("Description"), (
        "Beschreibung", "Angebotsbeschreibung", "Beschreibung des Angebots",
        "Leistungsbeschreibung",
        "description", "Langtext", "Volltext", "Inhalt", "Inhalte", "Text", "Details", "Info",
        "Infos", "Informationen", "Kommentar", "comment", "comments", "Bemerkung", "Bemerkungen",
        "Anmerkung", "Anmerkungen", "Hinweis", "Hinweise", "Besonderheiten", "notes", "Sonstiges",
        "eligibility_description", "alert"), many=True),
    Field("conditions", _("Conditions"), (
        "Voraussetzungen", "Voraussetzung", "prerequisite", "prerequisites", "Aufnahmekriterien",
        "Teilnahmevoraussetzungen", "Zugangsvoraussetzungen", "conditions")),
    Field("target_group", _("Target group"), (
        "Zielgruppe", "Zielgruppen", "target group", "audience", "Für wen", "Adressaten")),
    Field("easy_text", _("Text in Leichte Sprache"), (
        "Leichte Sprache", "Text in Leichter Sprache", "Beschreibung in Leichter Sprache",
        "easy language", "plain language")),
    Field("street", _("Street"), (
        "Straße", "Strasse", "Str", "Straßenname", "Straße/Platz", "street", "street name",
        "address.address_1", "address_1", "address 1", "address line 1", "Adresse 1",
        "Straße der Einrichtung")),
    Field("house_number", _("House number"), (
        "Hausnummer", "Haus-Nr.", "Hausnr", "HNr", "Hsnr", "HAUSBEZ", "Hausbezeichnung",
        "house number", "housenumber", "street number", "Nr. Haus")),
    Field("address", _("Address"), (
        "Adresse", "Anschrift", "address", "full address", "Straße und Hausnummer",
        "Straße, Hausnummer", "Straße / Nr.", "Straße Nr", "Straße, Nr.", "Straße u. Hausnummer",
        "Straße Hausnr", "Besucheradresse", "Besucheranschrift", "Postanschrift",
        "Adresse der Einrichtung", "Standortadresse", "Standort", "street address"),
        made_of=(frozenset({"street", "house_number"}), frozenset({"street", NUMBER}))),
    Field("address_extra", _("Addition to the address"), (
        "Adresszusatz", "address.address_2", "address_2", "address 2", "address line 2", "Zusatz")),
    Field("postal_code", _("Postal code"), (
        "PLZ", "Postleitzahl", "postal_code", "postal code", "postcode", "zip", "zip code",
        "address.postal_code", "PLZ der Einrichtung", "Post-Leitzahl")),
    Field("town", _("Town"), (
        "Ort", "Stadt", "Gemeinde", "Kommune", "Ortschaft", "town", "city", "municipality",
        "address.city", "Wohnort", "Stadt/Gemeinde", "Ort/Gemeinde", "Stadt / Ort")),
    Field("town_line", _("Postal code and town"), (
        "PLZ Ort", "PLZ/Ort", "PLZ, Ort", "PLZ und Ort", "PLZ + Ort", "PLZ Stadt",
        "Postleitzahl Ort", "Postleitzahl und Ort"),
        made_of=(frozenset({"postal_code", "town"}),)),
    Field("district", _("District"), (
        "Stadtteil", "Ortsteil", "Quartier", "Stadtbezirk", "Bezirk", "Sozialraum", "district",
        "quarter", "Viertel")),
    Field("venue", _("Venue"), (
        "Veranstaltungsort", "Ort der Veranstaltung", "Treffpunkt", "Raum", "Gebäude", "venue",
        "location.name", "location name", "location", "Durchführungsort", "Kursort")),
    Field("latitude", _("Latitude"), (
        "latitude", "lat", "Breitengrad", "geografische Breite", "Breite", "geo_lat",
        "location.latitude", "Y", "y-Koordinate", "Koordinate Y", "Koordinate N")),
    Field("longitude", _("Longitude"), (
        "longitude", "lon", "lng", "long", "Längengrad", "geografische Länge", "Länge", "geo_lon",
        "geo_lng", "location.longitude", "X", "x-Koordinate", "Koordinate X", "Koordinate E")),
    Field("coordinates", _("Coordinates"), (
        "Koordinaten", "coordinates", "geo point", "geopoint", "Geokoordinaten", "lat/lon", "GPS")),
    Field("phones", _("Telephone"), (
        "Telefon", "Tel", "Telefonnummer", "Telefon-Nr.", "Tel.-Nr.", "Telefonnr", "phones",
        "phone",
        "phone number", "telephone", "Rufnummer", "Fon", "Fernruf", "Telefon 1", "Telefon 2",
        "Festnetz", "Mobil", "Mobiltelefon", "Mobilnummer", "Handy", "Handynummer", "mobile",
        "Kontakt Telefon", "Telefon Kontakt", "Kontakttelefon", "Telefonkontakt", "contact phone",
        "location.phones", "organization.phones"), many=True),
    Field("emails", _("E-mail"), (
        "E-Mail", "Mail", "Email-Adresse", "Mailadresse", "E-Mail 1", "E-Mail 2", "Kontakt E-Mail",
        "E-Mail Kontakt", "contact email", "email address", "organization.email"), many=True),
    Field("website", _("Website"), (
        "Website", "Webseite", "Web", "Homepage", "Internet", "Internetseite", "Internetadresse",
        "Webadresse", "URL", "Link", "www", "web page", "Internetauftritt")),
    Field("times", _("Times"), (
        "Öffnungszeiten", "Öffnungszeit", "opening hours", "opening_hours", "opening times",
        "Zeiten",
        "Zeit", "Sprechzeiten", "Sprechzeit", "Betreuungszeit", "Betreuungszeiten", "Termine",
        "Termin", "Uhrzeit", "Wann", "Kurszeiten", "times", "schedule", "schedules",
        "location.schedules", "Tag und Uhrzeit", "Tag/Uhrzeit", "Wochentag/Uhrzeit")),
    Field("date", _("Date"), (
        "Datum", "date", "Veranstaltungsdatum", "Termindatum", "Kursdatum", "Startdatum",
        "Datum von", "Datum Beginn", "Beginn Datum", "Tag der Veranstaltung", "start date",
        "Datum und Zeit", "datetime"), made_of=(
            frozenset({"date", "times"}), frozenset({"date", "starts"}),
            frozenset({"weekday", "date"}))),
    Field("weekday", _("Weekday"), ("Wochentag", "Wochentage", "Tag", "Tage", "weekday", "day",
        "days")),
    Field("starts", _("Begins at"), (
        "Beginn", "Uhrzeit von", "Uhrzeit Beginn", "Startzeit", "Zeit von", "start time",
        "opens_at", "opens at", "geöffnet von", "Öffnung von", "von")),
    Field("ends", _("Ends at"), (
        "Ende", "Uhrzeit bis", "Uhrzeit Ende", "Endzeit", "Zeit bis", "end time", "closes_at",
        "closes at", "geöffnet bis", "Öffnung bis", "bis")),
    *(Field(key, name, names) for key, name, names in (
        ("hours_mo", _("Monday"), ("Montag", "Mo", "Monday")),
        ("hours_di", _("Tuesday"), ("Dienstag", "Di", "Tuesday")),
        ("hours_mi", _("Wednesday"), ("Mittwoch", "Mi", "Wednesday")),
        ("hours_do", _("Thursday"), ("Donnerstag", "Do", "Thursday")),
        ("hours_fr", _("Friday"), ("Freitag", "Fr", "Friday")),
        ("hours_sa", _("Saturday"), ("Samstag", "Sonnabend", "Sa", "Saturday")),
        ("hours_so", _("Sunday"), ("Sonntag", "So", "Sunday")))),
    Field("ages", _("Age"), (
        "Alter", "Altersgruppe", "Altersgruppen", "Altersspanne", "Altersbereich", "Zielalter",
        "Alter der Kinder", "Alter des Kindes", "Alter Kinder", "age", "ages", "age group",
        "age range", "Aufnahmealter", "Betreuungsalter", "Alter (Jahre)", "für Alter")),
    Field("age_from", _("Age from"), (
        "Alter von", "Alter ab", "ab Alter", "Mindestalter", "min. Alter", "minimum_age",
        "minimum age", "age from", "age_from", "age min", "min age", "Alter min", "von Alter",
        "Alter von Monate", "Alter von in Monaten", "Alter von (Jahre)", "age from months")),
    Field("age_to", _("Age to"), (
        "Alter bis", "bis Alter", "Höchstalter", "max. Alter", "maximum_age", "maximum age",
        "age to", "age_to", "age max", "max age", "Alter max", "Alter bis Monate",
        "Alter bis in Monaten", "Alter bis (Jahre)", "age to months")),
    Field("age_groups", _("Age groups"), many=True, pattern=(
        r"(?:\w+ )*(?:gruppen?|groups?|nature|natur|alter|age|plaetze|krippe|kiga|kita|hort|kinder)"
        r" (?:von )?\d{1,2} (?:bis )?\d{1,2}(?: jahren?| j)?")),
    Field("languages", _("Languages"), (
        "Sprache", "Sprachen", "language", "languages", "Angebotssprache", "Angebotssprachen",
        "Beratungssprachen", "Fremdsprachen", "gesprochene Sprachen"), many=True),
    Field("costs", _("Costs"), (
        "Kosten", "Preis", "Preise", "Gebühr", "Gebühren", "Kursgebühr", "Teilnahmebeitrag",
        "Teilnahmegebühr", "Beitrag", "Elternbeitrag", "Entgelt", "Eintritt", "costs", "cost",
        "fee",
        "price", "cost_options", "fees_description", "fees"), many=True),
    Field("free", _("Free of charge"), (
        "kostenlos", "kostenfrei", "gebührenfrei", "unentgeltlich", "free",
        "free of charge"), flag=True),
    Field("registration", _("Registration"), (
        "Anmeldung", "Anmeldung erforderlich", "Anmeldung nötig", "Anmeldung notwendig",
        "Voranmeldung", "Anmeldeverfahren", "registration", "registration required",
        "application_process", "Anmeldemodalitäten", "Zugang")),
    Field("capacity", _("Places"), (
        "Plätze", "Platzzahl", "Anzahl Plätze", "Plätze gesamt", "Gesamtplätze", "Kapazität",
        "capacity", "Teilnehmerzahl", "max. Teilnehmer", "maximale Teilnehmerzahl", "places")),
    Field("care_places", _("Childcare places"), (
        "childcare_places", "Betreuungsplätze", "Kitaplätze", "Kita-Plätze", "Kindergartenplätze",
        "genehmigte Plätze", "Krippenplätze", "Hortplätze",
        "Platzkapazität laut Betriebserlaubnis")),
    Field("free_places", _("Free places"), (
        "freie Plätze", "verfügbare Plätze", "Plätze frei", "free places", "available places",
        "capacities")),
    Field("waiting_time", _("Waiting time"), (
        "Wartezeit", "Warteliste", "waiting time", "wait_time", "wait time")),
    Field("step_free", _("Step-free access"), (
        "barrierefrei", "Barrierefreiheit", "barrierefreier Zugang", "rollstuhlgerecht",
        "rollstuhlgeeignet", "stufenlos", "stufenfrei", "step free", "wheelchair",
        "wheelchair accessible", "accessible", "accessibility", "location.accessibility",
        "Zugänglichkeit")),
    Field("inclusive", _("Inclusive"), (
        "integrativ", "inklusiv", "integrational", "inclusive", "Integrationsplätze",
        "Integrationseinrichtung"), flag=True),
    Field("lunch", _("Lunch"), ("lunch_offer", "Mittagessen", "Mittagsangebot",
        "lunch"), flag=True),
    Field("online", _("Online"), ("online", "digital", "Online-Angebot",
        "online möglich"), flag=True),
    Field("care_kita", _("Nursery"), ("Kita", "Kindergarten", "Kindertagesstätte"), flag=True),
    Field("care_hort", _("After-school care"), ("Hort", "after school"), flag=True),
    Field("care_krippe", _("Crèche"), ("Krippe", "Kinderkrippe"), flag=True),
    Field("care_tagespflege", _("Childminder"), ("Tagespflege", "Kindertagespflege"), flag=True),
    Field("checked_on", _("Checked on"), (
        "geprüft am", "zuletzt geprüft", "zuletzt geprüft am", "letzte Prüfung", "Prüfdatum",
        "Datum der Prüfung", "assured_date", "checked", "checked on", "last checked", "Stand",
        "Stand vom", "Datenstand")),
    Field("contact_name", _("Contact person"), (
        "Ansprechpartner", "Ansprechpartnerin", "Ansprechpartner/in", "Ansprechpartner:in",
        "Ansprechperson", "Kontaktperson", "Kontakt", "contact", "contact person", "contact name",
        "contacts", "Leitung", "Leiter", "Leiterin", "Leiter/in", "Kursleitung",
        "location.contacts")),
    Field("contact_function", _("Function"), ("Funktion", "Funktion der Kontaktperson",
        "contact title")),
    Field("status", _("Status"), ("status", "Zustand")),
)  # fmt: skip

VOCABULARY = Vocabulary(FIELDS)
FIELD_KEYS = tuple(known.key for known in FIELDS)
