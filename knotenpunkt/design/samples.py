"""Invented content for the catalogue and its sample pages; nothing else uses it."""

from __future__ import annotations

from typing import Any

import segno
from django.utils.safestring import SafeString, mark_safe

ACCENT = "#0b5d55"

Values = dict[str, Any]


def layout() -> Values:
    """What a network's pages hand to ``design/public.html``."""
    return {
        "network": {"name": "Netzwerk Frühe Hilfen Demo-Muldental", "short_name": "Demo-Muldental"},
        "home_url": "../start/",
        "languages": [
            {"code": "de", "name": "Deutsch", "url": "?", "current": True},
            {"code": "en", "name": "English", "url": "?", "current": False},
            {"code": "vi", "name": "Tiếng Việt", "url": "?", "current": False},
        ],
        "offered_language": {"code": "en", "name": "English", "url": "?"},
        "easy_read_url": "?",
        "sign_language_url": "?",
        "help_numbers": [
            {"number": "112", "tel": "112", "label": "Rettungsdienst"},
            {"number": "110", "tel": "110", "label": "Polizei"},
            {"number": "0800 111 0550", "tel": "08001110550", "label": "Elterntelefon"},
            {"number": "116 111", "tel": "116111", "label": "Nummer gegen Kummer"},
            {"number": "116 016", "tel": "116016", "label": "Hilfetelefon Gewalt"},
        ],
        "contact": {
            "name": "Jana Wolfram",
            "function": "Ihre Ansprechpartnerin im Netzwerk",
            "initials": "JW",
            "phone": "030 23125 040",
            "tel": "+493023125040",
            "email": "netzwerk@example.org",
            "hours_list": [
                {"days": "Mo–Do", "time": "9–15 Uhr"},
                {"days": "Freitag", "time": "9–12 Uhr"},
            ],
        },
        "about": "Ein Angebot des Demo-Landkreises und seiner Partner. Sie müssen sich nicht "
        "anmelden. Wir speichern nichts auf Ihrem Gerät.",
        "legal_links": [
            {"label": label, "url": "?"}
            for label in (
                "Impressum", "Datenschutz", "Barrierefreiheit", "Hürde melden",
                "Leichte Sprache", "Gebärdensprache", "Für Fachkräfte", "Kontakt",
            )
        ],
        "funding": "Gefördert von der Demo-Stiftung.",
        "is_demo": True,
    }  # fmt: skip


def everything() -> Values:
    """Sample values of every component, named as the components name them."""
    return {
        "search": {"q": "Mein Baby schreit nur noch, ich kann nicht mehr", "ages": _ages()},
        "examples": [
            {"label": label, "url": "?"}
            for label in ("Hebamme finden", "Mein Kind haut", "Ich bin so erschöpft")
        ],
        "chips": [
            {"label": label, "url": "?"}
            for label in ("für 8 Monate", "heute", "rund um 09599 Freiberg")
        ],
        "phases": _phases(),
        "topics": _topics(),
        "rows": _rows(),
        "offers": _offers(),
        "facts": _facts(),
        "steps": _steps(),
        "stages": _stages(),
        "qr_svg": qr_svg("https://example.org/angebote/"),
        "quiet_text": "Legen Sie Ihr Baby sicher in sein Bett und gehen Sie kurz aus dem Zimmer. "
        "Das ist in Ordnung. Rufen Sie dann an:",
        "quiet_numbers": [
            {"number": "0800 111 0550", "tel": "08001110550", "label": "Elterntelefon, kostenlos"},
            {"number": "112", "tel": "112", "label": "wenn jemand in Gefahr ist"},
        ],
        "views": [
            {"label": "Liste", "url": "?", "icon": "list", "current": True},
            {"label": "Karte", "url": "?ansicht=karte", "icon": "map", "current": False},
        ],
        "head_actions": [
            {"label": "Anrufen: 030 23125 012", "url": "tel:+493023125012", "icon": "phone"},
            {"label": "Schreiben", "url": "mailto:demo@example.org", "icon": "mail"},
            {"label": "Weg", "url": "?", "icon": "route"},
            {"label": "Kalender", "url": "?", "icon": "calendar-plus"},
        ],
    }


def qr_svg(text: str) -> SafeString:
    """A QR code as inline SVG without colours of its own."""
    svg = segno.make(text, error="m").svg_inline(border=0, omitsize=True, svgclass=None)
    return mark_safe(svg)  # noqa: S308 - drawn by segno from our own text


def desk() -> Values:
    """What a page of the desk hands to ``design/desk.html``."""
    entries = (
        (("Heute", "sun"),),
        (("Netzwerk", "network"), ("Angebote", "lines")),
        (("Kampagnen", "megaphone"), ("Konferenzen", "calendar"), ("Geburten", "mail")),
        (("Planung", "grid"), ("Steuerung", "scales"), ("Berichte", "chart")),
        (("Einstellungen", "sliders"),),
    )
    return {
        "desk_menu": [
            {
                "label": "",
                "entries": [
                    {"label": label, "url": "?", "icon": icon, "current": label == "Heute"}
                    | ({"count": 6} if label == "Heute" else {})
                    for label, icon in group
                ],
            }
            for group in entries
        ],
        "account": {
            "name": "Petra Lindner",
            "initials": "PL",
            "menu": [{"label": "Abmelden", "url": "?", "icon": "logout", "post": True}],
        },
        "desk_search": {"url": "?", "label": "Person, Einrichtung, Angebot oder Gruppe suchen"},
        "help_url": "?",
        "clashes": [
            {
                "field": "name",
                "label": "Name",
                "mark": "1",
                "mine": ["Kita Kieselsteine"],
                "theirs": ["Kinderhaus Kieselsteine"],
            }
        ],
        "tasks": _tasks(),
        "table": _table(),
        "tabs": [
            {"label": "Alle", "url": "?", "count": 712, "current": True},
            {"label": "Veröffentlicht", "url": "?", "count": 628, "current": False},
            {"label": "Entwurf", "url": "?", "count": 31, "current": False},
        ],
        "pages": [
            {"label": "1", "url": "?", "current": True},
            {"label": "2", "url": "?", "current": False},
            {"label": "…", "url": "", "current": False},
            {"label": "6", "url": "?", "current": False},
        ],
        "empty_actions": [
            {"label": "Liste einlesen", "url": "?"},
            {"label": "Angebot anlegen", "url": "?", "variant": "quiet"},
        ],
        "figures": [
            {"label": "Angebote, die bestätigt sind", "value": "93 %", "note": "628 von 674"},
            {"label": "Suchen in 7 Tagen", "value": "1.284", "note": "oft: Krabbelgruppe"},
        ],
    }


def _ages() -> list[Values]:
    labels = (("", "egal"), ("0", "Schwangerschaft"), ("6m", "bis 1 Jahr"), ("2", "2 Jahre"))
    return [{"value": value, "label": label} for value, label in labels]


def _phases() -> list[Values]:
    rows = (
        ("pregnant", "Schwanger", "vor der Geburt"),
        ("baby", "Baby", "0 bis 1 Jahr"),
        ("toddler", "Kleinkind", "1 bis 3 Jahre"),
        ("kita", "Kita", "3 bis 6 Jahre"),
        ("school", "Schulkind", "6 bis 10 Jahre"),
    )
    return [
        {"icon": f"life-{key}", "title": title, "note": note, "url": "?"}
        for key, title, note in rows
    ]


def _topics() -> list[Values]:
    rows = (
        ("separation", "Trennung", "Wenn Eltern auseinandergehen"),
        ("money", "Geld & Anträge", "Elterngeld, Kinderzuschlag, Wohnen"),
        ("worry", "Sorgen & Krisen", "Wenn gerade alles zu viel ist"),
        ("arrival", "Ankommen in Deutschland", "Sprache, Kita, Ärzte"),
    )
    return [
        {"icon": f"topic-{key}", "title": title, "note": note, "url": "?"}
        for key, title, note in rows
    ]


def _date(weekday: str, day: int, month: str, iso: str, *, today: bool = False) -> Values:
    return {"weekday": weekday, "day": day, "month": month, "iso": iso, "today": today}


def _rows() -> list[Values]:
    rows = (
        (_date("Di", 24, "Nov.", "2026-11-24", today=True), "Eltern-Café „Kleine Pause“",
         "Heute, 15–17 Uhr", "Freiberg · kostenlos"),
        (_date("Mi", 25, "Nov.", "2026-11-25"), "Krabbelgruppe „Käferkinder“",
         "9.30–11 Uhr", "Mittweida · kostenlos"),
        (_date("Sa", 28, "Nov.", "2026-11-28"), "Erste Hilfe am Kind",
         "10–12 Uhr", "Döbeln · 15 € · noch 4 Plätze"),
    )  # fmt: skip
    return [
        {"date": date, "title": title, "url": "?", "time": time, "note": note, "calendar_url": "?"}
        for date, title, time, note in rows
    ]


def _offers() -> list[Values]:
    return [
        {
            "id": "1", "number": 1, "kind": "Beratung", "provider": "Haus Wiesenpfad",
            "title": "Schreibaby-Sprechstunde", "url": "../detail/",
            "reason": "Passt, weil Ihr Baby viel weint.",
            "when": "Heute, 14–17 Uhr", "when_note": "ohne Anmeldung",
            "where": "Körnerweg 8, Freiberg", "where_note": "0,9 km von Ihnen",
            "audience": "Eltern mit Kindern bis 3 Jahre", "cost": "kostenlos",
            "languages": "Deutsch, Arabisch, Russisch", "access": "stufenlos",
            "checked": "Zuletzt geprüft am 12. November 2026",
            "phone": "030 23125 012", "tel": "+493023125012",
        },
        {
            "id": "2", "mark_icon": "phone", "kind": "Am Telefon",
            "provider": "Hebammenkreis Demo", "title": "Hebammen-Telefon", "url": "../detail/",
            "reason": "Passt, weil Sie gleich fragen können.",
            "when": "Heute, 9–18 Uhr", "when_note": "ohne Anmeldung",
            "where": "Am Telefon", "where_note": "kein Weg nötig", "where_icon": "phone",
            "audience": "Eltern mit Babys bis 1 Jahr", "cost": "Kasse zahlt",
            "languages": "Deutsch, Englisch",
            "checked": "Zuletzt geprüft am 18. November 2026",
            "phone": "030 23125 024", "tel": "+493023125024",
        },
        {
            "id": "3", "number": 2, "kind": "Beratung", "provider": "Wegwarte Familienhilfe",
            "title": "Familienberatung Erzgasse", "url": "../detail/",
            "network_name": "aus dem Netzwerk Demo-Vogelsberg",
            "reason": "Passt, weil jemand Ihnen zuhört.",
            "where": "Erzgasse 21, Brand-Erbisdorf", "where_note": "6,3 km von Ihnen",
            "audience": "Familien mit Kindern bis 10 Jahre", "cost": "kostenlos",
            "languages": "Deutsch, Polnisch", "access": "3 Stufen", "access_icon": "steps",
            "checked": "Zuletzt geprüft am 27. Oktober 2026",
        },
    ]  # fmt: skip


def _facts() -> list[Values]:
    return [
        {"icon": "people", "label": "Für wen", "value": "Eltern mit Kindern bis 3 Jahre"},
        {"icon": "clock", "label": "Wann", "value": "Dienstag und Donnerstag, 14–17 Uhr"},
        {"icon": "pin", "label": "Wo", "lines": ["Haus Wiesenpfad", "Körnerweg 8, 09599 Freiberg"],
         "note": "0,9 km von Ihnen"},
        {"icon": "euro", "label": "Kosten", "value": "kostenlos"},
        {"icon": "calendar", "label": "Anmeldung", "value": "nicht nötig"},
        {"icon": "speech", "label": "Sprachen", "value": "Deutsch, Arabisch, Russisch"},
        {"icon": "wheelchair", "label": "Zugang", "value": "stufenlos, Platz für Kinderwagen"},
    ]  # fmt: skip


def _stages() -> list[Values]:
    return [
        {"label": "Datei wählen", "state": "done", "url": "?"},
        {"label": "Spalten zuordnen", "state": "current", "url": ""},
        {"label": "Prüfen", "state": "todo", "url": ""},
    ]


def _steps() -> list[Values]:
    rows = (
        ("Ankommen", "Sie kommen ohne Termin. Es gibt Tee, eine Decke und Spielzeug."),
        ("Erzählen", "Sie sagen, was gerade schwer ist. Niemand urteilt."),
        ("Ausprobieren", "Gemeinsam finden Sie heraus, was Ihr Baby beruhigt."),
    )
    return [{"title": title, "text": text} for title, text in rows]


def _tasks() -> list[Values]:
    rows = (
        ("bis 12 Uhr", "in 4 Stunden", False, "Protokoll der Steuerungsgruppe senden",
         "Sitzung vom 4. Mai, 5 Seiten, an 14 Mitglieder. Sie sehen die Mail vorher.",
         "Vorschau öffnen"),
        ("heute", "seit gestern", False, "3 Änderungen freigeben",
         "Vom Familienhaus Lindenbrücke, von der Kita Kieselsteine und vom Ankerplatz.", "Prüfen"),
        ("seit 61 Tagen", "ohne Antwort", True, "5 stille Partner anrufen",
         "Nummern, letzte Gespräche und offene Fragen stehen auf einer Liste.", "Telefonliste"),
    )  # fmt: skip
    keys = ("due", "due_note", "late", "title", "text", "action")
    return [dict(zip(keys, row, strict=True)) | {"url": "?"} for row in rows]


def _table() -> Values:
    rows = (
        ("Kurs zur Geburt, Wochenende", "Hebammenpraxis Sternmoos", "Leisnig", "draft", "Entwurf",
         "noch nie"),
        ("Spielplatz-Treff", "Treff Sonnenwinkel", "Döbeln", "stale", "Lange nicht bestätigt",
         "12. Sept. 2025"),
        ("Stillcafé am Muldenpark", "Klinik am Muldenpark", "Döbeln", "published",
         "Veröffentlicht", "27. April 2026"),
    )  # fmt: skip
    return {
        "caption": "Angebote",
        "columns": [
            {"label": "Angebot und Anbieter", "sort_url": "?"},
            {"label": "Ort"},
            {"label": "Zustand"},
            {"label": "Bestätigt", "numeric": True, "sort_url": "?", "sorted": "ascending"},
        ],
        "rows": [
            {
                "cells": [
                    {"text": title, "url": "?", "note": provider},
                    {"text": town, "label": "Ort"},
                    {"text": word, "state": state},
                    {"text": confirmed, "numeric": True, "label": "Bestätigt"},
                ]
            }
            for title, provider, town, state, word, confirmed in rows
        ],
    }
