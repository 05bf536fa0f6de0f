"""Addresses of partners at the desk. The portraits are added by `front/desk/partner_urls.py`."""

from django.urls import URLPattern, path

from knotenpunkt.registers.partners.desk import export, linking, roles, words
from knotenpunkt.registers.partners.desk.organisations import bulk, edit, files, taking_part
from knotenpunkt.registers.partners.desk.organisations import list as organisations
from knotenpunkt.registers.partners.desk.people import bulk as people_bulk
from knotenpunkt.registers.partners.desk.people import edit as person
from knotenpunkt.registers.partners.desk.people import enrol
from knotenpunkt.registers.partners.desk.people import list as people

app_name = "partners_desk"
urlpatterns: list[URLPattern] = [
    path("", organisations.organisations_list, name="list"),
    path("mehrere/", bulk.bulk, name="bulk"),
    path("mehrere/<uuid:deed_id>/", bulk.bulk_done, name="bulk_done"),
    path("mehrere/<uuid:deed_id>/rueckgaengig/", bulk.bulk_undo, name="bulk_undo"),
    path("speichern/", export.export, name="export"),
    path("personen/", people.people_list, name="people"),
    path("personen/mehrere/", people_bulk.people_bulk, name="people_bulk"),
    path("personen/mehrere/<uuid:deed_id>/", people_bulk.people_bulk_done, name="people_bulk_done"),
    path(
        "personen/mehrere/<uuid:deed_id>/rueckgaengig/",
        people_bulk.people_bulk_undo,
        name="people_bulk_undo",
    ),
    path("personen/speichern/", export.export_people_list, name="export_people"),
    path("neu/", edit.new, name="new"),
    path("ordnung/<slug:noun>/", words.words, name="words"),
    path("ordnung/<slug:noun>/<uuid:word_id>/", words.word, name="word"),
    path("ordnung/<slug:noun>/<uuid:word_id>/entfernen/", words.remove, name="remove_word"),
    path("vorschlaege/personen", roles.person_suggestions, name="person_suggestions"),
    path(
        "vorschlaege/organisationen",
        roles.organisation_suggestions,
        name="organisation_suggestions",
    ),
    path("vorschlaege/traeger", roles.body_suggestions, name="body_suggestions"),
    path("personen/aufnehmen/", enrol.enrolling, name="enrol"),
    path("personen/neu/", person.new, name="new_person"),
    path("personen/<uuid:person_id>/bearbeiten/", person.edit, name="edit_person"),
    path("personen/<uuid:person_id>/bestaetigt/", person.confirmed, name="person_confirmed"),
    path("personen/<uuid:person_id>/ausgeschieden/", person.left, name="person_left"),
    path("personen/<uuid:person_id>/wieder-dabei/", person.returned, name="person_returned"),
    path("personen/<uuid:person_id>/aufgabe/", roles.new_of, name="new_role_of"),
    path("<uuid:organisation_id>/bearbeiten/", edit.edit, name="edit"),
    path("<uuid:organisation_id>/bestaetigt/", edit.confirmed, name="confirmed"),
    path("<uuid:organisation_id>/ausgeschieden/", edit.left, name="left"),
    path("<uuid:organisation_id>/wieder-dabei/", edit.returned, name="returned"),
    path("<uuid:organisation_id>/dabei-gewesen/", taking_part.new, name="taking_part"),
    path("<uuid:organisation_id>/dateien/", files.files, name="files"),
    path("<uuid:organisation_id>/dateien/<uuid:link_id>/", files.download, name="file"),
    path("<uuid:organisation_id>/dateien/<uuid:link_id>/loeschen/", files.remove,
         name="remove_file"),
    path("<uuid:organisation_id>/kontakte/neu/", roles.new, name="new_role"),
    path("<uuid:organisation_id>/kontakte/<uuid:contact_id>/", roles.edit, name="role"),
    path("<uuid:organisation_id>/kontakte/<uuid:contact_id>/beenden/", roles.end,
         name="end_role"),
    path("<uuid:organisation_id>/kontakte/<uuid:contact_id>/fortsetzen/", roles.take_up,
         name="resume_role"),
    path("<uuid:organisation_id>/kontakte/<uuid:contact_id>/link-beenden/", linking.end,
         name="end_link"),
    path("<uuid:organisation_id>/kontakte/<uuid:contact_id>/entfernen/", roles.remove,
         name="remove_role"),
]  # fmt: skip
