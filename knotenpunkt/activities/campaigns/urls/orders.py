"""Addresses of materials and orders."""

from __future__ import annotations

from django.urls import path

from knotenpunkt.activities.campaigns.desk.materials import views as materials
from knotenpunkt.activities.campaigns.desk.orders import entry, order
from knotenpunkt.activities.campaigns.desk.orders import list as orders
from knotenpunkt.activities.campaigns.views import ordering

DESK = "desk/kampagnen/<uuid:campaign_id>"
MATERIAL, ORDER = f"{DESK}/material", f"{DESK}/bestellungen"
ONE = f"{ORDER}/<uuid:order_id>"
urlpatterns = [
    path(f"{MATERIAL}/", materials.material_list, name="materials"),
    path(f"{MATERIAL}/neu/", materials.new, name="new_material"),
    path(f"{MATERIAL}/<uuid:material_id>/", materials.material, name="material"),
    path(f"{MATERIAL}/<uuid:material_id>/loeschen/", materials.remove, name="remove_material"),
    path(
        f"{MATERIAL}/<uuid:material_id>/<slug:version>.webp",
        materials.picture,
        name="desk_material_picture",
    ),
    path("desk/kampagnen/bestellungen/", orders.latest, name="latest_orders"),
    path(f"{ORDER}/", orders.order_list, name="orders"),
    path(f"{ORDER}/datei/", orders.export, name="export_orders"),
    path(f"{ORDER}/neu/", entry.enter, name="enter_order"),
    path(f"{ORDER}/neu/vorschlaege/", entry.suggestions, name="order_suggestions"),
    path(f"{ORDER}/spaet/", order.late, name="late_orders"),
    path(f"{ONE}/", order.order, name="desk_order"),
    path(f"{ONE}/aendern/", order.change, name="change_order"),
    path(f"{ONE}/absagen/", order.cancel, name="cancel_order"),
    path(f"{ONE}/antworten/", order.answer, name="answer_order"),
    path(f"{ONE}/partner/", order.tie, name="tie_order"),
    path("aktionen/<slug:slug>/bestellen/", ordering.order, name="order"),
    path("aktionen/<slug:slug>/bestellen/danke/", ordering.thanks, name="order_thanks"),
    path(
        "aktionen/<slug:slug>/material/<uuid:material_id>/<slug:version>.webp",
        ordering.picture,
        name="material_picture",
    ),
]
