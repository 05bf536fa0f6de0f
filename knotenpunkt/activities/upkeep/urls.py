"""Addresses of upkeep at the desk."""

from django.urls import path

from knotenpunkt.activities.upkeep.desk import (
    asking,
    changing,
    deciding,
    listing,
    overview,
    settings,
    telephone,
)

app_name = "upkeep"
urlpatterns = [
    path("desk/datenpflege/", overview.overview, name="overview"),
    path("desk/datenpflege/liste/", listing.entries, name="list"),
    path("desk/datenpflege/liste/datei/", listing.export, name="export"),
    path("desk/datenpflege/fragen/", asking.ask, name="ask"),
    path("desk/datenpflege/runde/<uuid:round_id>/", asking.running, name="round"),
    path("desk/datenpflege/telefonliste/", telephone.calls, name="calls"),
    path("desk/datenpflege/telefonliste/<uuid:inquiry_id>/", telephone.call, name="call"),
    path("desk/datenpflege/vorschlaege/", deciding.proposals, name="proposals"),
    path("desk/datenpflege/vorschlaege/<uuid:proposal_id>/", deciding.proposal, name="proposal"),
    path("desk/datenpflege/einstellungen/", settings.rhythm, name="settings"),
    path("desk/datenpflege/partner/<uuid:organisation_id>/", settings.partner, name="partner"),
    path("desk/datenpflege/aendern/<uuid:offer_id>/", changing.offer, name="change_offer"),
    path("desk/datenpflege/aendern/organisation/<uuid:organisation_id>/", changing.organisation,
         name="change_organisation"),
    path("desk/datenpflege/aendern/organisation/<uuid:organisation_id>/<uuid:contact_id>/",
         changing.contact, name="change_contact"),
]  # fmt: skip
