"""Addresses of personal pages."""

from django.urls import path

from knotenpunkt.front.personal import joining, ordering, views

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
    path("<str:token>/mitmachen/<uuid:campaign_id>/neu/", joining.report, name="join_in_report"),
    path("<str:token>/mitmachen/<uuid:join_in_id>/aendern/", joining.change, name="join_in_change"),
    path(
        "<str:token>/mitmachen/<uuid:join_in_id>/zurueckziehen/",
        joining.take_away,
        name="join_in_withdraw",
    ),
    path(
        "<str:token>/mitmachen/<uuid:join_in_id>/danach/",
        joining.afterwards,
        name="join_in_afterwards",
    ),
    path(
        "<str:token>/mitmachen/<uuid:join_in_id>/plakat.pdf",
        joining.poster,
        name="join_in_poster",
    ),
    path(
        "<str:token>/mitmachen/<uuid:join_in_id>/bild/<uuid:file_id>.webp",
        joining.picture,
        name="join_in_picture",
    ),
    path("<str:token>/<str:kind>/<uuid:record_id>/", views.change, name="change"),
]
