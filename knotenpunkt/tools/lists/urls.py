from django.urls import path

from knotenpunkt.tools.lists import views

app_name = "lists"
urlpatterns = [
    path("", views.views, name="views"),
    path("behalten/", views.save, name="save"),
    path("<uuid:view_id>/", views.change, name="change"),
    path("<uuid:view_id>/loeschen/", views.delete, name="delete"),
]
