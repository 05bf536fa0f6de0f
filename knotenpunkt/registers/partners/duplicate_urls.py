"""Addresses of duplicates among partners."""

from django.urls import URLPattern, path

from knotenpunkt.registers.partners.duplicates import views

app_name = "partners_duplicates"
urlpatterns: list[URLPattern] = [
    path("", views.pairs, name="list"),
    path("zusammengefuehrt/", views.merged, name="merged"),
    path("zusammengefuehrt/<uuid:merge_id>/trennen/", views.undo, name="undo"),
    path("<slug:what>/<uuid:first>/<uuid:second>/", views.pair, name="pair"),
    path("<slug:what>/<uuid:first>/<uuid:second>/zwei/", views.apart, name="apart"),
]
