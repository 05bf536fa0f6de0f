from django.urls import path

from knotenpunkt.front.public import views

app_name = "public"
urlpatterns = [
    path("", views.start, name="start"),
]
