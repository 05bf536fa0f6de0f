"""Addresses of the import of contact lists."""

from django.urls import URLPattern

app_name = "partners_import"
urlpatterns: list[URLPattern] = []
