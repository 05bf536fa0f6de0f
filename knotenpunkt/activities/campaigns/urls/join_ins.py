"""Addresses of campaigns: join-ins, for everybody and at the desk."""

from __future__ import annotations

from django.urls import path

from knotenpunkt.activities.campaigns.views import join_ins as views

PUBLIC = "aktionen/<slug:slug>/mitmachen"

urlpatterns = [
    path(f"{PUBLIC}/", views.join_ins, name="join_ins_public"),
    path(f"{PUBLIC}.ics", views.feed, name="join_ins_feed"),
    path(f"{PUBLIC}/bild/<uuid:file_id>.webp", views.picture, name="join_in_picture"),
    path(f"{PUBLIC}/<uuid:join_in_id>/", views.join_in, name="join_in"),
    path(f"{PUBLIC}/<uuid:join_in_id>/termin.ics", views.calendar_file, name="join_in_calendar"),
    path(f"{PUBLIC}/<uuid:join_in_id>/plakat.pdf", views.poster, name="join_in_poster"),
]
