"""Addresses of the library: for everybody what is public, at the desk all of it."""

from django.urls import path

from knotenpunkt.registers.library.views import badges, keeping, public, reading, stand

app_name = "library"
urlpatterns = [
    path("bibliothek/", public.public, name="public"),
    path("bibliothek/netzwerkpartner/", public.partners, name="partners"),
    path("bibliothek/<uuid:material_id>/datei/", public.public_file, name="public_file"),
    path("desk/bibliothek/", reading.listed, name="list"),
    path("desk/bibliothek/neu/", keeping.new, name="new"),
    path("desk/bibliothek/erinnern/", stand.behind, name="behind"),
    path("desk/bibliothek/erinnern/speichern/", stand.export_behind, name="export_behind"),
    path("desk/bibliothek/zeichen/", badges.badges, name="badges"),
    path("desk/bibliothek/zeichen/paket.zip", badges.pack, name="badge_pack"),
    path("desk/bibliothek/zeichen/<slug:key>.svg", badges.picture, name="badge"),
    path("desk/bibliothek/<uuid:material_id>/", reading.material, name="material"),
    path("desk/bibliothek/<uuid:material_id>/fassung/<int:number>/", reading.file, name="file"),
    path("desk/bibliothek/<uuid:material_id>/bearbeiten/", keeping.edit, name="edit"),
    path("desk/bibliothek/<uuid:material_id>/neue-fassung/", keeping.new_version, name="version"),
    path("desk/bibliothek/<uuid:material_id>/herausnehmen/", keeping.withdraw, name="withdraw"),
    path("desk/bibliothek/<uuid:material_id>/uebernehmen/", reading.adopt, name="adopt"),
    path("desk/bibliothek/<uuid:material_id>/stand/", stand.stand, name="stand"),
    path("desk/bibliothek/<uuid:material_id>/stand/eintragen/", stand.enter, name="enter"),
    path("desk/bibliothek/<uuid:material_id>/stand/speichern/", stand.export, name="export"),
]
