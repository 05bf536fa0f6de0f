"""Addresses of the public page: everybody's, and those of the desk that prepares it."""

from __future__ import annotations

from django.urls import path

from knotenpunkt.activities.campaigns.desk.page import views as desk
from knotenpunkt.activities.campaigns.views import page

DESK = "desk/kampagnen/<uuid:campaign_id>"
urlpatterns = [
    path(f"{DESK}/vorschau/", desk.preview, name="preview"),
    path(f"{DESK}/vorschau/<uuid:file_id>/<str:size>/", desk.file, name="preview_file"),
    path(f"{DESK}/sprachen/", desk.texts, name="texts"),
    path(f"{DESK}/sprachen/<str:code>/", desk.text, name="text"),
    path("aktionen/", page.campaigns, name="all"),
    path("aktionen/<slug:slug>/", page.campaign, name="public"),
    path("aktionen/<slug:slug>/pressetext.txt", page.press_text, name="press_text"),
    path("aktionen/<slug:slug>/bild-<slug:form>.png", page.share, name="share"),
    path(
        "aktionen/<slug:slug>/datei/<uuid:file_id>/<str:version>/<str:size>/",
        page.file,
        name="file",
    ),
]
