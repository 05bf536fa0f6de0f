"""Addresses of responsibilities: the contact finder, and who answers for what at the desk."""

from django.urls import path

from knotenpunkt.registers.responsibilities.views import desk, finder

app_name = "responsibilities"
urlpatterns = [
    path("ansprechpartner/", finder.finder, name="finder"),
    path("desk/ansprechpartner/", finder.desk_finder, name="desk_finder"),
    path("desk/zustaendigkeiten/", desk.listed, name="list"),
    path("desk/zustaendigkeiten/neu/", desk.new, name="new"),
    path("desk/zustaendigkeiten/luecken/", desk.gaps_page, name="gaps"),
    path("desk/zustaendigkeiten/speichern/", desk.export, name="export"),
    path("desk/zustaendigkeiten/entfernen/", desk.remove, name="remove"),
    path("desk/zustaendigkeiten/<uuid:one_id>/", desk.edit, name="edit"),
]
