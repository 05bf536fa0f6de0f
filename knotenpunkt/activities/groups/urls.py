"""Addresses of groups."""

from __future__ import annotations

from django.urls import include, path

from knotenpunkt.activities.groups.views import groups, members

app_name = "groups"

one_group = [
    path("", groups.detail, name="detail"),
    path("bearbeiten/", groups.edit, name="edit"),
    path("beenden/", groups.end, name="end"),
    path("wieder-aktiv/", groups.reopen, name="reopen"),
    path("liste/", groups.export, name="export"),
    path("mitglieder/neu/", members.add, name="add_member"),
    path("mitglieder/<uuid:member_id>/", members.change, name="member"),
    path("mitglieder/<uuid:member_id>/beenden/", members.end, name="end_member"),
    path("mitglieder/<uuid:member_id>/wieder-dabei/", members.resume, name="resume_member"),
]
urlpatterns = [
    path("desk/gruppen/", groups.group_list, name="list"),
    path("desk/gruppen/neu/", groups.new, name="new"),
    path("desk/gruppen/<uuid:group_id>/", include(one_group)),
]
