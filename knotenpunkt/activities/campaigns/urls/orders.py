"""Addresses of materials and orders."""

from __future__ import annotations

from django.urls import path

from knotenpunkt.activities.campaigns.views import ordering

urlpatterns = [
    path(
        "aktionen/<slug:slug>/material/<uuid:material_id>/<slug:version>.webp",
        ordering.picture,
        name="material_picture",
    ),
]
