from django.urls import path

from knotenpunkt.activities.inbox.views import desk, families

app_name = "inbox"
urlpatterns = [
    path("anruf/", families.call, name="call"),
    path("anruf/danke/", families.call_thanks, name="call_thanks"),
    path("angebote/<uuid:offer_id>/anruf/", families.call, name="call_about"),
    path("angebote/<uuid:offer_id>/hinweis/", families.hint, name="hint"),
    path("angebote/<uuid:offer_id>/hinweis/danke/", families.hint_thanks, name="hint_thanks"),
    path("desk/anliegen/", desk.concern_list, name="list"),
    path("desk/anliegen/<uuid:concern_id>/", desk.detail, name="detail"),
    path("desk/anliegen/<uuid:concern_id>/uebernehmen/", desk.take, name="take"),
    path("desk/anliegen/<uuid:concern_id>/zurueckgeben/", desk.give_back, name="give_back"),
    path("desk/anliegen/<uuid:concern_id>/ergebnis/", desk.outcome, name="outcome"),
    path("desk/anliegen/<uuid:concern_id>/erledigt/", desk.done, name="done"),
]
