from django.urls import path

from knotenpunkt.registers.pages import views
from knotenpunkt.registers.pages.models import PageKind

PATHS = {
    PageKind.IMPRINT: "impressum/",
    PageKind.PRIVACY: "datenschutz/",
    PageKind.ACCESSIBILITY: "barrierefreiheit/",
    PageKind.EASY_LANGUAGE: "leichte-sprache/",
    PageKind.SIGN_LANGUAGE: "gebaerdensprache/",
    PageKind.CONTACT: "kontakt/",
}

app_name = "pages"
# Written out by kind, so that `{% url "pages:imprint" %}` works everywhere.
urlpatterns = [
    path(words, views.legal_page, {"kind": kind.value}, name=kind.value)
    for kind, words in PATHS.items()
]
