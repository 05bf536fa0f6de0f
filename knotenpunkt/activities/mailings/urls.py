"""Addresses of mailings."""

from __future__ import annotations

from django.urls import URLPattern, path

from knotenpunkt.activities.mailings.desk import consents
from knotenpunkt.activities.mailings.desk.audiences import editing, pages
from knotenpunkt.activities.mailings.desk.circulars.urls import of_circulars
from knotenpunkt.activities.mailings.desk.printing.urls import of_letters

app_name = "mailings"

of_audiences = [
    path("desk/verteiler/", pages.audience_list, name="audiences"),
    path("desk/verteiler/neu/", editing.new, name="audience_new"),
    path("desk/verteiler/<uuid:audience_id>/", pages.detail, name="audience"),
    path("desk/verteiler/<uuid:audience_id>/bearbeiten/", editing.edit, name="audience_edit"),
    path("desk/verteiler/<uuid:audience_id>/kopieren/", pages.copy, name="audience_copy"),
    path("desk/verteiler/<uuid:audience_id>/loeschen/", pages.delete, name="audience_delete"),
    path("desk/schreiben/<uuid:contact_id>/", consents.consent, name="consent"),
]
urlpatterns: list[URLPattern] = [*of_audiences, *of_circulars, *of_letters]
