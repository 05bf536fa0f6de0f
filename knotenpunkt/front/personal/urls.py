"""Addresses of personal pages."""

from django.urls import path

from knotenpunkt.front.personal import views

app_name = "personal"
urlpatterns = [
    path("<str:token>/", views.page, name="page"),
]
