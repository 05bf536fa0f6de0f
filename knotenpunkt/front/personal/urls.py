"""Addresses of personal pages."""

from django.urls import URLPattern

app_name = "personal"
urlpatterns: list[URLPattern] = []
