"""Addresses of agreements, and of the question whether the network is complete."""

from __future__ import annotations

from django.urls import include, path

from knotenpunkt.registers.agreements.views import (
    agreements,
    completeness,
    inviting,
    papers,
    signing,
)

app_name = "agreements"

one_agreement = [
    path("", agreements.detail, name="detail"),
    path("bearbeiten/", agreements.edit, name="edit"),
    path("beenden/", agreements.end, name="end"),
    path("wieder-gueltig/", agreements.reopen, name="reopen"),
    path("unterschriften/", signing.sign, name="sign"),
    path("unterschriften/eintragen/", signing.confirm, name="sign_confirm"),
    path("partner/<uuid:party_id>/entfernen/", signing.remove, name="remove_party"),
    path("datei/", papers.add, name="add_paper"),
    path("datei/<uuid:paper_id>/", papers.paper, name="paper"),
    path("datei/<uuid:paper_id>/loeschen/", papers.remove, name="remove_paper"),
]
one_kind = [
    path("", completeness.field, name="field"),
    path("dazu/", completeness.join, name="join"),
    path("einladen/<uuid:partner_id>/", inviting.invite, name="invite"),
    path("nicht-noetig/", completeness.not_needed, name="not_needed"),
    path("doch-noetig/", completeness.needed_again, name="needed_again"),
]
urlpatterns = [
    path("desk/vereinbarungen/", agreements.agreement_list, name="list"),
    path("desk/vereinbarungen/neu/", agreements.new, name="new"),
    path("desk/vereinbarungen/<uuid:agreement_id>/", include(one_agreement)),
    path("desk/vollstaendigkeit/", completeness.page, name="completeness"),
    path("desk/vollstaendigkeit/papier/", completeness.paper, name="completeness_paper"),
    path("desk/vollstaendigkeit/tabelle/", completeness.table, name="completeness_table"),
    path("desk/vollstaendigkeit/<slug:kind>/", include(one_kind)),
]
