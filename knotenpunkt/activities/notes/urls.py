from django.urls import path

from knotenpunkt.activities.notes import views

app_name = "notes"
urlpatterns = [
    path("", views.note_list, name="list"),
    path("neu/", views.add, name="add"),
    path("vorschlaege/", views.suggestions, name="suggestions"),
    path("<uuid:note_id>/", views.edit, name="edit"),
    path("<uuid:note_id>/erledigt/", views.finish, name="finish"),
    path("<uuid:note_id>/offen/", views.reopen, name="reopen"),
    path("<uuid:note_id>/loeschen/", views.delete, name="delete"),
]
