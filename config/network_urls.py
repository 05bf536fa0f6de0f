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
    path("desk/angebote/einlesen/", include("knotenpunkt.registers.offers.import_urls")),
    path("desk/angebote/", include("knotenpunkt.registers.offers.desk_urls")),
    path("desk/partner/einlesen/", include("knotenpunkt.registers.partners.import_urls")),
    path("desk/partner/doppelte/", include("knotenpunkt.registers.partners.duplicate_urls")),
    path("desk/partner/", include("knotenpunkt.front.desk.partner_urls")),
    path("", include("knotenpunkt.registers.agreements.urls")),
    path("", include("knotenpunkt.registers.library.urls")),
    path("", include("knotenpunkt.registers.responsibilities.urls")),
    path("", include("knotenpunkt.activities.upkeep.urls")),
    path("", include("knotenpunkt.activities.groups.urls")),
    path("", include("knotenpunkt.activities.mailings.urls")),
    path("", include("knotenpunkt.activities.campaigns.urls")),
    path("p/", include("knotenpunkt.front.personal.urls")),
    path("desk/ansichten/", include("knotenpunkt.tools.lists.urls")),
    path("desk/auftraege/", include("knotenpunkt.tools.jobs.urls")),
    path("desk/notizen/", include("knotenpunkt.activities.notes.urls")),
    path("", include("knotenpunkt.tools.mail.urls")),
    path("desk/hilfe/", include("knotenpunkt.front.handbook.urls")),
    path("desk/konto/", include("knotenpunkt.foundation.accounts.urls")),
    path("desk/", include("knotenpunkt.front.desk.urls")),
    # Public forms at the root, the desk's side of them at desk/anliegen/.
    path("", include("knotenpunkt.activities.inbox.urls")),
]

handler404 = "knotenpunkt.front.public.views.not_found"
handler403 = "knotenpunkt.front.public.views.forbidden"
handler500 = "knotenpunkt.front.public.views.server_error"
