from django.urls import URLPattern

app_name = "offers_import"
urlpatterns: list[URLPattern] = []
