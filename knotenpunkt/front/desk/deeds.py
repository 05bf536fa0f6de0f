"""What the audit calls by name, said in words."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

DEEDS = {
    "areas.draw_outlines": _("Borders for the map drawn"),
    "areas.load_outlines": _("Borders for the map loaded"),
    "areas.save_place": _("Place saved"),
    "imports.remember_profile": _("Columns of a list remembered"),
    "imports.run": _("List imported"),
    "offers.change": _("Offer changed"),
    "offers.create": _("Offer added"),
    "offers.publish": _("Offer published"),
    "offers.withdraw": _("Offer withdrawn"),
    "pages.remove_help_number": _("Help number removed"),
    "pages.save_help_number": _("Help number saved"),
    "pages.save_page": _("Page saved"),
    "pages.sign_page": _("Page reviewed"),
    "partners.change": _("Organisation changed"),
    "partners.change_contact": _("Contact changed"),
    "partners.create": _("Organisation added"),
    "partners.create_contact": _("Contact added"),
    "privacy.erase": _("Personal data erased"),
}


def said(deed: str) -> str:
    """ "offers.publish" → "Angebot veröffentlicht"; the name itself where nobody has words."""
    return str(DEEDS.get(deed, deed))
