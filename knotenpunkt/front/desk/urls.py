from django.urls import path

from knotenpunkt.foundation.accounts.views import sign_in
from knotenpunkt.front.desk import admission, audit, people, views

app_name = "desk"
urlpatterns = [
    path("", views.today, name="today"),
    path("anmelden/", sign_in.sign_in, name="sign_in"),
    path("abmelden/", sign_in.sign_out, name="sign_out"),
    path("passwort-vergessen/", admission.forgotten, name="forgotten"),
    path("neues-passwort/<uuid:user_id>/<str:key>/", admission.new_password, name="new_password"),
    path("einladung/<str:key>/", admission.invited, name="invited"),
    path("e-mail/", admission.address, name="address"),
    path("e-mail/<str:key>/", admission.prove_address, name="prove_address"),
    path("verlauf/", audit.audit, name="audit"),
    path("personen/", people.people, name="people"),
    path("personen/rechte/", people.my_rights, name="rights"),
    path("personen/anmeldungen/", people.people_events, name="people_events"),
    path("personen/einladen/", people.invite, name="people_invite"),
    path("personen/schutz/", people.second_factor, name="people_protection"),
    path("personen/einladung/<uuid:invitation_id>/", people.invitation, name="invitation"),
    path("personen/<uuid:member_id>/", people.member, name="member"),
    path("personen/<uuid:member_id>/rolle-nehmen/", people.take_role, name="take_role"),
]
