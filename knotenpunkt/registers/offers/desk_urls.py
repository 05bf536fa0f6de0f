from django.urls import URLPattern, path

from knotenpunkt.registers.offers.desk import (
    bulk,
    edit,
    export,
    history,
    pictures,
    preview,
    quality,
)
from knotenpunkt.registers.offers.desk import list as list_views
from knotenpunkt.registers.offers.translating.desk import exchange, matrix, texts

app_name = "offers_desk"
TEXTS = "uebersetzungen/"
urlpatterns: list[URLPattern] = [
    path("", list_views.offers_list, name="list"),
    path("mehrere/", bulk.bulk, name="bulk"),
    path("mehrere/<uuid:deed_id>/", bulk.bulk_done, name="bulk_done"),
    path("mehrere/<uuid:deed_id>/rueckgaengig/", bulk.bulk_undo, name="bulk_undo"),
    path("speichern/", export.export, name="export"),
    path("qualitaet/", quality.quality, name="quality"),
    path("qualitaet/<slug:key>/", quality.finding, name="finding"),
    path(TEXTS, exchange.overview, name="text_overview"),
    path(f"{TEXTS}angebote/", matrix.matrix, name="text_matrix"),
    path(f"{TEXTS}speichern/", exchange.export, name="text_export"),
    path(f"{TEXTS}einlesen/", exchange.bring, name="text_bring"),
    path(f"{TEXTS}dienst/", exchange.ask_service, name="text_service"),
    path(f"{TEXTS}<uuid:run_id>/", exchange.run, name="text_run"),
    path(f"{TEXTS}<uuid:run_id>/rueckgaengig/", exchange.undo_run, name="text_undo"),
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
    path("<uuid:offer_id>/sprachen/", texts.texts, name="texts"),
    path("<uuid:offer_id>/sprachen/<slug:code>/", texts.text, name="text"),
    path("<uuid:offer_id>/sprachen/<slug:code>/entfernen/", texts.remove, name="text_remove"),
    path("<uuid:offer_id>/verlauf/", history.history, name="history"),
    path("<uuid:offer_id>/verlauf/<uuid:entry_id>/", history.undo, name="undo"),
    path("<uuid:offer_id>/verlauf/<uuid:entry_id>/fassung/", history.restore, name="restore"),
    path("<uuid:offer_id>/bilder/", pictures.pictures, name="pictures"),
    path("<uuid:offer_id>/bilder/<uuid:picture_id>/", pictures.picture, name="picture"),
]
