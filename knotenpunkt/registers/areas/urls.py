from django.urls import path

from knotenpunkt.registers.areas import desk, views

app_name = "areas"
urlpatterns = [
    path("orte/vorschlaege", views.suggestions, name="suggestions"),
    path("orte/naechste-plz", views.nearest_postal_code, name="nearest_postal_code"),
    path("karte/umrisse.json", views.outlines, name="outlines"),
    path("desk/regionen/", desk.region_list, name="regions"),
    path("desk/regionen/neu/", desk.new_region, name="new_region"),
    path("desk/regionen/<uuid:region_id>/", desk.region, name="region"),
    path("desk/regionen/<uuid:region_id>/entfernen/", desk.remove, name="remove_region"),
]
