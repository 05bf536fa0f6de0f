"""Addresses of campaigns: all of them, one at a glance, and its preparation."""

from __future__ import annotations

from django.urls import URLPattern, path

from knotenpunkt.activities.campaigns.desk.overview import views as overview
from knotenpunkt.activities.campaigns.desk.setup import (
    asking,
    beginning,
    checking,
    files,
    page,
    people,
    saying,
    stocks,
)

ONE = "desk/kampagnen/<uuid:campaign_id>"
STEPS = f"{ONE}/vorbereitung"

urlpatterns: list[URLPattern] = [
    path("desk/kampagnen/", overview.campaign_list, name="list"),
    path("desk/kampagnen/neu/", beginning.new, name="new"),
    path(f"{ONE}/", overview.campaign, name="campaign"),
    path(f"{ONE}/uebernehmen/", beginning.copy, name="copy"),
    path(f"{ONE}/loeschen/", beginning.delete, name="delete"),
    path(f"{ONE}/schreiben/", checking.letters, name="letters"),
    path(f"{STEPS}/", saying.setup, name="setup"),
    path(f"{STEPS}/ziel/", saying.goal, name="goal"),
    path(f"{STEPS}/gastgeber/", people.hosts, name="hosts"),
    path(f"{STEPS}/zielgruppen/", people.audience, name="audience"),
    path(f"{STEPS}/zeitraum/", saying.period, name="period"),
    path(f"{STEPS}/material/", stocks.stock, name="setup_materials"),
    path(f"{STEPS}/texte/", checking.texts, name="setup_texts"),
    path(f"{STEPS}/seite/", page.page, name="setup_page"),
    path(f"{STEPS}/seite/dateien/", files.files, name="setup_files"),
    path(f"{STEPS}/seite/dateien/<uuid:file_id>/", files.file, name="setup_file"),
    path(f"{STEPS}/seite/ansprechpersonen/", asking.asking, name="people_to_ask"),
    path(f"{STEPS}/seite/angebote/", page.highlighted, name="setup_offers"),
    path(f"{STEPS}/seite/links/", page.links, name="setup_links"),
    path(f"{STEPS}/seite/neues/", files.news, name="setup_news"),
    path(f"{STEPS}/seite/neues/<uuid:news_id>/", files.drop_news, name="drop_news"),
    path(f"{STEPS}/pruefen/", checking.checks, name="checks"),
    path(f"{STEPS}/oeffnen/", checking.open_it, name="open"),
    path(f"{STEPS}/zuruecknehmen/", checking.take_it_back, name="take_back"),
]
