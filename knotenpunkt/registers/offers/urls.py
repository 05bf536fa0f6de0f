from django.urls import path

from knotenpunkt.registers.offers import proposing, views

app_name = "offers"
urlpatterns = [
    path("", views.finder, name="finder"),
    path("vorschlaege/", proposing.suggestions, name="suggestions"),
    path("<uuid:offer_id>/", views.detail, name="detail"),
    path("<uuid:offer_id>/termine.ics", views.calendar_file, name="calendar"),
    path("<uuid:offer_id>/kontakt.vcf", views.contact_file, name="contact"),
    path(
        "<uuid:offer_id>/bilder/<uuid:picture_id>/<slug:version>/<slug:size>.webp",
        views.picture_file,
        name="picture",
    ),
]
