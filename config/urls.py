"""Addresses outside every network. Inside one, `config.network_urls` is mounted."""

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

from knotenpunkt.front.public import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.networks, name="networks"),
    path("", include("knotenpunkt.front.operating.urls")),
    *(
        path(f"{code}/", views.networks, name=f"networks_{code}")
        for code, _name in settings.LANGUAGES
        if code != settings.LANGUAGE_CODE
    ),
]
if settings.DEBUG:
    urlpatterns.append(path("design/", include("knotenpunkt.design.urls")))

handler404 = "knotenpunkt.front.public.views.not_found"
handler403 = "knotenpunkt.front.public.views.forbidden"
handler500 = "knotenpunkt.front.public.views.server_error"
