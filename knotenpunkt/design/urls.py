"""The catalogue; mounted in development only."""

from __future__ import annotations

from django.urls import path

from knotenpunkt.design import views

app_name = "design"
urlpatterns = [
    path("", views.catalogue, name="catalogue"),
    path("beispiel/<slug:page>/", views.sample, name="sample"),
    path("thema.css", views.theme, name="theme"),
]
