from django.urls import URLPattern, path

from knotenpunkt.registers.offers.desk import list as list_views

app_name = "offers_desk"
urlpatterns: list[URLPattern] = [
    path("", list_views.offers_list, name="list"),
]
