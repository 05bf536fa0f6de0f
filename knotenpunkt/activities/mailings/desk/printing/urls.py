"""Addresses of letters and labels."""

from __future__ import annotations

from django.urls import path

from knotenpunkt.activities.mailings.desk.printing import pages

OF_ONE = "desk/rundschreiben/<uuid:circular_id>/briefe/"

of_letters = [
    path(OF_ONE, pages.letters, name="letters"),
    path(f"{OF_ONE}etiketten/", pages.labels, name="labels"),
    path(f"{OF_ONE}<uuid:print_id>.pdf", pages.download, name="letters_file"),
    path(f"{OF_ONE}<uuid:print_id>/verschickt/", pages.posted, name="letters_posted"),
    path(f"{OF_ONE}<uuid:print_id>/zurueck/", pages.not_posted, name="letters_not_posted"),
    path(f"{OF_ONE}an/<uuid:recipient_id>/", pages.letter, name="letter"),
    path(f"{OF_ONE}vorschau/<uuid:contact_id>.pdf", pages.preview, name="letter_preview"),
]
