"""Addresses of campaigns: handing over, at the desk and with a telephone."""

from __future__ import annotations

from django.urls import path

from knotenpunkt.activities.campaigns.desk.handing_over import (
    assigning,
    not_fetched,
    overview,
    picking,
    stations,
)
from knotenpunkt.activities.campaigns.views import handing_over

ROOT = "desk/kampagnen/<uuid:campaign_id>/ausgabe"
STATION = f"{ROOT}/ort/<uuid:station_id>"
urlpatterns = [
    path(f"{ROOT}/", overview.overview, name="handing_over"),
    path(f"{ROOT}/ort/neu/", stations.add, name="add_station"),
    path(f"{STATION}/", stations.edit, name="station"),
    path(f"{STATION}/entfernen/", stations.remove, name="remove_station"),
    path(f"{STATION}/helfen/", stations.helping, name="helping"),
    path(f"{ROOT}/zuordnen/", assigning.assigning, name="assign_orders"),
    path(f"{ROOT}/liste/", picking.pick_list, name="pick_list"),
    path(f"{ROOT}/liste.pdf", picking.pick_list_file, name="pick_list_file"),
    path(f"{ROOT}/packzettel.pdf", picking.slips_file, name="slips_file"),
    path(f"{ROOT}/etiketten.pdf", picking.labels_file, name="labels_file"),
    path(f"{ROOT}/offen/", not_fetched.not_fetched, name="not_fetched"),
    path("ausgabe/helfen/<str:token>/", handing_over.helpers, name="helpers"),
    path(
        "ausgabe/helfen/<str:token>/<int:number>/", handing_over.helper_order, name="helper_order"
    ),
    path("ausgabe/<str:code>/", handing_over.slip, name="slip"),
]
