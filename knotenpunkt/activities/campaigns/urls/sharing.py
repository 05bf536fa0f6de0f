"""Addresses of campaigns: sharing."""

from __future__ import annotations

from django.urls import path

from knotenpunkt.activities.campaigns.desk.sharing import costs, material, overview, telling

ROOT = "desk/kampagnen/<uuid:campaign_id>"
urlpatterns = [
    path(f"{ROOT}/aufteilen/", overview.overview, name="sharing"),
    path(f"{ROOT}/aufteilen/mitteilen/", telling.tell_shares, name="tell_shares"),
    path(f"{ROOT}/aufteilen/fehlt/", costs.reorder, name="reorder"),
    path(f"{ROOT}/aufteilen/fehlt/datei/", costs.export_reorder, name="export_reorder"),
    path(f"{ROOT}/aufteilen/kosten/", costs.costs, name="costs"),
    path(f"{ROOT}/aufteilen/kosten/datei/", costs.export_costs_file, name="export_costs"),
    path(f"{ROOT}/aufteilen/<uuid:material_id>/", material.material, name="share_material"),
    path(f"{ROOT}/aufteilen/<uuid:material_id>/zurueck/", material.undo, name="undo_shares"),
]
