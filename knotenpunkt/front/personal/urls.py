"""Addresses of personal pages."""

from django.urls import path

from knotenpunkt.front.personal import ordering, views

app_name = "personal"
urlpatterns = [
    path("<str:token>/", views.page, name="page"),
    path("<str:token>/neu/", views.new_link, name="new_link"),
    path("<str:token>/abgeben/", views.hand_over, name="hand_over"),
    path("<str:token>/zurueck/<uuid:proposal_id>/", views.take_back, name="take_back"),
    path("<str:token>/angebot/<uuid:record_id>/beenden/", views.end, name="end"),
    path("<str:token>/bestellen/<uuid:campaign_id>/", ordering.order, name="order"),
    path("<str:token>/bestellen/<uuid:campaign_id>/aendern/", ordering.change, name="order_change"),
    path("<str:token>/bestellen/<uuid:campaign_id>/absagen/", ordering.cancel, name="order_cancel"),
    path("<str:token>/<str:kind>/<uuid:record_id>/", views.change, name="change"),
]
