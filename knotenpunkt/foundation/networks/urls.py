from django.urls import path

from knotenpunkt.foundation.networks import views

app_name = "networks"
urlpatterns = [
    path("gestaltung.css", views.theme, name="theme"),
    path("zeichen", views.mark, name="mark"),
]
