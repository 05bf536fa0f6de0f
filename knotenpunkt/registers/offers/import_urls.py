"""Addresses of the import of offers in the browser."""

from django.urls import URLPattern

from knotenpunkt.registers.offers.importing.desk import DESK
from knotenpunkt.tools.imports.desk.urls import addresses

app_name = "offers_import"
urlpatterns: list[URLPattern] = addresses(DESK)
