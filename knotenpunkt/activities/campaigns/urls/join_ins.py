"""Addresses of campaigns: join-ins, for everybody and at the desk."""

from __future__ import annotations

from django.urls import path

from knotenpunkt.activities.campaigns.desk.join_ins import answering, deciding, entering, listing
from knotenpunkt.activities.campaigns.views import join_ins as views

DESK = "desk/kampagnen/<uuid:campaign_id>/mitmachaktionen/"
ONE = f"{DESK}<uuid:join_in_id>/"
PUBLIC = "aktionen/<slug:slug>/mitmachen"

urlpatterns = [
    path(DESK, listing.listed, name="join_ins"),
    path(f"{DESK}export/", listing.export, name="join_ins_export"),
    path(f"{DESK}neu/", entering.new, name="new_join_in"),
    path(ONE, deciding.join_in, name="desk_join_in"),
    path(f"{ONE}bearbeiten/", entering.edit, name="edit_join_in"),
    path(f"{ONE}antwort/<slug:deed>/", answering.answer, name="answer_join_in"),
    path(f"{ONE}plakat.pdf", deciding.poster, name="desk_join_in_poster"),
    path(f"{ONE}bild/<uuid:file_id>.webp", deciding.picture, name="desk_join_in_picture"),
    path(f"{PUBLIC}/", views.join_ins, name="join_ins_public"),
    path(f"{PUBLIC}.ics", views.feed, name="join_ins_feed"),
    path(f"{PUBLIC}/bild/<uuid:file_id>.webp", views.picture, name="join_in_picture"),
    path(f"{PUBLIC}/<uuid:join_in_id>/", views.join_in, name="join_in"),
    path(f"{PUBLIC}/<uuid:join_in_id>/termin.ics", views.calendar_file, name="join_in_calendar"),
    path(f"{PUBLIC}/<uuid:join_in_id>/plakat.pdf", views.poster, name="join_in_poster"),
]
