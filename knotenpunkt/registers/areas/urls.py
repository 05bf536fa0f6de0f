from django.urls import path

from knotenpunkt.registers.areas import views

app_name = "areas"
urlpatterns = [
    path("orte/vorschlaege", views.suggestions, name="suggestions"),
    path("orte/naechste-plz", views.nearest_postal_code, name="nearest_postal_code"),
    path("karte/umrisse.json", views.outlines, name="outlines"),
]
