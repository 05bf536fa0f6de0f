"""Addresses of campaigns: handing_over."""

from __future__ import annotations

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
