from django.urls import path

from knotenpunkt.foundation.accounts.views import sign_in
from knotenpunkt.front.desk import admission, audit, people, views
from knotenpunkt.front.desk.data_protection import (
    erasing,
    handing_out,
    overview,
    person,
    releasing,
)
from knotenpunkt.front.desk.searches import frequent, word_lists, words
from knotenpunkt.front.desk.searching import views as searching

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
    path("suche/", searching.results, name="search"),
    path("suche/treffer/", searching.suggestions, name="search_hits"),
    path("datenschutz/", overview.find, name="privacy"),
    path("datenschutz/daten/", overview.data, name="privacy_data"),
    path("datenschutz/geloescht/", overview.nights, name="privacy_nights"),
    path("datenschutz/beleg/<uuid:entry_id>/", erasing.receipt, name="privacy_receipt"),
    path(
        "datenschutz/freigabe/<slug:field>/<uuid:way_id>/",
        releasing.release,
        name="privacy_release",
    ),
    path(
        "datenschutz/widerruf/<slug:field>/<uuid:way_id>/",
        releasing.withdraw,
        name="privacy_withdraw",
    ),
    path("datenschutz/<slug:kind>/<uuid:record_id>/", person.person, name="privacy_person"),
    path(
        "datenschutz/<slug:kind>/<uuid:record_id>/auskunft/",
        handing_out.page,
        name="privacy_information",
    ),
    path(
        "datenschutz/<slug:kind>/<uuid:record_id>/auskunft.json",
        handing_out.as_json,
        name="privacy_json",
    ),
    path(
        "datenschutz/<slug:kind>/<uuid:record_id>/auskunft.pdf",
        handing_out.as_pdf,
        name="privacy_pdf",
    ),
    path(
        "datenschutz/<slug:kind>/<uuid:record_id>/loeschen/",
        erasing.erase,
        name="privacy_erase",
    ),
    path("gesucht/", frequent.frequent, name="searches"),
    path("gesucht/liste.<slug:form>", frequent.frequent_file, name="searches_file"),
    path("gesucht/<slug:key>/", frequent.detail, name="search_detail"),
    path("gesucht/<slug:key>/erledigt/", frequent.settle, name="search_settle"),
    path("gesucht/<slug:key>/wieder/", frequent.unsettle, name="search_unsettle"),
    path("woerter/", words.words, name="words"),
    path("woerter/neu/", words.new, name="word_new"),
    path("woerter/liste.csv", words.words_file, name="words_file"),
    path("woerter/einlesen/", word_lists.read_in, name="words_read"),
    path("woerter/bekannt/", words.shipped, name="shipped_words"),
    path("woerter/zurueck/<uuid:entry_id>/", words.put_back, name="word_back"),
    path("woerter/<uuid:word_id>/", words.word, name="word"),
    path("woerter/<uuid:word_id>/entfernen/", words.remove, name="word_remove"),
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
