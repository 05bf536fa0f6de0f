"""Addresses of duplicates among partners."""

from django.urls import URLPattern

app_name = "partners_duplicates"
urlpatterns: list[URLPattern] = []
