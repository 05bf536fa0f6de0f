"""Addresses of partners at the desk: those of the register, and the pages that mix many apps."""

from django.urls import path

from knotenpunkt.front.desk.partners import portrait, removing
from knotenpunkt.registers.partners.desk_urls import urlpatterns as of_the_register

app_name = "partners_desk"
urlpatterns = [
    *of_the_register,
    path("<uuid:organisation_id>/", portrait.organisation, name="organisation"),
    path("<uuid:organisation_id>/verlauf/", portrait.history, name="history"),
    path("<uuid:organisation_id>/entfernen/", removing.organisation, name="remove"),
    path("personen/<uuid:person_id>/", portrait.person, name="person"),
    path("personen/<uuid:person_id>/verlauf/", portrait.person_history, name="person_history"),
    path("personen/<uuid:person_id>/entfernen/", removing.person, name="remove_person"),
]
