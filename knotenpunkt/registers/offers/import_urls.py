"""Addresses of the import in the browser."""

from django.urls import URLPattern, path

from knotenpunkt.registers.offers.importing.views import check, columns, run, start, undoing

app_name = "offers_import"
urlpatterns: list[URLPattern] = [
    path("", start.start, name="start"),
    path("alle/", start.all_runs, name="runs"),
    path("import/<uuid:run_id>/", run.run, name="run"),
    path("import/<uuid:run_id>/rueckgaengig/", undoing.undo, name="undo"),
    path("<uuid:upload_id>/", start.upload, name="upload"),
    path("<uuid:upload_id>/spalten/", columns.columns, name="columns"),
    path("<uuid:upload_id>/pruefen/", check.check, name="check"),
    path("<uuid:upload_id>/bericht.csv", check.report, name="report"),
    path("<uuid:upload_id>/abgelehnt.csv", check.rejected, name="rejected"),
    path("<uuid:upload_id>/einlesen/", run.import_, name="import"),
    path("<uuid:upload_id>/verwerfen/", start.discard, name="discard"),
]
