"""Addresses inside a network, mounted at `/<network>/` and `/<network>/<language>/`.

Path words are German in all languages, so that an address can be read out on the telephone.
"""

from django.urls import include, path

urlpatterns = [
    path("", include("knotenpunkt.front.public.urls")),
    path("", include("knotenpunkt.foundation.networks.urls")),
    path("", include("knotenpunkt.registers.areas.urls")),
    path("", include("knotenpunkt.registers.pages.urls")),
    path("angebote/", include("knotenpunkt.registers.offers.urls")),
    path("desk/", include("knotenpunkt.front.desk.urls")),
]

handler404 = "knotenpunkt.front.public.views.not_found"
handler403 = "knotenpunkt.front.public.views.forbidden"
handler500 = "knotenpunkt.front.public.views.server_error"
