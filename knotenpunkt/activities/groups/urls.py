"""Addresses of groups."""

from __future__ import annotations

from django.urls import URLPattern

app_name = "groups"
urlpatterns: list[URLPattern] = []
