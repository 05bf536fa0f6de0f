from django.urls import URLPattern, path

from knotenpunkt.front.handbook import views

app_name = "handbook"
urlpatterns: list[URLPattern] = [
    path("", views.contents, name="contents"),
    path("<slug:key>/", views.chapter, name="chapter"),
]
