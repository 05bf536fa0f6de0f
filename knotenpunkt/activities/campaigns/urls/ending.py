"""Addresses of campaigns: their end."""

from __future__ import annotations

from django.urls import URLPattern, path

from knotenpunkt.activities.campaigns.desk.ending import views

ROOT = "desk/kampagnen/<uuid:campaign_id>/abschluss"

urlpatterns: list[URLPattern] = [
    path(f"{ROOT}/", views.ending, name="ending"),
    path(f"{ROOT}/beenden/", views.end, name="end"),
    path(f"{ROOT}/weiterfuehren/", views.reopen, name="reopen"),
    path(f"{ROOT}/dank/", views.thank, name="thank"),
    path(f"{ROOT}/bericht.pdf", views.report_file, name="report"),
    path(f"{ROOT}/gelernt/<uuid:lesson_id>/", views.forget_lesson, name="forget_lesson"),
]
