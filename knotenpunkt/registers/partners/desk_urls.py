"""Addresses of partners at the desk."""

from django.urls import URLPattern

app_name = "partners_desk"
urlpatterns: list[URLPattern] = []
