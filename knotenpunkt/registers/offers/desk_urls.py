from django.urls import URLPattern

app_name = "offers_desk"
urlpatterns: list[URLPattern] = []
