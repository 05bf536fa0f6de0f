"""Addresses of campaigns: join_ins."""

from __future__ import annotations

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
