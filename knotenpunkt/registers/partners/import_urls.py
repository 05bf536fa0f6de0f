"""Addresses of the import of contact lists."""

from django.urls import URLPattern

from knotenpunkt.registers.partners.importing.desk import DESK
from knotenpunkt.tools.imports.desk.urls import addresses

app_name = "partners_import"
urlpatterns: list[URLPattern] = addresses(DESK)
