from django.urls import URLPattern, path

from knotenpunkt.registers.offers.desk import edit, preview
from knotenpunkt.registers.offers.desk import list as list_views

app_name = "offers_desk"
urlpatterns: list[URLPattern] = [
    path("", list_views.offers_list, name="list"),
    path("neu/", edit.new, name="new"),
    path("neu/vorschau/", preview.preview_new, name="preview_new"),
    path("vorschlaege/anbieter", edit.provider_suggestions, name="providers"),
    path("vorschlaege/orte", edit.place_suggestions, name="places"),
    path("<uuid:offer_id>/", edit.detail, name="detail"),
    path("<uuid:offer_id>/bearbeiten/", edit.edit, name="edit"),
    path("<uuid:offer_id>/vorschau/", preview.preview, name="preview"),
    path("<uuid:offer_id>/kopieren/", edit.duplicate, name="duplicate"),
    path("<uuid:offer_id>/veroeffentlichen/", edit.publish, name="publish"),
    path("<uuid:offer_id>/zuruecknehmen/", edit.withdraw, name="withdraw"),
]
